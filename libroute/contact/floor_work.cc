// Work on contacts: hold, finish, wrap-up, transfer, consultation.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/contact/floor.h"
#include "libroute/plan/issue.h"

namespace libroute::contact {

absl::Status Floor::FindOwned(AgentId id, Token token, Found& found) {
  absl::Status status = Find(id, token, {Work::State::kActive}, "active", found);
  if (!status.ok()) return status;
  const Contact& contact = contacts_[found.work->contact.slot];
  if (contact.owner == found.agent) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "token ", token, ": agent \"", agents_.name(found.agent),
      "\" is consulted; the contact is that of agent \"", agents_.name(contact.owner), "\""));
}

absl::Status Floor::On(const Hold& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token, {Work::State::kActive}, "active", found);
  if (status.ok()) SetHeld(*found.work, event.is_held);
  return status;
}

absl::Status Floor::On(const Finish& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token, {Work::State::kActive}, "active", found);
  if (!status.ok()) return status;
  const uint32_t slot = found.work->contact.slot;
  Contact& contact = contacts_[slot];
  if (contact.consulted == found.agent) {
    EndConsultation(slot, Reason::kDone);
    return absl::OkStatus();
  }
  if (contact.is_consulting()) EndConsultation(slot, Reason::kDone);
  contact.is_over = true;
  WrapUp(found.agent, event.token);
  return absl::OkStatus();
}

absl::Status Floor::On(const EndWrapUp& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token, {Work::State::kWrapUp}, "wrap-up", found);
  if (!status.ok()) return status;
  Release(found.agent, event.token);
  return absl::OkStatus();
}

absl::Status Floor::On(const ExtendWrapUp& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token, {Work::State::kWrapUp}, "wrap-up", found);
  if (!status.ok()) return status;
  Work& work = *found.work;
  const Group* group = groups_.Get(work.group);
  // Without a group an agent's own may be longer than groups have it.
  const absl::Duration most =
      group == nullptr
          ? std::max(WrapUpRules().most, absl::Microseconds(work.deadline - work.since))
          : group->rules().wrap_up.most;
  const Micros limit = work.since + absl::ToInt64Microseconds(most);
  if (event.by <= absl::ZeroDuration() || event.by > most ||
      work.deadline + absl::ToInt64Microseconds(event.by) > limit) {
    return absl::InvalidArgumentError(
        absl::StrCat("by: ", absl::FormatDuration(event.by), " is not above 0, or more than the ",
                     absl::FormatDuration(most), " that a wrap-up may take in all"));
  }
  work.deadline += absl::ToInt64Microseconds(event.by);
  EmitWork(Effect::Kind::kWrapUp, found.agent, work).deadline = ToTime(work.deadline);
  UpdateDeadline(found.agent);
  return absl::OkStatus();
}

absl::Status Floor::On(const Dispose& event) {
  Found found;
  absl::Status status = Find(event.agent, event.token, {Work::State::kActive, Work::State::kWrapUp},
                             "active or in wrap-up", found);
  if (!status.ok()) return status;
  const auto& known = rules_.dispositions;
  if (std::find(known.begin(), known.end(), event.disposition) == known.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("disposition: no disposition ", Quoted(event.disposition),
                     known.empty() ? "; there are none" : DidYouMean(event.disposition, known)));
  }
  dispositions_[event.token] = event.disposition;
  return absl::OkStatus();
}

absl::string_view Floor::DispositionOf(Token token) const {
  const auto found = dispositions_.find(token);
  return found == dispositions_.end() ? absl::string_view() : found->second;
}

void Floor::NoteDisposition(uint32_t agent, const Work& work) {
  const auto said = dispositions_.find(work.token);
  if (said == dispositions_.end()) return;
  Effect& effect = EmitWork(Effect::Kind::kDisposed, agent, work);
  effect.group = work.group;
  effect.text = said->second;
  if (Group* group = groups_.Get(work.group)) ++group->dispositions[said->second];
  dispositions_.erase(said);
}

void Floor::SetHeld(Work& work, bool is_held) const {
  if (work.is_held() == is_held) return;
  if (!is_held) work.held += now_ - work.held_since;
  work.held_since = is_held ? now_ : kNever;
}

void Floor::NoteHandled(uint32_t agent, const Work& work) {
  const Micros wrapped_up = now_ - work.since;
  agents_[agent].wrap_up_today += wrapped_up;
  Group* group = groups_.Get(work.group);
  if (group == nullptr) return;
  ++group->handled.calls;
  group->handled.talked += work.had - work.held;
  group->handled.held += work.held;
  group->handled.wrapped_up += wrapped_up;
}

Micros Floor::WrapUpTime(const Agent& agent, const Work& work) const {
  const Group* group = groups_.Get(work.group);
  // An e-mail that rests leaves nothing to do, and a call has all the agent's time.
  if (work.is_interrupted) return 0;
  // Of an agent who alone was wanted, no group says anything.
  WrapUpRules rules{absl::ZeroDuration(), kMostWrapUp};
  if (group != nullptr) rules = group->rules().wrap_up;
  const Micros most = absl::ToInt64Microseconds(rules.most);
  if (rules.is_ended_by_agent) return most;
  // What is said of the contact counts before what is said of the agent.
  const Contact* contact = contacts_.Get(work.contact);
  Micros time = contact == nullptr ? kNever : contact->wrap_up;
  if (time == kNever) time = agent.wrap_up;
  if (time == kNever) time = absl::ToInt64Microseconds(rules.time);
  return std::min(time, most);
}

void Floor::WrapUp(uint32_t agent_slot, Token token) {
  Agent& agent = agents_[agent_slot];
  Work& work = *const_cast<Work*>(FindWork(agent, token));
  SetHeld(work, false);
  work.had = now_ - work.since;
  if (work.medium == Medium::kCall) {
    agent.talk_today += work.had;
    agent.hold_today += work.held;
  }
  const Micros time = WrapUpTime(agent, work);
  work.state = Work::State::kWrapUp;
  work.since = now_;
  if (time == 0) return Release(agent_slot, token);
  work.deadline = now_ + time;
  EmitWork(Effect::Kind::kWrapUp, agent_slot, work).deadline = ToTime(work.deadline);
  UpdateFree(agent_slot);
  Freed(agent_slot);
  UpdateDeadline(agent_slot);
}

void Floor::Release(uint32_t agent_slot, Token token) {
  const Work work = *FindWork(agents_[agent_slot], token);
  if (!dispositions_.empty()) NoteDisposition(agent_slot, work);
  if (work.medium == Medium::kCall) NoteHandled(agent_slot, work);
  RemoveWork(agent_slot, token);
  EmitWork(Effect::Kind::kReleased, agent_slot, work);
  Contact* contact = contacts_.Get(work.contact);
  if (contact != nullptr && contact->is_over && contact->owner_token == token) {
    EndContact(work.contact.slot, Reason::kDone);
  }
  BecomeIdle(agent_slot);
  LeaveIfDone(agent_slot);
  UpdateDeadline(agent_slot);
}

absl::Status Floor::On(const Transfer& event) {
  Found found;
  absl::Status status = FindOwned(event.agent, event.token, found);
  if (status.ok()) status = CheckWish(event.wish);
  if (!status.ok()) return status;
  const uint32_t slot = found.work->contact.slot;
  Contact& contact = contacts_[slot];
  if (contact.is_consulting()) EndConsultation(slot, Reason::kCancelled);
  contact.owner = kNobody;
  NoteRefusal(slot, found.agent);
  WrapUp(found.agent, event.token);
  Seek(slot, event.wish);
  return absl::OkStatus();
}

absl::Status Floor::On(const Consult& event) {
  Found found;
  absl::Status status = FindOwned(event.agent, event.token, found);
  if (status.ok()) status = CheckWish(event.wish);
  if (!status.ok()) return status;
  const uint32_t slot = found.work->contact.slot;
  if (contacts_[slot].is_consulting()) {
    return absl::FailedPreconditionError(
        absl::StrCat("token ", event.token, ": a consultation is going on"));
  }
  SetHeld(*found.work, true);
  Seek(slot, event.wish);
  return absl::OkStatus();
}

absl::Status Floor::On(const CompleteTransfer& event) {
  Found found;
  absl::Status status = FindOwned(event.agent, event.token, found);
  if (!status.ok()) return status;
  Contact& contact = contacts_[found.work->contact.slot];
  if (contact.outside == Outside::kConsulted) {
    HandOut(found.work->contact.slot);
    return absl::OkStatus();
  }
  if (contact.consulted == kNobody) {
    return absl::FailedPreconditionError(
        absl::StrCat("token ", event.token, ": ",
                     contact.is_consulting() ? "nobody has answered the consultation yet"
                                             : "nobody is consulted"));
  }
  contact.owner = contact.consulted;
  contact.owner_token = WorkOn(contact.owner, found.work->contact)->token;
  contact.consulted = kNobody;
  EmitWork(Effect::Kind::kHandedOver, contact.owner, *WorkOn(contact.owner, found.work->contact));
  WrapUp(found.agent, event.token);
  return absl::OkStatus();
}

absl::Status Floor::On(const CancelConsult& event) {
  Found found;
  absl::Status status = FindOwned(event.agent, event.token, found);
  if (!status.ok()) return status;
  const uint32_t slot = found.work->contact.slot;
  if (!contacts_[slot].is_consulting()) {
    return absl::FailedPreconditionError(
        absl::StrCat("token ", event.token, ": nobody is consulted"));
  }
  EndConsultation(slot, Reason::kCancelled);
  return absl::OkStatus();
}

// Whatever it has come to: the owner goes on alone.
void Floor::EndConsultation(uint32_t slot, Reason reason) {
  Contact& contact = contacts_[slot];
  contact.outside = Outside::kNone;
  WithdrawContact(slot, Reason::kWithdrawn);
  StopSeeking(slot);
  if (contact.consulted != kNobody) EndConsulted(slot);
  Work& work = *WorkOn(contact.owner, contacts_.id(slot));
  SetHeld(work, false);
  // It is one of the group again for which the owner has it.
  contact.home = work.group;
  EmitWork(Effect::Kind::kConsultEnded, contact.owner, work).reason = reason;
}

void Floor::EndConsulted(uint32_t slot) {
  Contact& contact = contacts_[slot];
  const uint32_t agent = contact.consulted;
  const Token token = WorkOn(agent, contacts_.id(slot))->token;
  contact.consulted = kNobody;
  WrapUp(agent, token);
}

}  // namespace libroute::contact
