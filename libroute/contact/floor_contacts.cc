// Contacts: how they come, wait, give up and end.

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"

namespace libroute::contact {
namespace {

constexpr size_t kMostContacts = 1'000'000;
constexpr size_t kMostContactName = 512;
constexpr absl::Duration kMostAgentWait = absl::Hours(24);
constexpr absl::Duration kMostWait = absl::Hours(24 * 366);
constexpr int kMostPosition = 1000;

absl::Status CheckWait(absl::string_view where, absl::Duration wait, absl::Duration most) {
  if (wait >= absl::Seconds(1) && wait <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", absl::FormatDuration(wait),
                                                 " is not within 1s and ",
                                                 absl::FormatDuration(most)));
}

// Why nobody waits for one agent.
std::optional<Reason> WhyNotThere(Presence presence) {
  if (presence == Presence::kReady) return std::nullopt;
  return presence == Presence::kLoggedOut ? Reason::kNoAgents : Reason::kNoneReady;
}

// Why no call waits where so many are there.
std::optional<Reason> WhyUnattended(const GroupRules& rules, uint32_t logged_in, uint32_t ready) {
  if (logged_in == 0 && rules.gives_up_without_agents) return Reason::kNoAgents;
  if (logged_in > 0 && ready == 0 && rules.gives_up_with_none_ready) return Reason::kNoneReady;
  return std::nullopt;
}

Micros Earliest(Micros a, Micros b) {
  return std::min(a, b);
}

}  // namespace

absl::Status Floor::CheckWish(const Wish& wish) const {
  if (!wish.group && !wish.agent) {
    return absl::InvalidArgumentError("wish: a group or an agent is wanted");
  }
  if (wish.group && groups_.Get(wish.group) == nullptr) {
    return absl::NotFoundError("wish.group: there is no such group, or not any more");
  }
  const Agent* agent = agents_.Get(wish.agent);
  if (wish.agent && (agent == nullptr || agent->is_removed)) {
    return absl::NotFoundError("wish.agent: there is no such agent, or not any more");
  }
  if (wish.agent) {
    absl::Status status = CheckWait("wish.agent_wait", wish.agent_wait, kMostAgentWait);
    if (!status.ok()) return status;
  }
  if (wish.position < 0 || wish.position > kMostPosition) {
    return absl::InvalidArgumentError(absl::StrCat("wish.position: ", wish.position,
                                                   " is not within 1 and ", kMostPosition,
                                                   ", nor 0 for none"));
  }
  if (wish.position > 0 && !wish.group) {
    return absl::InvalidArgumentError("wish.position: is one in a group, and none is wanted");
  }
  if (wish.wrap_up.has_value() &&
      (*wish.wrap_up < absl::ZeroDuration() || *wish.wrap_up > kMostWrapUp)) {
    return absl::InvalidArgumentError(
        absl::StrCat("wish.wrap_up: ", absl::FormatDuration(*wish.wrap_up),
                     " is not within 0s and ", absl::FormatDuration(kMostWrapUp)));
  }
  if (wish.max_wait != absl::ZeroDuration()) {
    return CheckWait("wish.max_wait", wish.max_wait, kMostWait);
  }
  return absl::OkStatus();
}

absl::Status Floor::On(const Arrive& event) {
  if (event.name.empty() || event.name.size() > kMostContactName) {
    return absl::InvalidArgumentError(absl::StrCat("name: 1 to ", kMostContactName,
                                                   " bytes are wanted, not ", event.name.size()));
  }
  if (event.priority < -100 || event.priority > 100) {
    return absl::InvalidArgumentError(
        absl::StrCat("priority: ", event.priority, " is not within -100 and 100"));
  }
  absl::Status status = CheckWish(event.wish);
  if (!status.ok()) return status;
  if (contacts_.Find(event.name)) {
    return absl::AlreadyExistsError(
        absl::StrCat("name: there is a contact \"", event.name, "\" already"));
  }
  if (contacts_.size() >= kMostContacts) {
    return absl::ResourceExhaustedError(absl::StrCat("there are ", kMostContacts, " contacts"));
  }
  const ContactId id = contacts_.Add(event.name);
  Contact& contact = contacts_[id.slot];
  contact.arrived = now_;
  contact.medium = event.medium;
  contact.priority = static_cast<int8_t>(event.priority);
  contact.key = {now_ - event.priority * absl::ToInt64Microseconds(rules_.priority_step),
                 ++arrivals_, id.slot};
  if (event.medium == Medium::kEmail) {
    contact.key.arrival += absl::ToInt64Microseconds(rules_.email_delay);
  }
  Effect& effect = Emit(Effect::Kind::kArrived);
  effect.contact = id;
  effect.text = event.name;
  Seek(id.slot, event.wish);
  return absl::OkStatus();
}

absl::Status Floor::On(const Enter& event) {
  Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  absl::Status status = CheckWish(event.wish);
  if (!status.ok()) return status;
  if (contact->owner != kNobody || contact->is_connecting) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", contacts_.name(event.contact.slot), "\" is with agent \"",
                     HolderOf(*contact), "\": a transfer is wanted"));
  }
  WithdrawContact(event.contact.slot, Reason::kWithdrawn);
  if (GroupCounts* counts = CountsOf(*contact)) ++counts->moved;
  Seek(event.contact.slot, event.wish);
  return absl::OkStatus();
}

absl::Status Floor::On(const HangUp& event) {
  Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  const uint32_t slot = event.contact.slot;
  if (contact->is_over) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", contacts_.name(slot), "\" is over; agent \"",
                     agents_.name(contact->owner), "\" is in wrap-up"));
  }
  WithdrawContact(slot, Reason::kWithdrawn);
  if (contact->owner == kNobody) {
    if (GroupCounts* counts = CountsOf(*contact)) {
      ++(event.has_given_up ? counts->gave_up : counts->abandoned);
      if (contact->medium == Medium::kCall) {
        const bool is_early = now_ - contact->entered <= kAbandonedEarly;
        counts->abandoned_early += !event.has_given_up && is_early ? 1 : 0;
        NoteServed(contact->home.slot, false);
      }
    }
    const bool is_done = event.has_given_up || contact->outside == Outside::kSentOut;
    EndContact(slot, is_done ? Reason::kDone : Reason::kAbandoned);
    return absl::OkStatus();
  }
  if (contact->consulted != kNobody) EndConsulted(slot);
  contact->outside = Outside::kNone;
  StopSeeking(slot);
  contact->is_over = true;
  WrapUp(contact->owner, WorkOn(contact->owner, event.contact)->token);
  return absl::OkStatus();
}

absl::Status Floor::On(const SendOn& event) {
  const Contact* contact = contacts_.Get(event.contact);
  if (contact == nullptr) return absl::NotFoundError("there is no such contact, or not any more");
  const std::string& name = contacts_.name(event.contact.slot);
  if (contact->owner != kNobody || contact->is_connecting) {
    return absl::FailedPreconditionError(
        absl::StrCat("contact \"", name, "\" is with agent \"", HolderOf(*contact), "\""));
  }
  if (!contact->is_seeking) {
    return absl::FailedPreconditionError(absl::StrCat("contact \"", name, "\" waits no more: it ",
                                                      contact->outside == Outside::kSentOut
                                                          ? "was handed on to a number outside"
                                                          : "goes on without an agent"));
  }
  WithdrawContact(event.contact.slot, Reason::kWithdrawn);
  GiveUp(event.contact.slot, Reason::kTimeout);
  return absl::OkStatus();
}

const std::string& Floor::HolderOf(const Contact& contact) const {
  return agents_.name(contact.owner != kNobody ? contact.owner : contact.offers[0]);
}

void Floor::NoteServed(uint32_t group, bool is_in_time) {
  groups_[group].NoteServed(is_in_time);
  NoteChanged(group);
}

GroupCounts* Floor::CountsOf(const Contact& contact) {
  if (!contact.is_seeking || contact.owner != kNobody) return nullptr;
  Group* home = groups_.Get(contact.home);
  return home == nullptr ? nullptr : &home->counts;
}

// From here on the contact counts as having entered its group, whatever comes.
void Floor::Seek(uint32_t slot, const Wish& wish) {
  Contact& contact = contacts_[slot];
  contact.is_seeking = true;
  contact.outside = Outside::kNone;
  contact.home = wish.group;
  contact.entered = now_;
  contact.forget_at = kNever;
  contact.ring_allowed = 1;
  contact.ring_next = kNever;
  contact.is_told_waiting = false;
  contact.wanted_agent = wish.agent ? wish.agent.slot : kNobody;
  contact.agent_until = kNever;
  contact.give_up_at = kNever;
  Group* home = groups_.Get(wish.group);
  if (wish.forgets_wrap_up) contact.wrap_up = kNever;
  if (wish.wrap_up.has_value()) contact.wrap_up = absl::ToInt64Microseconds(*wish.wrap_up);
  contact.key.arrival += contact.moved_up;
  contact.moved_up = 0;
  if (home != nullptr && wish.position > 0) TakePosition(contact, *home, wish.position);
  absl::Duration max_wait = wish.max_wait;
  contact.has_own_wait = max_wait > absl::ZeroDuration();
  if (wish.agent) {
    // Nobody waits for one who is not there, if others are.
    contact.agent_until = home != nullptr && !MayWaitForAgent(slot)
                              ? now_
                              : now_ + absl::ToInt64Microseconds(wish.agent_wait);
  }
  if (max_wait == absl::ZeroDuration()) {
    if (home == nullptr) max_wait = wish.agent_wait;
    // The agent who consults does not wait for ever, about an e-mail either.
    const bool ends = contact.medium == Medium::kCall || contact.owner != kNobody;
    if (home != nullptr && ends) max_wait = home->rules().max_wait;
  }
  if (max_wait > absl::ZeroDuration() || home == nullptr) {
    contact.give_up_at = now_ + absl::ToInt64Microseconds(max_wait);
  }
  if (contact.keeps_promise()) KeepPromise(contact);
  if (home == nullptr) contact.agent_until = contact.give_up_at;
  if (GroupCounts* counts = CountsOf(contact)) {
    ++counts->entered;
    counts->calls_entered += contact.medium == Medium::kCall ? 1 : 0;
  }
  if (contact.give_up_at <= now_) return GiveUp(slot, Reason::kTimeout);
  if (contact.rests_until != kNever) return UpdateContactDeadline(slot);
  if (home != nullptr && home->is_closed && contact.medium == Medium::kCall &&
      !contact.keeps_promise()) {
    return GiveUp(slot, Reason::kClosed);
  }
  if (std::optional<Reason> reason = ShouldGiveUp(slot)) return GiveUp(slot, *reason);
  Queue(slot);
  OfferToFree(slot);
  if (!contact.offers.empty()) return;
  if (home != nullptr && home->waiting_at_home > home->rules().max_waiting &&
      !contact.keeps_promise()) {
    return GiveUp(slot, Reason::kFull);
  }
  TellWaiting(slot);
}

void Floor::TakePosition(Contact& contact, const Group& group, int position) {
  const size_t wanted = static_cast<size_t>(position);
  std::vector<WaitKey> before;
  // The last of a higher priority that comes before it: equals may have aged past that one, but
  // nobody goes there who has not.
  std::optional<WaitKey> higher;
  for (uint8_t level = 0; level < group.levels(); ++level) {
    size_t found = 0;
    group.waiting(contact.medium, level).FirstWhere([&](const WaitKey& key) {
      if (!(key < contact.key)) return true;
      const int8_t priority = contacts_[key.contact].priority;
      if (priority > contact.priority && (!higher.has_value() || *higher < key)) higher = key;
      if (priority == contact.priority && found < wanted) {
        before.push_back(key);
        ++found;
      }
      return false;
    });
  }
  if (before.size() < wanted) return;
  const auto taken = before.begin() + (wanted - 1);
  std::nth_element(before.begin(), taken, before.end());
  Micros arrival = taken->arrival - 1;
  if (higher.has_value()) {
    // Of two that arrive at once, the sequence decides.
    const Micros behind = contact.key.sequence < higher->sequence ? 1 : 0;
    arrival = std::max(arrival, higher->arrival + behind);
  }
  contact.moved_up = contact.key.arrival - arrival;
  contact.key.arrival = arrival;
}

void Floor::TellWaiting(uint32_t slot) {
  Contact& contact = contacts_[slot];
  if (!contact.is_queued || !contact.offers.empty()) return;
  if (contact.is_told_waiting && contact.is_told_for_agent == contact.is_queued_for_agent) return;
  contact.is_told_waiting = true;
  contact.is_told_for_agent = contact.is_queued_for_agent;
  Effect& effect = Emit(Effect::Kind::kWaiting);
  effect.contact = contacts_.id(slot);
  effect.group = contact.is_queued_for_agent ? GroupId() : contact.home;
  if (contact.is_queued_for_agent) effect.agent = agents_.id(contact.wanted_agent);
  if (contact.owner != kNobody) effect.token = WorkOn(contact.owner, effect.contact)->token;
}

bool Floor::MayWaitForAgent(uint32_t slot) const {
  const Contact& contact = contacts_[slot];
  const Agent& agent = agents_[contact.wanted_agent];
  return agent.presence == Presence::kReady && agent.disconnected_until == kNever &&
         !IsRefused(contact, slot, contact.wanted_agent);
}

// What of the group that it entered has been so far decides where it stands, so
// that rules which change reach it.
void Floor::Queue(uint32_t slot) {
  Contact& contact = contacts_[slot];
  contact.is_queued = true;
  contact.is_queued_for_agent = contact.wanted_agent != kNobody && now_ < contact.agent_until;
  if (contact.is_queued_for_agent) {
    waiting_for_agent_[contact.wanted_agent][static_cast<int>(contact.medium)].insert(contact.key);
  } else {
    QueueInGroups(slot);
  }
  if (Group* home = groups_.Get(contact.home)) ++home->waiting_at_home;
  UpdateContactDeadline(slot);
}

void Floor::QueueInGroups(uint32_t slot) {
  Contact& contact = contacts_[slot];
  contact.places.clear();
  contact.placed_at = now_;
  Group* home = groups_.Get(contact.home);
  if (home == nullptr) return;
  const Micros waited = now_ - contact.entered;
  contact.places.push_back({contact.home.slot, home->LevelAfter(waited), contact.entered});
  for (const RelaxationStep& step : home->rules().steps) {
    const Micros after = absl::ToInt64Microseconds(step.after);
    if (after > waited) break;
    const GroupId added = step.add_group.empty() ? GroupId() : groups_.Find(step.add_group);
    if (!added || (groups_[added.slot].is_closed && contact.medium == Medium::kCall)) continue;
    contact.places.push_back(
        {added.slot, groups_[added.slot].LevelAfter(waited - after), contact.entered + after});
  }
  for (const Place& place : contact.places) {
    Group& group = groups_[place.group];
    group.waiting(contact.medium, place.level).Insert(contact.key);
    if (contact.medium == Medium::kCall) group.entered.Insert({place.entered, slot});
    NoteChanged(place.group);
  }
  CountCallback(contact, +1);
}

void Floor::Unqueue(uint32_t slot) {
  Contact& contact = contacts_[slot];
  if (!contact.is_queued) return;
  if (contact.is_queued_for_agent) {
    auto own = waiting_for_agent_.find(contact.wanted_agent);
    own->second[static_cast<int>(contact.medium)].erase(contact.key);
    if (own->second[0].empty() && own->second[1].empty()) waiting_for_agent_.erase(own);
  } else {
    for (const Place& place : contact.places) {
      Group& group = groups_[place.group];
      group.waiting(contact.medium, place.level).Erase(contact.key);
      if (contact.medium == Medium::kCall) group.entered.Erase({place.entered, slot});
      NoteChanged(place.group);
    }
    CountCallback(contact, -1);
  }
  if (Group* home = groups_.Get(contact.home)) --home->waiting_at_home;
  contact.is_queued = false;
  UpdateContactDeadline(slot);
}

std::optional<Reason> Floor::ShouldGiveUp(uint32_t slot) const {
  const Contact& contact = contacts_[slot];
  if (!contact.offers.empty() || contact.medium == Medium::kEmail) return std::nullopt;
  if (contact.keeps_promise()) return std::nullopt;
  const Group* home = groups_.Get(contact.home);
  if (home == nullptr) {
    return WhyNotThere(agents_[contact.wanted_agent].presence);
  }
  if (home->is_closed && home->drain_until <= now_) return Reason::kClosed;
  if (contact.wanted_agent != kNobody && now_ < contact.agent_until) return std::nullopt;
  uint32_t logged_in = home->logged_in;
  uint32_t ready = home->ready;
  if (contact.is_queued) {
    for (const Place& place : contact.places) {
      logged_in += groups_[place.group].logged_in;
      ready += groups_[place.group].ready;
    }
  }
  return WhyUnattended(home->rules(), logged_in, ready);
}

std::optional<Reason> Floor::WhyNot(const Wish& wish, Medium medium) const {
  const Group* home = groups_.Get(wish.group);
  const Agent* agent = agents_.Get(wish.agent);
  if (home == nullptr) {
    return WhyNotThere(agent == nullptr ? Presence::kLoggedOut : agent->presence);
  }
  const bool is_agent_there = agent != nullptr && agent->presence == Presence::kReady &&
                              agent->disconnected_until == kNever;
  if (medium == Medium::kCall) {
    if (home->is_closed) return Reason::kClosed;
    const auto unattended = WhyUnattended(home->rules(), home->logged_in, home->ready);
    if (!is_agent_there && unattended.has_value()) return unattended;
  }
  const bool is_free = !home->free(medium, 0).empty() ||
                       (is_agent_there && (AvailableMedia(*agent) & MediumBit(medium)) != 0);
  if (is_free || home->waiting_at_home < home->rules().max_waiting) return std::nullopt;
  return Reason::kFull;
}

void Floor::WaitOn(uint32_t slot) {
  Contact& contact = contacts_[slot];
  if (!contact.is_seeking) return;
  if (contact.offers.empty()) {
    if (contact.give_up_at <= now_) return GiveUp(slot, Reason::kTimeout);
    if (RestsOn(slot)) return;
    contact.ring_allowed = 1;
    contact.ring_next = kNever;
    const bool waits_for_agent = contact.wanted_agent != kNobody && now_ < contact.agent_until;
    if (waits_for_agent && groups_.Get(contact.home) != nullptr && !MayWaitForAgent(slot)) {
      contact.agent_until = now_;
    }
  }
  if (contact.refusals_until <= now_) contact.refusals_until = kNever;
  Unqueue(slot);
  contact.is_queued_for_agent = false;
  UpdateContactDeadline(slot);
  if (contact.offers.size() >= OffersWanted(contact) || contact.give_up_at <= now_) return;
  Queue(slot);
  if (std::optional<Reason> reason = ShouldGiveUp(slot)) return GiveUp(slot, *reason);
  OfferToFree(slot);
  TellWaiting(slot);
}

void Floor::StopSeeking(uint32_t slot) {
  Unqueue(slot);
  Contact& contact = contacts_[slot];
  contact.is_seeking = false;
  contact.is_connecting = false;
  contact.is_queued_for_agent = false;
  contact.refusals_until = kNever;
  contact.rests_until = kNever;
  contact.wanted_agent = kNobody;
  UpdateContactDeadline(slot);
}

void Floor::GiveUp(uint32_t slot, Reason reason) {
  Contact& contact = contacts_[slot];
  if (contact.owner != kNobody) return EndConsultation(slot, reason);
  if (GroupCounts* counts = CountsOf(contact)) {
    ++counts->gave_up;
    if (contact.medium == Medium::kCall) NoteServed(contact.home.slot, false);
  }
  StopSeeking(slot);
  contact.forget_at = now_ + absl::ToInt64Microseconds(rules_.grace);
  UpdateContactDeadline(slot);
  Effect& effect = Emit(Effect::Kind::kGaveUp);
  effect.contact = contacts_.id(slot);
  effect.group = contact.home;
  effect.reason = reason;
  effect.deadline = ToTime(contact.forget_at);
}

void Floor::WithdrawContact(uint32_t slot, Reason reason) {
  Contact& contact = contacts_[slot];
  Unqueue(slot);
  while (!contact.offers.empty()) {
    const uint32_t agent = contact.offers.back();
    EndOffer(agent, WorkOn(agent, contacts_.id(slot))->token, reason);
  }
}

void Floor::NoteRefusal(uint32_t slot, uint32_t agent_slot) {
  Contact& contact = contacts_[slot];
  Agent& agent = agents_[agent_slot];
  contact.refused_by[contact.next_refused++ % contact.refused_by.size()] = agent_slot;
  agent.refused[agent.next_refused++ % agent.refused.size()] = contacts_.id(slot);
  contact.refusals_until = now_ + absl::ToInt64Microseconds(rules_.refusal_rest);
}

void Floor::EndContact(uint32_t slot, Reason reason) {
  StopSeeking(slot);
  Effect& effect = Emit(Effect::Kind::kEnded);
  effect.contact = contacts_.id(slot);
  effect.reason = reason;
  deadlines_.Set(Deadlines::Kind::kContact, slot, kNever);
  contacts_.Remove(slot);
}

Micros Floor::DeadlineOf(const Contact& contact) const {
  if (!contact.is_seeking) {
    const bool may_be_forgotten = contact.owner == kNobody || contact.outside == Outside::kCalled;
    return may_be_forgotten ? contact.forget_at : kNever;
  }
  Micros at = contact.offers.empty() || contact.is_queued ? contact.give_up_at : kNever;
  if (contact.is_connecting) return kNever;
  if (contact.rests_until != kNever) return Earliest(at, contact.rests_until);
  if (!contact.offers.empty()) at = Earliest(at, contact.ring_next);
  if (!contact.is_queued) return at;
  at = Earliest(at, contact.refusals_until);
  if (contact.is_queued_for_agent) return Earliest(at, contact.agent_until);
  for (const Place& place : contact.places) {
    const Micros after = groups_[place.group].NextStepAfter(contact.placed_at - place.entered);
    if (after != kNever) at = Earliest(at, place.entered + after);
  }
  return at;
}

void Floor::OnContactDue(uint32_t slot) {
  Contact& contact = contacts_[slot];
  if (!contact.is_seeking) {
    // Of the number that the owner calls nothing was heard.
    if (contact.owner != kNobody) return EndConsultation(slot, Reason::kTimeout);
    return EndContact(slot, Reason::kForgotten);
  }
  if (contact.refusals_until <= now_) contact.refusals_until = kNever;
  if (contact.ring_next <= now_) {
    const Group* home = groups_.Get(contact.home);
    ++contact.ring_allowed;
    const bool may_ring_more =
        home != nullptr && contact.ring_allowed < home->rules().offer.ring_most;
    contact.ring_next =
        may_ring_more ? now_ + absl::ToInt64Microseconds(home->rules().offer.ring_step) : kNever;
  }
  Returned(slot);
}

}  // namespace libroute::contact
