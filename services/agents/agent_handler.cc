#include "services/agents/agent_handler.h"

#include <string>
#include <vector>

#include "services/agents/agent_message.h"
#include "services/request/customer.h"
#include "services/request/field.h"

namespace libroute {

absl::Status AgentHandler::Act(const v1::ActRequest& request, const Principal& principal,
                               v1::ActResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  if (request.agent().empty()) return BadField("agent", "is missing");
  AgentAct act;
  absl::Status status = ReadAct(request, act);
  if (!status.ok()) return status;
  absl::StatusOr<AgentNow> agent = engine_.Act(*customer, act, clock_());
  if (!agent.ok()) return agent.status();
  WriteAgent(*agent, response->mutable_agent());
  return absl::OkStatus();
}

absl::Status AgentHandler::ListAgents(const v1::ListAgentsRequest& request,
                                      const Principal& principal,
                                      v1::ListAgentsResponse* response) const {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<std::vector<AgentNow>> agents = engine_.Agents(*customer);
  if (!agents.ok()) return agents.status();
  for (const AgentNow& agent : *agents) WriteAgent(agent, response->add_agents());
  return absl::OkStatus();
}

absl::Status AgentHandler::ListGroups(const v1::ListGroupsRequest& request,
                                      const Principal& principal,
                                      v1::ListGroupsResponse* response) const {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
  const absl::StatusOr<std::vector<GroupNow>> groups = engine_.Groups(*customer);
  if (!groups.ok()) return groups.status();
  for (const GroupNow& group : *groups) WriteGroup(group, response->add_groups());
  return absl::OkStatus();
}

}  // namespace libroute
