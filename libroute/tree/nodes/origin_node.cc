#include "libroute/tree/nodes/origin_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/pattern_cases.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

std::string CaseText(const std::vector<NumberPattern>& patterns, bool anonymous) {
  std::string text = PatternsText(patterns);
  if (anonymous) absl::StrAppend(&text, text.empty() ? "" : ", ", "anonymous");
  return text;
}

}  // namespace

OriginNode OriginNode::Compile(const v1::OriginBranch& written, NodeScope& scope) {
  OriginNode node;
  PatternCases earlier;
  bool anonymous_seen = false;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::OriginBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    if (item.numbers().empty() && !item.anonymous()) {
      scope.Error(path, "missing", "a case of an origin branch needs numbers, or anonymous: true");
    }
    std::vector<NumberPattern> patterns = scope.Patterns(item.numbers(), path + ".numbers");
    bool numbers_shadowed = earlier.AddAndTestShadowed(patterns);
    const bool numbers_left = !item.numbers().empty() && !numbers_shadowed;
    const bool anonymous_left = item.anonymous() && !anonymous_seen;
    const bool empty = item.numbers().empty() && !item.anonymous();
    if (!numbers_left && !anonymous_left && !empty) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have all of its callers; move it up or "
                 "remove it");
    }
    anonymous_seen |= item.anonymous();
    NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    std::string text = CaseText(patterns, item.anonymous());
    node.cases_.push_back({NumberSet(patterns), item.anonymous(), then, std::move(text)});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex OriginNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const bool withheld = frame.caller_withheld();
  const Digits calling = frame.state.calling.digits();
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    const bool matched = withheld ? item.anonymous : item.numbers.Contains(calling);
    if constexpr (Observer::kRecords) {
      observer.Compared({withheld ? "calling number withheld or not known"
                                  : absl::StrCat("calling ", frame.state.calling.ToString()),
                         item.text, matched, matched ? "matches" : "does not match"});
    }
    if (!matched) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat("the caller is one of ", item.text));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has this caller");
  return otherwise_;
}

void OriginNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(OriginNode);

}  // namespace libroute
