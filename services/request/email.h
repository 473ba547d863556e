#ifndef LIBROUTE_SERVICES_REQUEST_EMAIL_H_
#define LIBROUTE_SERVICES_REQUEST_EMAIL_H_

#include "absl/status/status.h"
#include "libroute/call/email.h"

namespace libroute {

namespace v1 {
class Email;
}  // namespace v1

// Takes it over as it is, but for the connector: the engine checks it.
Email ReadEmail(const v1::Email& message);

// What the engine finds wrong with it (InvalidArgument, NotFound), as of the field `email`;
// other errors as they are.
absl::Status InEmail(const absl::Status& status);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_REQUEST_EMAIL_H_
