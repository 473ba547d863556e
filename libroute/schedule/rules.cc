#include "libroute/schedule/rules.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace libroute {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr absl::CivilDay kFirstDay(1, 1, 1);
constexpr absl::CivilDay kLastDay(9999, 12, 31);
constexpr char kFingerprintVersion = 1;

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

// Numbers and texts as bytes, the most significant first.
class ByteWriter {
 public:
  void Byte(int value) { bytes_.push_back(static_cast<char>(value)); }
  void Number(uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) Byte(static_cast<int>(value >> shift) & 0xFF);
  }
  void Text(absl::string_view text) {
    Number(static_cast<uint32_t>(text.size()));
    bytes_.append(text.data(), text.size());
  }
  void Hours(const OpeningHours& hours) {
    Number(static_cast<uint32_t>(hours.from.minutes));
    Number(static_cast<uint32_t>(hours.to.minutes));
  }
  void Dates(const DateRange& dates) {
    Number(static_cast<uint32_t>(dates.first - kFirstDay));
    Number(static_cast<uint32_t>(dates.last - kFirstDay));
  }

  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

bool BeginsBefore(const DateRange& a, const DateRange& b) {
  return std::tie(a.first, a.last) < std::tie(b.first, b.last);
}

// All closed dates of all calendars, ascending, ranges that overlap or touch
// joined.
std::vector<DateRange> ClosedDates(const ScheduleRules& rules) {
  std::vector<DateRange> all;
  for (const Calendar& calendar : rules.except) {
    all.insert(all.end(), calendar.closed.begin(), calendar.closed.end());
  }
  std::sort(all.begin(), all.end(), BeginsBefore);
  std::vector<DateRange> merged;
  for (const DateRange& dates : all) {
    if (!merged.empty() && dates.first <= merged.back().last + 1) {
      merged.back().last = std::max(merged.back().last, dates.last);
    } else {
      merged.push_back(dates);
    }
  }
  return merged;
}

// All special days of all calendars in order, their hours too, without
// repetitions.
std::vector<SpecialDay> SpecialDays(const ScheduleRules& rules) {
  std::vector<SpecialDay> all;
  for (const Calendar& calendar : rules.except) {
    all.insert(all.end(), calendar.special_days.begin(), calendar.special_days.end());
  }
  for (SpecialDay& special : all) {
    std::sort(special.hours.begin(), special.hours.end());
    special.hours.erase(std::unique(special.hours.begin(), special.hours.end()),
                        special.hours.end());
  }
  std::sort(all.begin(), all.end(), [](const SpecialDay& a, const SpecialDay& b) {
    if (a.dates == b.dates) return a.hours < b.hours;
    return BeginsBefore(a.dates, b.dates);
  });
  const auto same = [](const SpecialDay& a, const SpecialDay& b) {
    return a.dates == b.dates && a.hours == b.hours;
  };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
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
  int64_t dates = 0;
  for (const Calendar& calendar : rules.except) {
    absl::StatusOr<int64_t> count = CountDates(calendar);
    if (!count.ok()) return count.status();
    dates += *count;
  }
  if (dates > kMaxCalendarDates) {
    return absl::InvalidArgumentError(absl::StrCat("the calendars of a schedule have ", dates,
                                                   " dates, special days counted once for each of "
                                                   "their hours; at most ",
                                                   kMaxCalendarDates, " are possible"));
  }
  return absl::OkStatus();
}

std::string Fingerprint(const ScheduleRules& rules) {
  ByteWriter writer;
  writer.Byte(kFingerprintVersion);
  writer.Text(rules.time_zone);
  std::map<OpeningHours, int> weekly;
  for (const WeeklyHours& each : rules.weekly) weekly[each.hours] |= each.days.bits();
  writer.Number(static_cast<uint32_t>(weekly.size()));
  for (const auto& [hours, days] : weekly) {
    writer.Hours(hours);
    writer.Byte(days);
  }
  const std::vector<DateRange> closed = ClosedDates(rules);
  writer.Number(static_cast<uint32_t>(closed.size()));
  for (const DateRange& dates : closed) writer.Dates(dates);
  const std::vector<SpecialDay> special_days = SpecialDays(rules);
  writer.Number(static_cast<uint32_t>(special_days.size()));
  for (const SpecialDay& special : special_days) {
    writer.Dates(special.dates);
    writer.Number(static_cast<uint32_t>(special.hours.size()));
    for (const OpeningHours& hours : special.hours) writer.Hours(hours);
  }
  return writer.Take();
}

}  // namespace libroute
