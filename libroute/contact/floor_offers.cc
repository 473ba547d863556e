// Offers: made, answered, and ended in any other way.

#include <algorithm>
#include <cassert>

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"

namespace libroute::contact {
namespace {

// "offered 17, active 12"
std::string WorksInWords(const Agent& agent) {
  constexpr const char* kStateNames[] = {"offered", "connecting", "active", "wrap-up"};
  std::string words;
  for (const Work& work : agent.works) {
    absl::StrAppend(&words, words.empty() ? "" : ", ", kStateNames[static_cast<int>(work.state)],
                    " ", work.token);
  }
  return words.empty() ? "no contact" : words;
}

}  // namespace

const Work* Floor::FindWork(const Agent& agent, Token token) const {
  for (const Work& work : agent.works) {
    if (work.token == token) return &work;
  }
  return nullptr;
}

Work* Floor::WorkOn(uint32_t slot, ContactId contact) {
  for (Work& work : agents_[slot].works) {
    if (work.contact == contact && work.state != Work::State::kWrapUp) return &work;
  }
  return nullptr;
}

absl::Status Floor::Find(AgentId id, Token token, std::initializer_list<Work::State> states,
                         absl::string_view wanted, Found& found) {
  absl::Status status;
  Agent* agent = KnownAgent(id, status);
  if (agent == nullptr) return status;
  Work* work = const_cast<Work*>(FindWork(*agent, token));
  if (work != nullptr && std::find(states.begin(), states.end(), work->state) != states.end()) {
    found = {id.slot, work};
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      absl::StrCat("token ", token, ": ",
                   work != nullptr   ? "is not "
                   : token > tokens_ ? "was never given to anybody, and is not "
                                     : /* it is over */ "is not this agent's, or over, and not ",
                   wanted, "; agent \"", agents_.name(id.slot), "\" is ",
                   PresenceName(agent->presence), " and has ", WorksInWords(*agent)));
}

void Floor::Offer(uint32_t slot, Candidate to) {
  Contact& contact = contacts_[slot];
  Agent& agent = agents_[to.agent];
  const GroupId group = to.group == kNobody ? GroupId() : groups_.id(to.group);
  const Group* home = groups_.Get(contact.home);
  const OfferRules rules = home == nullptr ? OfferRules() : home->rules().offer;
  if (group) {
    Group& chosen = groups_[to.group];
    const bool shares_turns = SharesTurns(chosen.strategy());
    // Whoever becomes free may be offered something before standing among the free.
    if (shares_turns && agent.has_old_ranks) TakeRanks(to.agent);
    for (const Membership& membership : agent.memberships) {
      if (membership.group != to.group || !shares_turns) continue;
      chosen.turn = std::max(chosen.turn, membership.rank & ~kReserveRank);
    }
  }
  if (contact.medium == Medium::kCall) InterruptEmails(to.agent);
  Work& work = agent.works.emplace_back();
  work.token = ++tokens_;
  work.contact = contacts_.id(slot);
  work.group = group ? group : contact.home;
  work.since = now_;
  work.deadline = now_ + absl::ToInt64Microseconds(rules.answer_within);
  work.is_accept_first = contact.medium == Medium::kCall && rules.style == OfferStyle::kAcceptFirst;
  work.connect_within = absl::ToInt64Microseconds(rules.connect_within);
  work.medium = contact.medium;
  work.cost = static_cast<uint8_t>(contact.medium == Medium::kCall ? call_cost_ : email_cost_);
  agent.last_offer = work.token;
  const bool is_first = contact.offers.empty();
  contact.offers.push_back(to.agent);
  if (is_first && home != nullptr && home->rules().strategy == Strategy::kProgressiveRing) {
    contact.ring_next = now_ + absl::ToInt64Microseconds(rules.ring_step);
  }
  Effect& effect = EmitWork(Effect::Kind::kOffered, to.agent, work);
  effect.group = work.group;
  effect.deadline = ToTime(work.deadline);
  effect.at_desk = work.medium == Medium::kEmail || work.is_accept_first;
  contact.is_told_waiting = false;
  UpdateFree(to.agent);
  UpdateDeadline(to.agent);
  if (contact.offers.size() >= OffersWanted(contact)) Unqueue(slot);
  UpdateContactDeadline(slot);
}

absl::Status Floor::On(const Answer& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token, {Work::State::kOffered}, "offered", found);
  if (!status.ok()) return status;
  Work& work = *found.work;
  const uint32_t slot = work.contact.slot;
  RescindOthers(slot, found.agent);
  if (!work.is_accept_first) {
    Activate(found.agent, work);
    return absl::OkStatus();
  }
  work.state = Work::State::kConnecting;
  work.since = now_;
  work.deadline = now_ + work.connect_within;
  contacts_[slot].is_connecting = true;
  Unqueue(slot);
  UpdateContactDeadline(slot);
  NoteBusy(agents_[found.agent]);
  EmitWork(Effect::Kind::kConnect, found.agent, work).deadline = ToTime(work.deadline);
  UpdateDeadline(found.agent);
  return absl::OkStatus();
}

absl::Status Floor::On(const Connected& event) {
  Found found;
  absl::Status status =
      Find(event.agent, event.token, {Work::State::kConnecting}, "connecting", found);
  if (!status.ok()) return status;
  Activate(found.agent, *found.work);
  return absl::OkStatus();
}

absl::Status Floor::On(const Decline& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token,
                             {Work::State::kOffered, Work::State::kConnecting}, "offered", found);
  if (!status.ok()) return status;
  EndOffer(found.agent, event.token, Reason::kDeclined);
  return absl::OkStatus();
}

absl::Status Floor::On(const NoAnswer& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token,
                             {Work::State::kOffered, Work::State::kConnecting}, "offered", found);
  if (!status.ok()) return status;
  EndOffer(found.agent, event.token, Reason::kNoAnswer);
  return absl::OkStatus();
}

absl::Status Floor::On(const PhoneFailed& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token,
                             {Work::State::kOffered, Work::State::kConnecting}, "offered", found);
  if (!status.ok()) return status;
  if (found.work->medium == Medium::kEmail) {
    return absl::FailedPreconditionError(
        absl::StrCat("token ", event.token, ": is an e-mail, which no phone takes"));
  }
  EndOffer(found.agent, event.token, event.is_busy ? Reason::kPhoneBusy : Reason::kPhoneFailed);
  return absl::OkStatus();
}

void Floor::RescindOthers(uint32_t slot, uint32_t winner) {
  Contact& contact = contacts_[slot];
  const absl::InlinedVector<uint32_t, 4> others(contact.offers.begin(), contact.offers.end());
  for (uint32_t other : others) {
    if (other == winner) continue;
    EndOffer(other, WorkOn(other, contacts_.id(slot))->token, Reason::kRescinded);
  }
}

// The contact is with the agent: its own, or one who is consulted about it.
void Floor::Activate(uint32_t agent_slot, Work& work) {
  const uint32_t slot = work.contact.slot;
  Contact& contact = contacts_[slot];
  Agent& agent = agents_[agent_slot];
  if (GroupCounts* counts = CountsOf(contact)) {
    Group& home = groups_[contact.home.slot];
    const bool in_time =
        now_ - contact.entered <= absl::ToInt64Microseconds(home.rules().service_level.within);
    ++counts->answered;
    counts->answered_in_time += in_time ? 1 : 0;
    if (contact.medium == Medium::kCall) {
      counts->calls_answered_in_time += in_time ? 1 : 0;
      NoteServed(contact.home.slot, in_time);
    }
    if (now_ > contact.entered) home.rates[static_cast<size_t>(contact.medium)].AddAnswer(now_);
  }
  StopSeeking(slot);
  contact.offers.clear();
  work.state = Work::State::kActive;
  work.since = now_;
  work.deadline = kNever;
  ++agent.contacts_today;
  agent.missed = 0;
  Rerank(agent_slot);
  NoteBusy(agent);
  EmitWork(Effect::Kind::kAnswered, agent_slot, work).group = work.group;
  if (contact.owner == kNobody) {
    contact.owner = agent_slot;
    contact.owner_token = work.token;
  } else {
    contact.consulted = agent_slot;
    EmitWork(Effect::Kind::kConsulting, contact.owner, *WorkOn(contact.owner, work.contact));
  }
  UpdateContactDeadline(slot);
  // Work on an e-mail gives way to calls, which its offer did not.
  Freed(agent_slot);
  UpdateDeadline(agent_slot);
}

void Floor::RemoveWork(uint32_t slot, Token token) {
  Agent& agent = agents_[slot];
  auto work = std::find_if(agent.works.begin(), agent.works.end(),
                           [&](const Work& candidate) { return candidate.token == token; });
  assert(work != agent.works.end());
  agent.works.erase(work);
  NoteBusy(agent);
  Freed(slot);
}

void Floor::EndOffer(uint32_t agent_slot, Token token, Reason reason) {
  Agent& agent = agents_[agent_slot];
  const Work work = *FindWork(agent, token);
  Contact& contact = contacts_[work.contact.slot];
  contact.is_connecting = false;
  contact.offers.erase(std::find(contact.offers.begin(), contact.offers.end(), agent_slot));
  RemoveWork(agent_slot, token);
  EmitWork(Effect::Kind::kOfferEnded, agent_slot, work).reason = reason;
  const bool is_missed = reason == Reason::kNoAnswer || reason == Reason::kExpired;
  if (is_missed || reason == Reason::kDeclined) {
    NoteRefusal(work.contact.slot, agent_slot);
    BecomeIdle(agent_slot);
  }
  if (is_missed) PunishMissed(agent_slot, work);
  if (reason == Reason::kPhoneBusy || reason == Reason::kPhoneFailed) {
    agent.phone_rest_until = now_ + absl::ToInt64Microseconds(rules_.phone_rest);
  }
  if (reason != Reason::kRescinded) Returned(work.contact.slot);
  LeaveIfDone(agent_slot);
}

void Floor::PunishMissed(uint32_t slot, const Work& work) {
  Agent& agent = agents_[slot];
  const Group* group = groups_.Get(work.group);
  const int limit =
      group == nullptr ? OfferRules().missed_limit : group->rules().offer.missed_limit;
  if (limit == 0 || ++agent.missed < limit) return;
  agent.missed = 0;
  if (agent.presence == Presence::kReady) {
    Leave(slot, Presence::kNotReady, Presence::kNotReadyPending, "missed");
  }
}

}  // namespace libroute::contact
