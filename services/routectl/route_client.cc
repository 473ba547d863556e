#include "services/routectl/route_client.h"

#include "libroute/v1/route.grpc.pb.h"
#include "services/routectl/channel.h"

namespace libroute {
namespace {

class GrpcRouteClient final : public RouteClient {
 public:
  explicit GrpcRouteClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(v1::RouteService::NewStub(channel)) {}

  absl::StatusOr<v1::RouteResponse> Route(const v1::RouteRequest& request) override {
    return Ask<v1::RouteResponse>(&v1::RouteService::Stub::Route, request);
  }
  absl::StatusOr<v1::ExplainResponse> Explain(const v1::ExplainRequest& request) override {
    return Ask<v1::ExplainResponse>(&v1::RouteService::Stub::Explain, request);
  }
  absl::Status Report(const v1::ReportRequest& request) override {
    return Ask<v1::ReportResponse>(&v1::RouteService::Stub::Report, request).status();
  }

 private:
  template <typename Response, typename Method, typename Request>
  absl::StatusOr<Response> Ask(Method method, const Request& request) {
    return AskStub<Response>(*stub_, method, request);
  }

  std::unique_ptr<v1::RouteService::Stub> stub_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RouteClient>> RouteClient::Create(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = OpenChannel(options);
  if (!channel.ok()) return channel.status();
  return std::make_unique<GrpcRouteClient>(*channel);
}

}  // namespace libroute
