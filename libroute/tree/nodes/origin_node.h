#ifndef LIBROUTE_TREE_NODES_ORIGIN_NODE_H_
#define LIBROUTE_TREE_NODES_ORIGIN_NODE_H_

#include <string>
#include <vector>

#include "libroute/number/number_set.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class OriginBranch;
}
class NodeScope;

// Chooses by the calling number: the first case with a pattern that matches. A
// caller who withholds the number, or has none, is matched by `anonymous`
// only: a plan cannot find out who it is.
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
    NumberSet numbers;
    bool anonymous;
    NodeIndex then;
    // As written, for Explain.
    std::string text;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ORIGIN_NODE_H_
