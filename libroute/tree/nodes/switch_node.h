#ifndef LIBROUTE_TREE_NODES_SWITCH_NODE_H_
#define LIBROUTE_TREE_NODES_SWITCH_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/switch_case.h"

namespace libroute {

namespace v1 {
class SwitchBranch;
}
class NodeScope;

// Chooses by hand switches: the first case whose switch stands as it says.
class SwitchNode {
 public:
  static SwitchNode Compile(const v1::SwitchBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    SwitchCase test;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
  // Whether cases ask for nothing else than a switch that is on.
  bool asks_for_on_ = true;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_SWITCH_NODE_H_
