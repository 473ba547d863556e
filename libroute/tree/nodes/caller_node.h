#ifndef LIBROUTE_TREE_NODES_CALLER_NODE_H_
#define LIBROUTE_TREE_NODES_CALLER_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/caller_case.h"

namespace libroute {

namespace v1 {
class CallerBranch;
}
class NodeScope;

// Chooses by caller type: the first case that names a type the caller is in,
// and of its types the first in the order of the case. That type alone, though
// the caller may be in more, sets the priority and attributes of the call, over
// what an earlier branch has found; attributes of other names stay. Nobody is
// in a type who withholds the number.
class CallerNode {
 public:
  static CallerNode Compile(const v1::CallerBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    CallerCase test;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CALLER_NODE_H_
