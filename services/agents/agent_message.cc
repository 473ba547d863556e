#include "services/agents/agent_message.h"

#include <string>

#include "absl/strings/str_cat.h"
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
static_assert(static_cast<int>(contact::ContactStanding::State::kWrapUp) + 1 ==
              v1::ContactStanding::STATE_WRAP_UP);
static_assert(static_cast<int>(contact::ContactStanding::State::kOutside) + 1 ==
              v1::ContactStanding::STATE_OUTSIDE);
static_assert(static_cast<int>(contact::AlarmKind::kAnsweredInTimeBelow) + 1 ==
              v1::GroupAlarm::KIND_ANSWERED_IN_TIME_BELOW);

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

absl::Status ReadHandOn(AgentAct::Kind kind, const v1::ActRequest::HandOn& hand_on,
                        absl::string_view field, AgentAct& act) {
  act.kind = kind;
  act.token = hand_on.token();
  act.to_group = hand_on.group();
  act.to_agent = hand_on.agent();
  act.to_number = hand_on.number();
  const bool stays_inside = !act.to_group.empty() || !act.to_agent.empty();
  if (stays_inside && !act.to_number.empty()) {
    return BadField(absl::StrCat(field, ".number"),
                    "stands alone: a contact goes to a number, or to a group or an agent");
  }
  if (stays_inside || !act.to_number.empty()) return absl::OkStatus();
  return BadField(field, "needs a group, an agent, or both; or a number");
}

absl::Status ReadDisposition(const v1::ActRequest::Disposition& disposition, AgentAct& act) {
  act.kind = AgentAct::Kind::kDispose;
  act.token = disposition.token();
  act.disposition = disposition.code();
  if (!act.disposition.empty()) return absl::OkStatus();
  return BadField("disposition.code", "is missing; expected one of the plan's dispositions");
}

void WriteWork(const Work& slot, const ContactDetails& contact, v1::AgentStanding::Work* message) {
  message->set_token(slot.token);
  message->set_state(static_cast<v1::AgentStanding::Work::State>(static_cast<int>(slot.state) + 1));
  message->set_held(slot.is_held);
  message->set_group(contact.group);
  if (slot.deadline < absl::InfiniteFuture()) {
    WriteTime(slot.deadline, message->mutable_deadline());
  }
  message->set_disposition(slot.disposition);
  message->set_consulted_number(contact.outside_number);
  if (contact.call.reference.empty()) return;
  WriteCallId(contact.call, message->mutable_call_id());
  message->set_called(contact.called);
  message->set_calling(contact.calling);
  message->set_email(contact.medium == contact::Medium::kEmail);
  message->set_subject(contact.subject);
  message->set_message_id(contact.message_id);
  message->set_callback(contact.is_callback);
  WriteTime(contact.arrived, message->mutable_arrived());
}

}  // namespace

absl::Status ReadAct(const v1::ActRequest& request, AgentAct& act) {
  act.agent = request.agent();
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
    case v1::ActRequest::kHold:
      return with_token(AgentAct::Kind::kHold, request.hold());
    case v1::ActRequest::kUnhold:
      return with_token(AgentAct::Kind::kUnhold, request.unhold());
    case v1::ActRequest::kTransfer:
      return ReadHandOn(AgentAct::Kind::kTransfer, request.transfer(), "transfer", act);
    case v1::ActRequest::kConsult:
      return ReadHandOn(AgentAct::Kind::kConsult, request.consult(), "consult", act);
    case v1::ActRequest::kCompleteTransfer:
      return with_token(AgentAct::Kind::kCompleteTransfer, request.complete_transfer());
    case v1::ActRequest::kCancelConsult:
      return with_token(AgentAct::Kind::kCancelConsult, request.cancel_consult());
    case v1::ActRequest::kDisposition:
      return ReadDisposition(request.disposition(), act);
    case v1::ActRequest::ACT_NOT_SET:
      break;
  }
  return BadField("act",
                  "is missing; expected log_in, log_out, ready, not_ready, phone, accept, "
                  "decline, finish, end_wrap_up, extend_wrap_up, hold, unhold, transfer, consult, "
                  "complete_transfer, cancel_consult or disposition");
}

void WriteCallId(const CallId& call, v1::CallId* message) {
  message->set_switch_(call.switch_name);
  message->set_epoch(call.epoch);
  message->set_reference(call.reference);
}

void WriteAgent(const AgentNow& agent, v1::AgentStanding* message) {
  const contact::AgentStanding& standing = agent.standing;
  message->set_agent(agent.name);
  message->set_presence(
      static_cast<v1::AgentStanding::Presence>(static_cast<int>(standing.presence) + 1));
  message->set_reason(standing.reason);
  message->set_phone(standing.phone);
  message->set_line(static_cast<v1::ActRequest::Phone>(static_cast<int>(standing.line) + 1));
  for (size_t i = 0; i < standing.slots.size(); ++i) {
    WriteWork(standing.slots[i], agent.contacts[i], message->add_works());
  }
  message->set_contacts_today(standing.contacts_today);
  WriteDuration(standing.talk_today, message->mutable_talk_today());
  WriteDuration(standing.hold_today, message->mutable_hold_today());
  WriteDuration(standing.wrap_up_today, message->mutable_wrap_up_today());
  message->mutable_groups()->Assign(agent.groups.begin(), agent.groups.end());
  message->set_occupancy(standing.occupancy_per_mille / 1000.0);
  for (const contact::AgentStanding::Change& change : standing.changes) {
    v1::AgentChange* written = message->add_changes();
    if (change.group.empty()) {
      written->set_skill(change.skill);
    } else {
      written->set_group(change.group);
    }
    written->set_index(static_cast<uint32_t>(change.index));
    written->set_by(change.by);
    WriteTime(change.at, written->mutable_at());
  }
}

void WriteGroup(const GroupNow& group, v1::GroupStanding* message) {
  const contact::GroupStanding& standing = group.standing;
  message->set_group(group.name);
  message->set_open(standing.is_open);
  message->set_logged_in(static_cast<uint32_t>(standing.logged_in));
  message->set_ready(static_cast<uint32_t>(standing.ready));
  message->set_free(static_cast<uint32_t>(standing.free_for_calls));
  message->set_calls_waiting(static_cast<uint32_t>(standing.calls_waiting));
  message->set_callbacks_waiting(static_cast<uint32_t>(standing.callbacks_waiting));
  message->set_emails_waiting(static_cast<uint32_t>(standing.emails_waiting));
  message->set_entered(standing.entered);
  message->set_answered(standing.answered);
  message->set_answered_in_time(standing.answered_in_time);
  message->set_abandoned(standing.abandoned);
  message->set_gave_up(standing.gave_up);
  message->set_moved(standing.moved);
  message->set_abandoned_early(standing.abandoned_early);
  if (const auto level = standing.ServiceLevel()) message->set_service_level(*level);
  if (const auto level = standing.ServiceLevelOfAll()) message->set_service_level_of_all(*level);
  message->set_handled(standing.handled);
  WriteDuration(standing.talk_time, message->mutable_talk_time());
  WriteDuration(standing.hold_time, message->mutable_hold_time());
  WriteDuration(standing.wrap_up_time, message->mutable_wrap_up_time());
  message->set_transferred_out(standing.transferred_out);
  if (standing.waiting_since < absl::InfiniteFuture()) {
    WriteTime(standing.waiting_since, message->mutable_waiting_since());
  }
  if (standing.median_wait < absl::InfiniteDuration()) {
    WriteDuration(standing.median_wait, message->mutable_expected_wait());
    WriteDuration(standing.bound_wait, message->mutable_expected_wait_most());
  }
  for (const auto& [kind, since] : standing.alarms) {
    v1::GroupAlarm* alarm = message->add_alarms();
    alarm->set_kind(static_cast<v1::GroupAlarm::Kind>(static_cast<int>(kind) + 1));
    WriteTime(since, alarm->mutable_since());
  }
  for (const auto& [disposition, count] : standing.dispositions) {
    (*message->mutable_dispositions())[disposition] = count;
  }
}

void WriteContact(const ContactEntry& contact, v1::ContactStanding* message) {
  const contact::ContactStanding& standing = contact.standing;
  WriteCallId(contact.details.call, message->mutable_call_id());
  message->set_state(static_cast<v1::ContactStanding::State>(static_cast<int>(standing.state) + 1));
  WriteTime(standing.arrived, message->mutable_arrived());
  message->set_group(contact.details.group);
  message->set_agent(contact.agent);
  message->set_consulted(contact.consulted);
  message->set_position(static_cast<uint32_t>(standing.position));
  if (standing.median_wait < absl::InfiniteDuration()) {
    WriteDuration(standing.median_wait, message->mutable_expected_wait());
    WriteDuration(standing.bound_wait, message->mutable_expected_wait_most());
  }
  message->set_called(contact.details.called);
  message->set_calling(contact.details.calling);
  message->set_email(contact.details.medium == contact::Medium::kEmail);
  message->set_outside_number(contact.details.outside_number);
  message->set_subject(contact.details.subject);
  message->set_message_id(contact.details.message_id);
  if (contact.details.is_callback) message->set_callback_number(contact.details.calling);
}

}  // namespace libroute
