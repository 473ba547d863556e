#ifndef LIBROUTE_SCHEDULE_TEST_RULES_H_
#define LIBROUTE_SCHEDULE_TEST_RULES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/schedule/rules.h"

// Rules and times in few words, for tests only: wrong text is a crash.
namespace libroute {

inline OpeningHours Hours(absl::string_view from, absl::string_view to) {
  return *OpeningHours::Make(*TimeOfDay::ParseStart(from), *TimeOfDay::ParseEnd(to));
}

inline DateRange Dates(absl::string_view text) {
  return *DateRange::Parse(text);
}

// RFC 3339, with any offset.
inline absl::Time Instant(absl::string_view text) {
  absl::Time time = absl::InfinitePast();
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) time = absl::InfinitePast();
  return time;
}
inline int64_t Seconds(absl::string_view text) {
  return absl::ToUnixSeconds(Instant(text));
}

// A second as people read it, in UTC; "never" for kNoChange.
inline std::string Utc(int64_t seconds) {
  if (seconds == INT64_MAX) return "never";
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::FromUnixSeconds(seconds),
                          absl::UTCTimeZone());
}

inline WeekdaySet WorkingDays() {
  return {absl::Weekday::monday, absl::Weekday::tuesday, absl::Weekday::wednesday,
          absl::Weekday::thursday, absl::Weekday::friday};
}

inline WeekdaySet AllDays() {
  WeekdaySet days = WorkingDays();
  days.Add(absl::Weekday::saturday);
  days.Add(absl::Weekday::sunday);
  return days;
}

// Monday to Friday, 09:00 to 17:00, Europe/Brussels.
inline ScheduleRules OfficeHours() {
  return {.time_zone = "Europe/Brussels", .weekly = {{WorkingDays(), Hours("09:00", "17:00")}}};
}

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_TEST_RULES_H_
