#include "libroute/schedule/rule_distance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "libroute/schedule/rule_times.h"
#include "libroute/schedule/test_recurrence.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

constexpr absl::CivilSecond kStart(2026, 1, 5, 9, 0, 0);

RecurrenceRule Rule(absl::string_view text) {
  return *RecurrenceRule::Parse(text);
}

// By walking from time to time.
int64_t WalkedDistance(const RecurrenceRule& rule, absl::CivilSecond end) {
  int64_t shortest = 366 * 86400;
  std::optional<absl::CivilSecond> before;
  RuleTimes times(rule, kStart, kStart);
  for (auto time = times.Next(); time.has_value() && *time < end; time = times.Next()) {
    if (before.has_value()) shortest = std::min<int64_t>(shortest, *time - *before);
    before = time;
  }
  return shortest;
}

constexpr const char* kRules[] = {
    "FREQ=WEEKLY;BYDAY=MO,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
    "FREQ=WEEKLY;BYMONTH=2,7;BYDAY=TU,TH",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=DAILY;INTERVAL=5;BYDAY=MO,TU",
    "FREQ=DAILY;BYDAY=SA;BYHOUR=0,23",
    "FREQ=DAILY;BYMONTHDAY=1,15,31",
    "FREQ=HOURLY;INTERVAL=5;BYHOUR=1,3,11",
    "FREQ=HOURLY;BYDAY=MO;BYHOUR=9,17",
    "FREQ=MINUTELY;INTERVAL=7;BYHOUR=9;BYMINUTE=3,40",
    "FREQ=MONTHLY;BYDAY=MO,WE,FR",
    "FREQ=MONTHLY;BYMONTHDAY=1,-1",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO,-1FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=1,-1",
    "FREQ=YEARLY;BYDAY=MO,WE,FR",
    "FREQ=YEARLY;BYDAY=1MO,53MO,-1SU",
    "FREQ=YEARLY;BYYEARDAY=1,-1,200",
    "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,SU",
    "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=29,1",
    "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=28,29",
};

// A whole calendar; what looks at every hour needs less and takes long.
absl::CivilSecond EndOfWalk(const RecurrenceRule& rule) {
  return absl::CivilSecond(rule.frequency <= Frequency::kHourly ? 2040 : 2430, 1, 1);
}

TEST(RuleDistance, IsProvenAndSeenAsWalkingForCenturiesFindsIt) {
  for (const char* text : kRules) {
    const RecurrenceRule rule = Rule(text);
    const int64_t walked = WalkedDistance(rule, EndOfWalk(rule));
    EXPECT_LE(DistanceOfParts(rule, kStart), walked) << text;
    EXPECT_LE(PlainDistance(rule), walked) << text;
    // Before the rule repeats itself.
    const absl::CivilSecond end = RepeatsFrom(rule, kStart) + 366 * 86400;
    EXPECT_EQ(WalkedDistance(rule, std::min(end, EndOfWalk(rule))), walked) << text;
  }
}

TEST(RuleDistance, IsProvenExactlyWhereNothingIsTakenAway) {
  for (const char* text :
       {"FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYDAY=MO,WE,FR", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=DAILY;BYDAY=SA;BYHOUR=0,23", "FREQ=YEARLY;BYYEARDAY=1,-1,200"}) {
    const RecurrenceRule rule = Rule(text);
    EXPECT_EQ(DistanceOfParts(rule, kStart), WalkedDistance(rule, EndOfWalk(rule))) << text;
  }
}

// What compiling it takes from a budget.
int64_t WorkOf(const WrittenRecurrence& written) {
  RecurrenceBudget budget;
  const absl::Status status = Recurrence::Compile(written, absl::UTCTimeZone(), budget).status();
  EXPECT_TRUE(status.ok()) << written.rrule << ": " << status;
  return RecurrenceBudget::kMost - budget.left;
}

TEST(RecurrenceWork, IsLittleForLongOccurrences) {
  const struct {
    const char* rrule;
    int hours;
    int64_t most;
  } kCases[] = {
      {"FREQ=WEEKLY;BYDAY=MO,FR", 71, 1'000},
      {"FREQ=MONTHLY;BYDAY=MO,WE,FR", 47, 1'000},
      {"FREQ=YEARLY;BYDAY=MO,WE,FR", 47, 10'000},
      {"FREQ=MONTHLY;BYMONTHDAY=31", 100, 20'000},
      {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", 95, 1'000},
      {"FREQ=DAILY;BYHOUR=0,12;BYMINUTE=0,30;BYSETPOS=1,3", 12, 1'000},
      {"FREQ=HOURLY;INTERVAL=5;BYHOUR=1,3,11", 8, 1'000},
      {"FREQ=MINUTELY;COUNT=1000000", 0, 100},
      {"FREQ=WEEKLY;INTERVAL=1000000000;COUNT=1000000", 0, 1'000},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=1,-1", 24, 20'000},
  };
  for (const auto& test : kCases) {
    const absl::Duration length = test.hours > 0 ? absl::Hours(test.hours) : absl::Seconds(30);
    EXPECT_LE(WorkOf({.start = "2026-01-05T00:01:00", .duration = length, .rrule = test.rrule}),
              test.most)
        << test.rrule;
  }
}

TEST(RecurrenceWork, IsRefusedWhenTheBudgetIsSpent) {
  RecurrenceBudget budget = {.left = 100'000};
  const WrittenRecurrence often = {.start = "2026-01-05T00:01:00",
                                   .duration = absl::Seconds(30),
                                   .rrule = "FREQ=MINUTELY;COUNT=1000000;BYHOUR=9"};
  const absl::Status status = Recurrence::Compile(often, absl::UTCTimeZone(), budget).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("takes more than 3000000 steps"));
  EXPECT_TRUE(budget.is_spent());
  EXPECT_GT(budget.left, -200'000);
}

TEST(RecurrenceWork, CountOfAnEvenRuleEndsWhereItSays) {
  for (const auto& [rrule, last] : {std::pair("FREQ=MINUTELY;INTERVAL=7;COUNT=4", "09:21"),
                                    std::pair("FREQ=HOURLY;COUNT=3", "11:00")}) {
    const absl::StatusOr<Recurrence> recurrence = Recurrence::Compile(
        {.start = "2026-01-05T09:00:00", .duration = absl::Seconds(60), .rrule = rrule},
        absl::UTCTimeZone());
    const auto found =
        recurrence->Within({Seconds("2026-01-05T00:00:00Z"), Seconds("2026-01-09T00:00:00Z")});
    EXPECT_EQ(absl::FormatTime("%H:%M", absl::FromUnixSeconds(found.back().span.begin),
                               absl::UTCTimeZone()),
              last);
  }
}

TEST(RecurrenceWork, OverlapsAreFoundAfterTheLastExcludedDate) {
  WrittenRecurrence written = {.start = "2026-01-05T00:00:00",
                               .duration = absl::Hours(25),
                               .rrule = "FREQ=WEEKLY;BYDAY=MO,TU",
                               .exdate = {"2026-01-06T00:00:00", "2026-01-13T00:00:00"}};
  const absl::Status status = Recurrence::Compile(written, absl::UTCTimeZone()).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("2026-01-19T00:00:00"));
  written.rrule += ";COUNT=4";
  EXPECT_TRUE(Recurrence::Compile(written, absl::UTCTimeZone()).ok());
}

}  // namespace
}  // namespace libroute
