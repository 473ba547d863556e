#include "libroute/tree/nodes/switch_node.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

SwitchNode SwitchNode::Compile(const v1::SwitchBranch& written, NodeScope& scope) {
  SwitchNode node;
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::SwitchBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    const SwitchCase test = SwitchCase::Read(item, path, scope);
    if (!seen.insert(item.switch_()).second) {
      scope.Warn(path, "never-matches",
                 absl::StrCat("this case never matches: an earlier case has switch ",
                              Quoted(item.switch_()), " already; remove one of them"));
    }
    NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({test, then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex SwitchNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kStatus);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    if (!TestCase(item.test, frame, observer)) continue;
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat(item.test.Name(frame), " is on"));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no switch is on");
  return otherwise_;
}

void SwitchNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(SwitchNode);

}  // namespace libroute
