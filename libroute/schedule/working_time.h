#ifndef LIBROUTE_SCHEDULE_WORKING_TIME_H_
#define LIBROUTE_SCHEDULE_WORKING_TIME_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/schedule.h"

namespace libroute {

// Reckoning in the hours of a schedule. All of it is pure; it costs what
// Schedule::OpenSpans does, for a year at a time and kMaxWorkingTimeYears at
// most.
constexpr int kMaxWorkingTimeYears = 10;

// When the schedule will have been open for `open_seconds` since `from`: eight
// open hours from Friday 15:00 on, with hours from 09:00 to 17:00, are over on
// Monday at 15:00. When that is just as it closes, it is that time, not when it
// opens again. Unix seconds.
//
// InvalidArgument when `open_seconds` is not positive, NotFound when it is not
// open for so long in kMaxWorkingTimeYears.
absl::StatusOr<int64_t> AddOpenTime(const Schedule& schedule, int64_t from, int64_t open_seconds);

// The working day on which is done what is asked at `at`: the next one after
// the day it is asked, if that is a working day and it is asked before
// `cutoff`; what comes later, or on another day, counts as asked on the next
// working day. With a cut-off at 16:00 and hours from Monday to Friday:
//
//   asked Thursday 15:59   done Friday
//   asked Thursday 16:00   done Monday
//   asked Saturday 10:00   done Tuesday
//
// A working day is a date, in the schedule's zone, on which hours begin: a night
// from Friday to Saturday makes no working day of the Saturday. NotFound when there is none within
// kMaxWorkingTimeYears.
absl::StatusOr<absl::CivilDay> DayAfterCutoff(const Schedule& schedule, int64_t at,
                                              TimeOfDay cutoff);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_WORKING_TIME_H_
