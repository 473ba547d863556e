#include "services/routectl/agent_client.h"

#include <thread>

#include "libroute/v1/agents.grpc.pb.h"
#include "libroute/v1/supervisor.grpc.pb.h"
#include "services/routectl/channel.h"

namespace libroute {
namespace {

absl::Status FromRpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

class GrpcAgentClient final : public AgentClient {
 public:
  explicit GrpcAgentClient(const std::shared_ptr<grpc::Channel>& channel)
      : agents_(v1::AgentService::NewStub(channel)),
        supervisors_(v1::SupervisorService::NewStub(channel)) {}

  absl::StatusOr<v1::ActResponse> Act(const v1::ActRequest& request) override {
    return AskStub<v1::ActResponse>(*agents_, &v1::AgentService::Stub::Act, request);
  }
  absl::StatusOr<v1::ListAgentsResponse> ListAgents(const v1::ListAgentsRequest& request) override {
    return AskStub<v1::ListAgentsResponse>(*agents_, &v1::AgentService::Stub::ListAgents, request);
  }
  absl::StatusOr<v1::ListGroupsResponse> ListGroups(const v1::ListGroupsRequest& request) override {
    return AskStub<v1::ListGroupsResponse>(*agents_, &v1::AgentService::Stub::ListGroups, request);
  }
  absl::StatusOr<v1::ListContactsResponse> ListContacts(
      const v1::ListContactsRequest& request) override {
    return AskStub<v1::ListContactsResponse>(*supervisors_,
                                             &v1::SupervisorService::Stub::ListContacts, request);
  }
  absl::StatusOr<v1::ChangeGroupResponse> ChangeGroup(
      const v1::ChangeGroupRequest& request) override {
    return AskStub<v1::ChangeGroupResponse>(*supervisors_,
                                            &v1::SupervisorService::Stub::ChangeGroup, request);
  }

  absl::StatusOr<v1::ChangeAgentResponse> ChangeAgent(
      const v1::ChangeAgentRequest& request) override {
    return AskStub<v1::ChangeAgentResponse>(*supervisors_,
                                            &v1::SupervisorService::Stub::ChangeAgent, request);
  }
  absl::StatusOr<v1::ChangeContactResponse> ChangeContact(
      const v1::ChangeContactRequest& request) override {
    return AskStub<v1::ChangeContactResponse>(*supervisors_,
                                              &v1::SupervisorService::Stub::ChangeContact, request);
  }

  absl::Status Watch(const v1::WatchRequest& request,
                     absl::FunctionRef<bool(const v1::WatchResponse&)> show) override {
    grpc::ClientContext context;
    const auto reader = supervisors_->Watch(&context, request);
    v1::WatchResponse response;
    while (reader->Read(&response)) {
      if (show(response)) continue;
      context.TryCancel();
      reader->Finish();
      return absl::OkStatus();
    }
    return FromRpc(reader->Finish());
  }

  absl::Status Session(absl::FunctionRef<bool(v1::AgentSessionRequest&)> next,
                       absl::FunctionRef<void(const v1::AgentSessionResponse&)> show) override {
    grpc::ClientContext context;
    const auto stream = agents_->Session(&context);
    std::thread reader([&] {
      v1::AgentSessionResponse response;
      while (stream->Read(&response)) show(response);
    });
    v1::AgentSessionRequest request;
    // Without a stream there is nobody to read for.
    while (next(request) && stream->Write(request)) request.Clear();
    stream->WritesDone();
    reader.join();
    return FromRpc(stream->Finish());
  }

 private:
  std::unique_ptr<v1::AgentService::Stub> agents_;
  std::unique_ptr<v1::SupervisorService::Stub> supervisors_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<AgentClient>> AgentClient::Create(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::Channel>> channel = OpenChannel(options);
  if (!channel.ok()) return channel.status();
  return std::make_unique<GrpcAgentClient>(*channel);
}

}  // namespace libroute
