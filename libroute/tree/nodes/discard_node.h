#ifndef LIBROUTE_TREE_NODES_DISCARD_NODE_H_
#define LIBROUTE_TREE_NODES_DISCARD_NODE_H_

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Discard;
}
class NodeScope;

// Takes an e-mail away without an answer; the end of the tree.
class DiscardNode {
 public:
  static DiscardNode Compile(const v1::Discard& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DISCARD_NODE_H_
