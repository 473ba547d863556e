#ifndef LIBROUTE_SERVICES_AGENTS_AGENT_MESSAGE_H_
#define LIBROUTE_SERVICES_AGENTS_AGENT_MESSAGE_H_

#include "absl/status/status.h"
#include "libroute/engine/agents.h"
#include "libroute/v1/agents.pb.h"
#include "libroute/v1/supervisor.pb.h"

// What agents do and are shown, as messages (agents.proto, supervisor.proto).
namespace libroute {

// InvalidArgument names the field. Whether there is such an agent is not looked at.
absl::Status ReadAct(const v1::ActRequest& request, AgentAct& act);

// Into messages that are empty.
void WriteCallId(const CallId& call, v1::CallId* message);
void WriteAgent(const AgentNow& agent, v1::AgentStanding* message);
void WriteGroup(const GroupNow& group, v1::GroupStanding* message);
void WriteContact(const ContactEntry& contact, v1::ContactStanding* message);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_AGENTS_AGENT_MESSAGE_H_
