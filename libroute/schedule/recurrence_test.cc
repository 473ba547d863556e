#include "libroute/schedule/recurrence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libroute/schedule/rule_times.h"
#include "libroute/schedule/test_recurrence.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kBrussels = "Europe/Brussels";

// The spans that begin in these UTC dates.
std::vector<std::string> SpansOf(const WrittenRecurrence& written, std::string first,
                               std::string last, const char* zone = kBrussels) {
  const absl::StatusOr<Recurrence> recurrence = Recurrence::Compile(written, *LoadZone(zone));
  if (!recurrence.ok()) return {std::string(recurrence.status().message())};
  std::vector<std::string> spans;
  for (const Occurrence& each :
       recurrence->Within({Seconds(first + "T00:00:00Z"), Seconds(last + "T00:00:00Z")})) {
    spans.push_back(Utc(each.span.begin) + "/" + Utc(each.span.end));
  }
  return spans;
}

// In Brussels on 2026-03-29, 02:00 +01:00 is followed by 03:00 +02:00; on
// 2026-10-25 03:00 +02:00 is followed by 02:00 +01:00.
TEST(Recurrence, ReadsTimesInAGapWithTheOffsetBefore) {
  EXPECT_THAT(
      SpansOf(Recurring("2026-03-28T02:30", "FREQ=DAILY;COUNT=3"), "2026-03-28", "2026-04-01"),
      ElementsAre("2026-03-28T01:30:00Z/2026-03-28T01:40:00Z",
                  "2026-03-29T01:30:00Z/2026-03-29T01:40:00Z",
                  "2026-03-30T00:30:00Z/2026-03-30T00:40:00Z"));
}

TEST(Recurrence, ReadsTimesThatComeTwiceAsTheFirst) {
  EXPECT_THAT(SpansOf(Recurring("2026-10-25T02:30", ""), "2026-10-24", "2026-10-27"),
              ElementsAre("2026-10-25T00:30:00Z/2026-10-25T00:40:00Z"));
}

TEST(Recurrence, LastsExactlyOrByTheCalendar) {
  WrittenRecurrence written = {.start = "2026-10-24T09:00", .duration = absl::Hours(24)};
  EXPECT_THAT(SpansOf(written, "2026-10-24", "2026-10-27"),
              ElementsAre("2026-10-24T07:00:00Z/2026-10-25T07:00:00Z"));
  written = {.start = "2026-10-24T09:00", .days = 1};
  EXPECT_THAT(SpansOf(written, "2026-10-24", "2026-10-27"),
              ElementsAre("2026-10-24T07:00:00Z/2026-10-25T08:00:00Z"));
  // With an end, as long as the first one is.
  written = {.start = "2026-10-23T22:00", .end = "2026-10-24T06:00", .rrule = "FREQ=DAILY"};
  EXPECT_THAT(SpansOf(written, "2026-10-24", "2026-10-25"),
              ElementsAre("2026-10-23T20:00:00Z/2026-10-24T04:00:00Z",
                          "2026-10-24T20:00:00Z/2026-10-25T04:00:00Z"));
}

TEST(Recurrence, TakesWholeDays) {
  EXPECT_THAT(SpansOf({.start = "2026-10-25", .rrule = "FREQ=YEARLY"}, "2027-10-01", "2027-11-01"),
              ElementsAre("2027-10-24T22:00:00Z/2027-10-25T22:00:00Z"));
  EXPECT_THAT(SpansOf({.start = "2026-10-25"}, "2026-10-20", "2026-11-01"),
              ElementsAre("2026-10-24T22:00:00Z/2026-10-25T23:00:00Z"));
  EXPECT_THAT(SpansOf({.start = "2026-10-25", .end = "2026-10-28"}, "2026-10-20", "2026-11-01"),
              ElementsAre("2026-10-24T22:00:00Z/2026-10-27T23:00:00Z"));
}

TEST(Recurrence, KeepsToUtcWhereItsStartDoes) {
  WrittenRecurrence written = Recurring("2026-10-24T23:30:00Z", "FREQ=DAILY;COUNT=2");
  EXPECT_THAT(SpansOf(written, "2026-10-24", "2026-10-27"),
              ElementsAre("2026-10-24T23:30:00Z/2026-10-24T23:40:00Z",
                          "2026-10-25T23:30:00Z/2026-10-25T23:40:00Z"));
  // The date is the schedule's.
  const auto recurrence = *Recurrence::Compile(written, *LoadZone(kBrussels));
  EXPECT_EQ(recurrence.Within({Seconds("2026-10-24T00:00:00Z"), Seconds("2026-10-25T00:00:00Z")})
                .front()
                .date,
            absl::CivilDay(2026, 10, 25));
}

TEST(Recurrence, AddsAndRemovesDates) {
  WrittenRecurrence written = Recurring("1997-09-02T09:00:00", "FREQ=WEEKLY;COUNT=4");
  written.rdate = {"1997-09-03T10:00:00", "1997-09-09T09:00:00", "1997-09-01T09:00"};
  written.exdate = {"1997-09-16T09:00:00", "1997-09-17T09:00:00"};
  EXPECT_THAT(FirstOf(written, 10), ElementsAre("1997-09-01", "1997-09-02", "1997-09-03T10:00",
                                                "1997-09-09", "1997-09-23"));
}

TEST(Recurrence, LeavesOutAStartOutsideItsRule) {
  const WrittenRecurrence written =
      Recurring("1997-09-02T09:00:00", "FREQ=WEEKLY;COUNT=3;BYDAY=MO");
  EXPECT_THAT(FirstOf(written, 10), ElementsAre("1997-09-08", "1997-09-15", "1997-09-22"));
  EXPECT_TRUE(Recurrence::Compile(written, *LoadZone(kBrussels))->starts_outside_rule());
  EXPECT_FALSE(Recurrence::Compile(Recurring("1997-09-01T09:00:00", "FREQ=WEEKLY;BYDAY=MO"),
                                   *LoadZone(kBrussels))
                   ->starts_outside_rule());
}

TEST(Recurrence, FindsWhatRunsIntoTheWindow) {
  const WrittenRecurrence written = {
      .start = "2026-01-01T09:00", .days = 30, .rrule = "FREQ=YEARLY"};
  EXPECT_THAT(SpansOf(written, "2030-01-30", "2030-01-31"),
              ElementsAre("2030-01-01T08:00:00Z/2030-01-31T08:00:00Z"));
  EXPECT_THAT(SpansOf(written, "2030-02-01", "2030-02-10"), ElementsAre());
}

// A day's 24 hours reach an hour into the next one in spring: fine on the wall
// clock.
TEST(Recurrence, JudgesOverlapsOnTheWallClock) {
  WrittenRecurrence written = {
      .start = "2026-03-01T00:00", .duration = absl::Hours(24), .rrule = "FREQ=DAILY"};
  EXPECT_TRUE(Recurrence::Compile(written, *LoadZone(kBrussels)).ok());
  written.duration = absl::Hours(24) + absl::Seconds(1);
  EXPECT_FALSE(Recurrence::Compile(written, *LoadZone(kBrussels)).ok());
}

TEST(Recurrence, LastsLongerThanADayWhereThereIsRoom) {
  const struct {
    const char* rule;
    int days;
    bool is_good;
  } kCases[] = {
      {"FREQ=WEEKLY;BYDAY=MO,TH", 3, true},    {"FREQ=WEEKLY;BYDAY=MO,TH", 4, false},
      {"FREQ=MONTHLY;BYMONTHDAY=1", 28, true}, {"FREQ=MONTHLY;BYMONTHDAY=1", 29, false},
      {"FREQ=YEARLY;BYMONTH=6", 365, true},    {"FREQ=YEARLY;BYMONTH=6", 366, false},
      {"FREQ=MONTHLY;BYDAY=1MO", 28, true},    {"FREQ=MONTHLY;BYDAY=1MO", 29, false},
      {"FREQ=WEEKLY;INTERVAL=3", 21, true},    {"FREQ=WEEKLY;INTERVAL=3", 22, false},
  };
  for (const auto& test : kCases) {
    const WrittenRecurrence written = {
        .start = "2026-06-01T09:00", .days = test.days, .rrule = test.rule};
    const absl::Status status = Recurrence::Compile(written, *LoadZone(kBrussels)).status();
    EXPECT_EQ(status.ok(), test.is_good) << test.rule << " " << test.days << " " << status;
  }
}

TEST(Recurrence, SaysWhatIsWrongAndWhere) {
  const absl::Duration hour = absl::Hours(1);
  const struct {
    WrittenRecurrence written;
    const char* field;
    const char* message;
  } kCases[] = {
      {{.duration = hour}, "", "needs a start"},
      {{.start = "soon", .duration = hour}, "start", "\"soon\" is not a time"},
      {{.start = "1600-12-31"}, "start", "1601 to 2100"},
      {{.start = "2101-01-01"}, "start", "1601 to 2100"},
      {{.start = "2026-11-23T09:00"}, "", "needs a length"},
      {{.start = "2026-11-23T09:00", .end = "2026-11-23T10:00", .duration = hour}, "end", "twice"},
      {{.start = "2026-11-23T09:00", .duration = hour, .days = 1}, "days", "twice"},
      {{.start = "2026-11-23T09:00", .duration = absl::ZeroDuration()}, "duration", "at least 1 s"},
      {{.start = "2026-11-23T09:00", .duration = -hour}, "duration", "at least 1 s"},
      {{.start = "2026-11-23T09:00", .duration = hour / 7000}, "duration", "whole seconds"},
      {{.start = "2026-11-23T09:00", .duration = 367 * 24 * hour}, "duration", "at most 366 days"},
      {{.start = "2026-11-23T09:00", .days = 367}, "days", "1 to 366"},
      {{.start = "2026-11-23T09:00", .days = -1}, "days", "1 to 366"},
      {{.start = "2026-11-23", .duration = hour}, "duration", "days: 1"},
      {{.start = "2026-11-23", .end = "2026-11-23"}, "end", "1 to 366"},
      {{.start = "2026-11-23T09:00", .end = "2026-11-23T09:00"}, "end", "after start"},
      {{.start = "2026-11-23T09:00", .end = "2026-11-24"}, "end", "is a date and start is a local"},
      {{.start = "2026-11-23T09:00", .end = "2026-11-24T09:00Z"}, "end", "a time in UTC and start"},
      {{.start = "2026-11-23", .rdate = {"2026-11-24", "x"}}, "rdate[1]", "not a time"},
      {{.start = "2026-11-23", .rdate = {"2501-01-01"}}, "rdate[0]", "1601 to 2500"},
      {{.start = "2026-11-23", .exdate = {"2026-11-24T00:00"}}, "exdate[0]", "in the same way"},
      {{.start = "2026-11-23", .exdate = {"2026-11-23"}}, "exdate", "never occurs"},
      {{.start = "2026-11-23", .rrule = "FREQ=DAILY;BYHOUR=9"}, "rrule", "start is a date"},
      {{.start = "2026-11-23", .rrule = "FREQ=HOURLY"}, "rrule", "start is a date"},
      {{.start = "2026-11-23", .rrule = "FREQ=DAILY;UNTIL=20261224T000000Z"}, "rrule", "UNTIL is"},
      {{.start = "2026-11-23T09:00", .duration = hour, .rrule = "FREQ=DAILY;UNTIL=20261224"},
       "rrule",
       "or UNTIL in UTC"},
      {{.start = "2026-11-23", .rrule = "FREQ=DAILY;UNTIL=20261122"}, "rrule", "UNTIL is before"},
      {{.start = "2026-11-23", .rrule = "FREQ=NEVER"}, "rrule", "FREQ is \"NEVER\""},
      {{.start = "2026-11-23T09:00", .duration = 2 * hour, .rrule = "FREQ=HOURLY"}, "", "overlaps"},
      {{.start = "2026-11-23T09:00", .duration = hour, .rdate = {"2026-11-23T09:30"}},
       "",
       "overlaps itself: what begins at 2026-11-23T09:00:00 is not over at 2026-11-23T09:30:00"},
      {{.start = "2026-11-23T09:00:00",
        .duration = absl::Seconds(10),
        .rdate = {"2026-11-23T09:00:30"}},
       "",
       "more often than once a minute"},
  };
  for (const auto& test : kCases) {
    const absl::Status status = Recurrence::Compile(test.written, *LoadZone(kBrussels)).status();
    EXPECT_THAT(std::string(status.message()), HasSubstr(test.message));
    EXPECT_EQ(Recurrence::FieldOf(status), test.field) << status;
  }
}

TEST(Recurrence, RefusesWhatNeverOccurs) {
  const struct {
    const char* rule;
    const char* message;
  } kCases[] = {
      {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "within 400 years"},
      {"FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "within 400 years"},
      {"FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "within 400 years"},
      {"FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31", "within 400 years"},
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "within 400 years"},
      {"FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO", "within 400 years"},
      {"FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1", "in its first 1000000 steps"},
      {"FREQ=HOURLY;INTERVAL=24;BYHOUR=3", "within 400 years"},
      // Twice a century at most, and yet it does.
      {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", ""},
  };
  for (const auto& test : kCases) {
    const WrittenRecurrence written = Recurring("2026-11-23T10:00", test.rule);
    EXPECT_THAT(std::string(Recurrence::Compile(written, *LoadZone(kBrussels)).status().message()),
                HasSubstr(test.message))
        << test.rule;
  }
}

TEST(Recurrence, RefusesACountThatIsOutOfReach) {
  EXPECT_THAT(FirstOf(Recurring("1997-09-02T09:00", "FREQ=MINUTELY;COUNT=900000;BYHOUR=9"), 1),
              ElementsAre(HasSubstr("more than 1000000 steps away")));
}

// What was before a window is not stepped through.
TEST(Recurrence, MayBeginCenturiesAgo) {
  for (const char* rrule : {"FREQ=YEARLY", "FREQ=YEARLY;INTERVAL=17;BYDAY=20MO",
                            "FREQ=MONTHLY;INTERVAL=7;BYDAY=-1FR", "FREQ=YEARLY;BYWEEKNO=20",
                            "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "FREQ=DAILY;INTERVAL=11"}) {
    // 400 years are a whole number of weeks.
    const auto in_2001_and_after = [&](const char* start) {
      std::vector<absl::CivilSecond> times;
      const RecurrenceRule rule = *RecurrenceRule::Parse(rrule);
      const absl::CivilSecond first = WrittenTime::Parse(start)->time;
      RuleTimes all(rule, first, first);
      for (int i = 0; i < 400; ++i) times.push_back(*all.Next());
      return times;
    };
    const auto old = in_2001_and_after("1601-01-01");
    const auto young = in_2001_and_after("2001-01-01");
    for (size_t i = 0; i < young.size(); ++i) {
      if (young[i].year() > 2400) break;
      const absl::CivilSecond moved(young[i].year() - 400, young[i].month(), young[i].day());
      ASSERT_EQ(old[i], moved) << rrule;
    }
  }
}

TEST(RuleTimes, JumpsToAnyTime) {
  const absl::CivilSecond start(1900, 1, 3, 9, 7, 0);
  for (const char* text :
       {"FREQ=MINUTELY;INTERVAL=7", "FREQ=HOURLY;INTERVAL=5", "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE;WKST=SU", "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR",
        "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,366", "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO"}) {
    const RecurrenceRule rule = *RecurrenceRule::Parse(text);
    RuleTimes all(rule, start, start);
    std::vector<absl::CivilSecond> times;
    while (times.size() < 150) times.push_back(*all.Next());
    for (size_t i = 1; i < times.size(); ++i) {
      ASSERT_LT(times[i - 1], times[i]) << text;
      RuleTimes jumped(rule, start, times[i - 1] + 1);
      ASSERT_EQ(jumped.Next(), times[i]) << text;
    }
    RuleTimes late(rule, start, absl::CivilSecond(2480, 1, 1));
    EXPECT_TRUE(late.Next().has_value()) << text;
    EXPECT_LT(late.steps(), 3000) << text;
    RuleTimes ended(rule, start, absl::CivilSecond(2501, 1, 1));
    EXPECT_FALSE(ended.Next().has_value()) << text;
  }
}

}  // namespace
}  // namespace libroute
