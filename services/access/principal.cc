#include "services/access/principal.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

absl::Status Denied(const Principal& principal, absl::string_view what) {
  return absl::PermissionDeniedError(absl::StrCat(principal.name, " ", what));
}

}  // namespace

Principal Principal::WithAllRoles(std::string name) {
  Principal principal;
  principal.name = std::move(name);
  principal.has_all_roles = true;
  return principal;
}

absl::Status CheckSwitch(const Principal& principal, absl::string_view switch_name) {
  if (principal.has_all_roles) return absl::OkStatus();
  if (principal.switch_name.empty()) return Denied(principal, "is not a network switch");
  if (principal.switch_name == switch_name) return absl::OkStatus();
  return Denied(principal, absl::StrCat("is the network switch ", Quoted(principal.switch_name),
                                        ", not ", Quoted(switch_name)));
}

absl::Status CheckIngress(const Principal& principal, absl::string_view ingress) {
  if (principal.has_all_roles) return absl::OkStatus();
  const std::vector<std::string>& allowed = principal.ingresses;
  bool is_allowed = allowed.empty()
                        ? ingress.empty()
                        : std::any_of(allowed.begin(), allowed.end(),
                                      [&](const std::string& name) { return name == ingress; });
  if (is_allowed) return absl::OkStatus();
  return Denied(principal, absl::StrCat("may not ask about calls by ingress ", Quoted(ingress)));
}

absl::Status CheckCustomer(const Principal& principal, absl::string_view customer) {
  if (principal.has_all_roles || principal.is_operator) return absl::OkStatus();
  if (!principal.customer.empty() && principal.customer == customer) return absl::OkStatus();
  return Denied(principal, absl::StrCat("may not act for customer ", Quoted(customer)));
}

}  // namespace libroute
