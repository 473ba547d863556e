#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/call/email.h"
#include "libroute/engine/question.h"
#include "libroute/engine/state.h"
#include "libroute/plan/issue.h"

// What questions have effects on, once for every step: the ledger and contacts.
namespace libroute {
namespace {

// The attribute that names who is to be asked first.
constexpr absl::string_view kPreferredAgent = "preferred_agent";

// After so many refusals of one question every claim counts as refused.
constexpr size_t kMaxRefusals = 32;

bool OnlyProtects(const Claims& claims) {
  for (const Claim& claim : claims) {
    if (claim.kind != Claim::Kind::kProtect) return false;
  }
  return true;
}

// What the end of an attempt shows of its target and of the gateways that were tried.
void NoteEnd(const CallId& call, const AttemptEnd& end, absl::Time now, Ledger& ledger) {
  for (const GatewayFailure& failed : end.failed_gateways) {
    Ledger::Attempt attempt = {end.attempt.target, end.attempt.step};
    attempt.reach = ReachOf(failed.outcome, failed.sip_status, failed.q850_cause);
    attempt.retry_after = failed.retry_after;
    attempt.gateway = failed.gateway;
    attempt.is_of_gateway_alone = true;
    ledger.NoteAttempt(call, attempt, now);
  }
  Ledger::Attempt attempt = {end.attempt.target, end.attempt.step};
  attempt.reach = ReachOf(end.outcome, end.sip_status, end.q850_cause);
  attempt.retry_after = end.retry_after;
  attempt.gateway = end.gateway;
  ledger.NoteAttempt(call, attempt, now);
}

}  // namespace

std::optional<absl::StatusOr<Answer>> Engine::State::AnswerHeld(const Call& call, uint64_t question,
                                                                absl::Time now, Decision& decision,
                                                                bool* is_over) {
  std::optional<HeldSteps::Held> first = HeldFor(call.id).Find(call.id, call.step, now);
  if (!first.has_value()) return std::nullopt;
  decision = std::move(first->decision);
  if (is_over != nullptr) *is_over = first->is_over;
  if (first->question == question) return absl::StatusOr<Answer>(Answer(Finished()));
  return absl::StatusOr<Answer>(absl::AbortedError(absl::StrCat(
      "step ", call.step, " of call ", call.id.ToString(),
      " was asked with another event before and had an effect; the first decision stands")));
}

void Engine::State::SettlePlaces(const Call& call, absl::Time now, Decision& decision) {
  if (EndsCall(decision)) {
    ledger.Release(call.id);
  } else {
    decision.holds_places = ledger.Holds(call.id, now);
  }
}

absl::StatusOr<Answer> Engine::Question::Finish(const Call& call, uint64_t question, Course& course,
                                                absl::FunctionRef<absl::Status()> ask) {
  while (!decision_.claims.empty() || !course.features.empty()) {
    absl::StatusOr<Settled> settled = Settle(call, question, course);
    if (!settled.ok()) {
      ForgetBesides();
      return settled.status();
    }
    if (*settled == Settled::kHeldBefore) {
      ForgetBesides();
      return Answer(Finished());
    }
    if (*settled == Settled::kGranted) break;
    course = Course();
    absl::Status status = ask();
    if (!status.ok()) return status;
  }
  return LeftToDo(call, question, course);
}

absl::Status Engine::Question::FinishWithoutEffect(const Call& call, Course& course,
                                                   absl::FunctionRef<absl::Status()> ask) {
  while (!decision_.claims.empty()) {
    std::optional<size_t> refused = engine_.ledger.Examine(call.id, course.claims, now_);
    if (!refused.has_value()) break;
    Refuse(course, *refused);
    course = Course();
    absl::Status status = ask();
    if (!status.ok()) return status;
  }
  decision_.holds_places = !EndsCall(decision_) && call.step > 0 &&
                           engine_.ledger.WouldHold(call.id, course.claims, now_);
  return absl::OkStatus();
}

void Engine::Question::Refuse(const Course& course, size_t claim) {
  settled_.Refuse(course.claims[claim].claim.counter);
  if (settled_.refusals() >= kMaxRefusals) settled_.RefuseAll();
}

absl::StatusOr<Engine::Question::Settled> Engine::Question::Settle(const Call& call,
                                                                   uint64_t question,
                                                                   const Course& course) {
  if (OnlyProtects(decision_.claims) && course.features.empty()) {
    // Once more does no harm, and a call for help waits for nobody.
    engine_.ledger.Grant(call.id, course.claims, now_, call.step);
    return Settled::kGranted;
  }
  // Looking whether the step had an effect and having it are one.
  MutexLock lock(engine_.MutexOf(call.id));
  Decision first;
  auto held = engine_.AnswerHeld(call, question, now_, first);
  if (held.has_value()) {
    decision_ = std::move(first);
    if (!held->ok()) return held->status();
    return Settled::kHeldBefore;
  }
  if (GrantClaims(call, course) == Settled::kAnotherWay) return Settled::kAnotherWay;
  // Who waits is held when the contact is known.
  const bool waits = course.waited || std::holds_alternative<WaitDecision>(decision_.action);
  if (!waits) engine_.HeldFor(call.id).Hold(call.id, call.step, {question, decision_}, now_);
  return Settled::kGranted;
}

Engine::Question::Settled Engine::Question::GrantClaims(const Call& call, const Course& course) {
  const Ledger::Granting granting = engine_.ledger.Grant(call.id, course.claims, now_, call.step);
  if (!granting.is_granted()) {
    if (granting.refused.has_value()) Refuse(course, *granting.refused);
    for (const auto& [claim, turn] : granting.other_turns) {
      settled_.GiveTurn(course.claims[claim].claim.counter, turn);
    }
    return Settled::kAnotherWay;
  }
  SwitchFeatures(course);
  return Settled::kGranted;
}

absl::Status Engine::Question::FinishFollowing(const Call& call, Course& course,
                                               absl::FunctionRef<absl::Status()> ask) {
  while (!decision_.claims.empty() || !course.features.empty()) {
    {
      MutexLock lock(engine_.MutexOf(call.id));
      if (GrantClaims(call, course) == Settled::kGranted) break;
    }
    course = Course();
    absl::Status status = ask();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void Engine::Question::SwitchFeatures(const Course& course) {
  FactBoard& facts = engine_.customers.at(course.customer).facts;
  for (const auto& [feature, setting] : course.features.settings) {
    facts.SetLine(course.features_of, feature, setting);
  }
}

Answer Engine::Question::LeftToDo(const Call& call, uint64_t question, const Course& course) const {
  const auto* wait = std::get_if<WaitDecision>(&decision_.action);
  if (wait == nullptr && !course.waited) return Finished();
  Enter enter;
  enter.customer = course.customer;
  ContactRequest& contact = enter.contact;
  contact.call = call.id;
  contact.step = call.step;
  contact.question = question;
  contact.results = course.results;
  contact.has_given_up = course.gave_up;
  if (course.stays) {
    contact.kind = ContactRequest::Kind::kStay;
  } else if (wait == nullptr) {
    contact.kind = ContactRequest::Kind::kLeave;
  }
  if (wait == nullptr) return enter;
  contact.group = std::string(wait->group);
  contact.priority = decision_.priority;
  contact.position = static_cast<int>(wait->wanted_position);
  contact.wrap_up = wait->wrap_up;
  contact.called = course.state.called;
  if (course.state.calling_privacy == Privacy::kAllowed) contact.calling = course.state.calling;
  contact.max_wait = wait->max_wait;
  contact.promise = wait->promise;
  contact.promises = course.promises;
  if (call.email != nullptr) {
    contact.medium = contact::Medium::kEmail;
    contact.preferred_agent = call.email->agent;
    contact.mailbox = call.email->mailbox;
    contact.sender = call.email->sender;
    contact.subject = call.email->subject;
    contact.message_id = call.email->message_id;
  }
  for (const auto& [name, value] : decision_.attributes) {
    if (name == kPreferredAgent) contact.preferred_agent = std::string(value);
  }
  return enter;
}

absl::StatusOr<std::vector<Engine::LimitState>> Engine::State::Limits(
    absl::string_view customer) const {
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  std::vector<LimitState> states;
  live->plan->ForEachLimit([&](const CompiledLimit& limit) {
    LimitState& state = states.emplace_back();
    state.name = limit.name;
    state.max_calls = limit.calls;
    state.each = limit.each;
    if (limit.calls > 0) {
      const Counter& places = *live->counters.at(limit.places);
      state.calls = places.taken();
      state.found_full = places.refused();
    }
    if (limit.rate.calls > 0) state.came_too_fast = live->counters.at(limit.passes)->refused();
  });
  return states;
}

void Engine::State::ReportAlive(const CallReport& report, absl::Time now) {
  std::optional<Center::Place> place;
  if (report.kind == ReportKind::kAnswered) place = contacts.FindPlace(report.call);
  contacts.Report(report, now);
  // The number that it was handed on to has answered: no agent has it any more.
  if (place.has_value() && !contacts.Has(report.call)) {
    HeldFor(report.call).End(report.call, place->step, now);
  }
}

absl::Status Engine::Report(const CallReport& report, absl::Time now) {
  if (report.kind == ReportKind::kReleased && state_->contacts.Has(report.call)) {
    // Lest it goes on meanwhile.
    MutexLock lock(state_->WaitingMutexOf(report.call));
    const std::optional<Center::Place> place = state_->contacts.FindPlace(report.call);
    if (place.has_value()) state_->HeldFor(report.call).End(report.call, place->step, now);
    state_->contacts.Report(report, now);
  } else {
    state_->ReportAlive(report, now);
  }
  if (state_->records != nullptr) {
    state_->records->NoteReport(report, now,
                                [&](const CallId& call) { return state_->contacts.Has(call); });
  }
  switch (report.kind) {
    case ReportKind::kAnswered: {
      Ledger::Attempt answered;
      if (report.attempt.has_value()) {
        answered.target = report.attempt->target;
        answered.step = report.attempt->step;
      }
      answered.reach = Reach::kReached;
      answered.gateway = report.gateway;
      state_->ledger.NoteAttempt(report.call, answered, now);
      state_->ledger.Renew(report.call, now);
      break;
    }
    case ReportKind::kReleased:
      for (const AttemptEnd& end : report.attempts) NoteEnd(report.call, end, now, state_->ledger);
      if (report.attempts.empty() &&
          report.talking.value_or(absl::ZeroDuration()) > absl::ZeroDuration()) {
        Ledger::Attempt talked;
        talked.reach = Reach::kReached;
        state_->ledger.NoteAttempt(report.call, talked, now);
      }
      state_->ledger.Release(report.call);
      break;
    case ReportKind::kSwitchRestarted:
      state_->ledger.ReleaseBefore(report.call.switch_name, report.call.epoch);
      break;
    default:
      state_->ledger.Renew(report.call, now);
  }
  return absl::OkStatus();
}

Engine::LiveCalls Engine::KeepLive(absl::string_view switch_name, uint64_t epoch,
                                   absl::Span<const std::string> references, absl::Time now) {
  Ledger::Kept places = state_->ledger.KeepLive(switch_name, epoch, references, now);
  Ledger::Kept contacts = state_->contacts.KeepLive(switch_name, epoch, references, now);
  if (state_->records != nullptr) {
    // Those whose callers are called back go on, though the switch does not have them.
    std::vector<std::string> going_on(references.begin(), references.end());
    going_on.insert(going_on.end(), contacts.held.begin(), contacts.held.end());
    state_->records->KeepLive(switch_name, epoch, going_on, now);
  }
  auto together = [](std::vector<std::string>& some, std::vector<std::string>& others) {
    absl::flat_hash_set<absl::string_view> all(some.begin(), some.end());
    all.insert(others.begin(), others.end());
    return static_cast<int>(all.size());
  };
  return {together(places.held, contacts.held), together(places.given_back, contacts.given_back)};
}

}  // namespace libroute
