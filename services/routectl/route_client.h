#ifndef LIBROUTE_SERVICES_ROUTECTL_ROUTE_CLIENT_H_
#define LIBROUTE_SERVICES_ROUTECTL_ROUTE_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libroute/v1/route.pb.h"
#include "services/routectl/server_options.h"

namespace libroute {

// A server's RouteService, asked one question at a time; each waits 10 s at
// most. Errors are those of the service, Unavailable when it cannot be reached.
class RouteClient {
 public:
  virtual ~RouteClient() = default;

  // Connects when the first question is asked. InvalidArgument when a file of
  // `options` cannot be read.
  static absl::StatusOr<std::unique_ptr<RouteClient>> Create(const ServerOptions& options);

  virtual absl::StatusOr<v1::RouteResponse> Route(const v1::RouteRequest& request) = 0;
  virtual absl::StatusOr<v1::ExplainResponse> Explain(const v1::ExplainRequest& request) = 0;
  virtual absl::Status Report(const v1::ReportRequest& request) = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_ROUTE_CLIENT_H_
