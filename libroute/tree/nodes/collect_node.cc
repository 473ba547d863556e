#include "libroute/tree/nodes/collect_node.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/call/decision.h"
#include "libroute/call/digits.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

CollectNode CollectNode::Compile(const v1::Collect& written, NodeScope& scope) {
  CollectNode node;
  node.prompt_ = Prompt::Compile(written, scope);
  node.into_ = scope.CollectedName(
      written.into(), written.secret() ? Secrecy::kSecret : Secrecy::kOpen, "into");
  // Larger ones are too large, whatever they are.
  constexpr uint32_t kLarge = 1000;
  node.max_digits_ = static_cast<int>(std::min(written.max_digits(), kLarge));
  node.min_digits_ = written.min_digits() == 0
                         ? node.max_digits_
                         : static_cast<int>(std::min(written.min_digits(), kLarge));
  node.terminator_ = written.terminator();
  node.secret_ = written.secret();
  node.CheckDigits(scope);
  node.then_ = scope.Child(written.has_then() ? &written.then() : nullptr, "then");
  return node;
}

void CollectNode::CheckDigits(NodeScope& scope) const {
  if (max_digits_ < 1 || max_digits_ > Digits::kMaxLength) {
    scope.Error("max_digits", max_digits_ == 0 ? "missing" : "bad-value",
                absl::StrCat("1 to ", Digits::kMaxLength, " digits can be collected"));
  } else if (min_digits_ > max_digits_) {
    scope.Error("min_digits", "bad-value",
                absl::StrCat(min_digits_, " digits at least, but ", max_digits_, " at most"));
  }
  if (!terminator_.empty() && terminator_ != "#" && terminator_ != "*") {
    scope.Error("terminator", "bad-value",
                absl::StrCat(Quoted(terminator_), " cannot end digits; \"#\" or \"*\" can"));
  }
}

NodeIndex CollectNode::Play(Frame& frame) const {
  CollectDecision collect;
  collect.message = prompt_.message();
  collect.min_digits = min_digits_;
  collect.max_digits = max_digits_;
  collect.terminator = terminator_;
  collect.timeout = prompt_.timeout();
  collect.tries_left = prompt_.Play(frame.state);
  collect.secret = secret_;
  frame.decision.action = collect;
  return Ask(frame, Answers::kYes);
}

template <class Observer>
NodeIndex CollectNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("plays ", prompt_.message(), " and takes digits into ",
                                  frame.plan.text(into_)));
  }
  return Play(frame);
}

Digits CollectNode::Entered(const Event& event) const {
  const std::string pressed = event.digits.ToString();
  const absl::string_view digits = absl::StripSuffix(pressed, terminator_);
  const int size = static_cast<int>(digits.size());
  const bool is_wanted = size >= min_digits_ && size <= max_digits_ &&
                         (terminator_.empty() || !absl::StrContains(digits, terminator_));
  return is_wanted ? *Digits::Parse(digits) : Digits();
}

template <class Observer>
absl::StatusOr<NodeIndex> CollectNode::Resume(Frame& frame, const Event& event,
                                              Observer& observer) const {
  if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) {
    return UnexpectedEvent(event, "collect", "digits or no_input");
  }
  const Digits digits = event.kind == EventKind::kDigits ? Entered(event) : Digits();
  if (!digits.empty()) {
    SetCollected(frame.state, {into_, digits, secret_});
    if constexpr (Observer::kRecords) {
      observer.Took("then", secret_ ? absl::StrCat(digits.size(), " secret digits were entered")
                                    : absl::StrCat(digits.ToString(), " was entered"));
    }
    return Leave(frame, then_);
  }
  const NodeIndex next = prompt_.AfterFault(frame.state, event.kind);
  const bool is_again = next == kDecided;
  if constexpr (Observer::kRecords) {
    absl::string_view what = event.kind == EventKind::kNoInput
                                 ? "nothing was entered"
                                 : "what was entered is not what is wanted";
    observer.Took(
        is_again ? "" : std::string(Prompt::FaultBranch(event)),
        absl::StrCat(what, is_again ? "; the message is played again" : "; the last try is over"));
  }
  return is_again ? Play(frame) : Leave(frame, next);
}

void CollectNode::VisitEdges(EdgeVisitor visit) const {
  visit({then_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  prompt_.VisitEdges(visit);
}

LIBROUTE_INSTANTIATE_EVALUATE(CollectNode);
LIBROUTE_INSTANTIATE_RESUME(CollectNode);

}  // namespace libroute
