#include "libroute/schedule/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "libroute/schedule/test_rules.h"
#include "libroute/schedule/zone.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::shared_ptr<Schedule> Compile(const ScheduleRules& rules, absl::string_view now) {
  return *Schedule::Compile(rules, Instant(now));
}

// "open until 2026-11-23T16:00:00Z"; also checks that the answer does not
// depend on the timeline.
std::string Says(const Schedule& schedule, absl::string_view at) {
  const OpenState state = schedule.At(Seconds(at));
  EXPECT_EQ(state, schedule.ComputeAt(Seconds(at))) << at;
  return (state.open ? "open until " : "closed until ") + Utc(state.until);
}

// The spans in which it is open on the UTC dates from `first` up to `last`.
std::vector<std::string> OpenSpans(const Schedule& schedule, std::string first, std::string last) {
  std::vector<std::string> spans;
  for (const TimeSpan& span :
       schedule.OpenSpans({Seconds(first + "T00:00:00Z"), Seconds(last + "T00:00:00Z")})) {
    spans.push_back(Utc(span.begin) + "/" + Utc(span.end));
  }
  return spans;
}

// Hours on one weekday.
ScheduleRules On(absl::Weekday day, OpeningHours hours, std::string zone) {
  return {.time_zone = zone, .weekly = {{{day}, hours}}};
}

TEST(Schedule, FollowsWeeklyHours) {
  const auto schedule = Compile(OfficeHours(), "2026-11-20T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-23T08:59:59+01:00"), "closed until 2026-11-23T08:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-23T09:00:00+01:00"), "open until 2026-11-23T16:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-23T16:59:59+01:00"), "open until 2026-11-23T16:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-23T17:00:00+01:00"), "closed until 2026-11-24T08:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-27T17:00:00+01:00"), "closed until 2026-11-30T08:00:00Z");
  EXPECT_FALSE(schedule->NeverOpens());
  EXPECT_FALSE(schedule->AlwaysOpen());
}

TEST(Schedule, CutsOffFractionsOfASecond) {
  const auto schedule = Compile(OfficeHours(), "2026-11-20T12:00:00Z");
  EXPECT_FALSE(schedule->At(Instant("2026-11-23T08:59:59.999+01:00")).open);
  EXPECT_TRUE(schedule->At(Instant("2026-11-23T09:00:00.001+01:00")).open);
}

TEST(Schedule, StaysOpenAcrossMidnight) {
  const auto schedule =
      Compile(On(absl::Weekday::friday, Hours("22:00", "06:00"), "Europe/Brussels"),
              "2026-11-20T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-27T23:00:00+01:00"), "open until 2026-11-28T05:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-28T02:00:00+01:00"), "open until 2026-11-28T05:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-27T02:00:00+01:00"), "closed until 2026-11-27T21:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-28T23:00:00+01:00"), "closed until 2026-12-04T21:00:00Z");
}

TEST(Schedule, JoinsHoursThatOverlapOrTouch) {
  const ScheduleRules rules = {.time_zone = "UTC",
                               .weekly = {{WorkingDays(), Hours("09:00", "12:00")},
                                          {WorkingDays(), Hours("12:00", "14:00")},
                                          {WorkingDays(), Hours("13:00", "17:00")}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-11-23", "2026-11-24"),
              ElementsAre("2026-11-23T09:00:00Z/2026-11-23T17:00:00Z"));
}

TEST(Schedule, WholeDaysAreAlwaysOpen) {
  // A zone that skips midnight when summer begins, and one that repeats it.
  for (const char* zone : {"UTC", "Europe/Brussels", "Asia/Beirut", "America/Havana"}) {
    const ScheduleRules rules = {.time_zone = zone,
                                 .weekly = {{AllDays(), Hours("00:00", "24:00")}}};
    const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
    EXPECT_TRUE(schedule->AlwaysOpen()) << zone;
    EXPECT_EQ(Says(*schedule, "2026-11-23T09:00:00Z"), "open until never") << zone;
    EXPECT_EQ(Says(*schedule, "2006-11-23T09:00:00Z"), "open until never") << zone;
  }
}

TEST(Schedule, WithoutHoursIsNeverOpen) {
  const auto schedule = Compile({.time_zone = "UTC"}, "2026-11-20T12:00:00Z");
  EXPECT_TRUE(schedule->NeverOpens());
  EXPECT_EQ(Says(*schedule, "2026-11-23T09:00:00Z"), "closed until never");
  EXPECT_THAT(OpenSpans(*schedule, "2026-11-20", "2027-11-20"), IsEmpty());
}

TEST(Schedule, NightsOfClockChangesAreSevenOrNineHoursLong) {
  const auto schedule =
      Compile(On(absl::Weekday::saturday, Hours("22:00", "06:00"), "Europe/Brussels"),
              "2026-03-01T12:00:00Z");
  EXPECT_THAT(OpenSpans(*schedule, "2026-03-28", "2026-03-30"),
              ElementsAre("2026-03-28T21:00:00Z/2026-03-29T04:00:00Z"));
  EXPECT_THAT(OpenSpans(*schedule, "2026-10-24", "2026-10-26"),
              ElementsAre("2026-10-24T20:00:00Z/2026-10-25T05:00:00Z"));
}

// In Brussels on 2026-03-29, 02:00 +01:00 is followed by 03:00 +02:00.
TEST(Schedule, ReadsSkippedTimesWithTheOffsetBeforeTheGap) {
  const struct {
    const char* from;
    const char* to;
    const char* expected;
  } kCases[] = {
      {"02:30", "05:00", "2026-03-29T01:30:00Z/2026-03-29T03:00:00Z"},
      {"01:00", "02:30", "2026-03-29T00:00:00Z/2026-03-29T01:30:00Z"},
      {"02:10", "02:50", "2026-03-29T01:10:00Z/2026-03-29T01:50:00Z"},
      {"02:00", "03:00", ""},
      {"02:30", "03:15", ""},
  };
  for (const auto& test : kCases) {
    const auto schedule =
        Compile(On(absl::Weekday::sunday, Hours(test.from, test.to), "Europe/Brussels"),
                "2026-03-01T12:00:00Z");
    const std::vector<std::string> spans = OpenSpans(*schedule, "2026-03-28", "2026-03-30");
    EXPECT_EQ(spans.empty() ? "" : spans.front(), test.expected) << test.from;
  }
}

// In Brussels on 2026-10-25, 03:00 +02:00 is followed by 02:00 +01:00.
TEST(Schedule, ReadsRepeatedTimesAsTheFirst) {
  const auto schedule =
      Compile(On(absl::Weekday::sunday, Hours("02:30", "02:45"), "Europe/Brussels"),
              "2026-10-01T12:00:00Z");
  EXPECT_THAT(OpenSpans(*schedule, "2026-10-24", "2026-10-26"),
              ElementsAre("2026-10-25T00:30:00Z/2026-10-25T00:45:00Z"));
}

TEST(Schedule, KeepsHoursWhereTheClockChangesAtMidnight) {
  // 2018-11-04 00:00 -03:00 was followed by 01:00 -02:00.
  const auto morning =
      Compile(On(absl::Weekday::sunday, Hours("00:00", "08:00"), "America/Sao_Paulo"),
              "2018-10-20T12:00:00Z");
  EXPECT_THAT(OpenSpans(*morning, "2018-11-03", "2018-11-05"),
              ElementsAre("2018-11-04T03:00:00Z/2018-11-04T10:00:00Z"));
  // 2019-02-17 00:00 -02:00 was 2019-02-16 23:00 -03:00.
  const auto evening =
      Compile(On(absl::Weekday::saturday, Hours("22:00", "24:00"), "America/Sao_Paulo"),
              "2018-10-20T12:00:00Z");
  EXPECT_THAT(OpenSpans(*evening, "2019-02-16", "2019-02-18"),
              ElementsAre("2019-02-17T00:00:00Z/2019-02-17T03:00:00Z"));
  // 2026-03-29 00:00 +02:00 is followed by 01:00 +03:00.
  const auto night = Compile(On(absl::Weekday::saturday, Hours("22:00", "06:00"), "Asia/Beirut"),
                             "2026-03-01T12:00:00Z");
  EXPECT_THAT(OpenSpans(*night, "2026-03-28", "2026-03-30"),
              ElementsAre("2026-03-28T20:00:00Z/2026-03-29T03:00:00Z"));
}

TEST(Schedule, KeepsHoursWhereTheClockChangesByHalfAnHour) {
  const auto schedule =
      Compile(On(absl::Weekday::sunday, Hours("01:00", "03:00"), "Australia/Lord_Howe"),
              "2026-03-01T12:00:00Z");
  EXPECT_THAT(OpenSpans(*schedule, "2026-04-04", "2026-04-06"),
              ElementsAre("2026-04-04T14:00:00Z/2026-04-04T16:30:00Z"));
  EXPECT_THAT(OpenSpans(*schedule, "2026-10-03", "2026-10-05"),
              ElementsAre("2026-10-03T14:30:00Z/2026-10-03T16:00:00Z"));
}

// Samoa went from 2011-12-29 24:00 -10:00 to 2011-12-31 00:00 +14:00.
TEST(Schedule, MovesTheHoursOfASkippedDay) {
  const auto schedule = Compile(On(absl::Weekday::friday, Hours("09:00", "17:00"), "Pacific/Apia"),
                                "2011-12-20T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2011-12-31T10:00:00+14:00"), "open until 2011-12-31T03:00:00Z");
}

TEST(Schedule, FollowsTheCalendarOverLeapDaysAndYears) {
  ScheduleRules rules = {.time_zone = "UTC", .weekly = {{AllDays(), Hours("23:00", "01:00")}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2028-02-01T00:00:00Z"), "2028-02-28", "2028-03-02"),
              ElementsAre("2028-02-28T00:00:00Z/2028-02-28T01:00:00Z",
                          "2028-02-28T23:00:00Z/2028-02-29T01:00:00Z",
                          "2028-02-29T23:00:00Z/2028-03-01T01:00:00Z",
                          "2028-03-01T23:00:00Z/2028-03-02T00:00:00Z"));
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-12-01T00:00:00Z"), "2026-12-31", "2027-01-02"),
              ElementsAre("2026-12-31T00:00:00Z/2026-12-31T01:00:00Z",
                          "2026-12-31T23:00:00Z/2027-01-01T01:00:00Z",
                          "2027-01-01T23:00:00Z/2027-01-02T00:00:00Z"));
  rules.except = {{.closed = {Dates("2028-02-29")}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2028-02-01T00:00:00Z"), "2028-02-29", "2028-03-02"),
              ElementsAre("2028-02-29T00:00:00Z/2028-02-29T01:00:00Z",
                          "2028-03-01T23:00:00Z/2028-03-02T00:00:00Z"));
}

TEST(Schedule, IsClosedOnListedDates) {
  ScheduleRules rules = OfficeHours();
  rules.except = {{.closed = {Dates("2026-12-25"), Dates("2026-12-28..2026-12-29")}}};
  const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-12-25T10:00:00+01:00"), "closed until 2026-12-30T08:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-12-24T10:00:00+01:00"), "open until 2026-12-24T16:00:00Z");
}

TEST(Schedule, RunsIntoAHolidayFromTheDayBefore) {
  ScheduleRules rules = {.time_zone = "Europe/Brussels",
                         .weekly = {{AllDays(), Hours("22:00", "06:00")}},
                         .except = {{.closed = {Dates("2026-12-25")}}}};
  const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-12-25T02:00:00+01:00"), "open until 2026-12-25T05:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-12-25T23:00:00+01:00"), "closed until 2026-12-26T21:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-12-26T02:00:00+01:00"), "closed until 2026-12-26T21:00:00Z");
}

TEST(Schedule, SpecialDaysHaveHoursOfTheirOwn) {
  ScheduleRules rules = OfficeHours();
  rules.except = {{.special_days = {{Dates("2026-12-24"), {Hours("08:00", "12:00")}},
                                    // A Saturday, past midnight.
                                    {Dates("2026-12-26"), {Hours("20:00", "02:00")}},
                                    {Dates("2026-12-28"), {}}}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-12-24", "2026-12-30"),
              ElementsAre("2026-12-24T07:00:00Z/2026-12-24T11:00:00Z",
                          "2026-12-25T08:00:00Z/2026-12-25T16:00:00Z",
                          "2026-12-26T19:00:00Z/2026-12-27T01:00:00Z",
                          "2026-12-29T08:00:00Z/2026-12-29T16:00:00Z"));
}

TEST(Schedule, SpecialDaysWinOverClosedDatesOfAnyCalendar) {
  ScheduleRules rules = OfficeHours();
  const Calendar closed = {.closed = {Dates("2026-12-21..2026-12-25")}};
  const Calendar special = {.special_days = {{Dates("2026-12-23"), {Hours("10:00", "11:00")}}}};
  const std::vector<std::vector<Calendar>> kOrders = {{closed, special}, {special, closed}};
  for (const std::vector<Calendar>& calendars : kOrders) {
    rules.except = calendars;
    EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-12-21", "2026-12-26"),
                ElementsAre("2026-12-23T09:00:00Z/2026-12-23T10:00:00Z"));
  }
}

TEST(Schedule, UnitesTheHoursOfSpecialDaysOnOneDate) {
  ScheduleRules rules = OfficeHours();
  rules.except = {{.special_days = {{Dates("2026-12-23"), {Hours("08:00", "11:00")}}}},
                  {.special_days = {{Dates("2026-12-23"), {Hours("10:00", "12:00")}},
                                    {Dates("2026-12-23"), {Hours("14:00", "15:00")}}}},
                  {.special_days = {{Dates("2026-12-23"), {}}}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-12-23", "2026-12-24"),
              ElementsAre("2026-12-23T07:00:00Z/2026-12-23T11:00:00Z",
                          "2026-12-23T13:00:00Z/2026-12-23T14:00:00Z"));
}

WrittenRecurrence Daily(std::string start, absl::Duration duration, std::string rrule) {
  return {.start = std::move(start), .duration = duration, .rrule = std::move(rrule)};
}

TEST(Schedule, OpensByRecurrencesToo) {
  ScheduleRules rules = OfficeHours();
  rules.recurrences = {Daily("2026-11-07T16:00", absl::Hours(2), "FREQ=WEEKLY;BYDAY=SA;INTERVAL=2"),
                       Daily("2026-11-04T16:00", absl::Hours(2), "FREQ=WEEKLY;BYDAY=WE")};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-11-18", "2026-11-22"),
              ElementsAre("2026-11-18T08:00:00Z/2026-11-18T17:00:00Z",
                          "2026-11-19T08:00:00Z/2026-11-19T16:00:00Z",
                          "2026-11-20T08:00:00Z/2026-11-20T16:00:00Z",
                          "2026-11-21T15:00:00Z/2026-11-21T17:00:00Z"));
}

TEST(Schedule, KeepsRecurrencesFromListedDates) {
  ScheduleRules rules = {.time_zone = "Europe/Brussels"};
  rules.recurrences = {Daily("2020-01-01T22:00", absl::Hours(8), "FREQ=DAILY")};
  rules.except = {{.closed = {Dates("2026-12-25")},
                   .special_days = {{Dates("2026-12-26"), {Hours("10:00", "12:00")}}}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-12-24", "2026-12-28"),
              ElementsAre("2026-12-24T00:00:00Z/2026-12-24T05:00:00Z",
                          "2026-12-24T21:00:00Z/2026-12-25T05:00:00Z",
                          "2026-12-26T09:00:00Z/2026-12-26T11:00:00Z",
                          "2026-12-27T21:00:00Z/2026-12-28T00:00:00Z"));
}

TEST(Schedule, AppliesOnlyOnDatesThatEveryCalendarLists) {
  ScheduleRules rules = {.time_zone = "UTC", .weekly = {{AllDays(), Hours("09:00", "17:00")}}};
  rules.only = {{.closed = {Dates("2026-12-24..2026-12-26")}},
                {.special_days = {{Dates("2026-12-26..2026-12-27"), {Hours("01:00", "02:00")}}}}};
  rules.except = {{.special_days = {{Dates("2026-12-27"), {Hours("03:00", "04:00")}}}}};
  EXPECT_THAT(OpenSpans(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-12-20", "2026-12-30"),
              ElementsAre("2026-12-26T09:00:00Z/2026-12-26T17:00:00Z"));
}

TEST(Schedule, IsNarrowedByOtherSchedules) {
  ScheduleRules lunch = {.time_zone = "Europe/Brussels",
                         .weekly = {{AllDays(), Hours("12:00", "13:00")}}};
  // An hour behind Brussels.
  ScheduleRules elsewhere = {.time_zone = "Europe/London",
                             .weekly = {{WorkingDays(), Hours("09:00", "15:00")}}};
  ScheduleRules rules = OfficeHours();
  rules.except_schedules = {std::make_shared<ScheduleRules>(lunch)};
  rules.only_schedules = {std::make_shared<ScheduleRules>(elsewhere)};
  const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
  EXPECT_THAT(OpenSpans(*schedule, "2026-11-23", "2026-11-24"),
              ElementsAre("2026-11-23T09:00:00Z/2026-11-23T11:00:00Z",
                          "2026-11-23T12:00:00Z/2026-11-23T15:00:00Z"));
  EXPECT_EQ(Says(*schedule, "2026-11-23T12:00:00+01:00"), "closed until 2026-11-23T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2036-11-24T12:00:00+01:00"), "closed until 2036-11-24T12:00:00Z");
}

TEST(Schedule, AnswersByACountThatBeganLongAgo) {
  ScheduleRules rules = {.time_zone = "America/New_York"};
  rules.recurrences = {Daily("1900-01-01T09:00", absl::Hours(1), "FREQ=DAILY;COUNT=46350")};
  const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-25T14:30:00Z"), "open until 2026-11-25T15:00:00Z");
  EXPECT_EQ(Says(*schedule, "2026-11-26T14:30:00Z"), "closed until never");
  EXPECT_EQ(Says(*schedule, "1913-03-04T14:30:00Z"), "open until 1913-03-04T15:00:00Z");
}

TEST(Schedule, RefusesToNameTooManyOthers) {
  auto rules = std::make_shared<ScheduleRules>(OfficeHours());
  for (int depth = 0; depth < 20; ++depth) {
    auto above = std::make_shared<ScheduleRules>(OfficeHours());
    above->except_schedules = {rules};
    above->only_schedules = {rules};
    rules = above;
  }
  const absl::Status status = Schedule::Compile(*rules, Instant("2026-11-20T12:00:00Z")).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("more than 64 other schedules"));
}

TEST(Schedule, OpensOnceAMinuteAndNoMoreOften) {
  ScheduleRules rules = {.time_zone = "UTC"};
  rules.recurrences = {Daily("2020-01-01T00:00", absl::Seconds(30), "FREQ=MINUTELY")};
  EXPECT_EQ(Says(*Compile(rules, "2026-11-20T12:00:00Z"), "2026-11-23T10:00:29Z"),
            "open until 2026-11-23T10:00:30Z");
  rules.recurrences.push_back(rules.recurrences.front());
  const absl::Status status = Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z")).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("more than 600000 times in 400 days"));
}

TEST(Schedule, TakesNoMoreThanAHundredRecurrences) {
  ScheduleRules rules = {.time_zone = "UTC"};
  rules.recurrences.assign(101, Daily("2026-01-01T09:00", absl::Hours(1), ""));
  const absl::Status status = Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z")).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("101 recurrences; at most 100"));
}

TEST(Schedule, AnswersBeyondTheHorizonAsWithinIt) {
  ScheduleRules rules = OfficeHours();
  rules.except = {{.closed = {Dates("2030-05-01")}}};
  const auto here = Compile(rules, "2026-11-20T12:00:00Z");
  const auto there = Compile(rules, "2030-04-20T12:00:00Z");
  for (const char* at : {"2030-04-30T12:00:00Z", "2030-04-30T20:00:00Z", "2030-05-01T12:00:00Z",
                         "2030-05-04T12:00:00Z", "2026-11-23T09:00:00Z"}) {
    EXPECT_EQ(here->At(Seconds(at)), there->At(Seconds(at))) << at;
  }
  EXPECT_EQ(Says(*here, "2030-04-30T20:00:00Z"), "closed until 2030-05-02T07:00:00Z");
}

TEST(Schedule, FindsTheChangeAfterTheHorizon) {
  ScheduleRules rules = {.time_zone = "UTC"};
  rules.except = {{.special_days = {{Dates("2028-03-01"), {Hours("10:00", "11:00")}}}}};
  const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
  EXPECT_TRUE(schedule->NeverOpens());
  EXPECT_EQ(Says(*schedule, "2026-12-01T00:00:00Z"), "closed until 2028-03-01T10:00:00Z");
}

TEST(Schedule, KnowsNoChangeThatIsTooFarAway) {
  ScheduleRules rules = {.time_zone = "UTC"};
  rules.except = {{.special_days = {{Dates("2029-02-08"), {Hours("10:00", "11:00")}}}}};
  const auto schedule = Compile(rules, "2026-11-20T12:00:00Z");
  // 800 days before it opens, to the second.
  EXPECT_EQ(Says(*schedule, "2026-12-01T10:00:00Z"), "closed until never");
  EXPECT_EQ(Says(*schedule, "2026-12-01T10:00:01Z"), "closed until 2029-02-08T10:00:00Z");
}

TEST(Schedule, AnswersForAnyNumberOfSeconds) {
  const auto schedule = Compile(OfficeHours(), "2026-11-20T12:00:00Z");
  for (int64_t seconds : {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(),
                          int64_t{-62'135'596'801}, int64_t{253'402'300'800}}) {
    EXPECT_EQ(schedule->At(seconds), OpenState()) << seconds;
  }
  EXPECT_EQ(schedule->At(absl::InfiniteFuture()), OpenState());
  EXPECT_EQ(schedule->At(absl::InfinitePast()), OpenState());
  EXPECT_NE(schedule->At(Seconds("9999-12-20T12:00:00Z")).until, kNoChange);
  EXPECT_NE(schedule->At(Seconds("0001-02-01T12:00:00Z")).until, kNoChange);
  EXPECT_THAT(schedule->OpenSpans({10, 10}), IsEmpty());
  EXPECT_THAT(schedule->OpenSpans({10, -10}), IsEmpty());
}

TEST(Schedule, RefusesWhatItCannotCompile) {
  const auto message = [](const ScheduleRules& rules, absl::Time now) {
    const absl::Status status = Schedule::Compile(rules, now).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  const absl::Time now = Instant("2026-11-20T12:00:00Z");
  ScheduleRules rules = OfficeHours();
  EXPECT_THAT(message(rules, absl::InfiniteFuture()), HasSubstr("years 1970 to 9000"));
  EXPECT_THAT(message(rules, absl::InfinitePast()), HasSubstr("years 1970 to 9000"));
  rules.time_zone = "Europe/Brussel";
  EXPECT_THAT(message(rules, now), HasSubstr("no time zone \"Europe/Brussel\""));
  rules.weekly[0].days = {};
  EXPECT_THAT(message(rules, now), HasSubstr("no days"));
}

TEST(Schedule, ExtendsWhenLessThanTwoHundredDaysAreLeft) {
  const auto schedule = Compile(OfficeHours(), "2026-11-20T12:00:00Z");
  const TimeSpan horizon = schedule->horizon();
  EXPECT_EQ(horizon.begin, Seconds("2026-11-17T12:00:00Z"));
  EXPECT_EQ(horizon.end, Seconds("2027-12-25T12:00:00Z"));
  EXPECT_EQ(schedule->NextMaintenance(), Instant("2027-06-08T12:00:00Z"));
  schedule->Extend(Instant("2027-06-08T11:59:59Z"));
  EXPECT_EQ(schedule->horizon(), horizon);
  const size_t bytes = schedule->memory_bytes();
  const OpenState before = schedule->At(Seconds("2027-06-09T12:00:00Z"));

  schedule->Extend(Instant("2027-06-08T12:00:00Z"));
  EXPECT_EQ(schedule->horizon().begin, Seconds("2027-06-05T12:00:00Z"));
  EXPECT_EQ(schedule->horizon().end, Seconds("2028-07-12T12:00:00Z"));
  EXPECT_EQ(schedule->NextMaintenance(), Instant("2027-12-25T12:00:00Z"));
  EXPECT_EQ(schedule->At(Seconds("2027-06-09T12:00:00Z")), before);
  EXPECT_GT(schedule->memory_bytes(), bytes);
  EXPECT_LT(schedule->memory_bytes(), 12'000u);

  const TimeSpan extended = schedule->horizon();
  schedule->Extend(absl::InfiniteFuture());
  schedule->Extend(Instant("2026-11-20T12:00:00Z"));
  EXPECT_EQ(schedule->horizon(), extended);
}

TEST(Schedule, TellsItsZonesData) {
  const auto schedule = Compile(OfficeHours(), "2026-11-20T12:00:00Z");
  EXPECT_EQ(schedule->zone().name(), "Europe/Brussels");
  EXPECT_EQ(schedule->zone_fingerprint(), ZoneFingerprint(*LoadZone("Europe/Brussels")));
  EXPECT_EQ(schedule->rules().time_zone, "Europe/Brussels");
}

TEST(Schedule, FindsAChangeThatIsDecadesAway) {
  const ScheduleRules rules = {
      .time_zone = "UTC",
      .recurrences = {
          {.start = "2024-02-29", .rrule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"}}};
  const auto schedule = *Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z"));
  const int64_t at = Seconds("2026-11-28T10:00:00Z");
  EXPECT_EQ(schedule->At(at), (OpenState{false, kNoChange}));
  EXPECT_EQ(schedule->AtLookingFar(at), (OpenState{false, Seconds("2044-02-29T00:00:00Z")}));
  const int64_t within = Seconds("2044-02-29T10:00:00Z");
  EXPECT_EQ(schedule->AtLookingFar(within), (OpenState{true, Seconds("2044-03-01T00:00:00Z")}));
  const auto never = *Schedule::Compile({.time_zone = "UTC"}, Instant("2026-11-20T12:00:00Z"));
  EXPECT_EQ(never->AtLookingFar(at), (OpenState{false, kNoChange}));
}

}  // namespace
}  // namespace libroute
