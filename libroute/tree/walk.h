#ifndef LIBROUTE_TREE_WALK_H_
#define LIBROUTE_TREE_WALK_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
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

// Walks over the nodes of a plan as a graph, for checks. Keeps a view of
// the nodes. All walks are iterative, because chains of goto may be long, and
// linear in nodes and edges.
class TreeWalk {
 public:
  explicit TreeWalk(absl::Span<const AnyNode> nodes) : nodes_(nodes) {}

  template <typename Visitor>
  void ForEachEdge(Visitor visit) const {
    for (NodeIndex i = 0; i < nodes_.size(); ++i) {
      VisitEdges(i, [&](const Edge& edge) { visit(i, edge); });
    }
  }

  // One cycle, in its order, of every set of nodes that all lead to each
  // other; empty if there is none.
  std::vector<std::vector<NodeIndex>> FindCycles() const;

  // By node: the number of its component. Nodes have the same one when each
  // leads to the other; otherwise a node's is larger than those of the nodes
  // that it leads to.
  std::vector<uint32_t> Components() const;

  // By node; there must be no cycle.
  std::vector<LongestWay> LongestUnanswered() const;

  // By node: the most targets that a call may try from there on; there must be
  // no cycle.
  std::vector<int> MostAttempts() const;

  // Which nodes can be reached from `roots`, themselves included.
  std::vector<bool> Reachable(const std::vector<NodeIndex>& roots) const;

 private:
  void VisitEdges(NodeIndex index, EdgeVisitor visit) const;
  // Each node after those it leads to; there must be no cycle.
  std::vector<NodeIndex> LastFirst() const;

  absl::Span<const AnyNode> nodes_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_WALK_H_
