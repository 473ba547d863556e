#include "libroute/engine/engine.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"
#include "libroute/engine/state.h"

namespace libroute {
namespace {

// How a question was answered, for what comes after: sealing, entering.
struct Course {
  CallState state;
  NodeIndex position = 0;
  uint32_t customer = 0;
  // A plan decided, not the engine itself.
  bool by_plan = false;
  // The call waited for an agent until now.
  bool waited = false;
};

// Tells questions of one step apart.
uint64_t QuestionHash(const Call& call) {
  uint64_t hash = StableHash(call.ingress, static_cast<uint64_t>(call.direction));
  hash = StableMix(hash ^ call.called.digits().packed());
  hash = StableMix(hash ^ call.dialled.packed());
  hash = StableMix(hash ^ call.calling.digits().packed());
  return StableMix(hash ^ static_cast<uint64_t>(call.calling_privacy));
}

uint64_t QuestionHash(absl::string_view continuation, const Event& event) {
  uint64_t hash = StableHash(continuation, static_cast<uint64_t>(event.kind));
  hash = StableMix(hash ^ event.digits.packed());
  for (const AttemptResult& result : event.results) {
    hash = StableMix(hash ^ static_cast<uint64_t>(result.target));
    hash = StableMix(hash ^ static_cast<uint64_t>(result.outcome));
    hash = StableMix(hash ^ (static_cast<uint64_t>(result.sip_status) << 32 | result.q850_cause));
  }
  return hash;
}

CallState ArrivedCall(const Call& call, absl::Time now) {
  CallState state;
  state.called = call.called;
  state.calling = call.calling;
  state.calling_privacy = call.calling_privacy;
  state.diversions = static_cast<uint8_t>(std::clamp(call.diversions, 0, 255));
  state.arrival_micros = absl::ToUnixMicros(now);
  state.seed = CallSeed(call.id);
  state.correlation =
      call.correlation.has_value() ? call.correlation : NewCorrelation(state.seed);
  return state;
}

void PassThrough(const Call& call, PassThroughDecision pass_through, Decision& decision) {
  decision.action = pass_through;
  decision.depends_on.Add(Dependence::kCall);
  decision.correlation =
      call.correlation.has_value() ? call.correlation : NewCorrelation(CallSeed(call.id));
}

void KeepAlive(const std::shared_ptr<const CompiledPlan>& plan, Decision& decision) {
  if (decision.keep_alive.get() != plan.get()) decision.keep_alive = plan;
}

absl::Status CheckFirst(const Call& call, const Ingresses& ingresses) {
  if (call.step != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "step: the first question about a call is step 0, not ", call.step,
        "; later ones need the continuation"));
  }
  if (!call.dialled.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("call.called: \"", call.dialled.ToString(),
                     "\" is neither an E.164 number nor an emergency number at this ingress"));
  }
  if (!call.called.has_value()) {
    return absl::InvalidArgumentError("call.called: the called number is missing");
  }
  if (call.direction != Direction::kInbound) {
    return absl::UnimplementedError(
        "call.direction: only inbound calls are routed; internal and outbound ones are, so far, "
        "for emergency numbers only");
  }
  return ingresses.Check(call.ingress);
}

}  // namespace

// Whose plan decided on this thread before, in whichever engine. A guess that
// only speeds up what is right without it.
constinit thread_local uint32_t likely_customer = 0;

// One question, answered. Holds what all of its steps need.
class Question {
 public:
  Question(Engine::State& engine, absl::Time now, Decision& decision, Explanation* explanation)
      : engine_(engine),
        now_(now),
        decision_(decision),
        explanation_(explanation) {}

  // The first question about a call, without sealing.
  absl::Status AskFirst(const Call& call, Course& course) {
    decision_.Clear();
    if (!call.dialled.empty() && PassEmergency(call)) return absl::OkStatus();
    absl::Status status = CheckFirst(call, engine_.ingresses);
    if (!status.ok()) return status;
    ReadGuard guard(engine_.domain);
    PrefetchLikelyPlan(call.called.digits());
    course.by_plan = engine_.directory.ForEachCandidate(
        call.called.digits(), [&](uint32_t slot) { return DecidedBy(slot, call, course); });
    if (!course.by_plan) {
      PassThrough(call, {PassThroughReason::kNotSubscribed, ""}, decision_);
      Note(absl::StrCat("no customer holds ", call.called.ToString()));
    }
    return absl::OkStatus();
  }

  // A later one.
  absl::Status AskNext(const Continuation& continuation, const Event& event, Course& course) {
    decision_.Clear();
    course.state = continuation.state;
    course.by_plan = true;
    ReadGuard guard(engine_.domain);
    const Customer* customer = engine_.customers.Find(continuation.customer);
    const PublishedPlans* published =
        customer == nullptr ? nullptr : customer->published.load(std::memory_order_seq_cst);
    if (published == nullptr) return GoStale(nullptr, event, course);
    course.customer = customer->id;
    const Revision* revision = published->Find(continuation.revision);
    absl::Duration age = now_ - absl::FromUnixMicros(continuation.state.arrival_micros);
    if (revision == nullptr || age > engine_.options.max_call_age ||
        continuation.position >= revision->plan->node_count()) {
      return GoStale(published->live.get(), event, course);
    }
    course.waited =
        std::holds_alternative<AgentsNode>(revision->plan->node(continuation.position));
    const NumberRoute* route = revision->plan->FindNumber(course.state.called.digits());
    if (route == nullptr) return GoStale(published->live.get(), event, course);
    KeepAlive(revision->plan, decision_);
    EvaluationContext context = Context(*revision, *route);
    absl::StatusOr<NodeIndex> position = Next(context, continuation.position, event, course.state);
    if (!position.ok()) return position.status();
    course.position = *position;
    return absl::OkStatus();
  }

  // What must happen once for a step, if anything.
  absl::StatusOr<Answer> Finish(const Call& call, uint64_t question, const Course& course) const {
    const auto* wait = std::get_if<WaitDecision>(&decision_.action);
    if (wait == nullptr && !course.waited) return Answer(Finished());
    Enter enter;
    enter.customer = course.customer;
    enter.contact.call = call.id;
    enter.contact.step = call.step;
    enter.contact.question = question;
    if (wait == nullptr) {
      enter.contact.kind = ContactRequest::Kind::kLeave;
      return Answer(std::move(enter));
    }
    enter.contact.group = std::string(wait->group);
    enter.contact.priority = decision_.priority;
    enter.contact.max_wait = wait->max_wait;
    return Answer(std::move(enter));
  }

  absl::Status Seal(const Call& call, const Course& course) const {
    if (!decision_.resumable) return absl::OkStatus();
    return engine_.sealer->Seal(
        call.id,
        {decision_.customer, decision_.revision, course.position, call.step + 1,
         explanation_ == nullptr ? Continuation::Purpose::kRoute
                                 : Continuation::Purpose::kExplain},
        course.state, decision_.continuation);
  }

 private:
  bool PassEmergency(const Call& call) {
    const std::string* place = engine_.ingresses.EmergencyPlace(call.ingress, call.dialled);
    if (place == nullptr) return false;
    PassThrough(call, {PassThroughReason::kEmergency, *place}, decision_);
    Note(absl::StrCat(call.dialled.ToString(),
                      " is an emergency number here: passed through before anything else"));
    return true;
  }

  // What the plan of the customer before reads for this number, beside what
  // the directory reads: where one plan has most numbers, the cache misses of
  // the two overlap.
  void PrefetchLikelyPlan(Digits number) const {
    if (likely_customer >= engine_.customers.size()) return;
    const PublishedPlans* published =
        engine_.customers.at(likely_customer).published.load(std::memory_order_acquire);
    if (published != nullptr && published->live != nullptr) {
      published->live->plan->PrefetchNumber(number);
    }
  }

  bool DecidedBy(uint32_t slot, const Call& call, Course& course) {
    const PublishedPlans* published =
        engine_.customers.at(slot).published.load(std::memory_order_seq_cst);
    if (published == nullptr || published->live == nullptr) return false;
    const Revision& revision = *published->live;
    const NumberRoute* route = revision.plan->FindNumber(call.called.digits());
    if (route == nullptr) return false;
    likely_customer = slot;
    course.customer = slot;
    course.state = ArrivedCall(call, now_);
    KeepAlive(revision.plan, decision_);
    EvaluationContext context = Context(revision, *route);
    if (explanation_ == nullptr) {
      course.position = Evaluate(context, course.state, decision_);
    } else {
      Recorder recorder(*explanation_);
      course.position = Evaluate(context, course.state, decision_, recorder);
    }
    return true;
  }

  absl::StatusOr<NodeIndex> Next(const EvaluationContext& context, NodeIndex position,
                                 const Event& event, CallState& state) {
    if (explanation_ == nullptr) return EvaluateNext(context, position, event, state, decision_);
    Recorder recorder(*explanation_);
    return EvaluateNext(context, position, event, state, decision_, recorder);
  }

  // The call cannot go on where it stood: the live plan's default, if there is
  // a live plan. What the state says in terms of the old revision is gone.
  absl::Status GoStale(const Revision* live, const Event& event, Course& course) {
    CallState& state = course.state;
    state.caller_type = CallState::kNoCallerType;
    state.attributes.clear();
    Note("the call's revision is not held any more, or the call is too old: the default applies");
    if (live == nullptr) {
      decision_.correlation = state.correlation;
      if (EndOrNote(event, state, decision_)) return absl::OkStatus();
      ResponseCode code = BestResponse(state.failed, state.global_sip);
      if (state.answered) code.sip_status = 0;
      decision_.action = ReleaseDecision{code, ReleaseReason::kStale};
      decision_.answered = state.answered;
      return absl::OkStatus();
    }
    KeepAlive(live->plan, decision_);
    const NumberRoute* route = live->plan->FindNumber(state.called.digits());
    const NumberRoute unserved = {live->plan->fallback(), CompiledPlan::kCustomerText};
    EvaluationContext context = Context(*live, route == nullptr ? unserved : *route);
    if (explanation_ == nullptr) {
      course.position = EvaluateFallback(context, event, state, decision_);
    } else {
      Recorder recorder(*explanation_);
      course.position = EvaluateFallback(context, event, state, decision_, recorder);
    }
    auto* release = std::get_if<ReleaseDecision>(&decision_.action);
    if (release != nullptr && release->reason != ReleaseReason::kCancelled) {
      release->reason = ReleaseReason::kStale;
    }
    return absl::OkStatus();
  }

  EvaluationContext Context(const Revision& revision, const NumberRoute& route) const {
    return {*revision.plan, revision.facts, route, absl::ToUnixSeconds(now_),
            engine_.options.max_attempts};
  }

  void Note(std::string note) {
    if (explanation_ != nullptr) explanation_->notes.push_back(std::move(note));
  }

  Engine::State& engine_;
  const absl::Time now_;
  Decision& decision_;
  Explanation* const explanation_;
};

namespace {

// The first decision of a step that had an effect; `decision` is it then.
std::optional<absl::StatusOr<Answer>> AnswerHeld(HeldSteps& held, const Call& call,
                                                 uint64_t question, absl::Time now,
                                                 Decision& decision) {
  std::optional<HeldSteps::Held> first = held.Find(call.id, call.step, now);
  if (!first.has_value()) return std::nullopt;
  decision = std::move(first->decision);
  if (first->question == question) return absl::StatusOr<Answer>(Answer(Finished()));
  return absl::StatusOr<Answer>(absl::AbortedError(absl::StrCat(
      "step ", call.step, " of call ", call.id.ToString(),
      " was asked with another event before and had an effect; the first decision stands")));
}

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

}  // namespace

absl::StatusOr<std::unique_ptr<Engine>> Engine::Create(EngineOptions options) {
  if (options.max_attempts < 1 || options.max_attempts > 1000) {
    return absl::InvalidArgumentError("max_attempts: must be 1 to 1000");
  }
  if (options.max_call_age < absl::Minutes(1) || options.max_call_age > absl::Hours(7 * 24)) {
    return absl::InvalidArgumentError("max_call_age: must be 1 minute to 7 days");
  }
  if (options.kept_revisions < 0 || options.kept_revisions > 1000) {
    return absl::InvalidArgumentError("kept_revisions: must be 0 to 1000");
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

absl::StatusOr<Answer> Engine::Decide(const Call& call, absl::Time now,
                                      Decision& decision) const {
  Course course;
  Question question(*state_, now, decision, nullptr);
  absl::Status status = question.AskFirst(call, course);
  if (!status.ok()) return status;
  return question.Finish(call, 0, course);
}

absl::StatusOr<Answer> Engine::Route(const Call& call, absl::Time now, Decision& decision) const {
  if (!state_->held.empty()) {
    auto held = AnswerHeld(state_->held, call, QuestionHash(call), now, decision);
    if (held.has_value()) return *std::move(held);
  }
  Course course;
  Question question(*state_, now, decision, nullptr);
  absl::Status status = question.AskFirst(call, course);
  if (status.ok()) status = question.Seal(call, course);
  if (!status.ok()) return status;
  if (!std::holds_alternative<WaitDecision>(decision.action)) return Answer(Finished());
  return question.Finish(call, QuestionHash(call), course);
}

absl::StatusOr<Answer> Engine::Resume(const Call& call, absl::string_view continuation,
                                      const Event& event, absl::Time now,
                                      Decision& decision) const {
  absl::StatusOr<Continuation> opened = OpenFor(*state_->sealer, call, continuation);
  if (!opened.ok()) return opened.status();
  if (opened->purpose != Continuation::Purpose::kRoute) {
    return absl::InvalidArgumentError(
        "continuation: it was made by Explain, so no call goes on from it");
  }
  if (!state_->held.empty()) {
    auto held =
        AnswerHeld(state_->held, call, QuestionHash(continuation, event), now, decision);
    if (held.has_value()) return *std::move(held);
  }
  Course course;
  Question question(*state_, now, decision, nullptr);
  absl::Status status = question.AskNext(*opened, event, course);
  if (status.ok()) status = question.Seal(call, course);
  if (!status.ok()) return status;
  if (!course.waited && !std::holds_alternative<WaitDecision>(decision.action)) {
    return Answer(Finished());
  }
  return question.Finish(call, QuestionHash(continuation, event), course);
}

bool Engine::IsEmergency(absl::string_view ingress, Digits dialled) const {
  return state_->ingresses.EmergencyPlace(ingress, dialled) != nullptr;
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

absl::Status Engine::Complete(const Enter& enter, absl::Time now, Decision& decision) {
  const ContactRequest& contact = enter.contact;
  auto* wait = std::get_if<WaitDecision>(&decision.action);
  const bool enters = contact.kind == ContactRequest::Kind::kEnter;
  if (enters != (wait != nullptr) || enter.customer >= state_->customers.size()) {
    return absl::InvalidArgumentError("Complete: give it the decision that came with `enter`");
  }
  // Looking whether the step had an effect and having it are one.
  MutexLock lock(state_->complete_mutex);
  Call call;
  call.id = contact.call;
  call.step = contact.step;
  auto held = AnswerHeld(state_->held, call, contact.question, now, decision);
  if (held.has_value()) return held->status();
  if (enters) {
    absl::StatusOr<uint64_t> entered = state_->contacts.Enter(enter, now);
    if (!entered.ok()) return entered.status();
    wait->contact = *entered;
  } else {
    state_->contacts.Report({ReportKind::kReleased, contact.call}, now);
  }
  state_->held.Hold(contact.call, contact.step, {contact.question, decision}, now);
  return absl::OkStatus();
}

absl::StatusOr<Explanation> Engine::Explain(const Call& call, absl::Time at,
                                            Decision& decision) const {
  Explanation explanation;
  Course course;
  Question question(*state_, at, decision, &explanation);
  absl::Status status = question.AskFirst(call, course);
  if (status.ok()) status = question.Seal(call, course);
  if (!status.ok()) return status;
  return explanation;
}

absl::StatusOr<Explanation> Engine::ExplainResume(const Call& call,
                                                  absl::string_view continuation,
                                                  const Event& event, absl::Time at,
                                                  Decision& decision) const {
  absl::StatusOr<Continuation> opened = OpenFor(*state_->sealer, call, continuation);
  if (!opened.ok()) return opened.status();
  Explanation explanation;
  Course course;
  Question question(*state_, at, decision, &explanation);
  absl::Status status = question.AskNext(*opened, event, course);
  if (status.ok()) status = question.Seal(call, course);
  if (!status.ok()) return status;
  return explanation;
}

Publication Engine::Publish(const v1::Plan& plan, absl::Span<const AttachmentRef> attachments,
                            absl::Time now) {
  return state_->Publish(plan, attachments, now);
}

Publication Engine::Check(const v1::Plan& plan, absl::Span<const AttachmentRef> attachments,
                          absl::Time now) const {
  return state_->Check(plan, attachments, now);
}

absl::Status Engine::Withdraw(absl::string_view customer) { return state_->Withdraw(customer); }

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

absl::Status Engine::Report(const CallReport& report, absl::Time now) {
  state_->contacts.Report(report, now);
  return absl::OkStatus();
}

Engine::LiveCalls Engine::KeepLive(absl::string_view switch_name, uint64_t epoch,
                                   absl::Span<const std::string> references, absl::Time now) {
  return state_->contacts.KeepLive(switch_name, epoch, references, now);
}

absl::Status Engine::SetFact(absl::string_view customer, FactKind kind, absl::string_view name,
                             uint8_t value, absl::Time until) {
  return state_->SetFact(customer, kind, name, value, until);
}

std::vector<Effect> Engine::Advance(absl::Time now) { return state_->Advance(now); }

absl::Time Engine::NextDeadline() const { return state_->NextDeadline(); }

Engine::Statistics Engine::GetStatistics() const {
  Statistics statistics;
  statistics.customers = static_cast<int64_t>(Customers().size());
  statistics.held_contacts = static_cast<int64_t>(state_->contacts.size());
  std::pair<size_t, size_t> directory = state_->DirectorySize();
  statistics.numbers = static_cast<int64_t>(directory.first);
  statistics.directory_bytes = static_cast<int64_t>(directory.second);
  return statistics;
}

}  // namespace libroute
