#ifndef LIBROUTE_SERVICES_ROUTE_REMOTE_ADDRESS_H_
#define LIBROUTE_SERVICES_ROUTE_REMOTE_ADDRESS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace libroute {

// InvalidArgument unless `text` is a place that a switch may have sent a call
// to: E.164, a dial string, or a SIP, SIPS (RFC 3261) or TEL URI (RFC 3966) of
// at most 256 printable characters.
absl::Status CheckRemoteAddress(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTE_REMOTE_ADDRESS_H_
