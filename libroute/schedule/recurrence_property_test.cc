// Random recurrences in odd zones, against a reference that knows neither
// libical nor a timeline: it looks at every date and minute there is. With LIBROUTE_LONG=1
// in the environment at millions of instants.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/schedule.h"
#include "libroute/schedule/slow_recurrence.h"
#include "libroute/schedule/test_long.h"
#include "libroute/schedule/test_rules.h"

namespace libroute {
namespace {

constexpr int kSeed = 5545;
// The spans in which it must be open, of one to three recurrences, those that
// begin on these dates.
std::vector<TimeSpan> ReferenceSpans(const ScheduleRules& rules, const absl::TimeZone& zone,
                                     absl::CivilDay first, absl::CivilDay last) {
  std::vector<TimeSpan> spans;
  for (const WrittenRecurrence& written : rules.recurrences) {
    const int64_t seconds = absl::ToInt64Seconds(*written.duration);
    const std::vector<absl::CivilSecond> starts = SlowStarts(written, zone, first, last);
    for (size_t i = 0; i < starts.size(); ++i) {
      if (i > 0) EXPECT_GE(starts[i] - starts[i - 1], std::max<int64_t>(60, seconds));
      const int64_t begin = absl::ToUnixSeconds(zone.At(starts[i]).pre);
      spans.push_back({begin, begin + seconds});
    }
  }
  return MergeSpans(std::move(spans));
}

bool IsOpen(const std::vector<TimeSpan>& spans, int64_t seconds) {
  auto after = std::upper_bound(spans.begin(), spans.end(), seconds,
                                [](int64_t at, const TimeSpan& span) { return at < span.begin; });
  return after != spans.begin() && std::prev(after)->Contains(seconds);
}

TEST(RecurrenceProperty, AgreesWithTheSlowReference) {
  std::mt19937 random(kSeed);
  RandomRecurrence recurrences(random);
  const int64_t wanted = IsLongRun() ? 4'000'000 : 60'000;
  int64_t instants = 0;
  int compiled = 0;
  for (int round = 0; instants < wanted; ++round) {
    const absl::CivilDay today = absl::CivilDay(2016, 1, 1) + recurrences.Below(3650);
    ScheduleRules written = {
        .time_zone = kOddZones[recurrences.Below(static_cast<int>(std::size(kOddZones)))]};
    for (int count = recurrences.Below(4) == 0 ? 3 : 1; count > 0; --count) {
      written.recurrences.push_back(recurrences.Make(today));
    }
    const auto schedule = Schedule::Compile(written, absl::FromCivil(today, absl::UTCTimeZone()));
    // Some never occur, and some overlap themselves.
    if (!schedule.ok()) continue;
    ++compiled;
    SCOPED_TRACE(absl::StrCat("seed ", kSeed, ", round ", round, ": ", written.time_zone, " ",
                              written.recurrences[0].start, " ", written.recurrences[0].rrule));
    const std::vector<TimeSpan> spans =
        ReferenceSpans(written, (*schedule)->zone(), today - 20, today + 420);
    const TimeSpan horizon = (*schedule)->horizon();
    std::vector<int64_t> times;
    // What occurs often is looked at here and there.
    const size_t step = 1 + spans.size() / 300;
    for (size_t i = random() % step; i < spans.size(); i += step) {
      times.insert(times.end(),
                   {spans[i].begin - 1, spans[i].begin, spans[i].end - 1, spans[i].end});
    }
    for (int count = 0; count < 200; ++count) {
      times.push_back(horizon.begin + random() % (horizon.end - horizon.begin));
    }
    for (int64_t time : times) {
      if (!horizon.Contains(time)) continue;
      ASSERT_EQ((*schedule)->At(time).open, IsOpen(spans, time)) << Utc(time);
      ++instants;
    }
    for (size_t i = 0; i < times.size(); i += 97) {
      if (!horizon.Contains(times[i])) continue;
      ASSERT_EQ((*schedule)->ComputeAt(times[i]).open, IsOpen(spans, times[i])) << Utc(times[i]);
    }
  }
  EXPECT_GT(compiled, 50);
}

}  // namespace
}  // namespace libroute
