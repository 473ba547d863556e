#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "libroute/call/stable_hash.h"
#include "libroute/engine/center_turn.h"
#include "libroute/engine/question.h"
#include "libroute/engine/state.h"

// Callers who have hung up and are called back: what is promised to them outlasts the call,
// the session and the start of the switch.
namespace libroute {
namespace {

// How long callbacks rest whose switch was not heard of when it was their turn.
constexpr absl::Duration kUnheardRest = absl::Minutes(5);

}  // namespace

bool Engine::State::AgentLeft(const CallId& call, const Continuation& stands, Event& event) const {
  // Nobody was dialled by a decision to wait.
  const bool has_dialled = stands.state.stage != 0;
  // A contact that is over was reached: the agent was done with it before he has hung up.
  if (!stands.state.callback.is_promised() || !has_dialled || !contacts.IsUnreached(call)) {
    return false;
  }
  event.kind = EventKind::kDialResult;
  event.results.push_back({kCallbackTarget, Outcome::kCancelled});
  return true;
}

bool Contacts::IsUnreached(const CallId& call) const {
  const Center* center = index_.Find(call);
  return center != nullptr && center->IsUnreached(call);
}

bool Center::IsUnreached(const CallId& call) const {
  MutexLock lock(mutex_);
  const Seat* seat = FindSeat(call);
  return seat != nullptr && seat->IsUnreached();
}

bool Engine::Question::Groups::IsPromised(E164Number number, uint64_t seed) const {
  ReadGuard guard(engine_.domain);
  const Customer* known = engine_.customers.Find(customer_);
  const Center* center = known == nullptr ? nullptr : engine_.contacts.FindCenter(known->id);
  return center != nullptr && center->IsPromised(number, seed);
}

bool Center::IsPromised(E164Number number, uint64_t seed) const {
  MutexLock lock(mutex_);
  return std::any_of(seats_.begin(), seats_.end(), [&](const auto& known) {
    const auto& [call, seat] = known;
    return seat.IsUnreached() && seat.promise->number == number && CallSeed(call) != seed;
  });
}

void Center::ForgetTold(Seat& seat) {
  seat.told.clear();
  for (Offer& offer : seat.offers) {
    if (!offer.told_step.has_value() || offer.is_consultation) continue;
    offer.told_step.reset();
    unheard_[{offer.deadline, offer.token}] = offer.agent;
  }
}

void Center::NotePromise(const CallId& call, const CallbackPromise& promise, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || seat->is_called_back) return;
  seat->promise = promise;
  // Those who are kept elsewhere call nobody: it waits, as it would there.
  if (options_.waits_unattended) return;
  const std::optional<contact::ContactStanding> standing = floor_.Look(seat->contact);
  if (standing.has_value() && standing->is_callback) {
    if (promise.rests_until > now) LetRest(call, promise.rests_until - now, now);
    return;
  }
  // What it was told of its group counts no more.
  seat->gave_up.reset();
  const contact::ContactId contact = seat->contact;
  const bool is_kept =
      contact && Apply(contact::PromiseCallback{contact, promise.until - now}, now).ok();
  if (is_kept && promise.rests_until > now) {
    Apply(contact::RestWaiting{contact, promise.rests_until - now}, now).IgnoreError();
  }
  seat = FindSeat(call);
  if (!is_kept && seat != nullptr) seat->gave_up = EventKind::kWaitTimeout;
}

bool Center::LetRest(const CallId& call, absl::Duration by, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->IsUnreached() || seat->owner_token == 0) return false;
  if (!Apply(contact::Rest{seat->owner, seat->owner_token, by}, now).ok()) return false;
  seat = FindSeat(call);
  if (seat == nullptr) return true;
  seat->owner_token = 0;
  seat->is_reached_early = false;
  Live(call, *seat, now);
  // Whoever has the call on has to hear of it.
  news_.emplace(seat->number, call);
  return true;
}

bool Center::KeepsPromise(const CallId& call, absl::Time now, uint64_t epoch) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->IsUnreached()) return false;
  seat->outlasted_epoch = std::max(seat->outlasted_epoch, epoch);
  if (seat->owner_token == 0) return true;
  return seat->promise->until > now && LetRest(call, seat->promise->retry_after, now);
}

void Center::NoteCalledBack(const CallId& call, const AttemptId& attempt, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->IsUnreached()) return;
  if (seat->owner_token != 0) return Reach(call, now);
  // That of the agent's phone may come after it.
  seat->is_reached_early =
      std::any_of(seat->offers.begin(), seat->offers.end(),
                  [&](const Offer& offer) { return offer.told_step == attempt.step; });
}

void Center::Reach(const CallId& call, absl::Time now) {
  Seat* seat = FindSeat(call);
  seat->is_reached_early = false;
  if (Apply(contact::CallbackReached{seat->contact}, now).ok()) seat->is_called_back = true;
}

bool Center::RestUnheard(contact::AgentId agent, contact::Token token, absl::Time at) {
  const CallId* known = CallOf(agent, token);
  const Seat* offered = known == nullptr ? nullptr : FindSeat(*known);
  if (offered == nullptr || !offered->IsUnreached() || offered->owner_token != 0) return false;
  const std::string switch_name = known->switch_name;
  // Those that are offered last, so that nobody is offered the next one.
  std::vector<std::tuple<bool, uint64_t, CallId>> resting;
  for (const auto& [call, seat] : seats_) {
    if (call.switch_name != switch_name || !seat.IsUnreached() || seat.owner_token != 0) continue;
    const bool is_told =
        std::any_of(seat.offers.begin(), seat.offers.end(),
                    [](const Offer& offer) { return offer.told_step.has_value(); });
    const std::optional<contact::ContactStanding> standing = floor_.Look(seat.contact);
    const bool rests = standing.has_value() && standing->rests_until > at;
    if (!is_told && !rests) resting.emplace_back(!seat.offers.empty(), seat.number, call);
  }
  std::sort(resting.begin(), resting.end(), [](const auto& a, const auto& b) {
    return std::pair(std::get<0>(a), std::get<1>(a)) < std::pair(std::get<0>(b), std::get<1>(b));
  });
  for (const auto& [is_offered, number, call] : resting) {
    Seat* seat = FindSeat(call);
    if (seat == nullptr) continue;
    const bool is_done = ApplyAt(contact::RestWaiting{seat->contact, kUnheardRest}, at).ok();
    seat = FindSeat(call);
    if (seat != nullptr) seat->rests_unheard |= is_done;
  }
  return true;
}

void Center::Wake(const CallId& call, absl::Time now) {
  Seat* seat = FindSeat(call);
  if (seat == nullptr || !seat->rests_unheard) return;
  seat->rests_unheard = false;
  Apply(contact::RestWaiting{seat->contact, absl::ZeroDuration()}, now).IgnoreError();
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
