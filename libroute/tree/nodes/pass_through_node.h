#ifndef LIBROUTE_TREE_NODES_PASS_THROUGH_NODE_H_
#define LIBROUTE_TREE_NODES_PASS_THROUGH_NODE_H_

#include "libroute/call/decision.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class PassThrough;
}
class NodeScope;

// Hands the call back to the network, to the called line.
class PassThroughNode {
 public:
  static PassThroughNode Compile(const v1::PassThrough& written, NodeScope& scope);

  // What numbers follow that have a tree only while a recovery plan is on.
  static PassThroughNode ContinuityOff();

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  PassThroughReason reason_ = PassThroughReason::kPlan;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_PASS_THROUGH_NODE_H_
