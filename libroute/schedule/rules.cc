#include "libroute/schedule/rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace libroute {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr absl::CivilDay kFirstDay(1, 1, 1);
constexpr absl::CivilDay kLastDay(9999, 12, 31);

std::string Quoted(absl::string_view text) {
  constexpr size_t kLongest = 40;
  const bool is_long = text.size() > kLongest;
  return absl::StrCat("\"", absl::CEscape(text.substr(0, kLongest)), is_long ? "...\"" : "\"");
}

// Whether `text` is like `pattern`, in which '0' stands for any digit.
bool HasForm(absl::string_view text, absl::string_view pattern) {
  return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                    [](char c, char p) { return p == '0' ? absl::ascii_isdigit(c) : c == p; });
}

int DigitsAt(absl::string_view text, size_t position, size_t length) {
  int value = 0;
  for (char c : text.substr(position, length)) value = value * 10 + (c - '0');
  return value;
}

absl::StatusOr<TimeOfDay> ParseTime(absl::string_view text, TimeOfDay latest) {
  if (HasForm(text, "00:00")) {
    const int hour = DigitsAt(text, 0, 2);
    const int minute = DigitsAt(text, 3, 2);
    const TimeOfDay time = {.minutes = hour * 60 + minute};
    if (minute < 60 && time <= latest) return time;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      Quoted(text), " is not a time of day; write HH:MM from 00:00 to ", latest.ToString()));
}

absl::StatusOr<absl::CivilDay> ParseDate(absl::string_view text) {
  if (HasForm(text, "0000-00-00")) {
    const int year = DigitsAt(text, 0, 4);
    const int month = DigitsAt(text, 5, 2);
    const int day = DigitsAt(text, 8, 2);
    const absl::CivilDay date(year, month, day);
    // A date that does not exist is normalised to another one.
    if (year > 0 && date.month() == month && date.day() == day) return date;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(text), " is not a date; write YYYY-MM-DD, a date that exists"));
}

absl::Status CheckHours(const OpeningHours& hours) {
  const int from = hours.from.minutes;
  const int to = hours.to.minutes;
  if (from < 0 || from >= kMinutesPerDay || to < 0 || to > kMinutesPerDay) {
    return absl::InvalidArgumentError(absl::StrCat(
        "hours from minute ", from, " to minute ", to,
        " of the day are not times of day; from must be 0 to 1439, to must be 0 to 1440"));
  }
  return OpeningHours::Make(hours.from, hours.to).status();
}

absl::Status CheckDates(const DateRange& dates) {
  if (dates.first < kFirstDay || dates.last > kLastDay || dates.first > dates.last) {
    return absl::InvalidArgumentError(
        absl::StrCat(Quoted(dates.ToString()),
                     " is not a range of dates; the first must not be after the last, and both in "
                     "the years 1 to 9999"));
  }
  if (dates.last - dates.first >= DateRange::kMaxDays) {
    return absl::InvalidArgumentError(absl::StrCat(Quoted(dates.ToString()), " has ",
                                                   dates.last - dates.first + 1, " days; at most ",
                                                   DateRange::kMaxDays, " are possible"));
  }
  return absl::OkStatus();
}

absl::Status CheckWeekly(const std::vector<WeeklyHours>& weekly) {
  if (weekly.size() > kMaxWeeklyHours) {
    return absl::InvalidArgumentError(absl::StrCat("a schedule has ", weekly.size(),
                                                   " weekly hours; at most ", kMaxWeeklyHours,
                                                   " are possible"));
  }
  for (const WeeklyHours& each : weekly) {
    if (absl::Status status = CheckHours(each.hours); !status.ok()) return status;
    if (each.days.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the weekly hours from ", each.hours.from.ToString(), " to ",
                       each.hours.to.ToString(), " have no days; name at least one weekday"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSpecialDay(const SpecialDay& special) {
  if (absl::Status status = CheckDates(special.dates); !status.ok()) return status;
  if (special.hours.size() > kMaxSpecialHours) {
    return absl::InvalidArgumentError(
        absl::StrCat("the special day ", special.dates.ToString(), " has ", special.hours.size(),
                     " hours; at most ", kMaxSpecialHours, " are possible"));
  }
  for (const OpeningHours& hours : special.hours) {
    if (absl::Status status = CheckHours(hours); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// The number of dates in `calendar`, as kMaxCalendarDates counts them.
absl::StatusOr<int64_t> CountDates(const Calendar& calendar) {
  int64_t count = 0;
  for (const DateRange& dates : calendar.closed) {
    if (absl::Status status = CheckDates(dates); !status.ok()) return status;
    count += dates.days();
  }
  for (const SpecialDay& special : calendar.special_days) {
    if (absl::Status status = CheckSpecialDay(special); !status.ok()) return status;
    count += special.dates.days() * std::max<int64_t>(1, special.hours.size());
  }
  return count;
}

// The schedules that `rules` name, and those that these name, until there are
// more than kMaxNestedSchedules; then no further.
int CountNested(const ScheduleRules& rules) {
  int count = 0;
  for (const auto* schedules : {&rules.except_schedules, &rules.only_schedules}) {
    for (const std::shared_ptr<const ScheduleRules>& schedule : *schedules) {
      if (++count <= kMaxNestedSchedules) count += CountNested(*schedule);
      if (count > kMaxNestedSchedules) return count;
    }
  }
  return count;
}

absl::Status CheckNested(const ScheduleRules& rules) {
  if (CountNested(rules) > kMaxNestedSchedules) {
    return absl::InvalidArgumentError(
        absl::StrCat("a schedule names, with those that these name, more than ",
                     kMaxNestedSchedules, " other schedules"));
  }
  for (const auto* schedules : {&rules.except_schedules, &rules.only_schedules}) {
    for (const std::shared_ptr<const ScheduleRules>& schedule : *schedules) {
      if (absl::Status status = CheckRules(*schedule); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TimeOfDay> TimeOfDay::ParseStart(absl::string_view text) {
  return ParseTime(text, {.minutes = kMinutesPerDay - 1});
}

absl::StatusOr<TimeOfDay> TimeOfDay::ParseEnd(absl::string_view text) {
  return ParseTime(text, {.minutes = kMinutesPerDay});
}

std::string TimeOfDay::ToString() const {
  return absl::StrFormat("%02d:%02d", minutes / 60, minutes % 60);
}

absl::StatusOr<OpeningHours> OpeningHours::Make(TimeOfDay from, TimeOfDay to) {
  if (from == to) {
    return absl::InvalidArgumentError(
        absl::StrCat("hours from ", from.ToString(), " to ", to.ToString(),
                     " are empty; write 00:00 to 24:00 for a whole day"));
  }
  return OpeningHours{from, to};
}

absl::StatusOr<DateRange> DateRange::Parse(absl::string_view text) {
  const size_t dots = text.find("..");
  absl::StatusOr<absl::CivilDay> first = ParseDate(text.substr(0, dots));
  if (!first.ok()) return first.status();
  if (dots == absl::string_view::npos) return DateRange{*first, *first};
  absl::StatusOr<absl::CivilDay> last = ParseDate(text.substr(dots + 2));
  if (!last.ok()) return last.status();
  const DateRange dates = {*first, *last};
  if (absl::Status status = CheckDates(dates); !status.ok()) return status;
  return dates;
}

std::string DateRange::ToString() const {
  if (first == last) return absl::FormatCivilTime(first);
  return absl::StrCat(absl::FormatCivilTime(first), "..", absl::FormatCivilTime(last));
}

absl::Status CheckRules(const ScheduleRules& rules) {
  if (absl::Status status = CheckWeekly(rules.weekly); !status.ok()) return status;
  if (!rules.compiled.empty() && rules.compiled.size() != rules.recurrences.size()) {
    return absl::InvalidArgumentError("compiled recurrences must be as many as the recurrences");
  }
  if (rules.recurrences.size() > kMaxRecurrences) {
    return absl::InvalidArgumentError(absl::StrCat("a schedule has ", rules.recurrences.size(),
                                                   " recurrences; at most ", kMaxRecurrences,
                                                   " are possible"));
  }
  if (absl::Status status = CheckNested(rules); !status.ok()) return status;
  int64_t dates = 0;
  for (const auto* calendars : {&rules.except, &rules.only}) {
    for (const Calendar& calendar : *calendars) {
      absl::StatusOr<int64_t> count = CountDates(calendar);
      if (!count.ok()) return count.status();
      dates += *count;
    }
  }
  if (dates > kMaxCalendarDates) {
    return absl::InvalidArgumentError(absl::StrCat("the calendars of a schedule have ", dates,
                                                   " dates, special days counted once for each of "
                                                   "their hours; at most ",
                                                   kMaxCalendarDates, " are possible"));
  }
  return absl::OkStatus();
}

}  // namespace libroute
