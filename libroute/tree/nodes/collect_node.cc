#include "libroute/tree/nodes/collect_node.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
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
  node.to_the_end_ = written.to_the_end();
  node.CheckDigits(scope);
  node.CompilePatterns(written, scope);
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

void CollectNode::CompilePatterns(const v1::Collect& written, NodeScope& scope) {
  constexpr int kMostPatterns = 16;
  if (written.patterns_size() > kMostPatterns) {
    scope.Error("patterns", "too-many",
                absl::StrCat("digits have at most ", kMostPatterns, " patterns"));
    return;
  }
  for (int i = 0; i < written.patterns_size(); ++i) {
    std::optional<TextPattern> pattern =
        scope.Pattern(written.patterns(i), IndexPath("patterns", i));
    if (pattern.has_value()) patterns_.push_back(*std::move(pattern));
  }
}

NodeIndex CollectNode::Play(Frame& frame) const {
  CollectDecision collect;
  collect.message = MessageName(frame, prompt_.message());
  collect.min_digits = min_digits_;
  collect.max_digits = max_digits_;
  collect.terminator = terminator_;
  collect.timeout = prompt_.timeout();
  collect.tries_left = prompt_.Play(frame.state);
  collect.secret = secret_;
  collect.to_the_end = to_the_end_;
  frame.decision.action = collect;
  return Ask(frame, Answers::kYes);
}

template <class Observer>
NodeIndex CollectNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  const Digits typed = std::exchange(frame.typed, Digits());
  if (!typed.empty() && takes_typed()) {
    prompt_.Skip(frame.state);
    return Take(frame, typed, observer);
  }
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("plays ", MessageName(frame, prompt_.message()),
                                  " and takes digits into ", frame.plan.text(into_)));
  }
  return Play(frame);
}

bool CollectNode::IsWanted(Digits entered) const {
  if (entered.empty() || entered.size() < min_digits_) return false;
  const std::string text = patterns_.empty() ? std::string() : entered.ToString();
  return patterns_.empty() ||
         std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const TextPattern& pattern) { return pattern.Matches(text); });
}

template <class Observer>
absl::StatusOr<NodeIndex> CollectNode::Resume(Frame& frame, const Event& event,
                                              Observer& observer) const {
  if (event.kind != EventKind::kDigits && event.kind != EventKind::kNoInput) {
    return UnexpectedEvent(event, "collect", "digits or no_input");
  }
  if (event.kind == EventKind::kNoInput) return Fault(frame, event.kind, observer);
  return Take(frame, event.digits, observer);
}

template <class Observer>
NodeIndex CollectNode::Take(Frame& frame, Digits pressed, Observer& observer) const {
  const auto [entered, rest] = TakeDigits(pressed, max_digits_, terminator_);
  if (!IsWanted(entered)) return Fault(frame, EventKind::kDigits, observer);
  frame.typed = rest;
  SetCollected(frame.state, {into_, entered, secret_});
  if constexpr (Observer::kRecords) {
    observer.Took("then", secret_ ? absl::StrCat(entered.size(), " secret digits were entered")
                                  : absl::StrCat(entered.ToString(), " was entered"));
  }
  return Leave(frame, then_);
}

template <class Observer>
NodeIndex CollectNode::Fault(Frame& frame, EventKind kind, Observer& observer) const {
  const NodeIndex next = prompt_.AfterFault(frame.state, kind);
  const bool is_again = next == kDecided;
  if constexpr (Observer::kRecords) {
    const absl::string_view what = kind == EventKind::kNoInput
                                       ? "nothing was entered"
                                       : "what was entered is not what is wanted";
    observer.Took(
        is_again ? "" : std::string(Prompt::FaultBranch(kind)),
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
