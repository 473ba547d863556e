#include "libroute/tree/nodes/destination_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/pattern_cases.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

DestinationNode DestinationNode::Compile(const v1::DestinationBranch& written, NodeScope& scope) {
  DestinationNode node;
  PatternCases earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::DestinationBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    if (item.numbers().empty()) {
      scope.Error(path, "missing", "a case of a destination branch needs numbers");
    }
    std::vector<NumberPattern> patterns = scope.Patterns(item.numbers(), path + ".numbers");
    if (earlier.AddAndTestShadowed(patterns)) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have all of its numbers; move it up or "
                 "remove it");
    }
    NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({NumberSet(patterns), then, PatternsText(patterns)});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex DestinationNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const Digits called = frame.state.called.digits();
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    const bool matched = item.numbers.Contains(called);
    if constexpr (Observer::kRecords) {
      observer.Compared({absl::StrCat("called ", frame.state.called.ToString()), item.text, matched,
                         matched ? "matches" : "does not match"});
    }
    if (!matched) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat("the called number is one of ", item.text));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has the called number");
  return otherwise_;
}

void DestinationNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(DestinationNode);

}  // namespace libroute
