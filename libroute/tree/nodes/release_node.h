#ifndef LIBROUTE_TREE_NODES_RELEASE_NODE_H_
#define LIBROUTE_TREE_NODES_RELEASE_NODE_H_

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Release;
}
class NodeScope;

// Ends the call: because the plan says so, with the normal cause; or because
// nothing in the plan applies, with the best response of the attempts.
class ReleaseNode {
 public:
  static ReleaseNode Compile(const v1::Release& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

  // The end of every way that the plan does not write to its end.
  static ReleaseNode EndOfPlan();

 private:
  bool end_of_plan_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_RELEASE_NODE_H_
