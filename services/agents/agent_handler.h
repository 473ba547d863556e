#ifndef LIBROUTE_SERVICES_AGENTS_AGENT_HANDLER_H_
#define LIBROUTE_SERVICES_AGENTS_AGENT_HANDLER_H_

#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libroute/engine/engine.h"
#include "libroute/v1/agents.pb.h"
#include "services/access/principal.h"

namespace libroute {

// Answers the requests of AgentService (agents.proto), without gRPC. Thread-safe.
// `response` is filled when the result is OK.
class AgentHandler {
 public:
  using Clock = std::function<absl::Time()>;

  // `engine` must outlive the handler.
  AgentHandler(Engine& engine, Clock clock) : engine_(engine), clock_(std::move(clock)) {}

  absl::Status Act(const v1::ActRequest& request, const Principal& principal,
                   v1::ActResponse* response);

  absl::Status ListAgents(const v1::ListAgentsRequest& request, const Principal& principal,
                          v1::ListAgentsResponse* response) const;

  absl::Status ListGroups(const v1::ListGroupsRequest& request, const Principal& principal,
                          v1::ListGroupsResponse* response) const;

 private:
  Engine& engine_;
  Clock clock_;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_AGENTS_AGENT_HANDLER_H_
