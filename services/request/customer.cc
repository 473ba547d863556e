#include "services/request/customer.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/plan/issue.h"
#include "services/request/field.h"

namespace libroute {

absl::StatusOr<std::string> ReadCustomerName(absl::string_view resource) {
  absl::string_view name = resource;
  if (!absl::ConsumePrefix(&name, "customers/") || !IsName(name)) {
    return BadField("customer",
                    absl::StrCat(Quoted(resource), " is not a customer; expected customers/acme"));
  }
  return std::string(name);
}

absl::StatusOr<std::string> ReadCustomer(absl::string_view resource, const Principal& principal) {
  absl::StatusOr<std::string> name = ReadCustomerName(resource);
  if (!name.ok()) return name;
  absl::Status status = CheckCustomer(principal, *name);
  if (!status.ok()) return status;
  return name;
}

}  // namespace libroute
