#include "services/agents/agent_handler.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/request/customer.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"

namespace libroute {
namespace {

using Work = contact::AgentStanding::Slot;

// Values of both are in the same order; those of messages begin with none.
static_assert(static_cast<int>(contact::Presence::kLoggingOut) + 1 ==
              v1::AgentStanding::PRESENCE_LOGGING_OUT);
static_assert(static_cast<int>(Work::State::kWrapUp) + 1 == v1::AgentStanding::Work::STATE_WRAP_UP);
static_assert(static_cast<int>(contact::Line::kUnreachable) + 1 ==
              v1::ActRequest::PHONE_UNREACHABLE);

absl::Status ReadPhone(v1::ActRequest::Phone phone, AgentAct& act) {
  switch (phone) {
    case v1::ActRequest::PHONE_IDLE:
      act.kind = AgentAct::Kind::kPhoneIdle;
      return absl::OkStatus();
    case v1::ActRequest::PHONE_BUSY:
      act.kind = AgentAct::Kind::kPhoneBusy;
      return absl::OkStatus();
    case v1::ActRequest::PHONE_UNREACHABLE:
      act.kind = AgentAct::Kind::kPhoneUnreachable;
      return absl::OkStatus();
    default:
      return BadField("phone", absl::StrCat(static_cast<int>(phone),
                                            " is not known; expected idle, busy or unreachable"));
  }
}

absl::Status ReadExtension(const v1::ActRequest::ExtendWrapUp& extension, AgentAct& act) {
  act.kind = AgentAct::Kind::kExtendWrapUp;
  act.token = extension.token();
  absl::StatusOr<absl::Duration> by = ReadDuration(extension.by());
  if (!by.ok()) return InField("extend_wrap_up.by", by.status());
  act.by = *by;
  return absl::OkStatus();
}

absl::Status ReadAct(const v1::ActRequest& request, AgentAct& act) {
  act.agent = request.agent();
  if (act.agent.empty()) return BadField("agent", "is missing");
  const auto with_token = [&](AgentAct::Kind kind, const v1::ActRequest::Token& token) {
    act.kind = kind;
    act.token = token.token();
    return absl::OkStatus();
  };
  switch (request.act_case()) {
    case v1::ActRequest::kLogIn:
      act.kind = AgentAct::Kind::kLogIn;
      act.phone = request.log_in().phone();
      return absl::OkStatus();
    case v1::ActRequest::kLogOut:
      act.kind = AgentAct::Kind::kLogOut;
      return absl::OkStatus();
    case v1::ActRequest::kReady:
      act.kind = AgentAct::Kind::kReady;
      return absl::OkStatus();
    case v1::ActRequest::kNotReady:
      act.kind = AgentAct::Kind::kNotReady;
      act.reason = request.not_ready().reason();
      return absl::OkStatus();
    case v1::ActRequest::kPhone:
      return ReadPhone(request.phone(), act);
    case v1::ActRequest::kAccept:
      return with_token(AgentAct::Kind::kAccept, request.accept());
    case v1::ActRequest::kDecline:
      return with_token(AgentAct::Kind::kDecline, request.decline());
    case v1::ActRequest::kFinish:
      return with_token(AgentAct::Kind::kFinish, request.finish());
    case v1::ActRequest::kEndWrapUp:
      return with_token(AgentAct::Kind::kEndWrapUp, request.end_wrap_up());
    case v1::ActRequest::kExtendWrapUp:
      return ReadExtension(request.extend_wrap_up(), act);
    case v1::ActRequest::ACT_NOT_SET:
      break;
  }
  return BadField("act",
                  "is missing; expected log_in, log_out, ready, not_ready, phone, accept, "
                  "decline, finish, end_wrap_up or extend_wrap_up");
}

void WriteAgent(const AgentNow& agent, v1::AgentStanding* message) {
  const contact::AgentStanding& standing = agent.standing;
  message->set_agent(agent.name);
  message->set_presence(
      static_cast<v1::AgentStanding::Presence>(static_cast<int>(standing.presence) + 1));
  message->set_reason(standing.reason);
  message->set_phone(standing.phone);
  message->set_line(static_cast<v1::ActRequest::Phone>(static_cast<int>(standing.line) + 1));
  for (const Work& slot : standing.slots) {
    v1::AgentStanding::Work* work = message->add_works();
    work->set_token(slot.token);
    work->set_state(static_cast<v1::AgentStanding::Work::State>(static_cast<int>(slot.state) + 1));
    work->set_held(slot.is_held);
  }
  message->set_contacts_today(standing.contacts_today);
  WriteDuration(standing.talk_today, message->mutable_talk_today());
}

void WriteGroup(const GroupNow& group, v1::GroupStanding* message) {
  const contact::GroupStanding& standing = group.standing;
  message->set_group(group.name);
  message->set_open(standing.is_open);
  message->set_logged_in(static_cast<uint32_t>(standing.logged_in));
  message->set_ready(static_cast<uint32_t>(standing.ready));
  message->set_free(static_cast<uint32_t>(standing.free_for_calls));
  message->set_calls_waiting(static_cast<uint32_t>(standing.calls_waiting));
  message->set_emails_waiting(static_cast<uint32_t>(standing.emails_waiting));
  message->set_entered(standing.entered);
  message->set_answered(standing.answered);
  message->set_answered_in_time(standing.answered_in_time);
  message->set_abandoned(standing.abandoned);
  message->set_gave_up(standing.gave_up);
  message->set_moved(standing.moved);
}

}  // namespace

absl::Status AgentHandler::Act(const v1::ActRequest& request, const Principal& principal,
                               v1::ActResponse* response) {
  absl::StatusOr<std::string> customer = ReadCustomer(request.customer(), principal);
  if (!customer.ok()) return customer.status();
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
