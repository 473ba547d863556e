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
  v1::ErrorDetails::Any* any = details.add_details();
  any->set_type_url(absl::StrCat("type.googleapis.com/", v1::Decision::descriptor()->full_name()));
  error.decision().SerializeToString(any->mutable_value());
  return grpc::Status(code, error.message(), details.SerializeAsString());
}

}  // namespace libroute
