#ifndef LIBROUTE_TREE_NODES_ORIGIN_NODE_H_
#define LIBROUTE_TREE_NODES_ORIGIN_NODE_H_

#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/origin_case.h"

namespace libroute {

namespace v1 {
class OriginBranch;
}
class NodeScope;

// Chooses by who calls, and how the call came: the first case whose numbers,
// kinds and countries the caller's number has, and whose verstat,
// attestation, ingress and diversion the call has. (Kind and country are looked up once for a
// question, by the first case that names one.) A caller who withholds the number, or has none, is
// matched by `anonymous`, `restricted` and `unavailable` only: a plan cannot find out who it is.
class OriginNode {
 public:
  static OriginNode Compile(const v1::OriginBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    OriginCase calls;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ORIGIN_NODE_H_
