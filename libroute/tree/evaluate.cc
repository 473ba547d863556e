#include "libroute/tree/evaluate.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/run.h"

namespace libroute {

const NumberRoute* CompiledPlan::LineRouteOf(const CallState& state) const {
  if (state.dialled.empty()) {
    const NumberRoute* own = FindNumber(state.called.digits());
    if (own != nullptr) return own;
  } else if (auto found = dial_strings_.find(state.dialled); found != dial_strings_.end()) {
    return &routes_[found->second];
  } else if (feature_codes_ != nullptr && state.dialled.digit(0) > 9) {
    // A feature code: what else begins with * or # goes nowhere.
    return &feature_codes_->accepted;
  }
  return outbound_ == kNoRoute ? nullptr : &routes_[outbound_];
}

const NumberRoute* CompiledPlan::FindMailbox(absl::string_view address) const {
  auto found = mailbox_routes_.find(address);
  const size_t at = address.rfind('@');
  if (found == mailbox_routes_.end() && at != absl::string_view::npos) {
    found = mailbox_routes_.find(address.substr(at));
  }
  return found == mailbox_routes_.end() ? nullptr : &found->second;
}

bool CompiledPlan::IsDrillCaller(const CompiledRecoveryPlan& recovery,
                                 const CallState& state) const {
  if (state.calling_privacy != Privacy::kAllowed || !state.calling.has_value()) return false;
  const Digits calling = state.calling.digits();
  return recovery.drill_numbers.Contains(calling) ||
         std::any_of(recovery.drill_types.begin(), recovery.drill_types.end(),
                     [&](int type) { return caller_type(type).Has(calling); });
}

namespace {

// The called number is not complete: no node is asked.
bool AsksForMore(Frame& frame) {
  if (frame.state.called.digits().size() >= frame.route.min_digits) return false;
  frame.decision.action = MoreDigitsDecision{frame.route.min_digits, frame.route.max_digits};
  frame.decision.depends_on.Add(Dependence::kCall);
  FillIn(frame, frame.route.root);
  frame.decision.node = absl::string_view();
  return true;
}

// Where a call begins to a number that a recovery plan may be on for.
template <class Observer>
NodeIndex BeginRecovered(Frame& frame, Observer& observer) {
  frame.decision.depends_on.Add(Dependence::kStatus);
  const RecoveryOn on = frame.context.recovery;
  if (on.plan == CallState::kNoRecovery) return frame.route.root;
  const CompiledRecoveryPlan& recovery = frame.plan.recovery_plans()[static_cast<size_t>(on.plan)];
  bool takes_part = true;
  if (on.is_drill) {
    frame.decision.depends_on.Add(Dependence::kCall);
    takes_part = frame.plan.IsDrillCaller(recovery, frame.state);
  }
  if constexpr (Observer::kRecords) {
    observer.Enter(KeyPath("recovery_plans", recovery.name), "recovery_plan");
    if (on.is_drill) {
      observer.Compared({frame.caller_withheld()
                             ? "calling number withheld or not known"
                             : absl::StrCat("calling ", frame.state.calling.ToString()),
                         "drill_callers", takes_part,
                         takes_part ? "takes part in the drill" : "takes no part in the drill"});
    }
    observer.Took(takes_part ? "tree" : "otherwise",
                  !takes_part
                      ? "the call follows the tree of its number"
                      : absl::StrCat("the recovery plan is on", on.is_drill ? " as a drill" : "",
                                     ": the call follows tree ", recovery.tree));
  }
  if (!takes_part) return frame.route.root;
  frame.state.recovery = on.plan;
  frame.state.recovery_drill = on.is_drill;
  return recovery.root;
}

// Where a call begins: at the tree of its number, unless it is refused, or that of a
// recovery plan.
template <class Observer>
NodeIndex Begin(Frame& frame, Observer& observer) {
  const uint32_t language = frame.plan.LanguageOf(frame.route, frame.state);
  if (language != NumberRoute::kNoText) {
    SetAttribute(frame.state, frame.plan.language_name(), language);
  }
  const bool is_call = frame.context.email == nullptr;
  const CallerScreen* screen = is_call ? frame.plan.caller_screen() : nullptr;
  const NodeIndex root = screen == nullptr ? frame.route.root : screen->Begin(frame, observer);
  const bool is_refused = root != frame.route.root;
  if (is_refused || frame.route.recovery == NumberRoute::kNoRecovery) return root;
  return BeginRecovered(frame, observer);
}

bool CallerGaveUp(const Event& event, const CallState& state) {
  if (event.kind == EventKind::kCallerReleased) return true;
  // The caller is not there, but called back.
  if (state.callback.is_promised()) return false;
  return std::any_of(event.results.begin(), event.results.end(), [](const AttemptResult& result) {
    return result.outcome == Outcome::kCancelled;
  });
}

template <class Observer>
absl::StatusOr<NodeIndex> RunNext(const EvaluationContext& context, NodeIndex position,
                                  const Event& event, CallState& state, Decision& decision,
                                  Observer& observer) {
  Frame frame = MakeFrame(context, state, decision);
  Enter(context.plan, position, observer);
  if (CallerGaveUp(event, state)) {
    EndOrNote(event, state, decision);
    if constexpr (Observer::kRecords) observer.Decided("the caller gave up");
    FillIn(frame, position);
    return position;
  }
  absl::StatusOr<NodeIndex> next = ResumeNode(frame, position, event, observer);
  if (!next.ok()) return next.status();
  if (*next != kDecided) return Run(frame, *next, observer);
  FillIn(frame, position);
  return position;
}

template <class Observer>
NodeIndex RunFallback(const EvaluationContext& context, const Event& event, CallState& state,
                      Decision& decision, Observer& observer) {
  Frame frame = MakeFrame(context, state, decision);
  const NodeIndex fallback = context.plan.fallback();
  if (EndOrNote(event, state, decision)) {
    FillIn(frame, fallback);
    return fallback;
  }
  state.LeaveNode();
  const NodeIndex position = Run(frame, fallback, observer);
  if (std::holds_alternative<PassThroughDecision>(decision.action) &&
      (state.answered || state.attempts > 0)) {
    decision.action = ReleaseDecision{FinalResponse(state), ReleaseReason::kStale};
  }
  return position;
}

}  // namespace

NodeIndex Evaluate(const EvaluationContext& context, CallState& state, Decision& decision) {
  Frame frame = MakeFrame(context, state, decision);
  NoObserver observer;
  if (AsksForMore(frame)) return context.route.root;
  return Run(frame, Begin(frame, observer), observer);
}

NodeIndex Evaluate(const EvaluationContext& context, CallState& state, Decision& decision,
                   Recorder& recorder) {
  Frame frame = MakeFrame(context, state, decision);
  if (AsksForMore(frame)) return context.route.root;
  return Run(frame, Begin(frame, recorder), recorder);
}

absl::StatusOr<NodeIndex> EvaluateNext(const EvaluationContext& context, NodeIndex position,
                                       const Event& event, CallState& state, Decision& decision) {
  NoObserver observer;
  return RunNext(context, position, event, state, decision, observer);
}

absl::StatusOr<NodeIndex> EvaluateNext(const EvaluationContext& context, NodeIndex position,
                                       const Event& event, CallState& state, Decision& decision,
                                       Recorder& recorder) {
  return RunNext(context, position, event, state, decision, recorder);
}

bool EndOrNote(const Event& event, CallState& state, Decision& decision) {
  if (CallerGaveUp(event, state)) {
    ResponseCode code = ResponseFor(Outcome::kCancelled);
    if (state.answered) code.sip_status = 0;
    decision.action = ReleaseDecision{code, ReleaseReason::kCancelled};
    decision.answered = state.answered;
    return true;
  }
  if (event.kind == EventKind::kCalledReleased) state.callback = Callback();
  if (state.callback.is_promised()) {
    // Nobody is there for whom the call could go on.
    state.callback = Callback();
    decision.action = ReleaseDecision{{0, 16}, ReleaseReason::kStale};
    decision.answered = state.answered;
    return true;
  }
  for (const AttemptResult& result : event.results) {
    if (result.outcome != Outcome::kAnswered) NoteFailure(state, result);
  }
  if (event.kind == EventKind::kCalledReleased) NoteTalked(state);
  return false;
}

NodeIndex EvaluateFallback(const EvaluationContext& context, const Event& event, CallState& state,
                           Decision& decision) {
  NoObserver observer;
  return RunFallback(context, event, state, decision, observer);
}

NodeIndex EvaluateFallback(const EvaluationContext& context, const Event& event, CallState& state,
                           Decision& decision, Recorder& recorder) {
  return RunFallback(context, event, state, decision, recorder);
}

}  // namespace libroute
