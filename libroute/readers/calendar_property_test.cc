// Random calendar files, read and compiled into schedules in odd zones, against
// a reference that steps day by day. With LIBROUTE_LONG=1 in the environment at
// millions of instants.

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libroute/readers/calendar_file.h"
#include "libroute/schedule/schedule.h"
#include "libroute/schedule/test_long.h"
#include "libroute/schedule/zone.h"

namespace libroute {
namespace {

constexpr int kSeed = 20260103;
constexpr const char* kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::string IcalDate(absl::CivilDay day) {
  return absl::StrFormat("%04d%02d%02d", day.year(), day.month(), day.day());
}

// An event, what is written of it, and which days begin one.
class RandomEvent {
 public:
  explicit RandomEvent(std::mt19937& random) : random_(random) {
    start_ = absl::CivilDay(2018, 1, 1) + Draw(3000);
    days_ = Draw(4) == 0 ? 2 + Draw(9) : 1;
    kind_ = static_cast<Kind>(Draw(6));
    interval_ = 1 + Draw(3);
    // RRULE gives DTSTART, because the reference knows nothing else.
    if (kind_ == Kind::kNthWeekday) start_ = Monday(start_);
    until_ = Draw(2) == 0 ? start_ + Draw(2000) : absl::CivilDay(9999, 12, 31);
    for (int i = Draw(3); i > 0; --i) exdates_.insert(start_ + 1 + Draw(800));
    for (int i = Draw(3); i > 0; --i) rdates_.insert(start_ + 1 + Draw(800));
    is_local_ = Draw(4) == 0;
  }

  std::string Text() const {
    std::string text = absl::StrCat("BEGIN:VEVENT\r\nDTSTART", Time(start_), "\r\n");
    absl::StrAppend(&text, "DTEND", Time(start_ + days_), "\r\n");
    if (kind_ != Kind::kOnce) absl::StrAppend(&text, "RRULE:", Rule(), "\r\n");
    for (absl::CivilDay day : exdates_) absl::StrAppend(&text, "EXDATE", Time(day), "\r\n");
    for (absl::CivilDay day : rdates_) absl::StrAppend(&text, "RDATE", Time(day), "\r\n");
    return text + "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
  }

  bool Covers(absl::CivilDay day) const {
    for (int back = 0; back < days_; ++back) {
      if (Begins(day - back)) return true;
    }
    return false;
  }

 private:
  enum class Kind { kOnce, kYearly, kNthWeekday, kMonthly, kWeekly, kDaily };

  int Draw(int below) const { return static_cast<int>(random_() % below); }

  static absl::CivilDay Monday(absl::CivilDay day) {
    return absl::PrevWeekday(day + 1, absl::Weekday::monday);
  }

  std::string Time(absl::CivilDay day) const {
    return is_local_ ? absl::StrCat(";TZID=Europe/Paris:", IcalDate(day), "T000000")
                     : absl::StrCat(";VALUE=DATE:", IcalDate(day));
  }

  std::string Rule() const {
    std::string rule;
    switch (kind_) {
      case Kind::kNthWeekday:
        rule = absl::StrCat("FREQ=YEARLY;BYMONTH=", start_.month(), ";BYDAY=", Nth(start_), "MO");
        break;
      case Kind::kMonthly:
        rule = "FREQ=MONTHLY";
        break;
      case Kind::kWeekly:
        rule =
            absl::StrCat("FREQ=WEEKLY;BYDAY=", kDays[static_cast<int>(absl::GetWeekday(start_))]);
        break;
      case Kind::kDaily:
        rule = "FREQ=DAILY";
        break;
      default:
        rule = "FREQ=YEARLY";
    }
    absl::StrAppend(&rule, ";INTERVAL=", interval_);
    if (until_.year() == 9999) return rule;
    return absl::StrCat(rule, ";UNTIL=", IcalDate(until_), is_local_ ? "T000000" : "");
  }

  static int Nth(absl::CivilDay day) { return (day.day() - 1) / 7 + 1; }

  bool Begins(absl::CivilDay day) const {
    if (exdates_.count(day) > 0) return false;
    if (rdates_.count(day) > 0) return true;
    if (kind_ == Kind::kOnce) return day == start_;
    return day >= start_ && day <= until_ && IsGiven(day);
  }

  bool IsGiven(absl::CivilDay day) const {
    const int64_t years = day.year() - start_.year();
    const int64_t months = years * 12 + day.month() - start_.month();
    switch (kind_) {
      case Kind::kNthWeekday:
        return years % interval_ == 0 && day.month() == start_.month() &&
               absl::GetWeekday(day) == absl::Weekday::monday && Nth(day) == Nth(start_);
      case Kind::kMonthly:
        return months % interval_ == 0 && day.day() == start_.day();
      case Kind::kWeekly:
        return (day - start_) % (7 * interval_) == 0;
      case Kind::kDaily:
        return (day - start_) % interval_ == 0;
      default:
        return years % interval_ == 0 && day.month() == start_.month() && day.day() == start_.day();
    }
  }

  std::mt19937& random_;
  absl::CivilDay start_;
  int days_ = 1;
  Kind kind_ = Kind::kOnce;
  int interval_ = 1;
  absl::CivilDay until_;
  std::set<absl::CivilDay> exdates_;
  std::set<absl::CivilDay> rdates_;
  bool is_local_ = false;
};

ScheduleRules RulesOf(const Calendar& calendar, const char* zone) {
  WeekdaySet every_day;
  for (int day = 0; day < 7; ++day) every_day.Add(static_cast<absl::Weekday>(day));
  ScheduleRules rules;
  rules.time_zone = zone;
  rules.weekly = {{every_day, {*TimeOfDay::ParseStart("09:00"), *TimeOfDay::ParseEnd("17:00")}}};
  rules.except = {calendar};
  return rules;
}

bool CoversAny(const std::vector<RandomEvent>& events, absl::CivilDay day) {
  for (const RandomEvent& event : events) {
    if (event.Covers(day)) return true;
  }
  return false;
}

// A year of instants, by a timeline that was made at its beginning.
void CheckYear(const std::vector<RandomEvent>& events, const ScheduleRules& rules,
               absl::CivilDay first) {
  const absl::TimeZone zone = *LoadZone(rules.time_zone);
  const auto schedule = Schedule::Compile(rules, absl::FromCivil(first, zone));
  ASSERT_TRUE(schedule.ok()) << schedule.status();
  for (absl::CivilDay day = first; day < first + 366; ++day) {
    const bool is_closed = CoversAny(events, day);
    for (int hour : {8, 9, 13, 16, 17}) {
      const absl::Time at = absl::FromCivil(absl::CivilHour(day) + hour, zone);
      const bool expected = !is_closed && hour >= 9 && hour < 17;
      ASSERT_EQ((*schedule)->At(at).open, expected) << day << " " << hour << "h";
    }
  }
  // Beyond its horizon it is computed from the rules.
  const absl::CivilDay far = first + 800;
  const absl::Time at = absl::FromCivil(absl::CivilHour(far) + 13, zone);
  ASSERT_EQ((*schedule)->At(at).open, !CoversAny(events, far)) << far;
}

TEST(CalendarProperty, TimelinesAreClosedOnTheDaysOfTheFile) {
  const int rounds = IsLongRun() ? 600 : 12;
  for (int round = 0; round < rounds; ++round) {
    std::mt19937 random(kSeed + round);
    std::vector<RandomEvent> events;
    for (int i = 1 + random() % 5; i > 0; --i) events.emplace_back(random);
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
    for (const RandomEvent& event : events) text += event.Text();
    text += "END:VCALENDAR\r\n";
    const CalendarFileReading reading = ReadCalendarFile(text, "random.ics", AttachmentLimits());
    ASSERT_NE(reading.calendar, nullptr) << FormatIssue(reading.issues[0]) << "\n" << text;
    const ScheduleRules rules = RulesOf(*reading.calendar, kOddZones[round % std::size(kOddZones)]);
    for (int year = 2019; year < 2029; ++year) {
      SCOPED_TRACE(absl::StrCat("round ", round, ", ", rules.time_zone, "\n", text));
      CheckYear(events, rules, absl::CivilDay(year, 1, 1));
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace libroute
