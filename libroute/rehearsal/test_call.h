#ifndef LIBROUTE_REHEARSAL_TEST_CALL_H_
#define LIBROUTE_REHEARSAL_TEST_CALL_H_

#include "absl/status/statusor.h"
#include "libroute/call/call.h"

namespace libroute {

namespace v1 {
class TestCall;
}  // namespace v1

// The call that a test describes; `at` is not looked at. Calls with the same
// reference fall in the same shares. InvalidArgument, naming the field, when
// a number is none: `called` is E.164 or 2 to 6 digits, `calling` E.164 or
// empty.
absl::StatusOr<Call> MakeCall(const v1::TestCall& written);

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_TEST_CALL_H_
