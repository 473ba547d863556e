#include "libroute/tree/walk.h"

#include <algorithm>

namespace libroute {
namespace {

enum class Mark : char { kNew, kOpen, kDone };

// A node on the way from the start, and those it leads to that were not
// looked at yet.
struct Step {
  NodeIndex node;
  std::vector<NodeIndex> left;
};

std::vector<NodeIndex> CycleFrom(const std::vector<Step>& way, NodeIndex start) {
  std::vector<NodeIndex> cycle;
  for (const Step& step : way) {
    if (cycle.empty() && step.node != start) continue;
    cycle.push_back(step.node);
  }
  return cycle;
}

}  // namespace

void TreeWalk::VisitEdges(NodeIndex index, EdgeVisitor visit) const {
  if (std::holds_alternative<std::monostate>(nodes_[index])) return;
  VisitNode(nodes_[index], [&](const auto& node) { node.VisitEdges(visit); });
}

std::vector<NodeIndex> TreeWalk::Next(NodeIndex index) const {
  std::vector<NodeIndex> next;
  VisitEdges(index, [&](const Edge& edge) { next.push_back(edge.to); });
  return next;
}

TreeWalk::Order TreeWalk::DepthFirst() const {
  Order order;
  std::vector<Mark> marks(nodes_.size(), Mark::kNew);
  for (NodeIndex root = 0; root < nodes_.size(); ++root) {
    if (marks[root] != Mark::kNew) continue;
    std::vector<Step> way = {{root, Next(root)}};
    marks[root] = Mark::kOpen;
    while (!way.empty()) {
      Step& step = way.back();
      if (step.left.empty()) {
        marks[step.node] = Mark::kDone;
        order.nodes.push_back(step.node);
        way.pop_back();
        continue;
      }
      NodeIndex next = step.left.back();
      step.left.pop_back();
      if (marks[next] == Mark::kOpen) {
        order.cycle = CycleFrom(way, next);
        return order;
      }
      if (marks[next] == Mark::kDone) continue;
      marks[next] = Mark::kOpen;
      way.push_back({next, Next(next)});
    }
  }
  return order;
}

std::vector<NodeIndex> TreeWalk::FindCycle() const { return DepthFirst().cycle; }

std::vector<LongestWay> TreeWalk::LongestUnanswered() const {
  std::vector<LongestWay> ways(nodes_.size());
  for (NodeIndex index : DepthFirst().nodes) {
    LongestWay& way = ways[index];
    VisitEdges(index, [&](const Edge& edge) {
      absl::Duration after = edge.answers ? absl::ZeroDuration() : ways[edge.to].unanswered;
      if (edge.unanswered + after <= way.unanswered) return;
      way = {edge.unanswered + after, edge.unanswered, edge.answers ? kDecided : edge.to};
    });
  }
  return ways;
}

std::vector<bool> TreeWalk::Reachable(
    const std::vector<NodeIndex>& roots,
    const std::vector<std::pair<NodeIndex, NodeIndex>>& more) const {
  std::vector<bool> reached(nodes_.size(), false);
  std::vector<NodeIndex> left;
  auto reach = [&](NodeIndex index) {
    if (reached[index]) return;
    reached[index] = true;
    left.push_back(index);
  };
  for (NodeIndex root : roots) reach(root);
  while (!left.empty()) {
    NodeIndex index = left.back();
    left.pop_back();
    VisitEdges(index, [&](const Edge& edge) { reach(edge.to); });
    for (const auto& [from, to] : more) {
      if (from == index) reach(to);
    }
  }
  return reached;
}

}  // namespace libroute
