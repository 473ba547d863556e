#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/rules.h"

// The canonical bytes of rules.
namespace libroute {
namespace {

constexpr absl::CivilDay kFirstDay(1, 1, 1);
constexpr char kFingerprintVersion = 2;

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

// Ascending, ranges that overlap or touch joined.
std::vector<DateRange> Joined(std::vector<DateRange> all) {
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

// All closed dates of all calendars.
std::vector<DateRange> ClosedDates(const ScheduleRules& rules) {
  std::vector<DateRange> all;
  for (const Calendar& calendar : rules.except) {
    all.insert(all.end(), calendar.closed.begin(), calendar.closed.end());
  }
  return Joined(std::move(all));
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

std::string RecurrenceBytes(const WrittenRecurrence& recurrence) {
  ByteWriter writer;
  writer.Text(recurrence.start);
  writer.Text(recurrence.end);
  // A length that is given and zero is refused, like one that is not given.
  const absl::Duration duration = recurrence.duration.value_or(absl::ZeroDuration());
  writer.Text(absl::FormatDuration(duration));
  writer.Number(static_cast<uint32_t>(recurrence.days));
  writer.Text(recurrence.rrule);
  for (const auto* dates : {&recurrence.rdate, &recurrence.exdate}) {
    std::vector<std::string> sorted = *dates;
    std::sort(sorted.begin(), sorted.end());
    writer.Number(static_cast<uint32_t>(sorted.size()));
    for (const std::string& date : sorted) writer.Text(date);
  }
  return absl::StrCat("r", writer.Take());
}

// Which dates a calendar lists: nothing else matters of it to `only`.
std::string OnlyBytes(const Calendar& calendar) {
  std::vector<DateRange> listed = calendar.closed;
  for (const SpecialDay& special : calendar.special_days) listed.push_back(special.dates);
  ByteWriter writer;
  for (const DateRange& dates : Joined(std::move(listed))) writer.Dates(dates);
  return absl::StrCat("c", writer.Take());
}

}  // namespace

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
  std::vector<std::string> others;
  for (const WrittenRecurrence& each : rules.recurrences) others.push_back(RecurrenceBytes(each));
  for (const Calendar& calendar : rules.only) others.push_back(OnlyBytes(calendar));
  for (const auto& each : rules.except_schedules) others.push_back("e" + Fingerprint(*each));
  for (const auto& each : rules.only_schedules) others.push_back("o" + Fingerprint(*each));
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  writer.Number(static_cast<uint32_t>(others.size()));
  for (const std::string& other : others) writer.Text(other);
  return writer.Take();
}

}  // namespace libroute
