#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/center_turn.h"

// Numbers outside: to which agents hand calls on, and whom they consult.
namespace libroute {
namespace {

// For how long such a number may ring.
constexpr absl::Duration kRings = absl::Seconds(30);
// The switch may learn of it as late as by its next poll; if nothing is heard for so long,
// the contact ends, or the agent who wants to consult it goes on with the caller.
constexpr absl::Duration kWithin = absl::Minutes(2);

}  // namespace

const CallId* Center::CallOf(contact::AgentId agent, contact::Token token) const {
  const std::optional<contact::AgentStanding::Slot> slot = SlotOf(agent, token);
  if (!slot.has_value()) return nullptr;
  const auto call = calls_.find(slot->contact);
  return call == calls_.end() ? nullptr : &call->second;
}

absl::Status Center::GoOutside(const AgentAct& act, contact::AgentId agent, absl::Time now) {
  if (!act.to_group.empty() || !act.to_agent.empty()) {
    return absl::InvalidArgumentError(
        "to_number: stands alone; a contact goes to a number, or to a group or an agent");
  }
  const absl::StatusOr<E164Number> number = E164Number::Parse(act.to_number);
  if (!number.ok()) return number.status();
  const CallId* known = CallOf(agent, act.token);
  const CallId call = known == nullptr ? CallId() : *known;
  Outside outside;
  outside.number = *number;
  outside.agent = agent;
  outside.group = GroupOf(agent, act.token);
  outside.is_consultation = act.kind == AgentAct::Kind::kConsult;
  absl::Status status;
  if (outside.is_consultation) {
    status = Apply(contact::ConsultOutside{agent, act.token, kWithin}, now);
  } else {
    const HandOn hand_on{act.token, floor_.NameOf(outside.group)};
    handing_on_ = &hand_on;
    status = Apply(contact::SendOut{agent, act.token, kWithin}, now);
    handing_on_ = nullptr;
  }
  Seat* seat = FindSeat(call);
  if (!status.ok() || seat == nullptr) return status;
  outside.target = NewTarget();
  seat->outside = outside;
  Live(call, *seat, now);
  news_.emplace(seat->number, call);
  return absl::OkStatus();
}

absl::Status Center::CompleteBy(const contact::CompleteTransfer& complete, absl::Time now) {
  const CallId* known = CallOf(complete.agent, complete.token);
  const CallId call = known == nullptr ? CallId() : *known;
  Seat* seat = FindSeat(call);
  const bool goes_out = seat != nullptr && seat->owner_token == complete.token &&
                        seat->outside.has_value() && seat->outside->has_answered;
  // The contact may end with it, but not what the call is to be told.
  if (goes_out) seat->outside->is_handed_over = true;
  const absl::Status status = Apply(complete, now);
  if (!goes_out) return status;
  if (!status.ok()) {
    seat->outside->is_handed_over = false;
    return status;
  }
  Live(call, *seat, now);
  news_.emplace(seat->number, call);
  return status;
}

ContactNow::Phone Center::PhoneOf(const Outside& outside) {
  ContactNow::Phone phone;
  phone.target = outside.target;
  phone.number = outside.number;
  phone.rings = kRings;
  return phone;
}

void Center::NoteAnsweredOutside(Seat& seat, const std::optional<AttemptId>& attempt,
                                 absl::Time now) {
  Outside& outside = *seat.outside;
  if (outside.has_answered || !outside.told_step.has_value()) return;
  const bool is_meant = !attempt.has_value() ||
                        (attempt->target == outside.target && attempt->step <= *outside.told_step);
  if (!is_meant) return;
  outside.has_answered = true;
  // Of a call that was sent there that is the end of the contact.
  Apply(contact::AnsweredOutside{seat.contact}, now).IgnoreError();
}

bool Center::NoteEndedOutside(const CallId& call, Seat& seat, const AttemptId& attempt,
                              absl::Time now) {
  if (!seat.outside.has_value() || attempt.target != seat.outside->target) return false;
  const bool is_told =
      seat.outside->told_step.has_value() && attempt.step <= *seat.outside->told_step;
  if (!is_told || seat.is_handed_over()) return true;
  if (seat.outside->is_consultation) {
    Apply(contact::CancelConsult{seat.owner, seat.owner_token}, now).IgnoreError();
  } else {
    ReturnFromOutside(call, seat, now);
  }
  return true;
}

void Center::ReturnFromOutside(const CallId& call, Seat& seat, absl::Time now) {
  const Outside outside = *std::exchange(seat.outside, std::nullopt);
  contact::Wish back;
  back.group = outside.group;
  if (floor_.Has(outside.agent)) back.agent = outside.agent;
  contact::Wish agent_alone;
  agent_alone.agent = back.agent;
  // No call enters a group that has closed meanwhile, but who had it is still there.
  const bool is_shut = floor_.WhyNot(back, contact::Medium::kCall).has_value();
  const bool is_there = back.agent && !floor_.WhyNot(agent_alone, contact::Medium::kCall);
  absl::Status status = MoveWaiting(call, seat, is_shut && is_there ? agent_alone : back, now);
  if (status.ok()) return;
  // One of the two is in the plan no more.
  contact::Wish left;
  left.group = outside.group;
  if (MoveWaiting(call, seat, left, now).ok()) return;
  if (is_there && MoveWaiting(call, seat, agent_alone, now).ok()) return;
  seat.gave_up = EventKind::kGroupClosed;
  news_.emplace(seat.number, call);
}

void Center::TellOutside(Seat& seat, CallNow& now) {
  if (!seat.outside.has_value() || !seat.outside->is_consultation) return;
  Outside& outside = *seat.outside;
  if (outside.has_answered) {
    now.consulted_attempt = AttemptId{outside.told_step.value_or(seat.step), outside.target};
    return;
  }
  now.phones.push_back(PhoneOf(outside));
  outside.told_step = seat.step;
}

}  // namespace libroute
