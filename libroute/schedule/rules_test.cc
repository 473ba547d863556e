#include "libroute/schedule/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libroute/schedule/test_rules.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

constexpr WeekdaySet kMonday = {absl::Weekday::monday};

std::string Message(const absl::Status& status) {
  return std::string(status.message());
}

TEST(TimeOfDay, ReadsHoursAndMinutes) {
  EXPECT_EQ(TimeOfDay::ParseStart("00:00")->minutes, 0);
  EXPECT_EQ(TimeOfDay::ParseStart("09:30")->minutes, 570);
  EXPECT_EQ(TimeOfDay::ParseStart("23:59")->minutes, 1439);
  EXPECT_EQ(TimeOfDay::ParseEnd("24:00")->minutes, 1440);
  EXPECT_EQ(TimeOfDay::ParseEnd("00:00")->minutes, 0);
  EXPECT_EQ(TimeOfDay::ParseEnd("24:00")->ToString(), "24:00");
}

TEST(TimeOfDay, RefusesEverythingElse) {
  for (const char* text : {"", "9:00", "09:0", "09.00", "0900", "25:10", "24:00", "12:60", "-1:00",
                           " 9:00", "09:00 ", "09:00:00", "+9:00", "0a:00"}) {
    EXPECT_EQ(TimeOfDay::ParseStart(text).status().code(), absl::StatusCode::kInvalidArgument)
        << text;
  }
  EXPECT_FALSE(TimeOfDay::ParseEnd("24:01").ok());
}

TEST(TimeOfDay, SaysWhatWouldBeRight) {
  EXPECT_EQ(Message(TimeOfDay::ParseStart("25:10").status()),
            "\"25:10\" is not a time of day; write HH:MM from 00:00 to 23:59");
  EXPECT_EQ(Message(TimeOfDay::ParseEnd("25:10").status()),
            "\"25:10\" is not a time of day; write HH:MM from 00:00 to 24:00");
}

TEST(TimeOfDay, QuotesHostileTextShortAndEscaped) {
  const std::string message = Message(TimeOfDay::ParseStart(std::string(100'000, '\n')).status());
  EXPECT_LT(message.size(), 200u);
  EXPECT_THAT(message, HasSubstr("\\n\\n"));
}

TEST(OpeningHours, EndOnTheNextDayWhenToIsNotAfterFrom) {
  EXPECT_FALSE(Hours("09:00", "17:00").EndsNextDay());
  EXPECT_FALSE(Hours("00:00", "24:00").EndsNextDay());
  EXPECT_TRUE(Hours("22:00", "06:00").EndsNextDay());
  EXPECT_TRUE(Hours("22:00", "00:00").EndsNextDay());
}

TEST(OpeningHours, AreNotEmpty) {
  EXPECT_EQ(Message(OpeningHours::Make({600}, {600}).status()),
            "hours from 10:00 to 10:00 are empty; write 00:00 to 24:00 for a whole day");
}

TEST(DateRange, ReadsOneDateOrFirstToLast) {
  const DateRange day = *DateRange::Parse("2026-12-25");
  EXPECT_EQ(day.first, absl::CivilDay(2026, 12, 25));
  EXPECT_EQ(day.last, day.first);
  EXPECT_EQ(day.days(), 1);
  const DateRange range = *DateRange::Parse("2026-12-24..2027-01-02");
  EXPECT_EQ(range.last, absl::CivilDay(2027, 1, 2));
  EXPECT_EQ(range.days(), 10);
  EXPECT_EQ(range.ToString(), "2026-12-24..2027-01-02");
  EXPECT_TRUE(DateRange::Parse("2028-02-29").ok());
  EXPECT_EQ(DateRange::Parse("2028-01-01..2028-12-31")->days(), 366);
}

TEST(DateRange, RefusesEverythingElse) {
  for (const char* text :
       {"", "..", "2026-12-25..", "..2026-12-25", "2026-02-29", "2026-13-01", "2026-00-10",
        "2026-04-31", "0000-01-01", "26-12-25", "2026-12-5", "25-12-2026", "2026/12/25",
        "2026-12-25 ", "2026-12-25...2026-12-26", "2026-12-25..2026-12-24",
        "2026-01-01..2027-01-02", "2026-12-25..2026-12-26..2026-12-27"}) {
    EXPECT_EQ(DateRange::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(DateRange, SaysWhatIsWrong) {
  EXPECT_EQ(Message(DateRange::Parse("2026-02-29").status()),
            "\"2026-02-29\" is not a date; write YYYY-MM-DD, a date that exists");
  EXPECT_THAT(Message(DateRange::Parse("2026-12-25..2026-12-24").status()),
              HasSubstr("the first must not be after the last"));
  EXPECT_EQ(Message(DateRange::Parse("2026-01-01..2027-01-02").status()),
            "\"2026-01-01..2027-01-02\" has 367 days; at most 366 are possible");
}

TEST(CheckRules, AcceptsWhatParseGives) {
  ScheduleRules rules;
  EXPECT_TRUE(CheckRules(rules).ok());
  rules.weekly = {{kMonday, Hours("22:00", "06:00")}};
  rules.except = {{.closed = {*DateRange::Parse("2026-12-25")},
                   .special_days = {{*DateRange::Parse("2026-12-24"), {Hours("09:00", "12:00")}}}}};
  EXPECT_TRUE(CheckRules(rules).ok());
}

TEST(CheckRules, RefusesValuesThatNoParseGives) {
  const DateRange backwards = {absl::CivilDay(2026, 2, 1), absl::CivilDay(2026, 1, 1)};
  const DateRange endless = {absl::CivilDay(2026, 1, 1), absl::CivilDay(9026, 1, 1)};
  const OpeningHours beyond = {{600}, {1441}};
  const OpeningHours empty = {{600}, {600}};
  EXPECT_FALSE(CheckRules({.weekly = {{kMonday, beyond}}}).ok());
  EXPECT_FALSE(CheckRules({.weekly = {{kMonday, {{1440}, {10}}}}}).ok());
  EXPECT_FALSE(CheckRules({.weekly = {{kMonday, empty}}}).ok());
  EXPECT_FALSE(CheckRules({.weekly = {{{}, Hours("09:00", "17:00")}}}).ok());
  EXPECT_FALSE(CheckRules({.except = {{.closed = {backwards}}}}).ok());
  EXPECT_FALSE(CheckRules({.except = {{.closed = {endless}}}}).ok());
  EXPECT_FALSE(CheckRules({.except = {{.special_days = {{endless, {}}}}}}).ok());
  EXPECT_FALSE(
      CheckRules({.except = {{.special_days = {{*DateRange::Parse("2026-12-24"), {empty}}}}}})
          .ok());
}

TEST(CheckRules, LimitsHowMuchOneScheduleHolds) {
  ScheduleRules rules;
  rules.weekly.assign(kMaxWeeklyHours, {kMonday, Hours("09:00", "17:00")});
  EXPECT_TRUE(CheckRules(rules).ok());
  rules.weekly.push_back(rules.weekly.front());
  EXPECT_EQ(Message(CheckRules(rules)),
            "a schedule has 101 weekly hours; at most 100 are possible");

  const DateRange year = *DateRange::Parse("2026-01-01..2026-12-31");
  ScheduleRules many = {.except = {{}}};
  many.except[0].closed.assign(kMaxCalendarDates / 365, year);
  EXPECT_TRUE(CheckRules(many).ok());
  many.except[0].closed.push_back(year);
  EXPECT_THAT(Message(CheckRules(many)), HasSubstr("at most 100000 are possible"));

  SpecialDay special = {year, {}};
  special.hours.assign(kMaxSpecialHours + 1, Hours("09:00", "17:00"));
  EXPECT_THAT(Message(CheckRules({.except = {{.special_days = {special}}}})),
              HasSubstr("at most 24 are possible"));
}

TEST(Fingerprint, DoesNotDependOnHowRulesAreWritten) {
  const DateRange christmas = *DateRange::Parse("2026-12-25");
  const DateRange boxing_day = *DateRange::Parse("2026-12-26");
  const SpecialDay eve = {*DateRange::Parse("2026-12-24"),
                          {Hours("09:00", "12:00"), Hours("13:00", "15:00")}};
  const SpecialDay eve_reversed = {eve.dates, {eve.hours[1], eve.hours[0], eve.hours[1]}};
  const WeekdaySet tuesday = {absl::Weekday::tuesday};
  const WeekdaySet both = {absl::Weekday::tuesday, absl::Weekday::monday};
  const ScheduleRules one = {.time_zone = "Europe/Brussels",
                             .weekly = {{both, Hours("09:00", "17:00")}},
                             .except = {{{christmas, boxing_day}, {eve}}}};
  const ScheduleRules other = {
      .time_zone = "Europe/Brussels",
      .weekly = {{tuesday, Hours("09:00", "17:00")}, {kMonday, Hours("09:00", "17:00")}},
      .except = {{{boxing_day}, {eve_reversed}}, {{christmas}, {}}, {{christmas}, {eve}}}};
  EXPECT_EQ(Fingerprint(one), Fingerprint(other));
}

TEST(Fingerprint, DiffersWhenAnythingDiffers) {
  const DateRange christmas = *DateRange::Parse("2026-12-25");
  const ScheduleRules base = {.time_zone = "Europe/Brussels",
                              .weekly = {{kMonday, Hours("09:00", "17:00")}}};
  ScheduleRules zone = base;
  zone.time_zone = "Europe/Paris";
  ScheduleRules hours = base;
  hours.weekly[0].hours = Hours("09:00", "17:01");
  ScheduleRules days = base;
  days.weekly[0].days.Add(absl::Weekday::sunday);
  ScheduleRules closed = base;
  closed.except = {{.closed = {christmas}}};
  ScheduleRules special = base;
  special.except = {{.special_days = {{christmas, {}}}}};
  const std::vector<ScheduleRules> all = {base, zone, hours, days, closed, special};
  for (size_t a = 0; a < all.size(); ++a) {
    for (size_t b = 0; b < a; ++b) EXPECT_NE(Fingerprint(all[a]), Fingerprint(all[b])) << a << b;
  }
}

TEST(Fingerprint, HasItsWrittenForm) {
  const ScheduleRules rules = {.time_zone = "UTC", .weekly = {{kMonday, Hours("09:00", "17:00")}}};
  const std::string expected(
      "\x02\0\0\0\x03UTC"
      "\0\0\0\x01\0\0\x02\x1c\0\0\x03\xfc\x01"
      "\0\0\0\0\0\0\0\0\0\0\0\0",
      8 + 13 + 12);
  EXPECT_EQ(Fingerprint(rules), expected);
}

TEST(Fingerprint, TellsRecurrencesAndOtherSchedulesApart) {
  ScheduleRules plain = OfficeHours();
  ScheduleRules recurring = plain;
  recurring.recurrences = {{.start = "2026-01-01", .rrule = "FREQ=DAILY"},
                           {.start = "2026-01-02", .rdate = {"2026-02-01", "2026-01-05"}}};
  ScheduleRules reversed = plain;
  reversed.recurrences = {{.start = "2026-01-02", .rdate = {"2026-01-05", "2026-02-01"}},
                          {.start = "2026-01-01", .rrule = "FREQ=DAILY"}};
  EXPECT_EQ(Fingerprint(recurring), Fingerprint(reversed));
  ScheduleRules longer = recurring;
  longer.recurrences[0].days = 2;
  ScheduleRules excluding = recurring;
  std::swap(excluding.recurrences[1].rdate, excluding.recurrences[1].exdate);
  ScheduleRules only = plain;
  only.only = {{.closed = {Dates("2026-12-25")}}};
  ScheduleRules except = plain;
  except.except_schedules = {std::make_shared<ScheduleRules>(recurring)};
  ScheduleRules within = plain;
  within.only_schedules = {std::make_shared<ScheduleRules>(recurring)};
  const std::vector<ScheduleRules> kAll = {plain, recurring, longer, excluding,
                                           only,  except,    within};
  for (size_t i = 0; i < kAll.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(Fingerprint(kAll[i]), Fingerprint(kAll[j])) << i << j;
  }
}

}  // namespace
}  // namespace libroute
