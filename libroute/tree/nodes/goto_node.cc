#include "libroute/tree/nodes/goto_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"

namespace libroute {

GotoNode GotoNode::Compile(const std::string& written, NodeScope& scope) {
  GotoNode node;
  node.tree_ = static_cast<uint32_t>(scope.FindTree(written, ""));
  return node;
}

template <class Observer>
NodeIndex GotoNode::Evaluate(Frame& frame, Observer& observer) const {
  if constexpr (Observer::kRecords) {
    observer.Took("", absl::StrCat("goes on at tree ", frame.plan.tree_name(tree_)));
  }
  static_cast<void>(frame);
  return root_;
}

void GotoNode::VisitEdges(EdgeVisitor visit) const { visit({root_}); }

LIBROUTE_INSTANTIATE_EVALUATE(GotoNode);

}  // namespace libroute
