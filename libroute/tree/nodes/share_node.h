#ifndef LIBROUTE_TREE_NODES_SHARE_NODE_H_
#define LIBROUTE_TREE_NODES_SHARE_NODE_H_

#include <cstdint>
#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class ShareBranch;
}
class NodeScope;

// Shares calls out by weight, drawn by the written hash of the call's id and
// the node's place in the plan: the same call always falls in the same share,
// and shares of different nodes are independent. Reads and keeps nothing.
class ShareNode {
 public:
  static ShareNode Compile(const v1::ShareBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    // Sum of the weights up to and with this one.
    uint32_t up_to;
    NodeIndex then;
  };

  std::vector<Case> cases_;
  uint32_t total_ = 0;
  // The written hash of the node's path.
  uint64_t key_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_SHARE_NODE_H_
