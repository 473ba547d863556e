#ifndef LIBROUTE_TREE_NODES_WHEN_NODE_H_
#define LIBROUTE_TREE_NODES_WHEN_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/condition.h"

namespace libroute {

namespace v1 {
class WhenBranch;
}
class NodeScope;

// Chooses by several criteria at once: the first case whose condition holds.
class WhenNode {
 public:
  static WhenNode Compile(const v1::WhenBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    Condition condition;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_WHEN_NODE_H_
