#include <algorithm>

#include "libroute/engine/center_turn.h"
#include "libroute/engine/state.h"

// Callers who have hung up and are called back: what is promised to them outlasts the call,
// the session and the start of the switch.
namespace libroute {

bool Engine::State::AgentLeft(const CallId& call, const Continuation& stands, Event& event) const {
  // Nobody was dialled by a decision to wait.
  const bool has_dialled = stands.state.stage != 0;
  if (!stands.state.callback.is_promised() || !has_dialled || contacts.IsCalledBack(call)) {
    return false;
  }
  event.kind = EventKind::kDialResult;
  event.results.push_back({kCallbackTarget, Outcome::kCancelled});
  return true;
}

bool Contacts::IsCalledBack(const CallId& call) const {
  const Center* center = index_.Find(call);
  return center != nullptr && center->IsCalledBack(call);
}

bool Center::IsCalledBack(const CallId& call) const {
  MutexLock lock(mutex_);
  const Seat* seat = FindSeat(call);
  return seat != nullptr && seat->is_called_back;
}

void Center::NotePromise(const CallId& call, const CallbackPromise& promise, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || seat->is_called_back) return;
  const bool is_new = !seat->promise.has_value();
  seat->promise = promise;
  if (is_new) {
    // Those who are kept elsewhere call nobody: it waits, as it would there.
    if (options_.waits_unattended) return;
    // What it was told of its group counts no more.
    seat->gave_up.reset();
    const bool is_kept =
        seat->contact &&
        Apply(contact::PromiseCallback{seat->contact, promise.until - now}, now).ok();
    seat = FindSeat(call);
    if (!is_kept && seat != nullptr) seat->gave_up = EventKind::kWaitTimeout;
  } else if (promise.rests_until > now) {
    LetRest(call, promise.rests_until - now, now);
  }
}

bool Center::LetRest(const CallId& call, absl::Duration by, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->IsUnreached() || seat->owner_token == 0) return false;
  if (!Apply(contact::Rest{seat->owner, seat->owner_token, by}, now).ok()) return false;
  seat = FindSeat(call);
  if (seat == nullptr) return true;
  seat->owner_token = 0;
  Live(call, *seat, now);
  // Whoever has the call on has to hear of it.
  news_.emplace(seat->number, call);
  return true;
}

bool Center::KeepsPromise(const CallId& call, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->IsUnreached()) return false;
  if (seat->owner_token == 0) return true;
  return seat->promise->until > now && LetRest(call, seat->promise->retry_after, now);
}

void Center::NoteCalledBack(const CallId& call, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->IsUnreached() || seat->owner_token == 0) return;
  if (Apply(contact::CallbackReached{seat->contact}, now).ok()) seat->is_called_back = true;
}

const Center::Seat* Center::UnreachedOf(contact::AgentId agent, contact::Token token) const {
  const std::optional<contact::AgentStanding::Slot> slot = SlotOf(agent, token);
  if (!slot.has_value()) return nullptr;
  const auto call = calls_.find(slot->contact);
  const Seat* seat = call == calls_.end() ? nullptr : FindSeat(call->second);
  const bool is_it = seat != nullptr && seat->IsUnreached() && seat->owner_token == token;
  return is_it ? seat : nullptr;
}

}  // namespace libroute
