#ifndef LIBROUTE_SERVICES_ACCESS_PRINCIPAL_H_
#define LIBROUTE_SERVICES_ACCESS_PRINCIPAL_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace libroute {

// One who asks a service, and what it may do. Every handler gets one and
// checks it. A value; const use is thread-safe.
struct Principal {
  // For messages and logs: "certificate sbc-1.example.net", "user 1001", ...
  std::string name;
  // May do everything: the other fields do not count.
  bool has_all_roles = false;
  bool is_operator = false;
  // The network switch that it is; empty for none.
  std::string switch_name;
  // By which ingresses the switch's calls may come. None: those without any.
  std::vector<std::string> ingresses;
  // The customer for whom it acts; empty for none.
  std::string customer;
  // The customer some of whose groups it looks after, and these; empty for none.
  std::string supervised_customer;
  std::vector<std::string> groups;

  static Principal WithAllRoles(std::string name);
};

// PermissionDenied unless the principal is the network switch `switch_name`.
absl::Status CheckSwitch(const Principal& principal, absl::string_view switch_name);

// PermissionDenied unless calls of the principal, a switch, may come by
// `ingress`.
absl::Status CheckIngress(const Principal& principal, absl::string_view ingress);

// PermissionDenied unless the principal operates the server or acts for
// `customer`. Does not tell whether there is such a customer.
absl::Status CheckCustomer(const Principal& principal, absl::string_view customer);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ACCESS_PRINCIPAL_H_
