#ifndef LIBROUTE_TREE_NODES_GROUP_NODE_H_
#define LIBROUTE_TREE_NODES_GROUP_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/group_case.h"

namespace libroute {

namespace v1 {
class GroupBranch;
}
class NodeScope;

// Chooses by how things stand in groups of agents at this moment: the first case whose
// figures are as it wants them. Of a group of which nothing is known no case matches.
class GroupNode {
 public:
  static GroupNode Compile(const v1::GroupBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    GroupCase test;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_GROUP_NODE_H_
