#ifndef LIBROUTE_SCHEDULE_EXPAND_H_
#define LIBROUTE_SCHEDULE_EXPAND_H_

#include <vector>

#include "absl/time/time.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/timeline.h"

namespace libroute {

// The times of which schedules can speak: the years 1 to 9999, a few days of
// margin kept.
constexpr TimeSpan kScheduledTime = {.begin = -62'135'000'000, .end = 253'402'000'000};

// When `rules` are open in `zone` within `window`: merged and clipped to it.
// `rules` have passed CheckRules; `window` lies within kScheduledTime.
//
// Hours are those of the wall clock: 22:00 to 06:00 lasts 7 or 9 hours when
// the clocks change in it. A local time that does not exist is read with the
// offset before the gap, one that exists twice is its first (RFC 5545, 3.3.5);
// hours that end before they begin by that reading are empty.
//
// Cost: two zone look-ups (about 0.1 us) for each day's hours, and linear in
// the calendars' dates.
std::vector<TimeSpan> ExpandRules(const ScheduleRules& rules, const absl::TimeZone& zone,
                                  const TimeSpan& window);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_EXPAND_H_
