#include <algorithm>
#include <utility>

#include "libroute/engine/question.h"
#include "libroute/engine/state.h"

// Calls that wait for agents: how they enter and leave the contact centre, and go on by
// what it says.
namespace libroute {
namespace {

// How often a call may go on by itself in one step: through groups that are closed, say.
constexpr int kMaxTurns = 32;

// Whether the call's contact has the word.
bool Waits(const Decision& decision) {
  return std::holds_alternative<WaitDecision>(decision.action) || DialsAgents(decision);
}

// A step is held for as long as its call may wait, so that whoever asks once more, however
// late, is told what has come of the contact.
absl::Duration HoldOf(const Decision& decision) {
  const auto* wait = std::get_if<WaitDecision>(&decision.action);
  const absl::Duration wait_longest = wait == nullptr ? absl::ZeroDuration() : wait->max_wait;
  return wait_longest + std::max(HeldSteps::kHold, Contacts::kGrace);
}

void ShowWaiting(const ContactNow& now, Decision& decision) {
  auto* wait = std::get_if<WaitDecision>(&decision.action);
  if (wait == nullptr) return;
  wait->position = now.position;
  wait->expected_wait = now.expected_wait;
  wait->expected_wait_most = now.expected_wait_most;
}

}  // namespace

std::optional<absl::StatusOr<Answer>> Engine::State::AnswerAsBefore(const Call& call,
                                                                    uint64_t question,
                                                                    absl::Time now,
                                                                    Decision& decision) {
  auto held_before = AnswerHeld(call, question, now, decision);
  if (!held_before.has_value()) return std::nullopt;
  if (held_before->ok() && Waits(decision)) {
    MutexLock lock(WaitingMutexOf(call.id));
    // It may have gone on while another thread had it.
    held_before = AnswerHeld(call, question, now, decision);
    if (!held_before.has_value()) return std::nullopt;
    if (held_before->ok()) {
      // Who asks again while a call waits says that it is alive.
      contacts.Renew(call.id, now);
      absl::Status status = Follow(call, question, now, decision);
      if (!status.ok()) return absl::StatusOr<Answer>(std::move(status));
    }
  }
  SettlePlaces(call, now, decision);
  return held_before;
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
  {
    // Looking whether the step had an effect and having it are one.
    MutexLock lock(MutexOf(call.id));
    auto before = AnswerHeld(call, contact.question, now, decision);
    if (before.has_value()) {
      if (!before->ok()) return before->status();
    } else {
      absl::StatusOr<uint64_t> entered = contacts.Enter(enter, now);
      if (!entered.ok()) return entered.status();
      if (auto* wait = std::get_if<WaitDecision>(&decision.action)) wait->contact = *entered;
      held.Hold(call.id, call.step, {contact.question, decision}, now, HoldOf(decision));
    }
  }
  return Waits(decision) ? Follow(call, contact.question, now, decision) : absl::OkStatus();
}

absl::Status Engine::State::Follow(const Call& call, uint64_t question, absl::Time now,
                                   Decision& decision) {
  for (int turn = 0; turn < kMaxTurns && Waits(decision); ++turn) {
    const std::optional<Contacts::News> news = contacts.FindNews(call.id, now);
    if (!news.has_value()) break;
    if (news->is_as_before) {
      ShowWaiting(*news->now, decision);
      break;
    }
    absl::Status status = FollowOnce(call, question, *news, now, decision);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Engine::State::FollowOnce(const Call& call, uint64_t question,
                                       const Contacts::News& news, absl::Time now,
                                       Decision& decision) {
  absl::StatusOr<Continuation> stands = sealer->Open(call.id, decision.continuation);
  if (!stands.ok()) return stands.status();
  Event event;
  event.kind = news.event;
  Decision next;
  Course course;
  Question asked(*this, now, next, {}, Continuation::Purpose::kRoute, news.now.get());
  auto ask = [&] {
    absl::Status status = asked.AskNext(*stands, event, course);
    return status.ok() ? asked.Seal(call, course) : status;
  };
  absl::Status status = ask();
  if (status.ok()) status = asked.FinishFollowing(call, course, ask);
  if (!status.ok()) return status;
  if (course.stale) ledger.Release(call.id);
  next.keep_phones = news.now;
  contacts.Tell(call.id, news);
  const Answer left = asked.LeftToDo(call, question, course);
  const auto* enter = std::get_if<Enter>(&left);
  auto* wait = std::get_if<WaitDecision>(&next.action);
  if (enter != nullptr) {
    absl::StatusOr<uint64_t> entered = contacts.Enter(*enter, now);
    if (!entered.ok()) return entered.status();
    if (wait != nullptr) wait->contact = *entered;
  }
  SettlePlaces(call, now, next);
  if (records != nullptr) {
    records->NoteNext(call.id, stands->state, {call.step, &event, next}, now);
  }
  decision = std::move(next);
  held.Replace(call.id, call.step, {question, decision}, now, HoldOf(decision));
  return absl::OkStatus();
}

}  // namespace libroute
