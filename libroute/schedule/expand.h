#ifndef LIBROUTE_SCHEDULE_EXPAND_H_
#define LIBROUTE_SCHEDULE_EXPAND_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libroute/schedule/recurrence.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/timeline.h"

namespace libroute {

// The times of which schedules can speak: the years 1 to 9999, a few days of
// margin kept.
constexpr TimeSpan kScheduledTime = {.begin = -62'135'000'000, .end = 253'402'000'000};

// Rules that have passed every check, in their time zones.
struct ResolvedRules {
  std::shared_ptr<const ScheduleRules> rules;
  absl::TimeZone zone;
  std::vector<std::shared_ptr<const Recurrence>> recurrences;
  // Other schedules.
  std::vector<ResolvedRules> except;
  std::vector<ResolvedRules> only;
};

// InvalidArgument when the rules do not pass CheckRules, a time zone cannot be
// loaded, a recurrence cannot be compiled, or recurrences begin more often than
// kMaxRecurrenceStarts; also in schedules that are named.
absl::StatusOr<ResolvedRules> ResolveRules(std::shared_ptr<const ScheduleRules> rules);

// When `resolved` is open within `window`: merged and clipped to it. `window`
// lies within kScheduledTime.
//
// Hours are those of the wall clock: 22:00 to 06:00 lasts 7 or 9 hours when
// the clocks change in it. A local time that does not exist is read with the
// offset before the gap, one that exists twice is its first (RFC 5545, 3.3.5);
// hours that end before they begin by that reading are empty. Recurrences last
// as Recurrence says.
//
// Cost: two zone look-ups (about 0.1 us) for each day's hours, some 2 us for
// each time a recurrence occurs in the window, and linear in the calendars'
// dates; that of other schedules comes on top.
std::vector<TimeSpan> ExpandRules(const ResolvedRules& resolved, const TimeSpan& window);

// The dates on which hours or an occurrence begin that have it open within
// `window`, ascending: those of a night that runs past midnight are its first
// date's alone, and hours that join those of the day before have a date too.
// Costs what ExpandRules does.
std::vector<absl::CivilDay> DatesOpening(const ResolvedRules& resolved, const TimeSpan& window);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_EXPAND_H_
