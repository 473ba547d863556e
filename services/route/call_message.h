#ifndef LIBROUTE_SERVICES_ROUTE_CALL_MESSAGE_H_
#define LIBROUTE_SERVICES_ROUTE_CALL_MESSAGE_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "libroute/call/call.h"
#include "libroute/number/number_profile.h"

namespace libroute {

namespace v1 {
class Call;
}  // namespace v1

// How numbers are written where the call comes in. Asked for only when one is
// not plain E.164.
using ProfileSource = absl::FunctionRef<const NumberProfile&()>;

// Says nothing of how numbers are written.
const NumberProfile& NoProfile();

// Takes over what a network switch says of a call, into `call`, of which id
// and step stay as they are. InvalidArgument names the field ("call.called").
//
// A called number that is a dial string is taken as dialled: it may be an
// emergency number, which the engine knows. Who calls or has diverted the call
// is not known if that cannot be read.
absl::Status ReadCall(const v1::Call& message, ProfileSource numbers, Call& call);

// As ReadCall for a call to the emergency number `dialled`, which no mistake may
// stop: what cannot be read counts as left out.
void ReadEmergencyCall(const v1::Call& message, Digits dialled, ProfileSource numbers, Call& call);

// Adds a note for each number that was read as another text, or could not be
// read, and for each field that only informs.
void AddNotes(const v1::Call& message, ProfileSource numbers, std::vector<std::string>& notes);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_CALL_MESSAGE_H_
