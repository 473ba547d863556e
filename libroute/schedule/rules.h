#ifndef LIBROUTE_SCHEDULE_RULES_H_
#define LIBROUTE_SCHEDULE_RULES_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libroute/schedule/recurrence.h"

namespace libroute {

// When something is open, as a person writes it: local hours by weekday, and
// calendars of dates that are not like others. Plain values without a clock;
// Schedule gives them their place in time.
//
//   ScheduleRules rules;
//   rules.time_zone = "Europe/Brussels";
//   rules.weekly = {{WeekdaySet({absl::Weekday::monday}), {*TimeOfDay::ParseStart("09:00"),
//                                                          *TimeOfDay::ParseEnd("17:00")}}};
//   rules.except = {{.closed = {*DateRange::Parse("2026-12-25")}}};

// A time on the local clock, in minutes.
struct TimeOfDay {
  // Reads "HH:MM", two digits each: 00:00 to 23:59 as the start of hours,
  // 00:00 to 24:00 as their end. InvalidArgument otherwise.
  static absl::StatusOr<TimeOfDay> ParseStart(absl::string_view text);
  static absl::StatusOr<TimeOfDay> ParseEnd(absl::string_view text);

  // "HH:MM".
  std::string ToString() const;

  friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
  friend auto operator<=>(const TimeOfDay&, const TimeOfDay&) = default;

  // Since 00:00; 0 to 1440.
  int minutes = 0;
};

// Hours that begin on some day. When `to` is not after `from` they end on the
// next day: 22:00 to 06:00 belongs to the day on which it begins.
struct OpeningHours {
  // InvalidArgument when they are empty (`from` equals `to`).
  static absl::StatusOr<OpeningHours> Make(TimeOfDay from, TimeOfDay to);

  bool EndsNextDay() const { return to <= from; }

  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
  friend auto operator<=>(const OpeningHours&, const OpeningHours&) = default;

  TimeOfDay from;
  TimeOfDay to;
};

// Days of the week.
class WeekdaySet {
 public:
  constexpr WeekdaySet() = default;
  constexpr WeekdaySet(std::initializer_list<absl::Weekday> days) {
    for (absl::Weekday day : days) Add(day);
  }

  constexpr void Add(absl::Weekday day) { bits_ |= Bit(day); }
  constexpr bool Contains(absl::Weekday day) const { return (bits_ & Bit(day)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  // Bit 0 is Monday, bit 6 is Sunday.
  constexpr uint8_t bits() const { return bits_; }

  friend bool operator==(WeekdaySet, WeekdaySet) = default;

 private:
  static constexpr uint8_t Bit(absl::Weekday day) {
    return static_cast<uint8_t>(1u << static_cast<int>(day));
  }

  uint8_t bits_ = 0;
};

// One or more dates, both ends included.
struct DateRange {
  static constexpr int kMaxDays = 366;

  // Reads "2026-12-25" or "2026-12-24..2026-12-31": dates that exist, in the
  // years 1 to 9999, the first not after the last, at most kMaxDays of them.
  // InvalidArgument otherwise.
  static absl::StatusOr<DateRange> Parse(absl::string_view text);

  bool Contains(absl::CivilDay day) const { return first <= day && day <= last; }
  int days() const { return static_cast<int>(last - first) + 1; }

  // As Parse reads it.
  std::string ToString() const;

  friend bool operator==(const DateRange& a, const DateRange& b) {
    return a.first == b.first && a.last == b.last;
  }

  absl::CivilDay first;
  absl::CivilDay last;
};

// The same hours on some days of every week.
struct WeeklyHours {
  WeekdaySet days;
  OpeningHours hours;
};

// Dates with hours of their own; without hours they are closed all day.
struct SpecialDay {
  DateRange dates;
  std::vector<OpeningHours> hours;
};

// Dates that are not like others.
struct Calendar {
  std::vector<DateRange> closed;
  std::vector<SpecialDay> special_days;
};

// A schedule's rules: weekly hours and recurrences, which may overlap, and what
// narrows them.
//
// On a date that a calendar of `except` lists, the weekly hours and recurrences
// that begin on that date do not apply. Special days win over closed dates, of
// whichever calendar; where several name the same date, their hours are united.
// Where there are calendars in `only`, nothing applies that begins on a date
// that one of them does not list; their special days' hours mean nothing. What
// began the day before always runs to its end.
//
// Last come other schedules: whatever was said, it is closed while one of
// `except_schedules` is open, and while one of `only_schedules` is not.
struct ScheduleRules {
  // IANA name.
  std::string time_zone;
  std::vector<WeeklyHours> weekly;
  std::vector<WrittenRecurrence> recurrences;
  // The same compiled for time_zone, where that was done already: as many, or
  // none. Not part of the rules: Fingerprint does not look at them.
  std::vector<std::shared_ptr<const Recurrence>> compiled;
  std::vector<Calendar> except;
  std::vector<Calendar> only;
  // Never null. Each keeps to its own time zone.
  std::vector<std::shared_ptr<const ScheduleRules>> except_schedules;
  std::vector<std::shared_ptr<const ScheduleRules>> only_schedules;
};

// What one schedule may hold.
constexpr int kMaxWeeklyHours = 100;
constexpr int kMaxRecurrences = 100;
// How often its recurrences begin in 400 days, all together: once a minute.
constexpr int kMaxRecurrenceStarts = 600'000;
// Other schedules, with those that these name, each as often as it is named.
constexpr int kMaxNestedSchedules = 64;
// Hours of one special day.
constexpr int kMaxSpecialHours = 24;
// All dates of all calendars, a special date counting once for each of its
// hours.
constexpr int kMaxCalendarDates = 100'000;

// InvalidArgument when a value is out of its range (as no Parse would give
// it), when weekly hours have no days, or when a limit above is exceeded, here
// or in a schedule that is named. Time zones and recurrences are not looked at:
// ResolveRules does that. Cost is linear.
absl::Status CheckRules(const ScheduleRules& rules);

// Canonical bytes of `rules`: equal bytes mean equal hours at all times. The
// order in which hours, recurrences, dates, calendars and other schedules are
// written does not matter, nor how dates are spread over calendars. The same on every machine; the
// first byte is the version of the format.
std::string Fingerprint(const ScheduleRules& rules);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_RULES_H_
