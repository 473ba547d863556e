#ifndef LIBROUTE_REHEARSAL_TEST_CALL_H_
#define LIBROUTE_REHEARSAL_TEST_CALL_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/call.h"

namespace libroute {

namespace v1 {
class TestCall;
}  // namespace v1

// Reads a time as people write it: RFC 3339 ("2026-11-23T10:00:00+01:00"), or
// local time in `zone`, to the minute or the second ("2026-11-23 10:00",
// "2026-11-23T10:00:30"). Local times that a clock change leaves out are taken
// with the offset before it, those that occur twice are the first.
// InvalidArgument otherwise.
absl::StatusOr<absl::Time> ParseWhen(absl::string_view text, absl::TimeZone zone);

// The call that a test describes; `at` is not looked at. Calls with the same
// reference fall in the same shares. InvalidArgument, naming the field, when
// a number is none: `called` is E.164 or 2 to 6 digits, `calling` E.164 or
// empty.
absl::StatusOr<Call> MakeCall(const v1::TestCall& written);

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_TEST_CALL_H_
