#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/center_names.h"
#include "libroute/engine/center_turn.h"
#include "libroute/tree/dial_address.h"

// What agents do, by their names, and what they and supervisors see.
namespace libroute {
namespace {

absl::StatusOr<contact::Event> LogInAt(const std::string& phone, contact::AgentId agent) {
  const absl::StatusOr<DialAddress> address = ParseDialAddress(phone);
  if (!address.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("phone: ", address.status().message()));
  }
  // As it is read, so that no phone has two names.
  return contact::LogIn{agent,
                        address->number.has_value() ? address->number.ToString() : address->uri};
}

}  // namespace

absl::StatusOr<contact::Wish> Center::ReadWish(const std::string& to_group,
                                               const std::string& to_agent,
                                               contact::ContactId contact,
                                               contact::GroupId own_group) const {
  contact::Wish wish;
  if (to_group.empty() && to_agent.empty()) {
    return absl::InvalidArgumentError("to: is missing; expected a group, an agent, or both");
  }
  if (!to_group.empty()) {
    const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(to_group);
    if (!group.ok()) return NoGroup(to_group);
    wish.group = *group;
  }
  if (!to_agent.empty()) {
    const absl::StatusOr<contact::AgentId> agent = floor_.FindAgent(to_agent);
    if (!agent.ok()) return NoAgent(to_agent);
    const std::optional<contact::AgentStanding> standing = floor_.Look(*agent);
    // Without a group nobody else would take it.
    const bool is_there = standing.has_value() &&
                          standing->presence != contact::Presence::kLoggedOut &&
                          standing->presence != contact::Presence::kLoggingOut;
    if (!is_there && to_group.empty()) {
      return absl::FailedPreconditionError(
          absl::StrCat("agent ", Quoted(to_agent), " is not logged in"));
    }
    wish.agent = *agent;
  }
  if (wish.group) return wish;
  // An e-mail waits for that agent for a while, and is not lost then.
  const std::optional<contact::ContactStanding> standing = floor_.Look(contact);
  if (standing.has_value() && standing->medium == contact::Medium::kEmail) wish.group = own_group;
  return wish;
}

std::optional<contact::AgentStanding::Slot> Center::SlotOf(contact::AgentId agent,
                                                           contact::Token token) const {
  const std::optional<contact::AgentStanding> standing = floor_.Look(agent);
  if (!standing.has_value()) return std::nullopt;
  for (const contact::AgentStanding::Slot& slot : standing->slots) {
    if (slot.token == token) return slot;
  }
  return std::nullopt;
}

contact::GroupId Center::GroupOf(contact::AgentId agent, contact::Token token) const {
  const std::optional<contact::AgentStanding::Slot> slot = SlotOf(agent, token);
  return slot.has_value() ? slot->group : contact::GroupId();
}

absl::StatusOr<contact::Wish> Center::ReadWish(const AgentAct& act, contact::AgentId agent) const {
  const auto own = SlotOf(agent, act.token).value_or(contact::AgentStanding::Slot());
  return ReadWish(act.to_group, act.to_agent, own.contact, own.group);
}

absl::StatusOr<contact::Event> Center::EventFor(const AgentAct& act, contact::AgentId agent) const {
  switch (act.kind) {
    case AgentAct::Kind::kLogIn:
      return LogInAt(act.phone, agent);
    case AgentAct::Kind::kLogOut:
      return contact::LogOut{agent};
    case AgentAct::Kind::kReady:
      return contact::Ready{agent};
    case AgentAct::Kind::kNotReady:
      return contact::NotReady{agent, act.reason};
    case AgentAct::Kind::kPhoneIdle:
      return contact::SetLine{agent, contact::Line::kIdle};
    case AgentAct::Kind::kPhoneBusy:
      return contact::SetLine{agent, contact::Line::kBusy};
    case AgentAct::Kind::kPhoneUnreachable:
      return contact::SetLine{agent, contact::Line::kUnreachable};
    case AgentAct::Kind::kAccept:
      if (RingsAtPhone(agent, act.token)) {
        return absl::FailedPreconditionError(
            absl::StrCat("contact ", act.token, " rings at the phone of ", Quoted(act.agent),
                         ": it is accepted by answering there"));
      }
      return contact::Answer{agent, act.token};
    case AgentAct::Kind::kDecline:
      return contact::Decline{agent, act.token};
    case AgentAct::Kind::kFinish:
      // Nobody has talked: the caller is called again.
      if (const Seat* seat = UnreachedOf(agent, act.token)) {
        return contact::Rest{agent, act.token, seat->promise->retry_after};
      }
      return contact::Finish{agent, act.token};
    case AgentAct::Kind::kEndWrapUp:
      return contact::EndWrapUp{agent, act.token};
    case AgentAct::Kind::kExtendWrapUp:
      return contact::ExtendWrapUp{agent, act.token, act.by};
    case AgentAct::Kind::kDisconnected:
      return contact::Disconnected{agent};
    case AgentAct::Kind::kReconnected:
      return contact::Reconnected{agent};
    case AgentAct::Kind::kHold:
    case AgentAct::Kind::kUnhold:
      return contact::Hold{agent, act.token, act.kind == AgentAct::Kind::kHold};
    case AgentAct::Kind::kCompleteTransfer:
      return contact::CompleteTransfer{agent, act.token};
    case AgentAct::Kind::kCancelConsult:
      return contact::CancelConsult{agent, act.token};
    case AgentAct::Kind::kDispose:
      return contact::Dispose{agent, act.token, act.disposition};
    case AgentAct::Kind::kTransfer:
    case AgentAct::Kind::kConsult:
      break;
  }
  absl::StatusOr<contact::Wish> wish = ReadWish(act, agent);
  if (!wish.ok()) return wish.status();
  if (act.kind == AgentAct::Kind::kTransfer) return contact::Transfer{agent, act.token, *wish};
  return contact::Consult{agent, act.token, *wish};
}

absl::StatusOr<AgentNow> Center::Act(const AgentAct& act, absl::Time now) {
  Turn turn(*this);
  const absl::StatusOr<contact::AgentId> agent = floor_.FindAgent(act.agent);
  if (!agent.ok()) return NoAgent(act.agent);
  // What is due ends first, so that it is not taken for what the act does.
  AdvanceTo(now);
  const absl::Status status = Carry(act, *agent, now);
  if (!status.ok()) return status;
  Touch(*agent);
  return NowOf(*agent);
}

absl::Status Center::Carry(const AgentAct& act, contact::AgentId agent, absl::Time now) {
  const bool hands_on =
      act.kind == AgentAct::Kind::kTransfer || act.kind == AgentAct::Kind::kConsult;
  if (hands_on && UnreachedOf(agent, act.token) != nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact ", act.token, " is called back, and the caller was not reached yet"));
  }
  if (hands_on && !act.to_number.empty()) return GoOutside(act, agent, now);
  const absl::StatusOr<contact::Event> event = EventFor(act, agent);
  if (!event.ok()) return event.status();
  if (const auto* transfer = std::get_if<contact::Transfer>(&*event)) {
    return HandOnBy(*transfer, now);
  }
  const auto* complete = std::get_if<contact::CompleteTransfer>(&*event);
  return complete != nullptr ? CompleteBy(*complete, now) : Apply(*event, now);
}

absl::Status Center::HandOnBy(const contact::Transfer& transfer, absl::Time now) {
  const HandOn hand_on{transfer.token, floor_.NameOf(transfer.wish.group)};
  handing_on_ = &hand_on;
  const absl::Status status = Apply(transfer, now);
  handing_on_ = nullptr;
  return status;
}

bool Center::RingsAtPhone(contact::AgentId agent, contact::Token token) const {
  const std::optional<contact::AgentStanding::Slot> slot = SlotOf(agent, token);
  if (!slot.has_value()) return false;
  const auto call = calls_.find(slot->contact);
  if (call == calls_.end()) return false;
  for (const Offer& offer : seats_.at(call->second).offers) {
    if (offer.token == token) return !offer.at_desk;
  }
  return false;
}

ContactDetails Center::DetailsOf(contact::ContactId contact, contact::GroupId group,
                                 const std::optional<contact::ContactStanding>& standing) const {
  ContactDetails details;
  details.group = floor_.NameOf(group);
  if (standing.has_value()) {
    details.medium = standing->medium;
    details.arrived = standing->arrived;
  }
  const auto call = calls_.find(contact);
  const Seat* seat = call == calls_.end() ? nullptr : FindSeat(call->second);
  if (seat == nullptr) return details;
  details.call = call->second;
  if (seat->outside.has_value() && !seat->is_handed_over()) {
    details.outside_number = seat->outside->number.ToString();
  }
  if (seat->called.has_value()) details.called = seat->called.ToString();
  if (seat->calling.has_value()) details.calling = seat->calling.ToString();
  if (seat->promise.has_value()) {
    details.is_callback = seat->IsUnreached();
    details.calling = seat->promise->number.ToString();
  }
  if (seat->medium == contact::Medium::kEmail) {
    details.called = seat->mailbox;
    details.calling = seat->sender;
    details.subject = seat->subject;
    details.message_id = seat->message_id;
  }
  return details;
}

AgentNow Center::NowOf(contact::AgentId agent) const {
  AgentNow now;
  now.name = floor_.NameOf(agent);
  std::optional<contact::AgentStanding> standing = floor_.Look(agent);
  if (!standing.has_value()) return now;
  now.standing = *std::move(standing);
  for (const contact::GroupId group : now.standing.groups) {
    now.groups.push_back(floor_.NameOf(group));
  }
  std::sort(now.groups.begin(), now.groups.end());
  for (const auto& slot : now.standing.slots) {
    ContactDetails& details =
        now.contacts.emplace_back(DetailsOf(slot.contact, slot.group, floor_.Look(slot.contact)));
    // Who has handed it on does not consult that number.
    const CallId* call = CallOf(agent, slot.token);
    const Seat* seat = call == nullptr ? nullptr : FindSeat(*call);
    if (seat == nullptr || seat->owner_token != slot.token) details.outside_number.clear();
  }
  return now;
}

absl::StatusOr<AgentNow> Center::FindAgent(absl::string_view name) const {
  MutexLock lock(mutex_);
  const absl::StatusOr<contact::AgentId> agent = floor_.FindAgent(name);
  if (!agent.ok()) return NoAgent(name);
  return NowOf(*agent);
}

std::vector<std::string> Center::GroupsBySkill(absl::string_view skill) const {
  MutexLock lock(mutex_);
  std::vector<std::string> names;
  for (const contact::GroupId group : floor_.GroupsBySkill(skill)) {
    names.push_back(floor_.NameOf(group));
  }
  return names;
}

std::vector<AgentNow> Center::AgentsHeld() const {
  std::vector<AgentNow> agents;
  for (const std::string& name : agents_) {
    const absl::StatusOr<contact::AgentId> agent = floor_.FindAgent(name);
    if (agent.ok()) agents.push_back(NowOf(*agent));
  }
  return agents;
}

std::vector<AgentNow> Center::Agents() const {
  MutexLock lock(mutex_);
  return AgentsHeld();
}

std::vector<GroupNow> Center::GroupsHeld() const {
  std::vector<GroupNow> groups;
  for (const std::string& name : groups_) {
    const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(name);
    if (!group.ok()) continue;
    std::optional<contact::GroupStanding> standing = floor_.Look(*group);
    if (standing.has_value()) groups.push_back({name, *std::move(standing)});
  }
  return groups;
}

std::vector<GroupNow> Center::Groups() const {
  MutexLock lock(mutex_);
  return GroupsHeld();
}

std::optional<ContactEntry> Center::EntryOf(contact::ContactId contact) const {
  const std::optional<contact::ContactStanding> standing = floor_.Look(contact);
  if (!standing.has_value()) return std::nullopt;
  ContactEntry entry;
  // Whoever has it keeps it for his group, also while he consults another one.
  contact::GroupId group = standing->group;
  const auto call = calls_.find(contact);
  const Seat* seat = call == calls_.end() ? nullptr : FindSeat(call->second);
  if (seat != nullptr && seat->owner_token != 0) group = GroupOf(seat->owner, seat->owner_token);
  entry.details = DetailsOf(contact, group, standing);
  entry.standing = *standing;
  entry.agent = floor_.NameOf(standing->agent);
  entry.consulted = floor_.NameOf(standing->consulted);
  return entry;
}

std::optional<GroupFigures> Center::FindFigures(absl::string_view group, absl::Time now) const {
  MutexLock lock(mutex_);
  const absl::StatusOr<contact::GroupId> found = floor_.FindGroup(group);
  if (!found.ok()) return std::nullopt;
  const std::optional<contact::GroupStanding> standing = floor_.LookBriefly(*found);
  if (!standing.has_value()) return std::nullopt;
  GroupFigures figures;
  figures.is_open = standing->is_open;
  figures.logged_in = static_cast<uint32_t>(standing->logged_in);
  figures.ready = static_cast<uint32_t>(standing->ready);
  figures.free = static_cast<uint32_t>(standing->free_for_calls);
  figures.waiting = static_cast<uint32_t>(standing->calls_waiting);
  if (standing->waiting_since < now) figures.longest_wait = now - standing->waiting_since;
  figures.expected_wait = standing->median_wait;
  return figures;
}

GroupState Center::StateOf(absl::string_view name, absl::Time at) const {
  // Who keeps the agents elsewhere states it.
  if (options_.waits_unattended) return GroupState::kNoneFree;
  MutexLock lock(mutex_);
  // Another time is meant: who will be there then, nobody knows.
  if (schedules_.IsOpenAt(name, at) != schedules_.IsOpen(name)) {
    return schedules_.IsOpen(name) ? GroupState::kClosed : GroupState::kNoneFree;
  }
  const absl::StatusOr<contact::GroupId> group = floor_.FindGroup(name);
  if (!group.ok()) return GroupState::kClosed;
  contact::Wish wish;
  wish.group = *group;
  const std::optional<contact::Reason> why_not = floor_.WhyNot(wish, contact::Medium::kCall);
  if (!why_not.has_value()) return GroupState::kNoneFree;
  switch (*why_not) {
    case contact::Reason::kClosed:
      return GroupState::kClosed;
    case contact::Reason::kFull:
      return GroupState::kFull;
    case contact::Reason::kNoAgents:
      return GroupState::kNoAgents;
    default:
      return GroupState::kNoneReady;
  }
}

absl::StatusOr<ContactEntry> Center::FindContact(const CallId& call) const {
  MutexLock lock(mutex_);
  const Seat* seat = FindSeat(call);
  std::optional<ContactEntry> entry = seat == nullptr ? std::nullopt : EntryOf(seat->contact);
  if (entry.has_value()) return *std::move(entry);
  return absl::NotFoundError(absl::StrCat("call ", call.ToString(), " is no contact"));
}

std::vector<ContactEntry> Center::ListContacts() const {
  std::vector<ContactEntry> contacts;
  {
    MutexLock lock(mutex_);
    for (const auto& [contact, call] : calls_) {
      if (!seats_.contains(call)) continue;
      std::optional<ContactEntry> entry = EntryOf(contact);
      if (entry.has_value()) contacts.push_back(*std::move(entry));
    }
  }
  std::sort(contacts.begin(), contacts.end(), [](const ContactEntry& a, const ContactEntry& b) {
    return std::pair(a.details.arrived, a.details.call.reference) <
           std::pair(b.details.arrived, b.details.call.reference);
  });
  return contacts;
}

CenterChanges Center::ChangesSince(uint64_t version, bool with_groups) const {
  CenterChanges changes;
  MutexLock lock(mutex_);
  changes.version = version_;
  // One that this centre has not come to yet is of an earlier server.
  changes.is_full = version < full_version_ || version > version_;
  if (changes.is_full) {
    changes.agents = AgentsHeld();
  } else {
    for (auto at = changed_.upper_bound(version); at != changed_.end(); ++at) {
      // Whoever is not in the live plan any more is none of its agents.
      AgentNow agent = NowOf(at->second);
      if (!agent.name.empty()) changes.agents.push_back(std::move(agent));
    }
  }
  if (with_groups) changes.groups = GroupsHeld();
  return changes;
}

void Center::Touch(contact::AgentId agent) {
  uint64_t& version = versions_[agent];
  changed_.erase(version);
  version = ++version_;
  changed_.emplace(version, agent);
}

void Center::TouchAll() {
  full_version_ = ++version_;
  versions_.clear();
  changed_.clear();
}

}  // namespace libroute
