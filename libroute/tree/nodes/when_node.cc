#include "libroute/tree/nodes/when_node.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

WhenNode WhenNode::Compile(const v1::WhenBranch& written, NodeScope& scope) {
  WhenNode node;
  std::set<std::string> earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::WhenBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    if (!earlier.insert(item.if_().SerializeAsString()).second) {
      scope.Warn(path, "never-matches",
                 "this case never matches: an earlier case has the same condition; remove one of "
                 "them");
    }
    Condition condition = Condition::Read(item.if_(), path + ".if", scope);
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({std::move(condition), then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex WhenNode::Evaluate(Frame& frame, Observer& observer) const {
  for (size_t i = 0; i < cases_.size(); ++i) {
    if (!cases_[i].condition.Holds(frame, observer)) continue;
    if constexpr (Observer::kRecords) observer.TookCase(i, cases_.size(), "its condition holds");
    return cases_[i].then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no condition holds");
  return otherwise_;
}

void WhenNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(WhenNode);

}  // namespace libroute
