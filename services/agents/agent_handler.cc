#include "services/agents/agent_handler.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/agents/agent_message.h"
#include "services/agents/supervision.h"
#include "services/request/field.h"

namespace libroute {
namespace {

// What a supervisor may do in place of an agent.
bool IsOfPresence(const AgentAct& act) {
  return act.kind == AgentAct::Kind::kReady || act.kind == AgentAct::Kind::kNotReady ||
         act.kind == AgentAct::Kind::kLogOut;
}

}  // namespace

absl::Status AgentHandler::Act(const v1::ActRequest& request, const Principal& principal,
                               v1::ActResponse* response) {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  if (request.agent().empty()) return BadField("agent", "is missing");
  AgentAct act;
  absl::Status status = ReadAct(request, act);
  if (status.ok() && !supervision->sees_all()) {
    status =
        IsOfPresence(act)
            ? supervision->CheckAgent(act.agent, engine_)
            : absl::PermissionDeniedError(absl::StrCat(
                  principal.name, " is a supervisor, who may say ready, not_ready and log_out"));
  }
  if (!status.ok()) return status;
  absl::StatusOr<AgentNow> agent = engine_.Act(supervision->customer(), act, clock_());
  if (!agent.ok()) return agent.status();
  WriteAgent(supervision->Narrowed(*std::move(agent)), response->mutable_agent());
  return absl::OkStatus();
}

absl::Status AgentHandler::ListAgents(const v1::ListAgentsRequest& request,
                                      const Principal& principal,
                                      v1::ListAgentsResponse* response) const {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  const absl::StatusOr<std::vector<AgentNow>> agents = engine_.Agents(supervision->customer());
  if (!agents.ok()) return agents.status();
  for (const AgentNow& agent : *agents) {
    if (supervision->Sees(agent)) WriteAgent(supervision->Narrowed(agent), response->add_agents());
  }
  return absl::OkStatus();
}

absl::Status AgentHandler::ListGroups(const v1::ListGroupsRequest& request,
                                      const Principal& principal,
                                      v1::ListGroupsResponse* response) const {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  const absl::StatusOr<std::vector<GroupNow>> groups = engine_.Groups(supervision->customer());
  if (!groups.ok()) return groups.status();
  for (const GroupNow& group : *groups) {
    if (supervision->SeesGroup(group.name)) WriteGroup(group, response->add_groups());
  }
  return absl::OkStatus();
}

}  // namespace libroute
