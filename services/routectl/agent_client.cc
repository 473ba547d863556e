#include "services/routectl/agent_client.h"

#include "libroute/v1/agents.grpc.pb.h"
#include "services/routectl/channel.h"

namespace libroute {
namespace {

class GrpcAgentClient final : public AgentClient {
 public:
  explicit GrpcAgentClient(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(v1::AgentService::NewStub(channel)) {}

  absl::StatusOr<v1::ActResponse> Act(const v1::ActRequest& request) override {
    return AskStub<v1::ActResponse>(*stub_, &v1::AgentService::Stub::Act, request);
  }
  absl::StatusOr<v1::ListAgentsResponse> ListAgents(const v1::ListAgentsRequest& request) override {
    return AskStub<v1::ListAgentsResponse>(*stub_, &v1::AgentService::Stub::ListAgents, request);
  }
  absl::StatusOr<v1::ListGroupsResponse> ListGroups(const v1::ListGroupsRequest& request) override {
    return AskStub<v1::ListGroupsResponse>(*stub_, &v1::AgentService::Stub::ListGroups, request);
  }

 private:
  std::unique_ptr<v1::AgentService::Stub> stub_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<AgentClient>> AgentClient::Create(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = OpenChannel(options);
  if (!channel.ok()) return channel.status();
  return std::make_unique<GrpcAgentClient>(*channel);
}

}  // namespace libroute
