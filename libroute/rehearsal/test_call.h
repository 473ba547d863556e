#ifndef LIBROUTE_REHEARSAL_TEST_CALL_H_
#define LIBROUTE_REHEARSAL_TEST_CALL_H_

#include "absl/status/statusor.h"
#include "libroute/call/call.h"
#include "libroute/call/email.h"
#include "libroute/number/number_profile.h"
#include "libroute/rehearsal/rehearsal.h"

namespace libroute {

namespace v1 {
class Test;
class TestCall;
class TestEmail;
}  // namespace v1

// The call that a test describes; `at` is not looked at. Calls with the same
// reference fall in the same shares. Numbers are read by `numbers`, as
// ReadNumberText does. InvalidArgument, naming the field, when one cannot be
// read (`called` may also be 2 to 6 digits, the others empty), when an enum has
// no such value, or there are more than 20 diversions.
absl::StatusOr<Call> MakeCall(const v1::TestCall& written, const NumberProfile& numbers = {});

// The e-mail that a test describes; `at` is not looked at. InvalidArgument, naming the field,
// for what FaultsOf finds (libroute/tree/plan_tests.h): what check refuses cannot be asked
// about.
absl::StatusOr<Email> MakeEmail(const v1::TestEmail& written);

// The first question of a test, about its e-mail if it has one, else about its call.
// InvalidArgument as MakeCall and MakeEmail, and what Rehearsal::First says.
absl::StatusOr<RehearsalStep> AskFirst(const v1::Test& test, absl::Time at, Rehearsal& rehearsal);

}  // namespace libroute

#endif  // LIBROUTE_REHEARSAL_TEST_CALL_H_
