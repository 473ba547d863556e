#ifndef LIBROUTE_SCHEDULE_SLOW_RECURRENCE_H_
#define LIBROUTE_SCHEDULE_SLOW_RECURRENCE_H_

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/recurrence.h"
#include "libroute/schedule/timeline.h"

// Recurrences the slow and obvious way, and random ones, for tests only: it
// knows neither libical nor a timeline, and looks at every date and minute there
// is.
namespace libroute {

// Times of a rule by RFC 5545's table, one at a time.
class SlowRule {
 public:
  SlowRule(const RecurrenceRule& rule, absl::CivilSecond start) : rule_(rule), start_(start) {}

  // The starts on the dates from `first` to `last`, UNTIL and COUNT left aside.
  std::vector<absl::CivilSecond> Starts(absl::CivilDay first, absl::CivilDay last) const {
    // Whole periods, for positions.
    const int margin = IsByClock() ? 1 : 370;
    std::vector<absl::CivilSecond> starts;
    std::vector<absl::CivilSecond> period;
    const int64_t first_period = Period(start_);
    for (absl::CivilDay day = first - margin; day <= last + margin; ++day) {
      if (!HasDate(day)) continue;
      for (int hour : Or(rule_.hours, start_.hour(), IsByClock() ? 24 : 0)) {
        for (int minute : Or(rule_.minutes, start_.minute(), IsMinutely() ? 60 : 0)) {
          const absl::CivilSecond time = absl::CivilSecond(day) + hour * 3600 + minute * 60;
          if ((Period(time) - first_period) % rule_.interval != 0) continue;
          if (!period.empty() && Period(time) != Period(period.back())) {
            AddChosen(period, starts);
            period.clear();
          }
          period.push_back(time);
        }
      }
    }
    AddChosen(period, starts);
    const auto is_outside = [&](absl::CivilSecond time) {
      const absl::CivilDay day(time);
      return time < start_ || day < first || day > last;
    };
    starts.erase(std::remove_if(starts.begin(), starts.end(), is_outside), starts.end());
    return starts;
  }

 private:
  static bool Lists(const std::vector<int>& list, int number) {
    return std::find(list.begin(), list.end(), number) != list.end();
  }
  // What is listed, else all below `all`, else the start's.
  static std::vector<int> Or(const std::vector<int>& list, int otherwise, int all) {
    if (!list.empty()) return list;
    if (all == 0) return {otherwise};
    std::vector<int> numbers;
    for (int i = 0; i < all; ++i) numbers.push_back(i);
    return numbers;
  }
  bool IsMinutely() const { return rule_.frequency == Frequency::kMinutely; }
  bool IsByClock() const { return IsMinutely() || rule_.frequency == Frequency::kHourly; }

  void AddChosen(const std::vector<absl::CivilSecond>& times,
                 std::vector<absl::CivilSecond>& starts) const {
    const int size = static_cast<int>(times.size());
    for (int i = 0; i < size; ++i) {
      const bool is_chosen = rule_.positions.empty() || Lists(rule_.positions, i + 1) ||
                             Lists(rule_.positions, i - size);
      if (is_chosen) starts.push_back(times[i]);
    }
  }

  absl::CivilDay WeekBegin(absl::CivilDay day) const {
    while (absl::GetWeekday(day) != rule_.week_start) --day;
    return day;
  }
  // The one in which most of its week lies.
  int64_t WeekYear(absl::CivilDay day) const { return (WeekBegin(day) + 3).year(); }

  int64_t Period(absl::CivilSecond time) const {
    const absl::CivilDay day(time);
    switch (rule_.frequency) {
      case Frequency::kMinutely:
        return absl::CivilMinute(time) - absl::CivilMinute();
      case Frequency::kHourly:
        return absl::CivilHour(time) - absl::CivilHour();
      case Frequency::kDaily:
        return day - absl::CivilDay();
      case Frequency::kWeekly:
        return (WeekBegin(day) - WeekBegin(absl::CivilDay())) / 7;
      case Frequency::kMonthly:
        return day.year() * 12 + day.month();
      default:
        return rule_.weeks.empty() ? day.year() : WeekYear(day);
    }
  }

  // Which one of its weekday it is in the month or year, and from the end.
  static bool IsNth(absl::CivilDay day, int nth, bool in_month) {
    const auto is_within = [&](absl::CivilDay other) {
      return in_month ? absl::CivilMonth(other) == absl::CivilMonth(day)
                      : other.year() == day.year();
    };
    int count = 0;
    for (absl::CivilDay other = day; is_within(other); other -= nth > 0 ? 7 : -7) ++count;
    return count == std::abs(nth);
  }

  bool HasWeekday(absl::CivilDay day) const {
    const bool in_month = rule_.frequency == Frequency::kMonthly || !rule_.months.empty();
    for (const RuleDay& listed : rule_.days) {
      if (absl::GetWeekday(day) != listed.day) continue;
      if (listed.nth == 0 || IsNth(day, listed.nth, in_month)) return true;
    }
    return false;
  }

  bool HasWeek(absl::CivilDay day) const {
    const int64_t year = WeekYear(day);
    int from_begin = 0;
    for (absl::CivilDay week = day; WeekYear(week) == year; week -= 7) ++from_begin;
    int from_end = 0;
    for (absl::CivilDay week = day; WeekYear(week) == year; week += 7) --from_end;
    return Lists(rule_.weeks, from_begin) || Lists(rule_.weeks, from_end);
  }

  bool HasDate(absl::CivilDay day) const {
    if (!rule_.months.empty() && !Lists(rule_.months, day.month())) return false;
    if (!rule_.weeks.empty() && !HasWeek(day)) return false;
    const int from_month_end = static_cast<int>(day - absl::CivilDay(absl::CivilMonth(day) + 1));
    const int from_year_end = static_cast<int>(day - absl::CivilDay(absl::CivilYear(day) + 1));
    if (!rule_.month_days.empty() && !Lists(rule_.month_days, day.day()) &&
        !Lists(rule_.month_days, from_month_end)) {
      return false;
    }
    if (!rule_.year_days.empty() && !Lists(rule_.year_days, absl::GetYearDay(day)) &&
        !Lists(rule_.year_days, from_year_end)) {
      return false;
    }
    if (!rule_.days.empty()) return HasWeekday(day);
    if (!rule_.month_days.empty() || !rule_.year_days.empty()) return true;
    return HasDayOfStart(day, absl::CivilDay(start_));
  }

  // Where the rule says no day at all.
  bool HasDayOfStart(absl::CivilDay day, absl::CivilDay start) const {
    switch (rule_.frequency) {
      case Frequency::kMinutely:
      case Frequency::kHourly:
      case Frequency::kDaily:
        return true;
      case Frequency::kWeekly:
        return absl::GetWeekday(day) == absl::GetWeekday(start);
      case Frequency::kMonthly:
        return day.day() == start.day();
      default:
        if (!rule_.weeks.empty()) return absl::GetWeekday(day) == absl::GetWeekday(start);
        return day.day() == start.day() && (!rule_.months.empty() || day.month() == start.month());
    }
  }

  const RecurrenceRule rule_;
  const absl::CivilSecond start_;
};

// The starts of a recurrence, written with local times and a duration, on the
// dates from `first` to `last`; ascending.
inline std::vector<absl::CivilSecond> SlowStarts(const WrittenRecurrence& written,
                                                 const absl::TimeZone& zone, absl::CivilDay first,
                                                 absl::CivilDay last) {
  const absl::CivilSecond start = WrittenTime::Parse(written.start)->time;
  std::vector<absl::CivilSecond> starts;
  if (written.rrule.empty()) {
    starts.push_back(start);
  } else {
    const RecurrenceRule rule = *RecurrenceRule::Parse(written.rrule);
    starts =
        SlowRule(rule, start).Starts(rule.count.has_value() ? absl::CivilDay(start) : first, last);
    if (rule.count.has_value() && starts.size() > static_cast<size_t>(*rule.count)) {
      starts.resize(*rule.count);
    }
    const auto is_over = [&](absl::CivilSecond time) {
      if (!rule.until.has_value()) return false;
      if (rule.until->form != TimeForm::kUtc) return time > rule.until->time;
      return zone.At(time).pre > absl::FromCivil(rule.until->time, absl::UTCTimeZone());
    };
    starts.erase(std::remove_if(starts.begin(), starts.end(), is_over), starts.end());
  }
  for (const std::string& rdate : written.rdate) starts.push_back(WrittenTime::Parse(rdate)->time);
  for (const std::string& exdate : written.exdate) {
    const absl::CivilSecond time = WrittenTime::Parse(exdate)->time;
    starts.erase(std::remove(starts.begin(), starts.end(), time), starts.end());
  }
  const auto is_outside = [&](absl::CivilSecond time) {
    return absl::CivilDay(time) < first || absl::CivilDay(time) > last;
  };
  starts.erase(std::remove_if(starts.begin(), starts.end(), is_outside), starts.end());
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return starts;
}

class RandomRecurrence {
 public:
  explicit RandomRecurrence(std::mt19937& random) : random_(random) {}

  // That begins before `today`. It may never occur, or overlap itself.
  WrittenRecurrence Make(absl::CivilDay today) {
    constexpr int kSeconds[] = {30, 60, 60, 900, 3600, 8 * 3600, 26 * 3600, 71 * 3600};
    const int frequency = Below(10) < 8 ? 2 + Below(4) : Below(2);
    const bool is_bounded = Below(4) == 0;
    // What counts, or occurs by the minute, is slow to look at for years.
    const int most_days = frequency < 2 || is_bounded ? 300 : 3650;
    const absl::CivilSecond start = absl::CivilSecond(today) - int64_t{Below(most_days)} * 86400 +
                                    Below(24) * 3600 + Below(4) * 900;
    WrittenRecurrence written;
    written.start = absl::FormatCivilTime(start);
    written.duration = absl::Seconds(kSeconds[Below(frequency < 2 ? 4 : 8)]);
    written.rrule = Rule(frequency);
    if (is_bounded) written.rrule += Bound(start);
    for (int count = Below(3) == 0 ? 1 + Below(4) : 0; count > 0; --count) {
      const absl::CivilSecond any = start + int64_t{Below(500)} * 86400 + Below(24) * 3600;
      written.rdate.push_back(absl::FormatCivilTime(any));
    }
    for (int count = Below(3) == 0 ? 1 + Below(4) : 0; count > 0; --count) {
      const absl::CivilSecond any = absl::CivilSecond(today) + int64_t{Below(300)} * 86400 +
                                    start.hour() * 3600 + start.minute() * 60;
      written.exdate.push_back(absl::FormatCivilTime(any));
    }
    return written;
  }

  int Below(int limit) { return static_cast<int>(random_() % limit); }

 private:
  static constexpr const char* kDays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

  std::string Rule(int frequency) {
    constexpr const char* kFrequencies[] = {"MINUTELY", "HOURLY",  "DAILY",
                                            "WEEKLY",   "MONTHLY", "YEARLY"};
    std::string rule = absl::StrCat("FREQ=", kFrequencies[frequency]);
    const int most_interval = frequency == 0 ? 900 : frequency == 1 ? 40 : 7;
    if (frequency == 0 || Below(2)) {
      absl::StrAppend(&rule, ";INTERVAL=", 1 + Below(most_interval));
    }
    if (Below(3) == 0) absl::StrAppend(&rule, ";WKST=", kDays[Below(7)]);
    bool has_part = false;
    const auto add = [&](const char* name, const std::string& values) {
      absl::StrAppend(&rule, ";", name, "=", values);
      has_part = true;
    };
    const bool has_weeks = frequency == 5 && Below(4) == 0;
    if (Below(3) == 0) add("BYMONTH", Numbers(1, 12, 0));
    if (has_weeks) add("BYWEEKNO", Numbers(1, 53, 3));
    const bool may_have_year_days = frequency == 5 || frequency < 2;
    if (may_have_year_days && Below(4) == 0) add("BYYEARDAY", Numbers(1, 366, 3));
    if (frequency != 3 && Below(3) == 0) add("BYMONTHDAY", Numbers(1, 31, 3));
    if (Below(2)) add("BYDAY", Weekdays(frequency >= 4 && !has_weeks));
    if (Below(3) == 0) add("BYHOUR", Numbers(0, 23, 0));
    if (Below(5) == 0) add("BYMINUTE", Numbers(0, 59, 0));
    if (has_part && Below(4) == 0) add("BYSETPOS", Numbers(1, 4, 2));
    return rule;
  }

  // COUNT, or UNTIL on the local clock or in UTC.
  std::string Bound(absl::CivilSecond start) {
    if (Below(2)) return absl::StrCat(";COUNT=", 1 + Below(200));
    const absl::CivilSecond until = start + int64_t{Below(400)} * 86400 + Below(86400);
    const std::string text = absl::FormatTime(
        "%Y%m%dT%H%M%S", absl::FromCivil(until, absl::UTCTimeZone()), absl::UTCTimeZone());
    return absl::StrCat(";UNTIL=", text, Below(2) ? "Z" : "");
  }

  // One in `negatives` of them is negative.
  std::string Numbers(int first, int last, int negatives) {
    std::string text;
    for (int count = 1 + Below(4); count > 0; --count) {
      const bool is_negative = negatives > 0 && Below(negatives) == 0;
      absl::StrAppend(&text, text.empty() ? "" : ",", is_negative ? "-" : "",
                      first + Below(last - first + 1));
    }
    return text;
  }

  std::string Weekdays(bool may_count) {
    constexpr const char* kNth[] = {"", "", "1", "2", "-1", "5", "-3"};
    std::string text;
    for (int count = 1 + Below(3); count > 0; --count) {
      absl::StrAppend(&text, text.empty() ? "" : ",", may_count ? kNth[Below(7)] : "",
                      kDays[Below(7)]);
    }
    return text;
  }

  std::mt19937& random_;
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_SLOW_RECURRENCE_H_
