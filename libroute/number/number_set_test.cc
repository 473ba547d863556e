#include "libroute/number/number_set.h"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/number/test_patterns.h"

namespace libroute {
namespace {

TEST(NumberSet, ContainsWhatItsPatternsMatch) {
  NumberSet set({P("+32475123456"), P("+3223456*"), P("+3222000100-+3222000199")});
  EXPECT_TRUE(set.Contains(D("32475123456")));
  EXPECT_TRUE(set.Contains(D("3223456789")));
  EXPECT_TRUE(set.Contains(D("3222000150")));
  EXPECT_FALSE(set.Contains(D("32475123457")));
  EXPECT_FALSE(set.Contains(D("324751234560")));
  EXPECT_FALSE(set.Contains(D("322345")));
  EXPECT_FALSE(set.Contains(D("3222000200")));
  EXPECT_FALSE(set.Contains(Digits()));
  EXPECT_FALSE(set.Contains(D("*44")));
}

TEST(NumberSet, WithoutPatternsContainsNothing) {
  EXPECT_TRUE(NumberSet().empty());
  EXPECT_TRUE(NumberSet(std::vector<NumberPattern>()).empty());
  EXPECT_FALSE(NumberSet().Contains(D("3222000100")));
  EXPECT_FALSE(NumberSet().Contains(Digits()));
}

TEST(NumberSet, OfRangesOnlyIsNotEmpty) {
  NumberSet set({P("+3222000100-+3222000199")});
  EXPECT_FALSE(set.empty());
  EXPECT_TRUE(set.Contains(D("3222000100")));
}

TEST(NumberSet, RangesMayOverlapAndRepeat) {
  NumberSet set({P("+3222000100-+3222000199"), P("+3222000150-+3222000160"),
                 P("+3222000150-+3222000300"), P("+3222000100-+3222000199")});
  EXPECT_TRUE(set.Contains(D("3222000170")));
  EXPECT_TRUE(set.Contains(D("3222000300")));
  EXPECT_FALSE(set.Contains(D("3222000301")));
}

TEST(NumberSet, CountsWhatItWasGivenAgain) {
  const std::vector<NumberPattern> once = {P("+3222000100"), P("+3222*"),
                                           P("+3222000100-+3222000199")};
  EXPECT_EQ(NumberSet(once).repeated(), 0u);
  std::vector<NumberPattern> patterns = once;
  patterns.insert(patterns.end(), once.begin(), once.end());
  EXPECT_EQ(NumberSet(patterns).repeated(), 3u);
  for (int i = 0; i < 20; ++i) patterns.push_back(P(absl::StrCat("+32330001", i + 10)));
  EXPECT_EQ(NumberSet(patterns).repeated(), 3u);
  patterns.push_back(P("+3233000115"));
  EXPECT_EQ(NumberSet(patterns).repeated(), 4u);
}

TEST(NumberSet, CanBeMoved) {
  NumberSet set({P("+3222000100")});
  NumberSet other = std::move(set);
  EXPECT_TRUE(other.Contains(D("3222000100")));
}

TEST(NumberSet, AgreesWithTryingEachPattern) {
  std::mt19937 random(20260101);
  for (int round = 0; round < 300; ++round) {
    std::vector<NumberPattern> patterns;
    const size_t count = random() % (round % 2 == 0 ? 6 : 60);
    for (size_t i = 0; i < count; ++i) patterns.push_back(RandomPattern(random));
    const NumberSet set(patterns);
    for (int i = 0; i < 300; ++i) {
      const Digits number = RandomPattern(random).first();
      const bool expected =
          std::any_of(patterns.begin(), patterns.end(),
                      [number](const NumberPattern& p) { return p.Matches(number); });
      ASSERT_EQ(set.Contains(number), expected) << "round " << round << " " << number.ToString();
    }
  }
}

TEST(NumberSet, StaysSmallWithManyNumbers) {
  std::vector<NumberPattern> patterns;
  for (uint64_t i = 0; i < 100000; ++i) {
    patterns.push_back(NumberPattern::Exact(D(absl::StrCat(3220000000 + 7 * i))));
  }
  const NumberSet set(patterns);
  EXPECT_LE(set.memory_bytes(), 19 * patterns.size());
  for (uint64_t i = 0; i < 700000; ++i) {
    ASSERT_EQ(set.Contains(D(absl::StrCat(3220000000 + i))), i % 7 == 0);
  }
}

TEST(NumberSet, StaysSmallWithManyRanges) {
  std::vector<NumberPattern> patterns;
  for (uint64_t i = 0; i < 100000; ++i) {
    patterns.push_back(P(absl::StrCat("+", 3220000000 + 10 * i, "-+", 3220000000 + 10 * i + 6)));
  }
  const NumberSet set(patterns);
  EXPECT_LE(set.memory_bytes(), 17 * patterns.size());
  EXPECT_FALSE(set.Contains(D("3219999999")));
  for (uint64_t i = 0; i < 1000000; ++i) {
    ASSERT_EQ(set.Contains(D(absl::StrCat(3220000000 + i))), i % 10 <= 6) << i;
  }
  EXPECT_FALSE(set.Contains(D("3221000000")));
}

}  // namespace
}  // namespace libroute
