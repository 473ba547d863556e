#include <algorithm>
#include <utility>

#include "libroute/engine/emails.h"
#include "libroute/engine/question.h"
#include "libroute/engine/state.h"

// Calls that wait for agents: how they enter and leave the contact centre, and go on by
// what it says.
namespace libroute {
namespace {

// How often a call may go on by itself in one step: through groups that are closed, say.
constexpr int kMaxTurns = 32;

// For how long callers may be called back.
constexpr absl::Duration kLongestPromise = absl::Hours(24);

// Whether the call's contact has the word.
bool Waits(const Decision& decision) {
  return std::holds_alternative<WaitDecision>(decision.action) || DialsAgents(decision);
}

// A step is held for as long as its call may wait, so that whoever asks once more, however
// late, is told what has come of the contact; and for as long as an agent may have the call,
// who may hand it on.
absl::Duration HoldOf(const Call& call, const Decision& decision, absl::Duration lease) {
  if (call.email != nullptr) return kEmailHold;
  if (DialsAgents(decision)) {
    return std::get<DialDecision>(decision.action).callback.has_value()
               ? std::max(lease, kLongestPromise + Center::kGrace)
               : lease;
  }
  const auto* wait = std::get_if<WaitDecision>(&decision.action);
  const absl::Duration longest = wait == nullptr ? absl::ZeroDuration() : wait->max_wait;
  return longest + std::max(HeldSteps::kHold, Center::kGrace);
}

void ShowWaiting(const std::shared_ptr<const ContactNow>& now, Decision& decision) {
  auto* wait = std::get_if<WaitDecision>(&decision.action);
  if (wait == nullptr) return;
  wait->position = now->position;
  wait->expected_wait = now->expected_wait;
  wait->expected_wait_most = now->expected_wait_most;
  wait->waited = now->waited;
  if (wait->promise.has_value()) wait->promise->rests_until = now->rests_until;
  if (now->group.empty()) return;
  // A decision that was made anew does not know that it was handed on.
  wait->group = now->group;
  if (!wait->promise.has_value()) wait->max_wait = now->max_wait;
  decision.keep_phones = now;
}

// Whether an agent has something done with the call.
bool HasWord(const CallNow& now) {
  return !now.agent.empty() || now.consulted_attempt.has_value();
}

// The phones that a person has to confirm.
std::vector<int> ConfirmingLegs(const Decision& decision) {
  std::vector<int> targets;
  const auto* dial = std::get_if<DialDecision>(&decision.action);
  if (dial == nullptr) return targets;
  for (const Leg& leg : dial->legs) {
    if (!leg.confirmation.empty()) targets.push_back(leg.target);
  }
  return targets;
}

}  // namespace

std::optional<absl::StatusOr<Answer>> Engine::State::AnswerAsBefore(const Call& call,
                                                                    uint64_t question,
                                                                    absl::Time now,
                                                                    Decision& decision) {
  bool is_over = false;
  auto held_before = AnswerHeld(call, question, now, decision, &is_over);
  if (!held_before.has_value()) return std::nullopt;
  if (held_before->ok() && Waits(decision) && !is_over) {
    MutexLock lock(WaitingMutexOf(call.id));
    // It may have gone on while another thread had it.
    held_before = AnswerHeld(call, question, now, decision, &is_over);
    if (!held_before.has_value()) return std::nullopt;
    if (held_before->ok() && Waits(decision) && !is_over) {
      absl::Status status = FollowAgain(call, question, now, decision);
      if (!status.ok()) return absl::StatusOr<Answer>(std::move(status));
    }
  }
  SettlePlaces(call, now, decision);
  return held_before;
}

absl::Status Engine::State::FollowAgain(const Call& call, uint64_t question, absl::Time now,
                                        Decision& decision) {
  auto* wait = std::get_if<WaitDecision>(&decision.action);
  if (wait != nullptr && !contacts.Has(call.id)) {
    // Its contact was given back, though the call goes on.
    const absl::StatusOr<uint32_t> customer = FindCustomer(decision.customer);
    if (!customer.ok()) return absl::OkStatus();
    Course course;
    course.customer = *customer;
    const Answer answer = Question(*this, now, decision).LeftToDo(call, question, course);
    absl::StatusOr<uint64_t> entered = contacts.Enter(std::get<Enter>(answer), now);
    if (!entered.ok()) return entered.status();
    wait->contact = *entered;
  }
  // Who asks again while a call waits says that it is alive.
  contacts.Renew(call.id, now);
  return Follow(call, question, now, decision);
}

absl::Status Engine::State::Complete(const Enter& enter, absl::Time now, Decision& decision) {
  const ContactRequest& contact = enter.contact;
  const bool leaves = contact.kind == ContactRequest::Kind::kLeave;
  if (leaves == Waits(decision) || enter.customer >= customers.size()) {
    return absl::InvalidArgumentError("Complete: give it the decision that came with `enter`");
  }
  Call call;
  call.id = contact.call;
  call.step = contact.step;
  MutexLock waiting(WaitingMutexOf(call.id));
  return EnterAndFollow(call, enter, now, decision);
}

absl::Status Engine::State::EnterAndFollow(const Call& call, const Enter& enter, absl::Time now,
                                           Decision& decision) {
  const ContactRequest& contact = enter.contact;
  {
    // Looking whether the step had an effect and having it are one.
    MutexLock lock(MutexOf(call.id));
    auto before = AnswerHeld(call, contact.question, now, decision);
    if (before.has_value()) {
      if (!before->ok()) return before->status();
    } else {
      const std::optional<Center::Place> earlier = contacts.FindPlace(call.id);
      absl::StatusOr<uint64_t> entered = contacts.Enter(enter, now);
      if (!entered.ok()) return entered.status();
      // By that one the call does not wait any more.
      HeldSteps& steps = HeldFor(call.id);
      if (earlier.has_value() && earlier->step != call.step) steps.End(call.id, earlier->step, now);
      if (auto* wait = std::get_if<WaitDecision>(&decision.action)) wait->contact = *entered;
      steps.Hold(call.id, call.step, {contact.question, decision}, now,
                 HoldOf(call, decision, options.claim_lease));
    }
  }
  // What it used of limits, others may use: the caller has hung up, and hears so first.
  if (contact.promises) {
    ledger.Release(call.id);
    const std::optional<CallNews> news = contacts.FindNews(call, contact.question, now);
    // But for one whose contact is gone: nobody would call.
    const bool is_kept = !news.has_value() || news->event == EventKind::kContactChanged;
    if (is_kept) return absl::OkStatus();
  }
  return Waits(decision) ? Follow(call, contact.question, now, decision) : absl::OkStatus();
}

absl::Status Engine::State::Follow(const Call& call, uint64_t question, absl::Time now,
                                   Decision& decision) {
  for (int turn = 0; turn < kMaxTurns && Waits(decision); ++turn) {
    const std::optional<CallNews> news = contacts.FindNews(call, question, now);
    if (!news.has_value()) break;
    if (news->is_as_before) {
      ShowWaiting(news->now, decision);
      break;
    }
    absl::Status status = FollowOnce(call, question, *news, now, decision);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Engine::State::FollowOnce(const Call& call, uint64_t question, const CallNews& news,
                                       absl::Time now, Decision& decision) {
  absl::StatusOr<Continuation> stands = sealer->Open(call.id, decision.continuation);
  if (!stands.ok()) return stands.status();
  Event event;
  event.kind = news.event;
  Decision next;
  Course course;
  Question asked(*this, now, next, {}, Continuation::Purpose::kRoute, news.now.get(), call.email);
  auto ask = [&] {
    absl::Status status = asked.AskNext(*stands, event, course);
    if (status.ok()) status = asked.Seal(call, course);
    // As in Engine::Resume.
    if (status.ok() && course.stale) {
      course.waited = true;
      const std::optional<uint32_t> customer = contacts.FindCustomer(call.id);
      if (customer.has_value()) course.customer = *customer;
    }
    return status;
  };
  absl::Status status = ask();
  if (!status.ok()) return status;
  if (course.stale) ledger.Release(call.id);
  status = asked.FinishFollowing(call, course, ask);
  if (!status.ok()) return status;
  next.keep_phones = news.now;
  CallNews told = news;
  told.confirming = ConfirmingLegs(next);
  contacts.Tell(call, told);
  const Answer left = asked.LeftToDo(call, question, course);
  const auto* enter = std::get_if<Enter>(&left);
  auto* wait = std::get_if<WaitDecision>(&next.action);
  if (enter != nullptr) {
    absl::StatusOr<uint64_t> entered = contacts.Enter(*enter, now);
    if (!entered.ok()) return entered.status();
    if (wait != nullptr) wait->contact = *entered;
  }
  SettlePlaces(call, now, next);
  if (records != nullptr && call.email == nullptr) {
    records->NoteNext(call.id, stands->state, {call.step, &event, next}, now);
  }
  decision = std::move(next);
  HeldFor(call.id).Replace(call.id, call.step, {question, decision}, now,
                           HoldOf(call, decision, options.claim_lease));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<CallNow>> Engine::State::FollowUp(const CallId& id, absl::Time now,
                                                               Decision& decision) {
  // An e-mail is handed in again.
  if (id.epoch == kEmailEpoch) return std::nullopt;
  MutexLock lock(WaitingMutexOf(id));
  const std::optional<Center::Place> place = contacts.FindPlace(id);
  if (!place.has_value()) return std::nullopt;
  Call call;
  call.id = id;
  call.step = place->step;
  bool is_over = false;
  const auto held_before = AnswerHeld(call, place->question, now, decision, &is_over);
  if (held_before.has_value() && !held_before->ok()) return held_before->status();
  const bool follows = held_before.has_value() && Waits(decision) && !is_over;
  if (follows) {
    contacts.Renew(id, now);
    absl::Status status = Follow(call, place->question, now, decision);
    if (!status.ok()) return status;
  }
  CallNow told = contacts.TellAgents(id);
  bool has_word = HasWord(told);
  if (follows && !has_word && DialsAgents(decision)) {
    // Whoever had it may have handed it on between the two, and is not dialled again.
    absl::Status status = Follow(call, place->question, now, decision);
    if (!status.ok()) return status;
    told = contacts.TellAgents(id);
    has_word = HasWord(told);
  }
  if (follows) SettlePlaces(call, now, decision);
  // What it was told is not known any more.
  if (!held_before.has_value() && !has_word) return std::nullopt;
  if (has_word) Equip(id, decision, told);
  told.step = place->step;
  return told;
}

}  // namespace libroute
