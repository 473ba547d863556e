#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/center_names.h"
#include "libroute/engine/center_turn.h"

// What supervisors do with groups, agents and contacts, by their names.
namespace libroute {

absl::StatusOr<GroupNow> Center::Change(const GroupAct& act, absl::Time now) {
  Turn turn(*this);
  const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(act.group);
  if (!group.ok()) return NoGroup(act.group);
  const absl::Status status = act.opens
                                  ? Apply(contact::OpenGroup{*group}, now)
                                  : Apply(contact::CloseGroup{*group, act.closing, act.drain}, now);
  if (!status.ok()) return status;
  return GroupNow{act.group, floor_.Look(*group).value_or(contact::GroupStanding())};
}

absl::StatusOr<AgentNow> Center::Change(const AgentChange& change, absl::Time now) {
  Turn turn(*this);
  const absl::StatusOr<contact::AgentId> agent = floor_.FindAgent(change.agent);
  if (!agent.ok()) return NoAgent(change.agent);
  contact::Event event = contact::ResetAgent{*agent};
  if (change.kind == AgentChange::Kind::kSkill) {
    event = contact::AdjustSkill{*agent, change.name, change.index, change.by};
  }
  if (change.kind == AgentChange::Kind::kMembership) {
    const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(change.name);
    if (!group.ok()) return NoGroup(change.name);
    event = contact::AdjustIndex{*agent, *group, change.index, change.by};
  }
  const absl::Status status = Apply(event, now);
  if (!status.ok()) return status;
  return NowOf(*agent);
}

absl::StatusOr<ContactEntry> Center::Change(const ContactAct& act, absl::Time now) {
  Turn turn(*this);
  AdvanceTo(now);
  Seat* seat = FindSeat(act.call);
  if (seat == nullptr || !seat->contact) {
    return absl::NotFoundError(
        absl::StrCat("call ", act.call.ToString(), " is no contact of this customer"));
  }
  const contact::ContactId contact = seat->contact;
  const std::optional<contact::ContactStanding> standing = floor_.Look(contact);
  absl::Status status = CheckReachable(act, *seat, standing);
  if (!status.ok()) return status;
  status = act.gives_up ? Apply(contact::SendOn{contact}, now) : Move(act, *seat, *standing, now);
  if (!status.ok()) return status;
  if (std::optional<ContactEntry> entry = EntryOf(contact); entry.has_value()) {
    return *std::move(entry);
  }
  return absl::NotFoundError(absl::StrCat("call ", act.call.ToString(), " has just ended"));
}

absl::Status Center::CheckReachable(const ContactAct& act, const Seat& seat,
                                    const std::optional<contact::ContactStanding>& standing) const {
  using State = contact::ContactStanding::State;
  const auto refuse = [&](absl::string_view why) {
    return absl::FailedPreconditionError(absl::StrCat("call ", act.call.ToString(), " ", why));
  };
  if (!standing.has_value()) return refuse("has just ended");
  if (standing->state == State::kWrapUp) {
    return refuse(
        absl::StrCat("is over; agent ", Quoted(floor_.NameOf(seat.owner)), " is in wrap-up"));
  }
  if (standing->state == State::kConnecting) {
    return refuse("is being connected with an agent who has accepted it");
  }
  if (seat.IsUnreached() && seat.owner_token != 0) {
    return refuse(
        absl::StrCat("is being called back by agent ", Quoted(floor_.NameOf(seat.owner))));
  }
  if (!act.gives_up) return absl::OkStatus();
  if (seat.owner_token != 0) {
    return refuse(absl::StrCat("is with agent ", Quoted(floor_.NameOf(seat.owner)),
                               "; move it, or let the agent finish"));
  }
  if (seat.sent_out() != nullptr) {
    return refuse(absl::StrCat("is being handed on to ", seat.sent_out()->number.ToString(),
                               ", which may answer yet; move it"));
  }
  return seat.gave_up.has_value() ? refuse("goes on without an agent already") : absl::OkStatus();
}

absl::Status Center::CheckTarget(const contact::Wish& wish, contact::Medium medium) const {
  const std::optional<contact::Reason> why_not = floor_.WhyNot(wish, medium);
  if (!why_not.has_value()) return absl::OkStatus();
  const std::string who = wish.group ? absl::StrCat("group ", Quoted(floor_.NameOf(wish.group)))
                                     : absl::StrCat("agent ", Quoted(floor_.NameOf(wish.agent)));
  const auto refuse = [&](absl::string_view why) {
    return absl::FailedPreconditionError(
        absl::StrCat(who, " ", why, ": the contact stays where it is"));
  };
  switch (*why_not) {
    case contact::Reason::kClosed:
      return refuse("is closed");
    case contact::Reason::kFull:
      return refuse("is full");
    case contact::Reason::kNoAgents:
      return refuse(wish.group ? "has nobody who is logged in" : "is not logged in");
    default:
      return refuse(wish.group ? "has nobody who is ready" : "is not ready");
  }
}

absl::Status Center::Move(const ContactAct& act, Seat& seat,
                          const contact::ContactStanding& standing, absl::Time now) {
  // A consultation since may have been elsewhere.
  contact::GroupId own_group = standing.group;
  if (seat.owner_token != 0) own_group = GroupOf(seat.owner, seat.owner_token);
  const absl::StatusOr<contact::Wish> wish =
      ReadWish(act.to_group, act.to_agent, seat.contact, own_group);
  if (!wish.ok()) return wish.status();
  if (seat.owner_token != 0 && wish->agent == seat.owner) {
    return absl::FailedPreconditionError(absl::StrCat("agent ", Quoted(act.to_agent), " has call ",
                                                      act.call.ToString(), " already"));
  }
  // Where it waits already it need not be brought.
  const bool waits_there = seat.owner_token == 0 && seat.sent_out() == nullptr &&
                           !seat.gave_up.has_value() && wish->group == standing.group &&
                           wish->agent == standing.agent;
  if (waits_there) return absl::OkStatus();
  const absl::Status status = CheckTarget(*wish, seat.medium);
  if (!status.ok()) return status;
  // As if the agent who has it had handed it on.
  if (seat.owner_token != 0) return HandOnBy({seat.owner, seat.owner_token, *wish}, now);
  return MoveWaiting(act.call, seat, *wish, now);
}

absl::Status Center::MoveWaiting(const CallId& call, Seat& seat, const contact::Wish& wish,
                                 absl::Time now) {
  // What it was told of the group that did not take it counts no more.
  const std::optional<EventKind> gave_up = std::exchange(seat.gave_up, std::nullopt);
  const absl::Status status = Apply(contact::Enter{seat.contact, wish}, now);
  if (!status.ok()) {
    seat.gave_up = gave_up;
    return status;
  }
  seat.outside.reset();
  NoteHandedOn(seat, floor_.NameOf(wish.group));
  seat.is_moved = true;
  Live(call, seat, now);
  news_.emplace(seat.number, call);
  return absl::OkStatus();
}

}  // namespace libroute
