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
  const absl::Status status =
      act.gives_up ? Apply(contact::SendOn{contact}, now) : Move(act, *seat, now);
  if (!status.ok()) return status;
  if (std::optional<ContactEntry> entry = EntryOf(contact); entry.has_value()) {
    return *std::move(entry);
  }
  return absl::NotFoundError(absl::StrCat("call ", act.call.ToString(), " has just ended"));
}

absl::Status Center::Move(const ContactAct& act, Seat& seat, absl::Time now) {
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat.contact);
  if (!standing.has_value()) return absl::NotFoundError("the contact has just ended");
  const absl::StatusOr<contact::Wish> wish =
      ReadWish(act.to_group, act.to_agent, seat.contact, standing->group);
  if (!wish.ok()) return wish.status();
  if (seat.owner_token == 0) {
    // What it was told of the group that did not take it counts no more.
    const std::optional<EventKind> gave_up = std::exchange(seat.gave_up, std::nullopt);
    const absl::Status status = Apply(contact::Enter{seat.contact, *wish}, now);
    if (!status.ok()) {
      seat.gave_up = gave_up;
      return status;
    }
    NoteHandedOn(seat, act.to_group);
    seat.is_moved = true;
    Live(act.call, seat, now);
    news_.emplace(seat.number, act.call);
    return absl::OkStatus();
  }
  if (standing->state == contact::ContactStanding::State::kWrapUp) {
    return absl::FailedPreconditionError(
        absl::StrCat("call ", act.call.ToString(), " is over; agent ",
                     Quoted(floor_.NameOf(seat.owner)), " is in wrap-up"));
  }
  // As if the agent had handed it on.
  AgentAct hand_on;
  hand_on.kind = AgentAct::Kind::kTransfer;
  hand_on.token = seat.owner_token;
  hand_on.to_group = act.to_group;
  hand_on.to_agent = act.to_agent;
  handing_on_ = &hand_on;
  const absl::Status status = Apply(contact::Transfer{seat.owner, seat.owner_token, *wish}, now);
  handing_on_ = nullptr;
  return status;
}

}  // namespace libroute
