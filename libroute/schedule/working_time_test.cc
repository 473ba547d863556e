#include "libroute/schedule/working_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libroute/schedule/test_rules.h"

namespace libroute {
namespace {

// Monday to Friday, 09:00 to 17:00 in Brussels; 2026-12-24 until noon,
// 2026-12-25 not at all.
std::shared_ptr<Schedule> Desk() {
  ScheduleRules rules = OfficeHours();
  rules.except = {{.closed = {Dates("2026-12-25")},
                   .special_days = {{Dates("2026-12-24"), {Hours("09:00", "12:00")}}}}};
  return *Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z"));
}

std::string Added(const Schedule& schedule, absl::string_view from, absl::Duration open) {
  const auto time = AddOpenTime(schedule, Seconds(from), absl::ToInt64Seconds(open));
  return time.ok()
             ? absl::FormatTime("%a %m-%d %H:%M", absl::FromUnixSeconds(*time), schedule.zone())
             : std::string(time.status().message());
}

TEST(AddOpenTime, CountsOpenHours) {
  const auto desk = Desk();
  const struct {
    const char* from;
    int hours;
    const char* expected;
  } kCases[] = {
      // Within a day, overnight, over a weekend.
      {"2026-11-23T10:00:00+01:00", 3, "Mon 11-23 13:00"},
      {"2026-11-23T15:00:00+01:00", 8, "Tue 11-24 15:00"},
      {"2026-11-27T15:00:00+01:00", 8, "Mon 11-30 15:00"},
      // From outside the hours on.
      {"2026-11-28T12:00:00+01:00", 1, "Mon 11-30 10:00"},
      {"2026-11-23T03:00:00+01:00", 8, "Mon 11-23 17:00"},
      // Just as it closes.
      {"2026-11-23T09:00:00+01:00", 8, "Mon 11-23 17:00"},
      // Half a day, a holiday and a weekend.
      {"2026-12-24T11:00:00+01:00", 8, "Mon 12-28 16:00"},
      {"2026-11-23T09:00:00+01:00", 72, "Thu 12-03 17:00"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Added(*desk, test.from, absl::Hours(test.hours)), test.expected) << test.from;
  }
}

TEST(AddOpenTime, CountsTimeThatPassesNotTheClock) {
  const auto always = *Schedule::Compile(
      {.time_zone = "Europe/Brussels", .weekly = {{AllDays(), Hours("00:00", "24:00")}}},
      Instant("2026-03-01T12:00:00Z"));
  EXPECT_EQ(Added(*always, "2026-03-28T12:00:00+01:00", absl::Hours(24)), "Sun 03-29 13:00");
}

TEST(AddOpenTime, EndsWhereThereIsTooLittle) {
  const auto desk = Desk();
  EXPECT_THAT(Added(*desk, "2026-11-23T10:00:00Z", absl::ZeroDuration()),
              testing::HasSubstr("longer than nothing"));
  EXPECT_THAT(Added(*desk, "2026-11-23T10:00:00Z", absl::Hours(30'000)),
              testing::HasSubstr("not open for so long within 10 years"));
}

std::string Done(const Schedule& schedule, absl::string_view at, absl::string_view cutoff) {
  const auto day = DayAfterCutoff(schedule, Seconds(at), *TimeOfDay::ParseEnd(cutoff));
  return day.ok() ? absl::FormatCivilTime(*day) : std::string(day.status().message());
}

TEST(DayAfterCutoff, IsTheNextWorkingDayOrTheOneAfter) {
  const auto desk = Desk();
  const struct {
    const char* at;
    const char* expected;
  } kCases[] = {
      {"2026-11-26T15:59:59+01:00", "2026-11-27"},
      {"2026-11-26T16:00:00+01:00", "2026-11-30"},
      {"2026-11-26T00:00:00+01:00", "2026-11-27"},
      {"2026-11-27T15:00:00+01:00", "2026-11-30"},
      {"2026-11-27T16:00:00+01:00", "2026-12-01"},
      {"2026-11-28T10:00:00+01:00", "2026-12-01"},
      // The day is that of the desk.
      {"2026-11-26T23:30:00Z", "2026-11-30"},
      // Christmas, a Friday.
      {"2026-12-24T10:00:00+01:00", "2026-12-28"},
      {"2026-12-25T10:00:00+01:00", "2026-12-29"},
  };
  for (const auto& test : kCases)
    EXPECT_EQ(Done(*desk, test.at, "16:00"), test.expected) << test.at;
}

TEST(DayAfterCutoff, CountsANightForTheDayOnWhichItBegins) {
  const WeekdaySet working = WorkingDays();
  ScheduleRules rules = {.time_zone = "Europe/Brussels",
                         .weekly = {{working, Hours("22:00", "06:00")}}};
  const auto night = *Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z"));
  EXPECT_EQ(Done(*night, "2026-11-27T10:00:00+01:00", "16:00"), "2026-11-30");
  EXPECT_EQ(Done(*night, "2026-11-28T03:00:00+01:00", "16:00"), "2026-12-01");
  rules.except = {{.closed = {Dates("2026-12-25")},
                   .special_days = {{Dates("2026-12-24"), {Hours("22:00", "02:00")}}}}};
  const auto feast = *Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z"));
  EXPECT_EQ(Done(*feast, "2026-12-24T10:00:00+01:00", "16:00"), "2026-12-28");
}

TEST(DayAfterCutoff, KnowsDaysThatJoinEachOther) {
  ScheduleRules rules = {.time_zone = "Europe/Brussels",
                         .weekly = {{AllDays(), Hours("00:00", "24:00")}}};
  const auto always = *Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z"));
  EXPECT_EQ(Done(*always, "2026-11-27T10:00:00+01:00", "16:00"), "2026-11-28");
  // Of the Saturday nothing is left.
  rules.except_schedules = {std::make_shared<const ScheduleRules>(
      ScheduleRules{.time_zone = "Europe/Brussels",
                    .weekly = {{WeekdaySet({absl::Weekday::saturday}), Hours("00:00", "24:00")}}})};
  const auto but_saturday = *Schedule::Compile(rules, Instant("2026-11-20T12:00:00Z"));
  EXPECT_EQ(Done(*but_saturday, "2026-11-27T10:00:00+01:00", "16:00"), "2026-11-29");
}

TEST(DayAfterCutoff, EndsWhereThereIsNoWorkingDay) {
  const auto never = *Schedule::Compile({.time_zone = "UTC"}, Instant("2026-11-20T12:00:00Z"));
  EXPECT_THAT(Done(*never, "2026-11-26T10:00:00Z", "16:00"),
              testing::HasSubstr("not open within 10 years"));
}

}  // namespace
}  // namespace libroute
