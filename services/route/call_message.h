#ifndef LIBROUTE_SERVICES_ROUTE_CALL_MESSAGE_H_
#define LIBROUTE_SERVICES_ROUTE_CALL_MESSAGE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "libroute/call/call.h"

namespace libroute {

namespace v1 {
class Call;
}  // namespace v1

// Takes over what a network switch says of a call, into `call`, of which id
// and step stay as they are. InvalidArgument names the field ("call.called").
//
// A called number that is a dial string is taken as dialled: it may be an
// emergency number, which the engine knows.
absl::Status ReadCall(const v1::Call& message, Call& call);

// As ReadCall for a call to an emergency number, which no mistake may stop:
// what cannot be read counts as left out.
void ReadEmergencyCall(const v1::Call& message, Call& call);

// Adds a note for each field that only informs.
void AddUnusedFields(const v1::Call& message, std::vector<std::string>& notes);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_CALL_MESSAGE_H_
