#include "services/agents/supervisor_handler.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/agents/agent_message.h"
#include "services/agents/supervision.h"
#include "services/request/field.h"
#include "services/request/proto_time.h"

namespace libroute {
namespace {

absl::Status ReadClose(const v1::ChangeGroupRequest::Close& close, GroupAct& act) {
  using Close = v1::ChangeGroupRequest::Close;
  act.opens = false;
  switch (close.waiting()) {
    case Close::WAITING_UNSPECIFIED:
    case Close::WAITING_DRAIN:
      break;
    case Close::WAITING_EVICT:
      act.closing = contact::Closing::kEvict;
      break;
    case Close::WAITING_KEEP:
      act.closing = contact::Closing::kKeep;
      break;
    default:
      return BadField("close.waiting",
                      absl::StrCat(static_cast<int>(close.waiting()),
                                   " is not known; expected drain, evict or keep"));
  }
  if (!close.has_drain()) return absl::OkStatus();
  absl::StatusOr<absl::Duration> drain = ReadDuration(close.drain());
  if (!drain.ok()) return InField("close.drain", drain.status());
  act.drain = *drain;
  return absl::OkStatus();
}

absl::Status ReadChange(const v1::ChangeGroupRequest& request, GroupAct& act) {
  if (request.group().empty()) return BadField("group", "is missing");
  act.group = request.group();
  switch (request.change_case()) {
    case v1::ChangeGroupRequest::kOpen:
      return absl::OkStatus();
    case v1::ChangeGroupRequest::kClose:
      return ReadClose(request.close(), act);
    case v1::ChangeGroupRequest::CHANGE_NOT_SET:
      break;
  }
  return BadField("change", "is missing; expected open or close");
}

absl::Status ReadIndex(uint32_t index, absl::string_view field, AgentChange& change) {
  if (index > 100) {
    return BadField(field, absl::StrCat(index, " is out of range; 1 to 100, or 0 for not at all"));
  }
  change.index = static_cast<int>(index);
  return absl::OkStatus();
}

absl::Status ReadAgentChange(const v1::ChangeAgentRequest& request, AgentChange& change) {
  if (request.agent().empty()) return BadField("agent", "is missing");
  change.agent = request.agent();
  switch (request.change_case()) {
    case v1::ChangeAgentRequest::kSkill:
      if (request.skill().skill().empty()) return BadField("skill.skill", "is missing");
      change.kind = AgentChange::Kind::kSkill;
      change.name = request.skill().skill();
      return ReadIndex(request.skill().index(), "skill.index", change);
    case v1::ChangeAgentRequest::kMembership:
      if (request.membership().group().empty()) return BadField("membership.group", "is missing");
      change.kind = AgentChange::Kind::kMembership;
      change.name = request.membership().group();
      return ReadIndex(request.membership().index(), "membership.index", change);
    case v1::ChangeAgentRequest::kReset:
      return absl::OkStatus();
    case v1::ChangeAgentRequest::CHANGE_NOT_SET:
      break;
  }
  return BadField("change", "is missing; expected skill, membership or reset");
}

absl::Status ReadContactAct(const v1::ChangeContactRequest& request, ContactAct& act) {
  const v1::CallId& call = request.call_id();
  if (call.switch_().empty() || call.reference().empty()) {
    return BadField("call_id", "is missing, or without switch or reference");
  }
  act.call = {call.switch_(), call.epoch(), call.reference()};
  switch (request.change_case()) {
    case v1::ChangeContactRequest::kMove:
      act.to_group = request.move().group();
      act.to_agent = request.move().agent();
      if (!act.to_group.empty() || !act.to_agent.empty()) return absl::OkStatus();
      return BadField("move", "needs a group, an agent, or both");
    case v1::ChangeContactRequest::kGiveUp:
      act.gives_up = true;
      return absl::OkStatus();
    case v1::ChangeContactRequest::CHANGE_NOT_SET:
      break;
  }
  return BadField("change", "is missing; expected move or give_up");
}

}  // namespace

absl::Status SupervisorHandler::ListContacts(const v1::ListContactsRequest& request,
                                             const Principal& principal,
                                             v1::ListContactsResponse* response) const {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  const auto contacts = engine_.ListContacts(supervision->customer());
  if (!contacts.ok()) return contacts.status();
  for (const ContactEntry& contact : *contacts) {
    if (supervision->Sees(contact, engine_)) WriteContact(contact, response->add_contacts());
  }
  return absl::OkStatus();
}

absl::Status SupervisorHandler::ChangeGroup(const v1::ChangeGroupRequest& request,
                                            const Principal& principal,
                                            v1::ChangeGroupResponse* response) {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  GroupAct act;
  absl::Status status = ReadChange(request, act);
  if (status.ok()) status = supervision->CheckGroup(act.group);
  if (!status.ok()) return status;
  absl::StatusOr<GroupNow> group = engine_.ChangeGroup(supervision->customer(), act, clock_());
  if (!group.ok()) return group.status();
  WriteGroup(*group, response->mutable_group());
  return absl::OkStatus();
}

absl::Status SupervisorHandler::ChangeAgent(const v1::ChangeAgentRequest& request,
                                            const Principal& principal,
                                            v1::ChangeAgentResponse* response) {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  AgentChange change;
  absl::Status status = ReadAgentChange(request, change);
  if (status.ok()) status = supervision->CheckChange(change, engine_);
  if (!status.ok()) return status;
  // As much of it as is kept.
  change.by = principal.name.substr(0, contact::kMostAuthor);
  absl::StatusOr<AgentNow> agent = engine_.ChangeAgent(supervision->customer(), change, clock_());
  if (!agent.ok()) return agent.status();
  WriteAgent(supervision->Narrowed(*std::move(agent)), response->mutable_agent());
  return absl::OkStatus();
}

absl::Status SupervisorHandler::ChangeContact(const v1::ChangeContactRequest& request,
                                              const Principal& principal,
                                              v1::ChangeContactResponse* response) {
  const absl::StatusOr<Supervision> supervision = Supervision::Read(request.customer(), principal);
  if (!supervision.ok()) return supervision.status();
  ContactAct act;
  absl::Status status = ReadContactAct(request, act);
  if (status.ok()) status = supervision->CheckContact(act.call, engine_);
  if (status.ok() && !act.to_group.empty()) status = supervision->CheckGroup(act.to_group);
  if (status.ok() && !act.to_agent.empty()) status = supervision->CheckAgent(act.to_agent, engine_);
  if (!status.ok()) return status;
  absl::StatusOr<ContactEntry> contact =
      engine_.ChangeContact(supervision->customer(), act, clock_());
  if (!contact.ok()) return contact.status();
  WriteContact(*contact, response->mutable_contact());
  return absl::OkStatus();
}

}  // namespace libroute
