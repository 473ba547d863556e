#include "libroute/tree/nodes/limit_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_limit.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/reject_node.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

static_assert(static_cast<int>(LimitEach::kCalled) == v1::LIMIT_EACH_CALLED);
static_assert(static_cast<int>(LimitEach::kCaller) == v1::LIMIT_EACH_CALLER);

// What claims on the limit are counted for, as Claim::each.
uint64_t EachOf(const CompiledLimit& limit, const Frame& frame) {
  const CallState& state = frame.state;
  switch (limit.each) {
    case LimitEach::kCalled:
      return state.called.has_value() ? state.called.digits().packed() : Claim::kNoNumber;
    case LimitEach::kCaller:
      return frame.caller_withheld() ? Claim::kNoNumber : state.calling.digits().packed();
    case LimitEach::kTogether:
      break;
  }
  return 0;
}

// " of +3222000110", " of callers without a number"; empty if all count together.
std::string EachText(const CompiledLimit& limit, const Frame& frame) {
  if (limit.each == LimitEach::kTogether) return "";
  const bool is_caller = limit.each == LimitEach::kCaller;
  const absl::string_view of = is_caller ? " from " : " to ";
  if (EachOf(limit, frame) == Claim::kNoNumber) {
    return absl::StrCat(of, is_caller ? "callers without a number" : "what is no number");
  }
  return absl::StrCat(of, (is_caller ? frame.state.calling : frame.state.called).ToString());
}

std::string RateText(const CallRate& rate) {
  return absl::StrCat("at most ", rate.calls, " in ", absl::FormatDuration(rate.per), ", ",
                      rate.burst, " at once");
}

std::string TurnedAwayText(const CompiledLimit& limit, bool too_fast, const Frame& frame) {
  if (too_fast && limit.rate.calls > 0) {
    return absl::StrCat("calls", EachText(limit, frame), " come too fast for ", limit.name, ": ",
                        RateText(limit.rate));
  }
  if (!too_fast && limit.calls > 0) {
    return absl::StrCat(limit.name, " has all its ", limit.calls, " calls", EachText(limit, frame));
  }
  return absl::StrCat("it is said of ", limit.name);
}

}  // namespace

LimitNode LimitNode::Compile(const v1::LimitBranch& written, NodeScope& scope) {
  LimitNode node;
  node.limit_ = scope.FindLimit(written.limit(), "limit");
  node.then_ = scope.Child(written.has_then() ? &written.then() : nullptr, "then");
  node.on_full_ = written.has_on_full() ? scope.Child(&written.on_full(), "on_full")
                                        : scope.Rejecting(ResponseFor(Outcome::kBusy), "on_full");
  node.on_gapped_ = written.has_on_gapped()
                        ? scope.Child(&written.on_gapped(), "on_gapped")
                        : scope.Rejecting(ResponseFor(Outcome::kCongestion), "on_gapped");
  node.index_ = scope.index();
  if (!written.has_on_gapped()) {
    node.gap_code_ = ResponseFor(Outcome::kCongestion);
  } else if (written.on_gapped().has_reject()) {
    node.gap_code_ = RejectNode::CodeOf(written.on_gapped().reject());
  }
  if (node.limit_ < 0) return node;
  const CompiledLimit& limit = scope.limit(node.limit_);
  if (written.has_on_full() && limit.calls == 0) {
    scope.Warn("on_full", "no-effect",
               absl::StrCat("no call comes here: limit ", Quoted(written.limit()),
                            " does not say how many `calls` there may be at the same time"));
  }
  if (written.has_on_gapped() && limit.rate.calls == 0) {
    scope.Warn("on_gapped", "no-effect",
               absl::StrCat("no call comes here: limit ", Quoted(written.limit()),
                            " does not say at which `rate` calls may come"));
  }
  return node;
}

template <class Observer>
NodeIndex LimitNode::Evaluate(Frame& frame, Observer& observer) const {
  const CompiledLimit& limit = frame.plan.limit(limit_);
  const LimitStatus stated = frame.facts.limit(limit_, frame.now);
  const uint64_t each = EachOf(limit, frame);
  if (stated == LimitStatus::kGapped ||
      (limit.rate.calls > 0 && !frame.Claim(PassClaim(limit.passes, limit.rate, each)))) {
    return TurnAway(frame, limit, /*too_fast=*/true, observer);
  }
  if (stated == LimitStatus::kFull ||
      (limit.calls > 0 && !frame.Claim(PlaceClaim(limit.places, limit.calls, each)))) {
    return TurnAway(frame, limit, /*too_fast=*/false, observer);
  }
  if constexpr (Observer::kRecords) {
    observer.Took("then", absl::StrCat(limit.name, " lets it through"));
  }
  return then_;
}

void LimitNode::AskSwitchToGap(Frame& frame, const CompiledLimit& limit) const {
  const CounterView* counters = frame.context.counters;
  const bool is_counted = limit.rate.calls > 0 && counters != nullptr && !counters->empty();
  // Else some of the calls to this number are not counted here.
  const bool counts_all =
      frame.route.is_own && frame.route.root == index_ && limit.each == LimitEach::kTogether;
  if (!gap_code_.has_value() || !is_counted || !counts_all) return;
  const absl::Time now = absl::FromUnixSeconds(frame.now);
  if (!counters->at(limit.passes)->RefusesForLong(now)) return;
  frame.decision.gap = GapDirective{frame.state.called, limit.rate, *gap_code_};
}

template <class Observer>
NodeIndex LimitNode::TurnAway(Frame& frame, const CompiledLimit& limit, bool too_fast,
                              Observer& observer) const {
  frame.decision.limited_by = limit.name;
  frame.decision.depends_on.Add(Dependence::kLedger);
  if (too_fast) AskSwitchToGap(frame, limit);
  if constexpr (Observer::kRecords) {
    observer.Took(too_fast ? "on_gapped" : "on_full", TurnedAwayText(limit, too_fast, frame));
  }
  return too_fast ? on_gapped_ : on_full_;
}

void LimitNode::VisitEdges(EdgeVisitor visit) const {
  visit({then_});
  visit({on_full_});
  visit({on_gapped_});
}

LIBROUTE_INSTANTIATE_EVALUATE(LimitNode);

}  // namespace libroute
