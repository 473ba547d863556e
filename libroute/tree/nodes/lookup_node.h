#ifndef LIBROUTE_TREE_NODES_LOOKUP_NODE_H_
#define LIBROUTE_TREE_NODES_LOOKUP_NODE_H_

#include <cstdint>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/call_value.h"

namespace libroute {

namespace v1 {
class Lookup;
}
class NodeScope;

// Looks a value of the call up in a table of the plan, and gives an attribute
// what stands there.
class LookupNode {
 public:
  static LookupNode Compile(const v1::Lookup& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  CallValueSource source_;
  // Index of the table in the plan.
  int table_ = 0;
  // Index into the plan's texts.
  uint32_t into_ = 0;
  NodeIndex then_ = 0;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_LOOKUP_NODE_H_
