#ifndef LIBROUTE_SERVICES_ROUTED_UNARY_CALL_H_
#define LIBROUTE_SERVICES_ROUTED_UNARY_CALL_H_

#include <grpcpp/grpcpp.h>

#include "services/routed/callers.h"
#include "services/routed/rpc_status.h"

// For the sources that know gRPC: *_service.cc.
namespace libroute {

// Finds out who calls, and finishes a unary call with what `handle` says of it.
template <typename Handle>
grpc::ServerUnaryReactor* AnswerUnary(const Callers& callers, grpc::CallbackServerContext* context,
                                      Handle handle) {
  absl::StatusOr<const Principal*> caller = callers.Identify(*context);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToRpcStatus(caller.ok() ? handle(**caller) : caller.status()));
  return reactor;
}

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_UNARY_CALL_H_
