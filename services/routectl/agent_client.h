#ifndef LIBROUTE_SERVICES_ROUTECTL_AGENT_CLIENT_H_
#define LIBROUTE_SERVICES_ROUTECTL_AGENT_CLIENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "libroute/v1/agents.pb.h"
#include "services/routectl/server_options.h"

namespace libroute {

// A server's AgentService. As RouteClient.
class AgentClient {
 public:
  virtual ~AgentClient() = default;

  static absl::StatusOr<std::unique_ptr<AgentClient>> Create(const ServerOptions& options);

  virtual absl::StatusOr<v1::ActResponse> Act(const v1::ActRequest& request) = 0;
  virtual absl::StatusOr<v1::ListAgentsResponse> ListAgents(
      const v1::ListAgentsRequest& request) = 0;
  virtual absl::StatusOr<v1::ListGroupsResponse> ListGroups(
      const v1::ListGroupsRequest& request) = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_AGENT_CLIENT_H_
