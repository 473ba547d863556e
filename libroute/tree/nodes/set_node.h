#ifndef LIBROUTE_TREE_NODES_SET_NODE_H_
#define LIBROUTE_TREE_NODES_SET_NODE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Set;
}
class NodeScope;

// Sets attributes of the call, which go to the switch with every decision from
// here on.
class SetNode {
 public:
  static SetNode Compile(const v1::Set& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  // (attribute, value) in the plan's texts.
  std::vector<std::pair<uint32_t, uint32_t>> attributes_;
  NodeIndex then_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_SET_NODE_H_
