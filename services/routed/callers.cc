#include "services/routed/callers.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/server_context.h>

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/issue.h"

namespace libroute {

Callers::Callers(const std::vector<PrincipalRule>& rules) {
  for (const PrincipalRule& rule : rules) {
    if (const auto* name = std::get_if<std::string>(&rule.identity)) {
      by_certificate_.emplace(*name, rule.principal);
    }
  }
}

absl::StatusOr<const Principal*> Callers::Identify(const grpc::ServerContextBase& context) const {
  if (everybody_.has_value()) return &*everybody_;
  std::shared_ptr<const grpc::AuthContext> peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) {
    return absl::UnauthenticatedError("a client certificate is needed here");
  }
  std::vector<std::string> names;
  for (const grpc::string_ref& name : peer->FindPropertyValues(GRPC_X509_SAN_PROPERTY_NAME)) {
    auto found = by_certificate_.find(std::string_view(name.data(), name.size()));
    if (found != by_certificate_.end()) return &found->second;
    names.push_back(Quoted(absl::string_view(name.data(), name.size())));
  }
  return absl::PermissionDeniedError(
      absl::StrCat("this certificate is not listed here; its subject alternative names are: ",
                   names.empty() ? "none" : absl::StrJoin(names, ", ")));
}

}  // namespace libroute
