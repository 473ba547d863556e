#ifndef LIBROUTE_SERVICES_ROUTED_RPC_STATUS_H_
#define LIBROUTE_SERVICES_ROUTED_RPC_STATUS_H_

#include "absl/status/status.h"

namespace grpc {
class Status;
}  // namespace grpc

namespace libroute {

namespace v1 {
class Error;
}  // namespace v1

// The same as gRPC says it.
grpc::Status ToRpcStatus(const absl::Status& status);

// An error of a question as the status of its call; a decision that comes with
// it goes into the details (ErrorDetails in route.proto).
grpc::Status ToRpcStatus(const v1::Error& error);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_RPC_STATUS_H_
