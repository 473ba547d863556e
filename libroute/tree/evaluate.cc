#include "libroute/tree/evaluate.h"

#include <algorithm>

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

// Where a call begins: at the tree of its number, unless it is refused.
template <class Observer>
NodeIndex Begin(Frame& frame, Observer& observer) {
  const uint32_t language = frame.plan.LanguageOf(frame.route, frame.state);
  if (language != NumberRoute::kNoText) {
    SetAttribute(frame.state, frame.plan.language_name(), language);
  }
  const CallerScreen* screen = frame.plan.caller_screen();
  return screen == nullptr ? frame.route.root : screen->Begin(frame, observer);
}

bool CallerGaveUp(const Event& event) {
  if (event.kind == EventKind::kCallerReleased) return true;
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
  if (CallerGaveUp(event)) {
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
  if (CallerGaveUp(event)) {
    ResponseCode code = ResponseFor(Outcome::kCancelled);
    if (state.answered) code.sip_status = 0;
    decision.action = ReleaseDecision{code, ReleaseReason::kCancelled};
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
