#ifndef LIBROUTE_TREE_NODES_MATCH_NODE_H_
#define LIBROUTE_TREE_NODES_MATCH_NODE_H_

#include <string>
#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/match_case.h"

namespace libroute {

namespace v1 {
class MatchBranch;
}
class NodeScope;

// Chooses by the value of an attribute, or of what the call itself has: the
// first case that matches.
class MatchNode {
 public:
  static MatchNode Compile(const v1::MatchBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    MatchCase test;
    NodeIndex then = 0;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_MATCH_NODE_H_
