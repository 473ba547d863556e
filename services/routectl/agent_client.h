#ifndef LIBROUTE_SERVICES_ROUTECTL_AGENT_CLIENT_H_
#define LIBROUTE_SERVICES_ROUTECTL_AGENT_CLIENT_H_

#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "libroute/v1/agents.pb.h"
#include "libroute/v1/supervisor.pb.h"
#include "services/routectl/server_options.h"

namespace libroute {

// A server's AgentService and SupervisorService. As RouteClient.
class AgentClient {
 public:
  virtual ~AgentClient() = default;

  static absl::StatusOr<std::unique_ptr<AgentClient>> Create(const ServerOptions& options);

  virtual absl::StatusOr<v1::ActResponse> Act(const v1::ActRequest& request) = 0;
  virtual absl::StatusOr<v1::ListAgentsResponse> ListAgents(
      const v1::ListAgentsRequest& request) = 0;
  virtual absl::StatusOr<v1::ListGroupsResponse> ListGroups(
      const v1::ListGroupsRequest& request) = 0;
  virtual absl::StatusOr<v1::ListContactsResponse> ListContacts(
      const v1::ListContactsRequest& request) = 0;
  virtual absl::StatusOr<v1::ChangeGroupResponse> ChangeGroup(
      const v1::ChangeGroupRequest& request) = 0;
  virtual absl::StatusOr<v1::ChangeAgentResponse> ChangeAgent(
      const v1::ChangeAgentRequest& request) = 0;
  virtual absl::StatusOr<v1::ChangeContactResponse> ChangeContact(
      const v1::ChangeContactRequest& request) = 0;

  // Shows what comes, until `show` says false or the stream ends.
  virtual absl::Status Watch(const v1::WatchRequest& request,
                             absl::FunctionRef<bool(const v1::WatchResponse&)> show) = 0;
  // A session of a desk: sends what `next` fills in until it says false; `show` is called
  // from another thread meanwhile.
  virtual absl::Status Session(absl::FunctionRef<bool(v1::AgentSessionRequest&)> next,
                               absl::FunctionRef<void(const v1::AgentSessionResponse&)> show) = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_AGENT_CLIENT_H_
