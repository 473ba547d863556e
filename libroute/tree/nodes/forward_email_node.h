#ifndef LIBROUTE_TREE_NODES_FORWARD_EMAIL_NODE_H_
#define LIBROUTE_TREE_NODES_FORWARD_EMAIL_NODE_H_

#include <cstdint>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class ForwardEmail;
}
class NodeScope;

// Sends an e-mail on to an address; the end of the tree.
class ForwardEmailNode {
 public:
  static ForwardEmailNode Compile(const v1::ForwardEmail& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // The address, as an index of the plan's texts.
  uint32_t to() const { return to_; }

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  uint32_t to_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_FORWARD_EMAIL_NODE_H_
