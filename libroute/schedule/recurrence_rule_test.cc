#include "libroute/schedule/recurrence_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ErrorOf(absl::string_view text) {
  const absl::StatusOr<RecurrenceRule> rule = RecurrenceRule::Parse(text);
  return rule.ok() ? "fine" : std::string(rule.status().message());
}

TEST(RecurrenceRule, ReadsEveryPart) {
  const absl::StatusOr<RecurrenceRule> rule = RecurrenceRule::Parse(
      "byhour=17,9;FREQ=yearly;INTERVAL=2;COUNT=10;WKST=SU;BYMONTH=3,1,3;BYMONTHDAY=-1,+2;"
      "BYYEARDAY=366,-366;BYDAY=-1FR,MO;BYMINUTE=0;BYSECOND=60;BYSETPOS=-1");
  ASSERT_TRUE(rule.ok()) << rule.status();
  EXPECT_EQ(rule->frequency, Frequency::kYearly);
  EXPECT_EQ(rule->interval, 2);
  EXPECT_EQ(rule->count, 10);
  EXPECT_EQ(rule->week_start, absl::Weekday::sunday);
  EXPECT_THAT(rule->months, ElementsAre(1, 3));
  EXPECT_THAT(rule->month_days, ElementsAre(-1, 2));
  EXPECT_THAT(rule->year_days, ElementsAre(-366, 366));
  EXPECT_THAT(rule->days,
              ElementsAre(RuleDay{-1, absl::Weekday::friday}, RuleDay{0, absl::Weekday::monday}));
  EXPECT_THAT(rule->hours, ElementsAre(9, 17));
  EXPECT_THAT(rule->minutes, ElementsAre(0));
  EXPECT_THAT(rule->seconds, ElementsAre(59));
  EXPECT_THAT(rule->positions, ElementsAre(-1));
}

TEST(RecurrenceRule, ReadsTheFormsOfUntil) {
  const auto until = [](const char* text) {
    return *RecurrenceRule::Parse(std::string("FREQ=DAILY;UNTIL=") + text)->until;
  };
  EXPECT_EQ(until("20261225"), (WrittenTime{absl::CivilSecond(2026, 12, 25), TimeForm::kDate}));
  EXPECT_EQ(until("20261225T090000"),
            (WrittenTime{absl::CivilSecond(2026, 12, 25, 9, 0, 0), TimeForm::kLocal}));
  EXPECT_EQ(until("20261225T090000Z"),
            (WrittenTime{absl::CivilSecond(2026, 12, 25, 9, 0, 0), TimeForm::kUtc}));
}

TEST(RecurrenceRule, SaysWhatIsWrong) {
  const struct {
    const char* rule;
    const char* message;
  } kCases[] = {
      {"", "is not a part of a rule"},
      {"FREQ=DAILY;", "is not a part of a rule"},
      {"FREQ", "is not a part of a rule"},
      {"COUNT=3", "there is no FREQ"},
      {"FREQ=DAILY;FREQ=DAILY", "FREQ is there twice"},
      {"FREQ=SECONDLY", "too often"},
      {"FREQ=DAYLY", "FREQ is \"DAYLY\"; it must be MINUTELY, HOURLY"},
      {"FREQ=DAILY;INTERVAL=0", "INTERVAL is \"0\"; it must be 1 to 1000000000"},
      {"FREQ=DAILY;INTERVAL=1000000001", "it must be 1 to"},
      {"FREQ=DAILY;INTERVAL=99999999999999", "it must be 1 to"},
      {"FREQ=DAILY;INTERVAL= 1", "it must be 1 to"},
      {"FREQ=DAILY;COUNT=0", "COUNT is \"0\"; it must be 1 to 1000000"},
      {"FREQ=DAILY;COUNT=1000001", "it must be 1 to 1000000"},
      {"FREQ=DAILY;COUNT=3;UNTIL=20261225", "both UNTIL and COUNT"},
      {"FREQ=DAILY;UNTIL=20260230", "is not a time"},
      {"FREQ=DAILY;UNTIL=20261225Z", "is not a time"},
      {"FREQ=WEEKLY;WKST=1MO", "WKST is \"1MO\"; it must be MO to SU"},
      {"FREQ=WEEKLY;BYDAY=MO,,TU", "BYDAY has \"\""},
      {"FREQ=WEEKLY;BYDAY=XX", "BYDAY has \"XX\""},
      {"FREQ=YEARLY;BYDAY=54MO", "BYDAY has \"54MO\""},
      {"FREQ=YEARLY;BYDAY=0MO", "BYDAY has \"0MO\""},
      {"FREQ=DAILY;BYHOUR=24", "BYHOUR has \"24\"; it must be 0 to 23"},
      {"FREQ=DAILY;BYMINUTE=-1", "BYMINUTE has \"-1\"; it must be 0 to 59"},
      {"FREQ=DAILY;BYSECOND=61", "BYSECOND has \"61\"; it must be 0 to 60"},
      {"FREQ=DAILY;BYSECOND=0,30", "BYSECOND has several values"},
      {"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY has \"0\"; it must be 1 to 31 or -31 to -1"},
      {"FREQ=MONTHLY;BYMONTHDAY=32", "it must be 1 to 31"},
      {"FREQ=YEARLY;BYYEARDAY=367", "it must be 1 to 366 or -366 to -1"},
      {"FREQ=YEARLY;BYWEEKNO=54", "it must be 1 to 53 or -53 to -1"},
      {"FREQ=YEARLY;BYMONTH=13", "it must be 1 to 12"},
      {"FREQ=YEARLY;BYMONTH=-1", "it must be 1 to 12"},
      {"FREQ=YEARLY;BYSETPOS=1", "BYSETPOS needs another BY part"},
      {"FREQ=YEARLY;BYMONTH=1;BYSETPOS=0", "it must be 1 to 366"},
      {"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY"},
      {"FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY does not go with FREQ=DAILY"},
      {"FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY does not go with FREQ=MONTHLY"},
      {"FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO does not go with FREQ=MONTHLY"},
      {"FREQ=DAILY;BYDAY=1MO", "BYDAY with a number does not go with FREQ=DAILY"},
      {"FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "does not go with BYWEEKNO"},
      {"FREQ=DAILY;BYEASTER=0", "\"BYEASTER\" is not a part of a rule; there are FREQ"},
      {"RRULE:FREQ=DAILY", "is not a part of a rule"},
  };
  for (const auto& test : kCases) {
    EXPECT_THAT(ErrorOf(test.rule), HasSubstr(test.message)) << test.rule;
  }
  EXPECT_THAT(ErrorOf(std::string(5000, 'A')), HasSubstr("at most 4000"));
}

TEST(WrittenTime, ReadsTimesThatExist) {
  for (const char* good : {"1997-09-02T09:00:00", "1997-09-02T09:00", "19970902T090000"}) {
    EXPECT_EQ(*WrittenTime::Parse(good),
              (WrittenTime{absl::CivilSecond(1997, 9, 2, 9, 0, 0), TimeForm::kLocal}));
  }
  for (const char* bad : {"", "1997", "1997-02-29", "2026-13-01", "0000-01-01", "2026-01-01T24:00",
                          "2026-01-01T09:60", "2026-01-01T0900", "2026-01-01 09:00", "20260101Z",
                          "2026-01-01T09:00:00+01:00", "2026-01-01T09:00:00ZZ"}) {
    EXPECT_FALSE(WrittenTime::Parse(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace libroute
