#include "services/routectl/contact_client.h"

#include "libroute/v1/contact.grpc.pb.h"
#include "services/routectl/channel.h"

namespace libroute {
namespace {

class GrpcContactClient final : public ContactClient {
 public:
  explicit GrpcContactClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(v1::ContactService::NewStub(channel)) {}

  absl::StatusOr<v1::SubmitResponse> Submit(const v1::SubmitRequest& request) override {
    return AskStub<v1::SubmitResponse>(*stub_, &v1::ContactService::Stub::Submit, request);
  }

 private:
  std::unique_ptr<v1::ContactService::Stub> stub_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ContactClient>> ContactClient::Create(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = OpenChannel(options);
  if (!channel.ok()) return channel.status();
  return std::make_unique<GrpcContactClient>(*channel);
}

}  // namespace libroute
