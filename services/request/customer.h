#ifndef LIBROUTE_SERVICES_REQUEST_CUSTOMER_H_
#define LIBROUTE_SERVICES_REQUEST_CUSTOMER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/access/principal.h"

namespace libroute {

// The name in "customers/<name>". InvalidArgument, naming the field `customer`, for anything
// else.
absl::StatusOr<std::string> ReadCustomerName(absl::string_view resource);

// The customer of "customers/<name>", for whom the principal must be allowed to act:
// PermissionDenied. InvalidArgument, naming the field `customer`, for anything else.
absl::StatusOr<std::string> ReadCustomer(absl::string_view resource, const Principal& principal);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_REQUEST_CUSTOMER_H_
