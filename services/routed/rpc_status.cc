#include "services/routed/rpc_status.h"

#include <grpcpp/support/status.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/v1/route.pb.h"

namespace libroute {

grpc::Status ToRpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()));
}

grpc::Status ToRpcStatus(const v1::Error& error) {
  auto code = static_cast<grpc::StatusCode>(error.code());
  if (!error.has_decision()) return grpc::Status(code, error.message());
  v1::ErrorDetails details;
  details.set_code(error.code());
  details.set_message(error.message());
  // Trailing metadata has at most 8 KB; what is more would come as another
  // error.
  constexpr size_t kMaxDecisionBytes = 4096;
  if (error.decision().ByteSizeLong() > kMaxDecisionBytes) {
    return grpc::Status(code, absl::StrCat(error.message(), " (it is too large to come along)"));
  }
  v1::ErrorDetails::Any* any = details.add_details();
  any->set_type_url(absl::StrCat("type.googleapis.com/", v1::Decision::descriptor()->full_name()));
  error.decision().SerializeToString(any->mutable_value());
  return grpc::Status(code, error.message(), details.SerializeAsString());
}

}  // namespace libroute
