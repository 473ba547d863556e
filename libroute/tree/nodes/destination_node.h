#ifndef LIBROUTE_TREE_NODES_DESTINATION_NODE_H_
#define LIBROUTE_TREE_NODES_DESTINATION_NODE_H_

#include <string>
#include <vector>

#include "libroute/number/number_set.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class DestinationBranch;
}
class NodeScope;

// Chooses by the called number: the first case with a pattern that matches.
class DestinationNode {
 public:
  static DestinationNode Compile(const v1::DestinationBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    NumberSet numbers;
    NodeIndex then;
    // As written, for Explain.
    std::string text;
  };

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DESTINATION_NODE_H_
