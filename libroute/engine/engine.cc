#include "libroute/engine/engine.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"
#include "libroute/engine/state.h"

namespace libroute {
namespace {

absl::StatusOr<Continuation> OpenFor(const Sealer& sealer, const Call& call,
                                     absl::string_view sealed) {
  absl::StatusOr<Continuation> continuation = sealer.Open(call.id, sealed);
  if (!continuation.ok()) return continuation.status();
  if (continuation->step != call.step) {
    return absl::InvalidArgumentError(absl::StrCat("step: this continuation is for step ",
                                                   continuation->step, ", not ", call.step));
  }
  return continuation;
}

// A stale call that waits leaves its contact centre, too. (That it waited its
// own revision would say, which may be gone.)
void LeaveIfWaiting(const CallId& call, const Contacts& contacts, Course& course) {
  std::optional<uint32_t> customer = contacts.FindCustomer(call);
  if (!customer.has_value()) return;
  course.waited = true;
  course.customer = *customer;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Engine>> Engine::Create(EngineOptions options) {
  if (options.max_attempts < 1 || options.max_attempts > 1000) {
    return absl::InvalidArgumentError("max_attempts: must be 1 to 1000");
  }
  if (options.max_hops < 1 || options.max_hops > 255) {
    return absl::InvalidArgumentError("max_hops: must be 1 to 255");
  }
  if (options.max_call_age < absl::Minutes(1) || options.max_call_age > absl::Hours(7 * 24)) {
    return absl::InvalidArgumentError("max_call_age: must be 1 minute to 7 days");
  }
  if (options.claim_lease < absl::Minutes(1) || options.claim_lease > absl::Hours(7 * 24)) {
    return absl::InvalidArgumentError("claim_lease: must be 1 minute to 7 days");
  }
  if (options.kept_revisions < 0 || options.kept_revisions > 1000) {
    return absl::InvalidArgumentError("kept_revisions: must be 0 to 1000");
  }
  if (options.max_open_records < 1) {
    return absl::InvalidArgumentError("max_open_records: must be at least 1");
  }
  absl::StatusOr<Ingresses> ingresses = Ingresses::Create(options.ingresses);
  if (!ingresses.ok()) return ingresses.status();
  absl::StatusOr<std::unique_ptr<Sealer>> sealer = Sealer::Create(options.keys);
  if (!sealer.ok()) return sealer.status();
  auto state =
      std::make_unique<State>(std::move(options), *std::move(ingresses), *std::move(sealer));
  return std::unique_ptr<Engine>(new Engine(std::move(state)));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::~Engine() = default;

absl::StatusOr<Answer> Engine::Decide(const Call& call, absl::Time now, Decision& decision,
                                      Besides besides) const {
  Course course;
  Question question(*state_, now, decision, besides);
  absl::Status status = question.AskFirst(call, course);
  if (!status.ok()) return status;
  return question.LeftToDo(call, 0, course);
}

absl::StatusOr<Answer> Engine::Route(const Call& call, absl::Time now, Decision& decision,
                                     Besides besides) const {
  Forget(besides);
  if (!state_->held.empty() && !IsEmergency(call)) {
    auto held = state_->AnswerAsBefore(call, QuestionHash(call), now, decision);
    if (held.has_value()) return *std::move(held);
  }
  Course course;
  Question question(*state_, now, decision, besides);
  auto ask = [&] {
    absl::Status status = question.AskFirst(call, course);
    return status.ok() ? question.Seal(call, course) : status;
  };
  absl::Status status = ask();
  if (!status.ok()) return status;
  absl::StatusOr<Answer> answer = Finished();
  if (!decision.claims.empty() || !course.features.empty() ||
      std::holds_alternative<WaitDecision>(decision.action)) {
    answer = question.Finish(call, QuestionHash(call), course, ask);
    state_->SettlePlaces(call, now, decision);
  }
  if (state_->records != nullptr && answer.ok()) state_->records->NoteFirst(call, decision, now);
  question.FinishAhead(call);
  return answer;
}

absl::StatusOr<Answer> Engine::Resume(const Call& call, absl::string_view continuation,
                                      const Event& event, absl::Time now, Decision& decision,
                                      Besides besides) const {
  Forget(besides);
  absl::StatusOr<Continuation> opened = OpenFor(*state_->sealer, call, continuation);
  if (!opened.ok()) return opened.status();
  if (opened->purpose != Continuation::Purpose::kRoute) {
    return absl::InvalidArgumentError(
        "continuation: it was made by Explain, so no call goes on from it");
  }
  if (!state_->held.empty()) {
    auto held = state_->AnswerAsBefore(call, QuestionHash(continuation, event), now, decision);
    if (held.has_value()) return *std::move(held);
  }
  // Who has handed the call on has hung up: it waits for somebody else.
  std::shared_ptr<const ContactNow> handed_on;
  Event changed;
  if (event.kind == EventKind::kCalledReleased) {
    handed_on = state_->contacts.FindHandedOn(call.id);
    changed.kind = EventKind::kContactChanged;
  }
  const bool is_changed = handed_on != nullptr || (event.kind == EventKind::kCalledReleased &&
                                                   state_->AgentLeft(call.id, *opened, changed));
  Course course;
  Question question(*state_, now, decision, besides, Continuation::Purpose::kRoute,
                    handed_on.get());
  auto ask = [&] {
    absl::Status status = question.AskNext(*opened, is_changed ? changed : event, course);
    if (status.ok()) status = question.Seal(call, course);
    if (status.ok()) decision.keep_phones = handed_on;
    if (status.ok() && course.stale) LeaveIfWaiting(call.id, state_->contacts, course);
    return status;
  };
  absl::Status status = ask();
  if (!status.ok()) return status;
  // What it had by a revision that is gone, nothing of that revision gives back.
  if (course.stale) state_->ledger.Release(call.id);
  absl::StatusOr<Answer> answer = Finished();
  if (!decision.claims.empty() || course.waited ||
      std::holds_alternative<WaitDecision>(decision.action)) {
    answer = question.Finish(call, QuestionHash(continuation, event), course, ask);
  }
  state_->SettlePlaces(call, now, decision);
  if (state_->records != nullptr && answer.ok()) {
    state_->records->NoteNext(call.id, opened->state, {call.step, &event, decision}, now);
  }
  question.FinishAhead(call);
  return answer;
}

bool Engine::IsEmergency(const Call& call) const {
  Decision unused;
  return !call.dialled.empty() && Question(*state_, absl::Time(), unused).IsEmergency(call);
}

const NumberProfile& Engine::NumbersAt(absl::string_view ingress) const {
  return state_->ingresses.NumbersAt(ingress);
}

void Engine::RouteBatch(absl::Span<BatchItem> items, absl::Time now) const {
  // As many as the processor has misses under way.
  constexpr size_t kGroup = 16;
  for (size_t start = 0; start < items.size(); start += kGroup) {
    absl::Span<BatchItem> group = items.subspan(start, kGroup);
    {
      ReadGuard guard(state_->domain);
      for (const BatchItem& item : group) state_->directory.Prefetch(item.call->called.digits());
      for (const BatchItem& item : group) {
        const Digits called = item.call->called.digits();
        state_->directory.ForEachCandidate(called, [&](uint32_t slot) {
          const PublishedPlans* published =
              state_->customers.at(slot).published.load(std::memory_order_acquire);
          if (published == nullptr || published->live == nullptr) return false;
          published->live->plan->PrefetchNumber(called);
          return true;
        });
      }
    }
    for (BatchItem& item : group) item.answer = Route(*item.call, now, *item.decision);
  }
}

absl::StatusOr<Explanation> Engine::Explain(const Call& call, absl::Time at, Decision& decision,
                                            Ahead* ahead) const {
  Explanation explanation;
  Course course;
  Question question(*state_, at, decision, {ahead, &explanation}, Continuation::Purpose::kExplain);
  auto ask = [&] {
    absl::Status status = question.AskFirst(call, course);
    return status.ok() ? question.Seal(call, course) : status;
  };
  absl::Status status = ask();
  if (status.ok()) status = question.FinishWithoutEffect(call, course, ask);
  if (!status.ok()) return status;
  question.FinishAhead(call);
  return explanation;
}

absl::StatusOr<Explanation> Engine::ExplainResume(const Call& call, absl::string_view continuation,
                                                  const Event& event, absl::Time at,
                                                  Decision& decision, Ahead* ahead) const {
  absl::StatusOr<Continuation> opened = OpenFor(*state_->sealer, call, continuation);
  if (!opened.ok()) return opened.status();
  Explanation explanation;
  Course course;
  Question question(*state_, at, decision, {ahead, &explanation}, Continuation::Purpose::kExplain);
  auto ask = [&] {
    absl::Status status = question.AskNext(*opened, event, course);
    return status.ok() ? question.Seal(call, course) : status;
  };
  absl::Status status = ask();
  if (status.ok()) status = question.FinishWithoutEffect(call, course, ask);
  if (!status.ok()) return status;
  question.FinishAhead(call);
  return explanation;
}

absl::Status Engine::Complete(const Enter& enter, absl::Time now, Decision& decision) {
  return state_->Complete(enter, now, decision);
}

Publication Engine::Publish(const v1::Plan& plan, const Attachments& attachments, absl::Time now) {
  return state_->Publish(plan, attachments, now);
}

Publication Engine::Check(const v1::Plan& plan, const Attachments& attachments,
                          absl::Time now) const {
  return state_->Check(plan, attachments, now);
}

std::vector<Issue> Engine::SetInventory(const v1::Inventory& inventory) {
  return state_->SetInventory(inventory);
}

absl::Status Engine::Withdraw(absl::string_view customer) {
  return state_->Withdraw(customer);
}

std::vector<std::string> Engine::Customers() const {
  std::vector<std::string> names;
  for (uint32_t slot = 0; slot < state_->customers.size(); ++slot) {
    const std::string& name = state_->customers.at(slot).name;
    if (state_->Live(name) != nullptr) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string Engine::LiveRevision(absl::string_view customer) const {
  std::shared_ptr<const Revision> live = state_->Live(customer);
  return live == nullptr ? std::string() : std::string(live->plan->revision());
}

absl::Status Engine::SetFact(absl::string_view customer, FactKind kind, absl::string_view name,
                             uint8_t value, absl::Time until) {
  return state_->SetFact(customer, kind, name, value, until);
}

absl::Status Engine::SetGroupFigures(absl::string_view customer, absl::string_view group,
                                     const GroupFigures& figures) {
  return state_->SetGroupFigures(customer, group, figures);
}

absl::Status Engine::ClearGroupFigures(absl::string_view customer, absl::string_view group) {
  return state_->ClearGroupFigures(customer, group);
}

absl::Status Engine::SetSwitch(absl::string_view customer, const SwitchSetting& setting,
                               const ChangedBy& by) {
  return state_->SetSwitch(customer, setting, by);
}

absl::StatusOr<std::vector<SwitchStanding>> Engine::Switches(absl::string_view customer,
                                                             absl::Time now) const {
  return state_->Switches(customer, now);
}

absl::StatusOr<RecoveryStanding> Engine::SetRecovery(absl::string_view customer,
                                                     const RecoverySetting& setting,
                                                     const ChangedBy& by) {
  return state_->SetRecovery(customer, setting, by);
}

absl::StatusOr<std::vector<RecoveryStanding>> Engine::Recovery(absl::string_view customer,
                                                               absl::Time now) const {
  return state_->Recovery(customer, now);
}

absl::StatusOr<std::vector<Engine::LimitState>> Engine::Limits(absl::string_view customer) const {
  return state_->Limits(customer);
}

absl::Status Engine::SetLineFeatures(absl::string_view customer, absl::string_view line,
                                     const LineSettings& settings) {
  return state_->SetLineFeatures(customer, line, settings);
}

absl::StatusOr<std::vector<SwitchedLine>> Engine::LineFeatures(absl::string_view customer) const {
  return state_->LineFeatures(customer);
}

std::vector<Effect> Engine::Advance(absl::Time now) {
  return state_->Advance(now);
}

void Engine::CloseRecords(absl::Time now) {
  if (state_->records != nullptr) state_->records->CloseAll(now);
}

absl::Time Engine::NextDeadline() const {
  return state_->NextDeadline();
}

Engine::Statistics Engine::GetStatistics() const {
  Statistics statistics;
  statistics.customers = static_cast<int64_t>(Customers().size());
  statistics.held_contacts = static_cast<int64_t>(state_->contacts.size());
  statistics.place_holders = static_cast<int64_t>(state_->ledger.holders());
  std::pair<size_t, size_t> directory = state_->DirectorySize();
  statistics.numbers = static_cast<int64_t>(directory.first);
  statistics.directory_bytes = static_cast<int64_t>(directory.second);
  if (state_->records != nullptr) {
    const RecordBook::Statistics records = state_->records->GetStatistics();
    statistics.open_records = records.open;
    statistics.written_records = records.written;
    statistics.no_room_records = records.no_room;
    statistics.unknown_reports = records.unknown_reports;
  }
  return statistics;
}

}  // namespace libroute
