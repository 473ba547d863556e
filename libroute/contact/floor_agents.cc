// Agents: log-in, presence, line and desk, and the e-mails that give way.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"
#include "libroute/plan/issue.h"

namespace libroute::contact {
namespace {

constexpr size_t kMostPhone = 128;

bool IsBusyState(const Work& work) {
  return work.state != Work::State::kOffered;
}

bool IsLeaving(Presence presence) {
  return presence == Presence::kNotReadyPending || presence == Presence::kLoggingOut;
}

}  // namespace

Agent* Floor::KnownAgent(AgentId id, absl::Status& status) {
  Agent* agent = agents_.Get(id);
  if (agent == nullptr) {
    status = absl::NotFoundError("there is no such agent, or not any more");
  } else if (agent->presence == Presence::kLoggedOut) {
    status = absl::FailedPreconditionError(
        absl::StrCat("agent \"", agents_.name(id.slot), "\" is not logged in"));
    return nullptr;
  }
  return agent;
}

void Floor::CountPresence(const Agent& agent, int by) {
  if (agent.presence == Presence::kLoggedOut) return;
  for (const Membership& membership : agent.memberships) {
    if (membership.band == Group::kNoBand) continue;
    Group& group = groups_[membership.group];
    group.logged_in += by;
    if (agent.presence == Presence::kReady) group.ready += by;
    NoteChanged(membership.group);
    const bool was_last = agent.presence == Presence::kReady && group.ready == 0;
    if (by < 0 && (was_last || group.logged_in == 0)) {
      emptied_.push_back(groups_.id(membership.group));
    }
  }
}

void Floor::SetPresence(uint32_t slot, Presence presence, std::string text) {
  Agent& agent = agents_[slot];
  const bool was_idle = agent.presence == Presence::kReady;
  CountPresence(agent, -1);
  agent.presence = presence;
  agent.reason = presence == Presence::kReady ? std::string() : text;
  CountPresence(agent, +1);
  Effect& effect = Emit(Effect::Kind::kPresence);
  effect.agent = agents_.id(slot);
  effect.presence = presence;
  effect.text = std::move(text);
  if (presence == Presence::kReady) {
    BecomeIdle(slot);
  } else if (was_idle) {
    UpdateFree(slot);
    // Who waits for him alone waits no more, if there are others.
    ReturnWaiting(slot);
  }
  if (presence == Presence::kLoggedOut) {
    if (!agent.phone.empty()) phones_.erase(agent.phone);
    agent.phone.clear();
    agent.line = Line::kIdle;
    agent.phone_rest_until = kNever;
    agent.disconnected_until = kNever;
    agent.missed = 0;
    NoteBusy(agent);
    UpdateDeadline(slot);
  }
}

void Floor::ReturnWaiting(uint32_t slot) {
  auto own = waiting_for_agent_.find(slot);
  for (int medium = 0; own != waiting_for_agent_.end() && medium < kMedia; ++medium) {
    for (const WaitKey& key : own->second[medium]) Returned(key.contact);
  }
}

void Floor::EndCalls(uint32_t slot, Reason reason) {
  const auto is_call = [](const Work& work) {
    return work.is_pending() && work.medium == Medium::kCall;
  };
  for (Token token : TokensOf(agents_[slot], is_call)) EndOffer(slot, token, reason);
}

void Floor::TakeBack(uint32_t slot, Token token) {
  const Work work = *FindWork(agents_[slot], token);
  Contact& contact = contacts_[work.contact.slot];
  if (contact.is_consulting()) EndConsultation(work.contact.slot, Reason::kCancelled);
  contact.owner = kNobody;
  // The agent has not got it done.
  dispositions_.erase(token);
  RemoveWork(slot, token);
  EmitWork(Effect::Kind::kReleased, slot, work);
  // By which the agent got it; a consultation since may have been elsewhere.
  Wish wish;
  wish.group = groups_.Get(work.group) != nullptr ? work.group : contact.home;
  if (groups_.Get(wish.group) != nullptr) return Seek(work.contact.slot, wish);
  contact.home = GroupId();
  GiveUp(work.contact.slot, Reason::kClosed);
}

void Floor::WithdrawOffers(uint32_t slot) {
  const auto is_offered = [](const Work& work) { return work.state == Work::State::kOffered; };
  for (Token token : TokensOf(agents_[slot], is_offered)) {
    EndOffer(slot, token, Reason::kWithdrawn);
  }
}

void Floor::Leave(uint32_t slot, Presence at_once, Presence pending, std::string text) {
  // Not ready first, so that nothing is offered while offers are withdrawn.
  SetPresence(slot, agents_[slot].works.empty() ? at_once : pending, text);
  WithdrawOffers(slot);
}

void Floor::LeaveIfDone(uint32_t slot) {
  Agent& agent = agents_[slot];
  if (!agent.works.empty() || !IsLeaving(agent.presence)) return;
  const bool logs_out = agent.presence == Presence::kLoggingOut;
  SetPresence(slot, logs_out ? Presence::kLoggedOut : Presence::kNotReady, agent.reason);
}

absl::Status Floor::On(const LogIn& event) {
  Agent* agent = agents_.Get(event.agent);
  if (agent == nullptr || agent->is_removed) {
    return absl::NotFoundError("there is no such agent, or not any more");
  }
  if (event.phone.empty() || event.phone.size() > kMostPhone) {
    return absl::InvalidArgumentError(
        absl::StrCat("phone: 1 to ", kMostPhone, " bytes are wanted, not ", event.phone.size()));
  }
  const uint32_t slot = event.agent.slot;
  auto there = phones_.find(event.phone);
  if (there != phones_.end() && there->second != slot) {
    const uint32_t older = there->second;
    Agent& other = agents_[older];
    phones_.erase(there);
    other.phone.clear();
    EndCalls(older, Reason::kWithdrawn);
    Leave(older, Presence::kLoggedOut, Presence::kLoggingOut, event.phone);
  }
  const bool moves = agent->presence != Presence::kLoggedOut && agent->phone != event.phone;
  if (moves) {
    // What rings there is not his any more.
    EndCalls(slot, Reason::kWithdrawn);
    if (!agent->phone.empty()) phones_.erase(agent->phone);
    agent->line = Line::kIdle;
    agent->phone_rest_until = kNever;
  }
  agent->phone = event.phone;
  phones_[event.phone] = slot;
  agent->disconnected_until = kNever;
  if (agent->presence == Presence::kLoggedOut) {
    SetPresence(slot, Presence::kNotReady, event.phone);
    agent->reason.clear();
  } else if (agent->presence == Presence::kLoggingOut) {
    SetPresence(slot, Presence::kNotReadyPending, event.phone);
    agent->reason.clear();
    LeaveIfDone(slot);
  } else if (moves) {
    // The desk that had the older phone is told.
    Effect& effect = Emit(Effect::Kind::kPresence);
    effect.agent = event.agent;
    effect.presence = agent->presence;
    effect.text = event.phone;
  }
  NoteBusy(*agent);
  Freed(slot);
  UpdateDeadline(slot);
  return absl::OkStatus();
}

absl::Status Floor::On(const LogOut& event) {
  absl::Status status;
  Agent* agent = KnownAgent(event.agent, status);
  if (agent == nullptr || agent->presence == Presence::kLoggingOut) return status;
  Leave(event.agent.slot, Presence::kLoggedOut, Presence::kLoggingOut, "");
  return absl::OkStatus();
}

absl::Status Floor::On(const Ready& event) {
  absl::Status status;
  Agent* agent = KnownAgent(event.agent, status);
  if (agent == nullptr) return status;
  if (agent->is_removed) {
    return absl::FailedPreconditionError(absl::StrCat("agent \"", agents_.name(event.agent.slot),
                                                      "\" is not in the rules any more"));
  }
  if (agent->phone.empty()) {
    return absl::FailedPreconditionError(absl::StrCat("agent \"", agents_.name(event.agent.slot),
                                                      "\" has no phone: a log-in is wanted"));
  }
  agent->missed = 0;
  if (agent->presence != Presence::kReady) SetPresence(event.agent.slot, Presence::kReady, "");
  return absl::OkStatus();
}

absl::Status Floor::On(const NotReady& event) {
  absl::Status status;
  Agent* agent = KnownAgent(event.agent, status);
  if (agent == nullptr) return status;
  const auto& reasons = rules_.reasons;
  if (!reasons.empty() &&
      std::find(reasons.begin(), reasons.end(), event.reason) == reasons.end()) {
    return absl::InvalidArgumentError(absl::StrCat("reason: no reason \"", event.reason, "\"",
                                                   DidYouMean(event.reason, reasons)));
  }
  if (agent->presence == Presence::kLoggingOut) {
    return absl::FailedPreconditionError(
        absl::StrCat("agent \"", agents_.name(event.agent.slot), "\" is logging out"));
  }
  Leave(event.agent.slot, Presence::kNotReady, Presence::kNotReadyPending, event.reason);
  return absl::OkStatus();
}

absl::Status Floor::On(const SetLine& event) {
  absl::Status status;
  Agent* agent = KnownAgent(event.agent, status);
  if (agent == nullptr) return status;
  const uint32_t slot = event.agent.slot;
  const bool was_busy = agent->line == Line::kBusy;
  agent->line = event.line;
  // What was to ring there is no missed offer.
  if (event.line == Line::kBusy) EndCalls(slot, Reason::kPhoneBusy);
  if (event.line == Line::kUnreachable) EndCalls(slot, Reason::kPhoneFailed);
  agent->phone_rest_until = kNever;
  NoteBusy(*agent);
  if (was_busy && event.line != Line::kBusy) {
    BecomeIdle(slot);
  } else {
    UpdateFree(slot);
    Freed(slot);
  }
  UpdateDeadline(slot);
  return absl::OkStatus();
}

absl::Status Floor::On(const Disconnected& event) {
  absl::Status status;
  Agent* agent = KnownAgent(event.agent, status);
  if (agent == nullptr || agent->disconnected_until != kNever) return status;
  agent->disconnected_until = now_ + absl::ToInt64Microseconds(rules_.grace);
  UpdateFree(event.agent.slot);
  ReturnWaiting(event.agent.slot);
  UpdateDeadline(event.agent.slot);
  return absl::OkStatus();
}

absl::Status Floor::On(const Reconnected& event) {
  absl::Status status;
  Agent* agent = KnownAgent(event.agent, status);
  if (agent == nullptr) return status;
  agent->disconnected_until = kNever;
  Freed(event.agent.slot);
  UpdateDeadline(event.agent.slot);
  return absl::OkStatus();
}

void Floor::NoteBusy(Agent& agent) const {
  const bool is_busy =
      agent.line == Line::kBusy || std::any_of(agent.works.begin(), agent.works.end(), IsBusyState);
  if (agent.busy_since != kNever) agent.occupancy.AddBusy(agent.busy_since, now_);
  agent.busy_since = is_busy ? now_ : kNever;
}

void Floor::InterruptEmails(uint32_t slot) {
  Agent& agent = agents_[slot];
  int cost = call_cost_;
  for (const Work& work : agent.works) cost += work.cost_now();
  for (Work& work : agent.works) {
    if (cost <= kCapacity) return;
    if (work.medium != Medium::kEmail || work.state != Work::State::kActive) continue;
    if (work.is_interrupted) continue;
    cost -= work.cost;
    work.is_interrupted = true;
    EmitWork(Effect::Kind::kInterrupted, slot, work);
  }
}

void Floor::ResumeEmails(uint32_t slot) {
  Agent& agent = agents_[slot];
  int cost = 0;
  for (const Work& work : agent.works) cost += work.cost_now();
  for (Work& work : agent.works) {
    if (!work.is_interrupted || cost + work.cost > kCapacity) continue;
    cost += work.cost;
    work.is_interrupted = false;
    EmitWork(Effect::Kind::kResumed, slot, work);
  }
}

Micros Floor::DeadlineOf(const Agent& agent) const {
  Micros at = std::min(agent.phone_rest_until, agent.disconnected_until);
  for (const Work& work : agent.works) at = std::min(at, work.deadline);
  return at;
}

void Floor::OnAgentDue(uint32_t slot) {
  Agent& agent = agents_[slot];
  if (agent.phone_rest_until <= now_) agent.phone_rest_until = kNever;
  if (agent.disconnected_until <= now_) {
    agent.disconnected_until = kNever;
    const auto emails = TokensOf(agent, [&](const Work& work) {
      return work.state == Work::State::kActive && work.medium == Medium::kEmail &&
             contacts_[work.contact.slot].owner == slot;
    });
    // Not to him again.
    if (!emails.empty()) SetPresence(slot, Presence::kNotReadyPending, "disconnected");
    for (Token token : emails) TakeBack(slot, token);
    Leave(slot, Presence::kLoggedOut, Presence::kLoggingOut, "disconnected");
  }
  const auto is_due = [&](const Work& work) { return work.deadline <= now_; };
  for (Token token : TokensOf(agent, is_due)) {
    const Work* work = FindWork(agent, token);
    if (work == nullptr) continue;
    if (work->state == Work::State::kWrapUp) {
      Release(slot, token);
    } else {
      const bool is_connecting = work->state == Work::State::kConnecting;
      EndOffer(slot, token, is_connecting ? Reason::kPhoneFailed : Reason::kExpired);
    }
  }
  Freed(slot);
  UpdateDeadline(slot);
}

}  // namespace libroute::contact
