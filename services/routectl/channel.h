#ifndef LIBROUTE_SERVICES_ROUTECTL_CHANNEL_H_
#define LIBROUTE_SERVICES_ROUTECTL_CHANNEL_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>

#include "absl/status/statusor.h"
#include "services/routectl/server_options.h"

// For the sources that know gRPC: *_client.cc.
namespace libroute {

// Connects when the first question is asked. InvalidArgument when a file of
// `options` cannot be read.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const ServerOptions& options);

// Asks one question, for 10 s at most.
template <typename Response, typename Stub, typename Method, typename Request>
absl::StatusOr<Response> AskStub(Stub& stub, Method method, const Request& request) {
  constexpr std::chrono::seconds kPatience(10);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (status.ok()) return response;
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_CHANNEL_H_
