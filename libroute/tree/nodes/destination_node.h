#ifndef LIBROUTE_TREE_NODES_DESTINATION_NODE_H_
#define LIBROUTE_TREE_NODES_DESTINATION_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/destination_case.h"

namespace libroute {

namespace v1 {
class DestinationBranch;
}
class NodeScope;

// Chooses by the called number: the first case whose numbers, kinds and
// countries it has. (Kind and country are looked up once for a question, by the
// first case that names one.)
class DestinationNode {
 public:
  static DestinationNode Compile(const v1::DestinationBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    DestinationCase test;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DESTINATION_NODE_H_
