#include "libroute/engine/question.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"

namespace libroute {
namespace {

// Whose plan decided on this thread before, in whichever engine. A guess that
// only speeds up what is right without it.
constinit thread_local uint32_t likely_customer = 0;

absl::Status CheckFirst(const Call& call, const Ingresses& ingresses) {
  if (call.step != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("step: the first question about a call is step 0, not ", call.step,
                     "; later ones need the continuation"));
  }
  const bool of_line = call.direction != Direction::kInbound;
  if (!call.dialled.empty() && !of_line) {
    return absl::InvalidArgumentError(
        absl::StrCat("call.called: \"", call.dialled.ToString(),
                     "\" is neither an E.164 number nor an emergency number at this ingress"));
  }
  if (!call.called.has_value() && call.dialled.empty()) {
    return absl::InvalidArgumentError("call.called: the called number is missing");
  }
  return ingresses.empty() ? absl::OkStatus() : ingresses.Check(call.ingress);
}

bool EndsWait(EventKind kind) {
  switch (kind) {
    case EventKind::kWaitTimeout:
    case EventKind::kNoAgents:
    case EventKind::kNoneReady:
    case EventKind::kGroupFull:
    case EventKind::kGroupClosed:
      return true;
    default:
      return false;
  }
}

// Most results say nothing of this.
uint64_t HashOfGateways(const AttemptResult& result, uint64_t hash) {
  if (result.retry_after != absl::ZeroDuration()) {
    hash = StableMix(hash ^ static_cast<uint64_t>(absl::ToInt64Milliseconds(result.retry_after)));
  }
  if (!result.gateway.empty()) hash = StableHash(result.gateway, hash);
  for (const GatewayFailure& failed : result.failed_gateways) {
    hash = StableHash(failed.gateway, hash ^ static_cast<uint64_t>(failed.outcome));
    hash = StableMix(hash ^ (static_cast<uint64_t>(failed.sip_status) << 32 | failed.q850_cause));
    hash = StableMix(hash ^ static_cast<uint64_t>(absl::ToInt64Milliseconds(failed.retry_after)));
  }
  return hash;
}

}  // namespace

uint64_t QuestionHash(const Call& call) {
  uint64_t hash = StableHash(call.ingress, static_cast<uint64_t>(call.direction));
  hash = StableMix(hash ^ call.called.digits().packed());
  hash = StableMix(hash ^ call.dialled.packed());
  hash = StableMix(hash ^ call.service_code.number.packed() ^
                   static_cast<uint64_t>(call.service_code.procedure));
  hash = StableMix(hash ^ call.routing_number.packed());
  hash = StableMix(hash ^ call.line.digits().packed());
  hash = StableMix(hash ^ call.internal_line.packed());
  hash = StableMix(hash ^ call.calling.digits().packed());
  hash = StableMix(hash ^ call.calling_dialled.packed());
  hash = StableMix(hash ^ static_cast<uint64_t>(call.calling_unreadable) << 8 ^
                   static_cast<uint64_t>(call.calling_privacy));
  hash = StableMix(hash ^ call.diverted_by.digits().packed());
  hash = StableHash(call.location.text(), hash);
  hash = StableMix(hash ^ static_cast<uint64_t>(call.diversions) << 8 ^
                   static_cast<uint64_t>(call.diverted_because));
  for (E164Number number : call.diverted_before) hash = StableMix(hash ^ number.digits().packed());
  return StableMix(hash ^ static_cast<uint64_t>(call.psap_callback) << 16 ^
                   static_cast<uint64_t>(call.attestation) << 8 ^
                   static_cast<uint64_t>(call.verstat));
}

uint64_t QuestionHash(absl::string_view continuation, const Event& event) {
  uint64_t hash = StableHash(continuation, static_cast<uint64_t>(event.kind));
  hash = StableMix(hash ^ event.digits.packed());
  if (!event.callback_number.empty()) hash = StableHash(event.callback_number, hash);
  for (const AttemptResult& result : event.results) {
    hash = StableMix(hash ^ static_cast<uint64_t>(result.target));
    hash = StableMix(hash ^ static_cast<uint64_t>(result.outcome));
    hash = StableMix(hash ^ (static_cast<uint64_t>(result.sip_status) << 32 | result.q850_cause));
    hash = HashOfGateways(result, hash);
  }
  for (const AttemptResult& result : event.earlier) {
    hash = StableMix(hash ^ static_cast<uint64_t>(result.outcome) << 32 ^
                     static_cast<uint64_t>(result.sip_status));
  }
  return hash;
}

absl::Status Engine::Question::AskFirst(const Call& call, Course& course) {
  Begin();
  if (email_ != nullptr) return AskForEmail(call, course);
  if (!call.dialled.empty() && PassEmergency(call, course)) return absl::OkStatus();
  absl::Status status = CheckFirst(call, engine_.ingresses);
  if (!status.ok()) return status;
  ReadGuard guard(engine_.domain);
  if (call.direction != Direction::kInbound) {
    AskForLine(call, course);
    return absl::OkStatus();
  }
  PrefetchLikelyPlan(call.called.digits());
  course.by_plan = engine_.directory.ForEachCandidate(
      call.called.digits(), [&](uint32_t slot) { return DecidedBy(slot, call, course); });
  if (course.by_plan || CarrierDecides(call, {}, call.called, course)) return absl::OkStatus();
  PassThrough(call, {PassThroughReason::kNotSubscribed, ""});
  Note(absl::StrCat("no customer holds ", call.called.ToString()));
  return absl::OkStatus();
}

absl::Status Engine::Question::AskNext(const Continuation& continuation, const Event& event,
                                       Course& course) {
  Begin();
  course.state = continuation.state;
  NoteEarlier(course.state, event.earlier);
  course.by_plan = true;
  ReadGuard guard(engine_.domain);
  const Customer* customer = engine_.customers.Find(continuation.customer);
  const PublishedPlans* published =
      customer == nullptr ? nullptr : customer->published.load(std::memory_order_seq_cst);
  if (published == nullptr) return GoStale(nullptr, event, course);
  course.customer = customer->id;
  const Revision* revision = published->Find(continuation.revision);
  // What is promised has its own time, and the call begins anew when its caller is reached.
  const bool was_promised = course.state.callback.is_promised();
  const absl::Duration age =
      now_ - std::max(absl::FromUnixMicros(continuation.state.arrival_micros),
                      absl::FromUnixSeconds(course.state.callback.until));
  const bool is_too_old = email_ == nullptr && !was_promised && age > engine_.options.max_call_age;
  if (revision == nullptr || is_too_old || continuation.position >= revision->plan->node_count()) {
    return GoStale(published->live.get(), event, course);
  }
  course.waited = IsNode<AgentsNode>(revision->plan->node(continuation.position));
  const NumberRoute* route = email_ == nullptr ? revision->plan->RouteOf(course.state)
                                               : revision->plan->FindMailbox(email_->mailbox);
  if (route == nullptr) return GoStale(published->live.get(), event, course);
  KeepAlive(revision->plan);
  EvaluationContext context = Context(*revision, *route);
  absl::StatusOr<NodeIndex> position = Next(context, continuation.position, event, course.state);
  if (!position.ok()) return position.status();
  course.position = *position;
  if (course.waited) {
    course.results = event.results;
    const auto* release = std::get_if<ReleaseDecision>(&decision_.action);
    // Nobody has hung up whom nobody calls any more.
    const bool ends_promise =
        was_promised && release != nullptr && release->reason != ReleaseReason::kCancelled;
    course.gave_up = EndsWait(event.kind) || ends_promise;
    course.promises = event.kind == EventKind::kCallbackWanted;
    course.stays =
        *position == continuation.position &&
        (std::holds_alternative<WaitDecision>(decision_.action) || DialsAgents(decision_));
  }
  NoteClaims(*revision, course);
  AddAhead(context, course);
  return absl::OkStatus();
}

absl::Status Engine::Question::Seal(const Call& call, const Course& course) const {
  if (!decision_.resumable) return absl::OkStatus();
  return engine_.sealer->Seal(
      call.id, {decision_.customer, decision_.revision, course.position, call.step + 1, purpose_},
      course.state, decision_.continuation);
}

void Engine::Question::FinishAhead(const Call& call) const {
  if (ahead_ == nullptr) return;
  for (AheadStep& step : ahead_->steps()) {
    Decision& next = step.decision;
    next.recorded = decision_.recorded;
    next.holds_places = decision_.holds_places;
    next.made_ahead = true;
    if (next.resumable) {
      absl::Status sealed = engine_.sealer->Seal(
          call.id,
          {next.customer, next.revision, step.position, call.step + step.depth + 1, purpose_},
          step.state, next.continuation);
      if (!sealed.ok()) return ahead_->Clear();
    }
    // The same for all decisions of the call.
    next.customer = next.revision = next.holder = absl::string_view();
    next.number = E164Number();
    next.correlation = CorrelationId();
  }
}

void Engine::Question::Begin() {
  decision_.Clear();
  decision_.recorded = engine_.records != nullptr;
  ForgetBesides();
}

void Engine::Question::Arrive(const Call& call, CallState& state) const {
  state.direction = call.direction;
  state.called = call.called;
  state.routing_number = call.routing_number;
  state.calling = call.calling;
  state.calling_unreadable = call.calling_unreadable;
  state.calling_dialled = call.calling_dialled;
  state.calling_is_short = !call.calling_dialled.empty() &&
                           engine_.ingresses.IsShort(call.ingress, call.calling_dialled);
  state.calling_privacy = call.calling_privacy;
  state.diversions = static_cast<uint8_t>(std::clamp(call.diversions, 0, 255));
  state.diverted_by = call.diverted_by;
  state.diverted_because = call.diverted_because;
  if (!call.diverted_before.empty()) state.diverted_before = call.diverted_before;
  state.verstat = call.verstat;
  state.attestation = call.attestation;
  state.location = call.location;
  state.arrival_micros = absl::ToUnixMicros(now_);
  state.seed = CallSeed(call.id);
  state.correlation = call.correlation.has_value() ? call.correlation : NewCorrelation(state.seed);
}

void Engine::Question::PassThrough(const Call& call, PassThroughDecision pass_through) {
  decision_.action = pass_through;
  decision_.depends_on.Add(Dependence::kCall);
  decision_.correlation =
      call.correlation.has_value() ? call.correlation : NewCorrelation(CallSeed(call.id));
}

void Engine::Question::KeepAlive(const std::shared_ptr<const CompiledPlan>& plan) {
  if (decision_.keep_alive.get() != plan.get()) decision_.keep_alive = plan;
}

void Engine::Question::Tell(const CompiledPlan& plan, const NumberRoute* route,
                            const CallState& state) {
  decision_.customer = plan.customer();
  decision_.revision = plan.revision();
  if (route == nullptr) return;
  decision_.holder = plan.text(plan.HolderOf(*route, state));
  if (route->is_own) decision_.number = state.called;
}

void Engine::Question::PrefetchLikelyPlan(Digits number) const {
  if (likely_customer >= engine_.customers.size()) return;
  const PublishedPlans* published =
      engine_.customers.at(likely_customer).published.load(std::memory_order_acquire);
  if (published != nullptr && published->live != nullptr) {
    published->live->plan->PrefetchNumber(number);
  }
}

bool Engine::Question::DecidedBy(uint32_t slot, const Call& call, Course& course) {
  const Revision* revision = LiveRevision(slot);
  if (revision == nullptr) return false;
  const NumberRoute* route = revision->plan->FindNumber(call.called.digits());
  if (route == nullptr) return false;
  likely_customer = slot;
  course.customer = slot;
  Arrive(call, course.state);
  if (call.called.digits().size() > route->max_digits) {
    course.state.called = revision->plan->Trim(call.called);
    route = revision->plan->FindNumber(course.state.called.digits());
    Note(absl::StrCat("the digits after ", course.state.called.ToString(), " are ignored"));
  }
  course.state.ingress = static_cast<int16_t>(revision->plan->FindIngress(call.ingress));
  KeepAlive(revision->plan);
  if (CarrierDecides(call, {}, course.state.called, course)) {
    Tell(*revision->plan, route, course.state);
  } else {
    Decide(call, *revision, *route, course);
  }
  return true;
}

void Engine::Question::Decide(const Call& call, const Revision& revision, const NumberRoute& route,
                              Course& course) {
  // Most engines have no inventory.
  if (CarriersInventory() != nullptr && IsNotActive(call, *revision.plan, &route, course.state)) {
    return Tell(*revision.plan, &route, course.state);
  }
  EvaluationContext context = Context(revision, route);
  if (route.recovery != NumberRoute::kNoRecovery) context.recovery = FindRecovery(revision, route);
  if (explanation_ == nullptr) {
    course.position = Evaluate(context, course.state, decision_);
  } else {
    Recorder recorder(*explanation_);
    course.position = Evaluate(context, course.state, decision_, recorder);
  }
  if (std::holds_alternative<MoreDigitsDecision>(decision_.action)) {
    // The question comes again, with more digits: then it uses something up.
    decision_.claims.clear();
    course.claims.clear();
    Note(absl::StrCat(course.state.called.ToString(),
                      " is not complete: numbers of this block have ", route.min_digits, " to ",
                      route.max_digits, " digits"));
  }
  NoteClaims(revision, course);
  AddAhead(context, course);
}

absl::StatusOr<NodeIndex> Engine::Question::Next(const EvaluationContext& context,
                                                 NodeIndex position, const Event& event,
                                                 CallState& state) {
  if (explanation_ == nullptr) return EvaluateNext(context, position, event, state, decision_);
  Recorder recorder(*explanation_);
  return EvaluateNext(context, position, event, state, decision_, recorder);
}

absl::Status Engine::Question::GoStale(const Revision* live, const Event& event, Course& course) {
  course.stale = true;
  CallState& state = course.state;
  course.gave_up = state.callback.is_promised() && event.kind != EventKind::kCallerReleased;
  state.caller_type = CallState::kNoCallerType;
  state.ingress = CallState::kNoIngress;
  state.recovery = CallState::kNoRecovery;
  state.recovery_drill = false;
  state.attributes.clear();
  state.collected.clear();
  Note("the call's revision is not held any more, or the call is too old: the default applies");
  if (live == nullptr) {
    decision_.correlation = state.correlation;
    if (EndOrNote(event, state, decision_)) return absl::OkStatus();
    decision_.action = ReleaseDecision{FinalResponse(state), ReleaseReason::kStale};
    decision_.answered = state.answered;
    return absl::OkStatus();
  }
  if (email_ != nullptr) {
    BeginEmailAnew(*live, course);
    return absl::OkStatus();
  }
  KeepAlive(live->plan);
  const NumberRoute* route = live->plan->RouteOf(state);
  const NumberRoute unserved = {live->plan->fallback(), CompiledPlan::kCustomerText};
  EvaluationContext context = Context(*live, route == nullptr ? unserved : *route);
  if (explanation_ == nullptr) {
    course.position = EvaluateFallback(context, event, state, decision_);
  } else {
    Recorder recorder(*explanation_);
    course.position = EvaluateFallback(context, event, state, decision_, recorder);
  }
  NoteClaims(*live, course);
  auto* release = std::get_if<ReleaseDecision>(&decision_.action);
  if (release != nullptr && release->reason != ReleaseReason::kCancelled) {
    release->reason = ReleaseReason::kStale;
  }
  return absl::OkStatus();
}

EvaluationContext Engine::Question::Context(const Revision& revision, const NumberRoute& route) {
  groups_.SetCustomer(revision.plan->customer());
  return {*revision.plan,
          revision.facts,
          route,
          absl::ToUnixSeconds(now_),
          engine_.options.max_attempts,
          &settled_,
          CarriersScreening(),
          engine_.options.portability,
          &revision.counters,
          engine_.options.max_hops,
          {},
          contact_,
          email_,
          &groups_,
          engine_.options.has_agents || engine_.options.rehearses_callbacks};
}

void Engine::Question::Note(std::string note) {
  if (explanation_ != nullptr) explanation_->notes.push_back(std::move(note));
}

}  // namespace libroute
