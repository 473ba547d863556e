#ifndef LIBROUTE_TREE_NODES_REJECT_NODE_H_
#define LIBROUTE_TREE_NODES_REJECT_NODE_H_

#include "libroute/call/outcome.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Reject;
}
class NodeScope;

// Refuses the call with a cause. A call that is answered already is released
// with that cause.
class RejectNode {
 public:
  static RejectNode Compile(const v1::Reject& written, NodeScope& scope);
  // With what that rejects.
  static ResponseCode CodeOf(const v1::Reject& written);
  // One that no plan writes.
  static RejectNode WithCode(ResponseCode code);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  ResponseCode code_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_REJECT_NODE_H_
