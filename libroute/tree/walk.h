#ifndef LIBROUTE_TREE_WALK_H_
#define LIBROUTE_TREE_WALK_H_

#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "libroute/tree/any_node.h"
#include "libroute/tree/edge.h"

namespace libroute {

// The way from a node on which a call stays unanswered longest.
struct LongestWay {
  absl::Duration unanswered;
  // What the node itself adds, and the next one; kDecided at the end.
  absl::Duration here;
  NodeIndex next = kDecided;
};

// Walks over the nodes of a plan as a graph, for checks. Keeps a reference to
// the nodes. All walks are iterative: chains of goto may be long.
class TreeWalk {
 public:
  explicit TreeWalk(const std::vector<AnyNode>& nodes) : nodes_(nodes) {}

  template <typename Visitor>
  void ForEachEdge(Visitor visit) const {
    for (NodeIndex i = 0; i < nodes_.size(); ++i) {
      VisitEdges(i, [&](const Edge& edge) { visit(i, edge); });
    }
  }

  // The nodes of a cycle, in its order; empty if there is none.
  std::vector<NodeIndex> FindCycle() const;

  // By node; there must be no cycle.
  std::vector<LongestWay> LongestUnanswered() const;

  // Which nodes can be reached from `roots` (themselves included), by edges
  // and by the pairs (from, to) of `more`.
  std::vector<bool> Reachable(const std::vector<NodeIndex>& roots,
                              const std::vector<std::pair<NodeIndex, NodeIndex>>& more = {}) const;

 private:
  void VisitEdges(NodeIndex index, EdgeVisitor visit) const;
  std::vector<NodeIndex> Next(NodeIndex index) const;
  // Visits depth first; gives every node after those that it leads to, or a
  // cycle.
  struct Order {
    std::vector<NodeIndex> nodes;
    std::vector<NodeIndex> cycle;
  };
  Order DepthFirst() const;

  const std::vector<AnyNode>& nodes_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_WALK_H_
