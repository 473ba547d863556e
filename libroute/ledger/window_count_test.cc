#include "libroute/ledger/window_count.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

const absl::Time kFirst = absl::FromUnixSeconds(1'800'000'000);
constexpr absl::Duration kWindow = absl::Minutes(15);

TEST(WindowCount, CountsForTheWindowAndAnEighthMoreAtMost) {
  for (int offset = 0; offset < 200; ++offset) {
    const absl::Time start = kFirst + absl::Seconds(offset);
    WindowCount count;
    count.Add(start, kWindow);
    EXPECT_EQ(count.Count(start, kWindow), 1u);
    EXPECT_EQ(count.Count(start + kWindow, kWindow), 1u) << offset;
    EXPECT_EQ(count.Count(start + WindowCount::LongestSpan(kWindow), kWindow), 0u) << offset;
  }
}

TEST(WindowCount, NeverLosesWhatHappenedInTheWindow) {
  std::mt19937 random(11);
  for (absl::Duration window : {absl::Milliseconds(8), absl::Seconds(1), absl::Minutes(15)}) {
    WindowCount count;
    std::vector<absl::Time> happened;
    absl::Time now = kFirst;
    for (int i = 0; i < 2000; ++i) {
      now += window * static_cast<double>(random() % 1000) / 3000.0;
      if (random() % 2 == 0) {
        count.Add(now, window);
        happened.push_back(now);
      }
      auto since = [&](absl::Duration span) {
        return std::count_if(happened.begin(), happened.end(),
                             [&](absl::Time time) { return time >= now - span; });
      };
      const uint32_t counted = count.Count(now, window);
      ASSERT_GE(counted, since(window));
      ASSERT_LE(counted, since(WindowCount::LongestSpan(window) + absl::Milliseconds(1)));
    }
  }
}

TEST(WindowCount, TakesBackWhatDidNotHappen) {
  WindowCount count;
  count.Add(kFirst, kWindow);
  count.Add(kFirst, kWindow);
  count.Undo(kFirst, kWindow);
  EXPECT_EQ(count.Count(kFirst, kWindow), 1u);
  count.Undo(kFirst, kWindow);
  count.Undo(kFirst, kWindow);
  EXPECT_EQ(count.Count(kFirst, kWindow), 0u);
}

TEST(WindowCount, ForgetsNothingWhenTheWindowBecomesAnother) {
  WindowCount count;
  count.Add(kFirst, kWindow);
  EXPECT_EQ(count.Count(kFirst, absl::Minutes(30)), 1u);
  EXPECT_EQ(count.Count(kFirst + absl::Minutes(29), absl::Minutes(30)), 1u);
  EXPECT_EQ(count.Count(kFirst + absl::Minutes(34), absl::Minutes(30)), 0u);
}

TEST(WindowCount, StandsStillWhenTimeGoesBack) {
  WindowCount count;
  count.Add(kFirst, kWindow);
  EXPECT_EQ(count.Count(kFirst - absl::Hours(1), kWindow), 1u);
  EXPECT_EQ(count.Count(kFirst + kWindow, kWindow), 1u);
}

}  // namespace
}  // namespace libroute
