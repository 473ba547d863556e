#include "libroute/tree/nodes/group_node.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

GroupNode GroupNode::Compile(const v1::GroupBranch& written, NodeScope& scope) {
  GroupNode node;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::GroupBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    const GroupCase test = GroupCase::Read(item, path, scope);
    const auto earlier = std::find_if(node.cases_.begin(), node.cases_.end(),
                                      [&](const Case& other) { return other.test.Covers(test); });
    if (test.group() >= 0 && earlier != node.cases_.end()) {
      scope.Warn(path, "never-matches",
                 absl::StrCat("this case never matches: ",
                              CaseName(static_cast<size_t>(earlier - node.cases_.begin())),
                              " has all of it already; remove this one or write it before"));
    }
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({test, then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex GroupNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kGroup);
  frame.asks_groups = true;
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    if (!TestCase(item.test, frame, observer)) continue;
    if constexpr (Observer::kRecords) observer.TookCase(i, cases_.size(), item.test.Finding(frame));
    return item.then;
  }
  if constexpr (Observer::kRecords) {
    observer.Took("otherwise", "no group stands as a case wants it");
  }
  return otherwise_;
}

void GroupNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(GroupNode);

}  // namespace libroute
