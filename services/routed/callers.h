#ifndef LIBROUTE_SERVICES_ROUTED_CALLERS_H_
#define LIBROUTE_SERVICES_ROUTED_CALLERS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/access/principal.h"
#include "services/config/server_config.h"

namespace grpc {
class ServerContextBase;
}  // namespace grpc

namespace libroute {

// Tells who calls through one of the server's doors. Immutable; thread-safe.
class Callers {
 public:
  // Whoever comes in here is `everybody`.
  explicit Callers(Principal everybody) : everybody_(std::move(everybody)) {}

  // Those whose certificate has one of these subject alternative names; rules
  // by Unix user do not count.
  explicit Callers(const std::vector<PrincipalRule>& rules);

  // Who makes this call; valid as long as this object. Unauthenticated without
  // a verified certificate, PermissionDenied when it is not listed.
  absl::StatusOr<const Principal*> Identify(const grpc::ServerContextBase& context) const;

 private:
  std::optional<Principal> everybody_;
  std::map<std::string, Principal, std::less<>> by_certificate_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_CALLERS_H_
