#ifndef LIBROUTE_PLAN_WHEN_H_
#define LIBROUTE_PLAN_WHEN_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace libroute {

// Reads a time as people write it: RFC 3339 ("2026-11-23T10:00:00+01:00"), or
// local time in `zone`, to the minute or the second ("2026-11-23 10:00",
// "2026-11-23T10:00:30"). Local times that a clock change leaves out are taken
// with the offset before it, those that occur twice are the first.
// InvalidArgument otherwise.
absl::StatusOr<absl::Time> ParseWhen(absl::string_view text, absl::TimeZone zone);

}  // namespace libroute

#endif  // LIBROUTE_PLAN_WHEN_H_
