#include "services/routectl/route_client.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/v1/route.grpc.pb.h"
#include "services/routectl/plan_files.h"

namespace libroute {
namespace {

constexpr std::chrono::seconds kPatience(10);
constexpr size_t kMaxPemBytes = 1 << 20;

absl::Status StatusOf(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

// The text of a PEM file; empty if none is named.
absl::StatusOr<std::string> Pem(const std::string& file) {
  if (file.empty()) return std::string();
  absl::StatusOr<std::string> text = ReadTextFile(file, kMaxPemBytes);
  if (!text.ok()) return absl::InvalidArgumentError(text.status().message());
  return text;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(
    const ServerOptions& options) {
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("--tls-cert and --tls-key go together");
  }
  if (options.tls_ca.empty() && options.tls_certificate.empty()) {
    return grpc::InsecureChannelCredentials();
  }
  absl::StatusOr<std::string> ca = Pem(options.tls_ca);
  if (!ca.ok()) return ca.status();
  absl::StatusOr<std::string> certificate = Pem(options.tls_certificate);
  if (!certificate.ok()) return certificate.status();
  absl::StatusOr<std::string> key = Pem(options.tls_key);
  if (!key.ok()) return key.status();
  return grpc::SslCredentials({*std::move(ca), *std::move(key), *std::move(certificate)});
}

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
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kPatience);
    Response response;
    grpc::Status status = (stub_.get()->*method)(&context, request, &response);
    if (!status.ok()) return StatusOf(status);
    return response;
  }

  std::unique_ptr<v1::RouteService::Stub> stub_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RouteClient>> RouteClient::Create(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> credentials = CredentialsOf(options);
  if (!credentials.ok()) return credentials.status();
  return std::make_unique<GrpcRouteClient>(grpc::CreateChannel(options.address, *credentials));
}

}  // namespace libroute
