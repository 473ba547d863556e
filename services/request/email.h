#ifndef LIBROUTE_SERVICES_REQUEST_EMAIL_H_
#define LIBROUTE_SERVICES_REQUEST_EMAIL_H_

#include "libroute/call/email.h"

namespace libroute {

namespace v1 {
class Email;
}  // namespace v1

// Takes it over as it is, but for the connector: the engine checks it.
Email ReadEmail(const v1::Email& message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_REQUEST_EMAIL_H_
