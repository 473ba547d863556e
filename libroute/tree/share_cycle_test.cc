#include "libroute/tree/share_cycle.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ShareCycle, IsAsShortAsTheWeightsAllow) {
  EXPECT_EQ(ShareCycleLength({}), 0u);
  EXPECT_EQ(ShareCycleLength({0, 0}), 0u);
  EXPECT_EQ(ShareCycleLength({7}), 1u);
  EXPECT_EQ(ShareCycleLength({50, 30, 20}), 10u);
  EXPECT_EQ(ShareCycleLength({1'000'000, 0, 999'999}), 1'999'999u);
}

TEST(ShareCycle, TakesTurnsEvenly) {
  EXPECT_THAT(MakeShareCycle({0, 0}), IsEmpty());
  EXPECT_THAT(MakeShareCycle({5}), ElementsAre(0));
  EXPECT_THAT(MakeShareCycle({1, 1, 1}), ElementsAre(0, 1, 2));
  EXPECT_THAT(MakeShareCycle({3, 0, 1}), ElementsAre(0, 0, 0, 2));
  EXPECT_THAT(MakeShareCycle({50, 30, 20}), ElementsAre(0, 1, 0, 2, 0, 1, 0, 1, 0, 2));
}

// Of the first n turns each share has its part of n, rounded down or up; and of
// all of them exactly its weight.
TEST(ShareCycle, IsWithinOneOfExactEverywhere) {
  std::mt19937 random(1980);
  for (int round = 0; round < 400; ++round) {
    std::vector<uint32_t> weights(1 + random() % 12);
    for (uint32_t& weight : weights) weight = random() % (round % 4 == 0 ? 200 : 20);
    const uint64_t length = ShareCycleLength(weights);
    const std::vector<uint16_t> cycle = MakeShareCycle(weights);
    ASSERT_EQ(cycle.size(), length);
    std::vector<uint64_t> taken(weights.size(), 0);
    uint64_t total = 0;
    for (uint32_t weight : weights) total += weight;
    for (uint64_t n = 1; n <= length; ++n) {
      ++taken[cycle[n - 1]];
      for (size_t i = 0; i < weights.size(); ++i) {
        const uint64_t least = n * weights[i] / total;
        const uint64_t most = (n * weights[i] + total - 1) / total;
        ASSERT_TRUE(least <= taken[i] && taken[i] <= most)
            << "share " << i << " of " << testing::PrintToString(weights) << " has " << taken[i]
            << " of the first " << n;
      }
    }
  }
}

}  // namespace
}  // namespace libroute
