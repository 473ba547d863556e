#ifndef LIBROUTE_SCHEDULE_RULE_DISTANCE_H_
#define LIBROUTE_SCHEDULE_RULE_DISTANCE_H_

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"
#include "libroute/schedule/recurrence_rule.h"

namespace libroute {

// How close to each other a rule's times may come, on the wall clock: bounds
// that are found without stepping through the rule.

// Seconds that certainly lie between two times of the rule, at first sight: by
// its frequency, INTERVAL and clock times. Constant cost.
int64_t PlainDistance(const RecurrenceRule& rule);

// The seconds from each time to the next, of a rule without parts BY... whose
// times are always as far from each other; nothing for another one. At most
// some 1000 years: it does not matter how much longer it is.
std::optional<int64_t> EvenStep(const RecurrenceRule& rule);

// The same as PlainDistance by all its parts, INTERVAL and BYSETPOS left aside: these only take
// times away. Looks at DatesToCompare() dates, at some 50 ns each.
int64_t DistanceOfParts(const RecurrenceRule& rule, absl::CivilSecond start);

// Two weeks for a rule that knows only weekdays. Otherwise the 28 years in
// which every weekday meets every sequence of two years, and a little more; 400
// where weeks are counted, which depends on more years than two.
int64_t DatesToCompare(const RecurrenceRule& rule);

// The time from which on the rule, UNTIL and COUNT left aside, only repeats
// what was seen since `from`, not before its start, as far as distances below
// 366 days go: all pairs of neighbours of which the first is before it.
absl::CivilSecond RepeatsFrom(const RecurrenceRule& rule, absl::CivilSecond from);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_RULE_DISTANCE_H_
