#include "libroute/tree/walk.h"

#include <algorithm>

#include "libroute/tree/components.h"

namespace libroute {
namespace {

constexpr uint32_t kNoIndex = UINT32_MAX;

}  // namespace

void TreeWalk::VisitEdges(NodeIndex index, EdgeVisitor visit) const {
  if (IsNode<NoNode>(nodes_[index])) return;
  VisitNode(nodes_[index], [&](const auto& node) { node.VisitEdges(visit); });
}

std::vector<uint32_t> TreeWalk::Components() const {
  return libroute::Components(
      static_cast<uint32_t>(nodes_.size()), [this](uint32_t node, std::vector<uint32_t>& leads_to) {
        VisitEdges(node, [&leads_to](const Edge& edge) { leads_to.push_back(edge.to); });
      });
}

std::vector<std::vector<NodeIndex>> TreeWalk::FindCycles() const {
  std::vector<uint32_t> components = Components();
  // The first way from a node to one of its own component.
  auto inwards = [&](NodeIndex from) {
    NodeIndex to = kDecided;
    VisitEdges(from, [&](const Edge& edge) {
      if (to == kDecided && components[edge.to] == components[from]) to = edge.to;
    });
    return to;
  };
  std::vector<std::vector<NodeIndex>> cycles;
  std::vector<bool> told(nodes_.size(), false);
  std::vector<uint32_t> place(nodes_.size(), kNoIndex);
  for (NodeIndex start = 0; start < nodes_.size(); ++start) {
    if (told[components[start]] || inwards(start) == kDecided) continue;
    told[components[start]] = true;
    std::vector<NodeIndex> way;
    NodeIndex at = start;
    for (; place[at] == kNoIndex; at = inwards(at)) {
      place[at] = static_cast<uint32_t>(way.size());
      way.push_back(at);
    }
    cycles.emplace_back(way.begin() + place[at], way.end());
  }
  return cycles;
}

std::vector<NodeIndex> TreeWalk::LastFirst() const {
  std::vector<uint32_t> components = Components();
  // Without cycles every node is a component: each after those it leads to.
  std::vector<NodeIndex> order(nodes_.size());
  for (NodeIndex i = 0; i < nodes_.size(); ++i) order[components[i]] = i;
  return order;
}

std::vector<int> TreeWalk::MostAttempts() const {
  std::vector<int> most(nodes_.size(), 0);
  for (NodeIndex index : LastFirst()) {
    VisitEdges(index, [&](const Edge& edge) {
      most[index] = std::max(most[index], edge.attempts + most[edge.to]);
    });
  }
  return most;
}

std::vector<LongestWay> TreeWalk::LongestUnanswered() const {
  std::vector<LongestWay> ways(nodes_.size());
  for (NodeIndex index : LastFirst()) {
    LongestWay& way = ways[index];
    VisitEdges(index, [&](const Edge& edge) {
      absl::Duration after = edge.answers ? absl::ZeroDuration() : ways[edge.to].unanswered;
      if (edge.unanswered + after <= way.unanswered) return;
      way = {edge.unanswered + after, edge.unanswered, edge.answers ? kDecided : edge.to};
    });
  }
  return ways;
}

std::vector<bool> TreeWalk::Reachable(const std::vector<NodeIndex>& roots) const {
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
  }
  return reached;
}

}  // namespace libroute
