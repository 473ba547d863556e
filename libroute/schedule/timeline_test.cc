#include "libroute/schedule/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kDay = 24 * 3600;

TEST(MergeSpans, JoinsWhatOverlapsOrTouches) {
  EXPECT_THAT(MergeSpans({}), IsEmpty());
  EXPECT_THAT(MergeSpans({{30, 40}, {10, 20}, {20, 25}, {12, 14}, {39, 50}, {60, 60}, {80, 70}}),
              ElementsAre(TimeSpan{10, 25}, TimeSpan{30, 50}));
}

TEST(ClipSpans, KeepsWhatLiesInTheWindow) {
  EXPECT_THAT(ClipSpans({{0, 5}, {8, 12}, {13, 15}, {18, 25}, {30, 40}}, {10, 20}),
              ElementsAre(TimeSpan{10, 12}, TimeSpan{13, 15}, TimeSpan{18, 20}));
}

TEST(Timeline, AnswersOnBothSidesOfEachChange) {
  const Timeline timeline({1000, 1000 + kDay}, {{2000, 3000}, {5000, 6000}}, 900'000);
  EXPECT_EQ(timeline.At(1000), (OpenState{false, 2000}));
  EXPECT_EQ(timeline.At(1999), (OpenState{false, 2000}));
  EXPECT_EQ(timeline.At(2000), (OpenState{true, 3000}));
  EXPECT_EQ(timeline.At(2999), (OpenState{true, 3000}));
  EXPECT_EQ(timeline.At(3000), (OpenState{false, 5000}));
  EXPECT_EQ(timeline.At(5999), (OpenState{true, 6000}));
  EXPECT_EQ(timeline.At(6000), (OpenState{false, 900'000}));
  EXPECT_EQ(timeline.At(1000 + kDay - 1), (OpenState{false, 900'000}));
  EXPECT_TRUE(timeline.IsOpen(2500));
  EXPECT_EQ(timeline.NextChange(2500), 3000);
}

TEST(Timeline, CoversItsHorizonWithoutTheEnd) {
  const Timeline timeline({1000, 2000}, {}, kNoChange);
  EXPECT_FALSE(timeline.Covers(999));
  EXPECT_TRUE(timeline.Covers(1000));
  EXPECT_TRUE(timeline.Covers(1999));
  EXPECT_FALSE(timeline.Covers(2000));
}

TEST(Timeline, MayBeOpenAtBothEnds) {
  const Timeline timeline({1000, 2000}, {{500, 1100}, {1900, 2500}}, 2500);
  EXPECT_EQ(timeline.At(1000), (OpenState{true, 1100}));
  EXPECT_EQ(timeline.At(1100), (OpenState{false, 1900}));
  EXPECT_EQ(timeline.At(1999), (OpenState{true, 2500}));
}

TEST(Timeline, ClosesAtTheHorizonsEnd) {
  const Timeline timeline({1000, 2000}, {{1500, 2000}}, 2000);
  EXPECT_EQ(timeline.At(1999), (OpenState{true, 2000}));
}

TEST(Timeline, KnowsWhenNothingEverChanges) {
  const Timeline never({-kDay, kDay}, {}, kNoChange);
  EXPECT_TRUE(never.NeverOpens());
  EXPECT_FALSE(never.AlwaysOpen());
  EXPECT_EQ(never.At(0), (OpenState{false, kNoChange}));
  const Timeline always({-kDay, kDay}, {{-kDay, 0}, {0, 2 * kDay}}, kNoChange);
  EXPECT_TRUE(always.AlwaysOpen());
  EXPECT_FALSE(always.NeverOpens());
  EXPECT_EQ(always.At(-kDay), (OpenState{true, kNoChange}));
  const Timeline closes({0, kDay}, {{0, kDay - 1}}, kNoChange);
  EXPECT_FALSE(closes.AlwaysOpen());
  const Timeline opens({0, kDay}, {{1, kDay}}, kNoChange);
  EXPECT_FALSE(opens.AlwaysOpen());
}

TEST(Timeline, FitsInFewBytes) {
  std::vector<TimeSpan> open;
  for (int64_t day = 0; day < 403; ++day) open.push_back({day * kDay, day * kDay + 8 * 3600});
  EXPECT_LE(Timeline({0, 403 * kDay}, open, kNoChange).memory_bytes(), 5000u);
}

// The state by looking at every span.
OpenState SlowAt(const std::vector<TimeSpan>& open, int64_t seconds, int64_t after_horizon) {
  const auto is_open = [&](int64_t at) {
    for (const TimeSpan& span : open) {
      if (span.Contains(at)) return true;
    }
    return false;
  };
  OpenState state = {is_open(seconds), after_horizon};
  for (const TimeSpan& span : open) {
    for (int64_t change : {span.begin, span.end}) {
      if (change > seconds && change < state.until && is_open(change) != state.open) {
        state.until = change;
      }
    }
  }
  return state;
}

TEST(Timeline, AgreesWithLookingAtEverySpan) {
  constexpr int kSeed = 20261;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    const int64_t begin = static_cast<int64_t>(random()) - 1'000'000'000;
    const int64_t length = 1 + random() % (1 << (1 + random() % 24));
    const TimeSpan horizon = {begin, begin + length};
    std::vector<TimeSpan> open;
    for (int count = random() % 60; count > 0; --count) {
      const int64_t from = begin + random() % length;
      open.push_back({from, std::min<int64_t>(horizon.end, from + random() % (length / 10 + 1))});
    }
    const Timeline timeline(horizon, open, horizon.end);
    for (int question = 0; question < 100; ++question) {
      const int64_t seconds = begin + random() % length;
      ASSERT_EQ(timeline.At(seconds), SlowAt(open, seconds, horizon.end))
          << "seed " << kSeed << " round " << round << " second " << seconds;
    }
  }
}

TEST(Timeline, AnswersWhereItChangesEveryMinute) {
  std::vector<TimeSpan> spans;
  for (int64_t begin = 0; begin < 10 * 86400; begin += 60) spans.push_back({begin, begin + 20});
  const Timeline timeline({0, 400 * 86400}, spans, kNoChange);
  for (int64_t seconds = 0; seconds < 10 * 86400; seconds += 7) {
    const int64_t minute = seconds / 60 * 60;
    const bool open = seconds - minute < 20;
    const bool is_last = !open && minute + 60 == 10 * 86400;
    const OpenState expected = {open, is_last ? kNoChange : minute + (open ? 20 : 60)};
    ASSERT_EQ(timeline.At(seconds), expected) << seconds;
  }
  EXPECT_EQ(timeline.At(399 * 86400), (OpenState{false, kNoChange}));
}

using Spans = std::vector<TimeSpan>;

TEST(SubtractSpans, LeavesWhatIsOutside) {
  const Spans spans = {{0, 10}, {20, 30}, {40, 50}};
  EXPECT_EQ(SubtractSpans(spans, {}), spans);
  EXPECT_EQ(SubtractSpans({}, spans), Spans());
  EXPECT_EQ(SubtractSpans(spans, spans), Spans());
  EXPECT_EQ(SubtractSpans(spans, {{5, 25}, {28, 29}, {30, 40}}),
            (Spans{{0, 5}, {25, 28}, {29, 30}, {40, 50}}));
  EXPECT_EQ(SubtractSpans(spans, {{-5, 45}}), (Spans{{45, 50}}));
  EXPECT_EQ(SubtractSpans({{0, 50}}, spans), (Spans{{10, 20}, {30, 40}}));
}

TEST(IntersectSpans, LeavesWhatIsInside) {
  const Spans spans = {{0, 10}, {20, 30}, {40, 50}};
  EXPECT_EQ(IntersectSpans(spans, {}), Spans());
  EXPECT_EQ(IntersectSpans(spans, spans), spans);
  EXPECT_EQ(IntersectSpans(spans, {{5, 25}, {28, 29}, {30, 40}}),
            (Spans{{5, 10}, {20, 25}, {28, 29}}));
  EXPECT_EQ(IntersectSpans({{0, 50}}, spans), spans);
}

}  // namespace
}  // namespace libroute
