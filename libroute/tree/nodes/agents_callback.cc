#include "libroute/tree/nodes/agents_callback.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/carrier/screening.h"
#include "libroute/facts/group_board.h"
#include "libroute/facts/portability.h"
#include "libroute/number/number_text.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/agents_node.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr int kMostCallbackAttempts = 5;
// How long a caller's phone may take to ring at all.
constexpr absl::Duration kCallbackSetup = absl::Seconds(10);

const google::protobuf::Duration* IfWritten(bool is_written,
                                            const google::protobuf::Duration& duration) {
  return is_written ? &duration : nullptr;
}

// The caller's own number may be one of an Internet telephone, and one of which too little is
// known if the plan says where it may call. Nobody earns by being called, by a number that is
// typed or that is shown.
bool IsUsualKind(NumberKind kind, bool is_own, bool is_written) {
  switch (kind) {
    case NumberKind::kFixed:
    case NumberKind::kMobile:
    case NumberKind::kFixedOrMobile:
      return true;
    case NumberKind::kUnknown:
      return is_own && is_written;
    case NumberKind::kVoip:
      return is_own;
    default:
      return false;
  }
}

// Why `number` is not called back; empty: it is. Where the plan does not say which numbers may
// be called, it has to be of the called number's country: callers choose what they show.
std::string RefusalOf(E164Number number, const Frame& frame) {
  const bool is_own = number == frame.state.calling;
  if (number == frame.state.called) return "is the number that was called";
  const NumberingPlans& world = NumberingPlans::World();
  const NumberFacts facts = world.Find(world.WithoutExcess(number));
  const AllowedDestinations& allowed = frame.plan.allowed_destinations();
  if (!IsUsualKind(facts.kind, is_own, allowed.is_written())) {
    return absl::StrCat("is of kind ", NumberKindName(facts.kind), "; expected fixed or mobile");
  }
  const AllowedDestinations::Refusal refusal = allowed.Check(number);
  if (refusal != AllowedDestinations::Refusal::kNone) {
    return absl::StrCat("is ", RefusalText(number, refusal),
                        ", which `allowed_destinations` of the plan does not have");
  }
  const bool is_abroad = facts.country != world.Find(frame.state.called).country;
  if (!allowed.is_written() && is_abroad) {
    return "is of another country than the number that was called; those that may be called "
           "are `allowed_destinations` of the plan";
  }
  const Screening* screening = frame.context.screening;
  const Barring* barring = screening == nullptr ? nullptr : screening->FindDestination(number);
  return barring == nullptr ? "" : absl::StrCat("is barred by the carrier (", barring->name, ")");
}

absl::Status RefuseNumber(absl::string_view number, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("event.callback_wanted.number: ", Quoted(number), " ", why));
}

const AttemptResult* FindCallbackResult(const Event& event) {
  const auto found =
      std::find_if(event.results.begin(), event.results.end(),
                   [](const AttemptResult& one) { return one.target == kCallbackTarget; });
  return found == event.results.end() ? nullptr : &*found;
}

}  // namespace

AgentsCallback AgentsCallback::Read(const v1::Callback& written, NodeScope& scope) {
  AgentsCallback made;
  const std::string& key = written.key();
  if (key.size() != 1 || absl::string_view("0123456789*#").find(key) == absl::string_view::npos) {
    scope.Error("callback.key", key.empty() ? "missing" : "bad-value",
                absl::StrCat(key.empty() ? "what callers press is missing" : Quoted(key),
                             "; write one of 0-9, * and #"));
  } else {
    made.key_ = key[0];
  }
  made.offer_after_ = scope.DurationIn(
      IfWritten(written.has_offer_after(), written.offer_after()), "callback.offer_after",
      {absl::ZeroDuration(), absl::Hours(1), absl::ZeroDuration()});
  made.message_ = scope.MessageOrNone(written.message(), "callback.message");
  made.within_ =
      scope.DurationIn(IfWritten(written.has_within(), written.within()), "callback.within",
                       {absl::Minutes(1), absl::Hours(24), absl::Hours(4)});
  if (written.attempts() > kMostCallbackAttempts) {
    scope.Error("callback.attempts", "out-of-range",
                absl::StrCat(written.attempts(), " is not within 1 and ", kMostCallbackAttempts));
  } else if (written.attempts() > 0) {
    made.attempts_ = static_cast<int>(written.attempts());
  }
  made.retry_after_ = scope.DurationIn(IfWritten(written.has_retry_after(), written.retry_after()),
                                       "callback.retry_after",
                                       {absl::Minutes(1), absl::Hours(4), absl::Minutes(5)});
  made.ring_ = scope.DurationIn(IfWritten(written.has_ring(), written.ring()), "callback.ring",
                                {absl::Seconds(5), absl::Minutes(2), absl::Seconds(30)});
  if (made.attempts_ > 1 && made.retry_after_ >= made.within_) {
    scope.Warn("callback.retry_after", "never",
               absl::StrCat("nobody is called again: the place is kept for ",
                            absl::FormatDuration(made.within_), " (within)"));
  }
  return made;
}

absl::Status AgentsCallback::Promise(const std::string& number, Frame& frame) const {
  CallState& state = frame.state;
  E164Number wanted;
  if (!number.empty()) {
    wanted = ReadNumberText(number, frame.plan.profile()).number;
    if (!wanted.has_value()) {
      return RefuseNumber(number, "cannot be read; write it like +3222000100");
    }
  } else if (frame.caller_withheld()) {
    return absl::InvalidArgumentError(
        "event.callback_wanted.number: is missing, and the number that calls is not known, or "
        "withheld; ask the caller for one");
  } else {
    wanted = state.calling;
  }
  const std::string refusal = RefusalOf(wanted, frame);
  if (!refusal.empty()) return RefuseNumber(wanted.ToString(), refusal);
  const GroupBoard* groups = frame.context.groups;
  if (groups != nullptr && groups->IsPromised(wanted, state.seed)) {
    return RefuseNumber(wanted.ToString(), "is to be called back already, for another call");
  }
  state.callback.number = wanted;
  state.callback.until = frame.now + absl::ToInt64Seconds(within_);
  state.callback.tried = 0;
  return absl::OkStatus();
}

std::string AgentsCallback::WhyNotCalled(const Frame& frame) const {
  const Callback& callback = frame.state.callback;
  if (frame.now >= callback.until) return "the time for calling back is over";
  const std::string refusal = RefusalOf(callback.number, frame);
  return refusal.empty() ? refusal : absl::StrCat(callback.number.ToString(), " ", refusal);
}

CallbackPromise AgentsCallback::PromiseOf(const Frame& frame) const {
  const Callback& callback = frame.state.callback;
  CallbackPromise promise;
  promise.number = callback.number;
  promise.attempts_left = std::max(0, attempts_ - callback.tried);
  promise.until = absl::FromUnixSeconds(callback.until);
  promise.retry_after = retry_after_;
  if (frame.context.contact != nullptr) promise.rests_until = frame.context.contact->rests_until;
  return promise;
}

Leg AgentsCallback::LegOf(const Frame& frame) const {
  Leg leg;
  leg.target = kCallbackTarget;
  leg.number = frame.state.callback.number;
  leg.ring_timeout = ring_;
  leg.setup_timeout = std::min(ring_, kCallbackSetup);
  // Whom the caller has called.
  leg.presented = frame.state.called;
  leg.presented_privacy = leg.presented.has_value() ? Privacy::kAllowed : Privacy::kUnavailable;
  // As of numbers outside: but for a line of the plan, it may have a plan of its own.
  leg.trigger = frame.plan.FindLine(leg.number) >= 0 ? Trigger::kSuppress : Trigger::kAllow;
  leg.charge_to = frame.plan.text(frame.holder);
  leg.charged_number = frame.route.is_own ? frame.state.called : frame.state.line;
  leg.facts = frame.plan.operators().FactsOf(leg.number);
  if (frame.context.portability != nullptr) {
    const absl::string_view ported = frame.context.portability->OperatorOf(leg.number);
    if (!ported.empty()) {
      leg.facts.operator_name = ported;
      leg.facts.operator_source = OperatorSource::kPortability;
    }
  }
  return leg;
}

bool AgentsCallback::TriesAgain(Frame& frame) const {
  Callback& callback = frame.state.callback;
  callback.tried = static_cast<uint8_t>(std::min(callback.tried + 1, kMostCallbackAttempts));
  return callback.tried < attempts_ &&
         frame.now + absl::ToInt64Seconds(retry_after_) < callback.until;
}

// -- What the node does by that.

template <class Observer>
absl::StatusOr<NodeIndex> AgentsNode::PromiseCallback(Frame& frame, const Event& event,
                                                      Observer& observer) const {
  const bool is_offered = callback_.has_value() && frame.context.calls_back &&
                          frame.context.email == nullptr && frame.state.stage == kWaiting;
  if (!is_offered || frame.state.callback.is_promised()) {
    return absl::InvalidArgumentError(
        absl::StrCat("event: callback_wanted cannot follow a decision without `callback`",
                     frame.state.callback.is_promised() ? "; it is promised already" : ""));
  }
  absl::Status status = callback_->Promise(event.callback_number, frame);
  if (!status.ok()) return status;
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("the caller is called back at ",
                                  frame.state.callback.number.ToString(),
                                  " when it is his turn, and keeps the place"));
  }
  frame.decision.depends_on.Add(Dependence::kGroup);
  const NodeIndex next = Ask(frame);
  if (auto* wait = std::get_if<WaitDecision>(&frame.decision.action)) {
    wait->message = MessageName(frame, callback_->message());
  }
  return next;
}

NodeIndex AgentsNode::EndCallback(Frame& frame, ReleaseReason reason) const {
  frame.state.callback = Callback();
  frame.decision.action = ReleaseDecision{{0, 16}, reason};
  return End(frame, Answers::kYes);
}

template <class Observer>
absl::StatusOr<NodeIndex> AgentsNode::ResumeCallback(Frame& frame, const Event& event,
                                                     Observer& observer) const {
  // The plan's revision is the one that has promised it.
  if (!callback_.has_value()) return EndCallback(frame, ReleaseReason::kStale);
  frame.decision.depends_on.Add(Dependence::kGroup);
  const bool has_dialled = frame.state.stage == kDialled && event.kind == EventKind::kDialResult;
  if (has_dialled && FindCallbackResult(event) != nullptr) {
    if (callback_->TriesAgain(frame)) {
      if constexpr (Observer::kRecords)
        observer.Decided("the caller was not reached, and is called again later");
      Wait(frame);
      auto& wait = std::get<WaitDecision>(frame.decision.action);
      wait.promise->rests_until = absl::FromUnixSeconds(frame.now) + wait.promise->retry_after;
      return Asked(frame, kWaiting);
    }
    if constexpr (Observer::kRecords)
      observer.Decided("the caller was not reached, and was called as often as may be");
    return EndCallback(frame, ReleaseReason::kAttemptsFailed);
  }
  if (EndsWaiting(event.kind)) {
    if constexpr (Observer::kRecords) observer.Decided("the time for calling back is over");
    return EndCallback(frame, ReleaseReason::kPlan);
  }
  if (!has_dialled && event.kind != EventKind::kContactChanged) {
    return UnexpectedEvent(event, frame.state.stage == kDialled ? "dial" : "wait",
                           "wait_ended, or dial after a dial");
  }
  const std::string why_not = callback_->WhyNotCalled(frame);
  if (!why_not.empty()) {
    if constexpr (Observer::kRecords) observer.Decided(why_not);
    return EndCallback(frame, ReleaseReason::kPlan);
  }
  if constexpr (Observer::kRecords) {
    const bool rings = frame.context.contact != nullptr && !frame.context.contact->phones.empty();
    observer.Decided(rings ? "an agent is to call the caller back" : "the caller is called later");
  }
  return Ask(frame);
}

template absl::StatusOr<NodeIndex> AgentsNode::PromiseCallback(Frame&, const Event&,
                                                               NoObserver&) const;
template absl::StatusOr<NodeIndex> AgentsNode::PromiseCallback(Frame&, const Event&,
                                                               Recorder&) const;
template absl::StatusOr<NodeIndex> AgentsNode::ResumeCallback(Frame&, const Event&,
                                                              NoObserver&) const;
template absl::StatusOr<NodeIndex> AgentsNode::ResumeCallback(Frame&, const Event&,
                                                              Recorder&) const;

}  // namespace libroute
