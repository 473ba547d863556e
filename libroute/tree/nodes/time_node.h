#ifndef LIBROUTE_TREE_NODES_TIME_NODE_H_
#define LIBROUTE_TREE_NODES_TIME_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/time_case.h"

namespace libroute {

namespace v1 {
class TimeBranch;
}
class NodeScope;

// Chooses by schedule: the first case whose schedule is open. Time is that of
// the call's arrival, unless the plan says `use: now`; RFC 5545 section 3.3.5
// for hours on days when clocks change.
class TimeNode {
 public:
  static TimeNode Compile(const v1::TimeBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    TimeCase test;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_TIME_NODE_H_
