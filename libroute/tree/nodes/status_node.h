#ifndef LIBROUTE_TREE_NODES_STATUS_NODE_H_
#define LIBROUTE_TREE_NODES_STATUS_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/status_case.h"

namespace libroute {

namespace v1 {
class StatusBranch;
}
class NodeScope;

// Chooses by what is known of destinations and sites, before anything is
// tried: the first case whose subject has one of the wanted statuses. Nothing
// known counts as up; a destination on a site that is down is down.
class StatusNode {
 public:
  static StatusNode Compile(const v1::StatusBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    StatusCase test;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_STATUS_NODE_H_
