#ifndef LIBROUTE_TREE_NODES_GOTO_NODE_H_
#define LIBROUTE_TREE_NODES_GOTO_NODE_H_

#include <cstdint>
#include <string>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

class NodeScope;
class PlanCompiler;

// Goes on at the root of another tree.
class GotoNode {
 public:
  static GotoNode Compile(const std::string& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  NodeIndex target() const { return root_; }

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  friend class PlanCompiler;
  uint32_t tree_ = 0;
  // Filled in when all trees are compiled.
  NodeIndex root_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_GOTO_NODE_H_
