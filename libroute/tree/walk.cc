#include "libroute/tree/walk.h"

#include <algorithm>

namespace libroute {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

}  // namespace

// R. Tarjan: Depth-first search and linear graph algorithms (1972), with a
// stack of its own instead of recursion.
class TreeWalk::ComponentSearch {
 public:
  ComponentSearch(const TreeWalk& walk, std::vector<Jump> jumps)
      : walk_(walk),
        jumps_(std::move(jumps)),
        seen_at_(walk.nodes_.size(), kNone),
        lowest_(walk.nodes_.size(), 0),
        component_(walk.nodes_.size(), kNone) {
    std::sort(jumps_.begin(), jumps_.end());
  }

  std::vector<uint32_t> Run() && {
    for (NodeIndex root = 0; root < component_.size(); ++root) {
      if (seen_at_[root] == kNone) SearchFrom(root);
    }
    return std::move(component_);
  }

 private:
  // A node on the way from the start, and those it leads to that were not
  // looked at yet.
  struct Step {
    NodeIndex node;
    std::vector<NodeIndex> left;
  };

  void Enter(NodeIndex node) {
    seen_at_[node] = lowest_[node] = clock_++;
    open_.push_back(node);
    Step step = {node, {}};
    walk_.VisitEdges(node, [&](const Edge& edge) { step.left.push_back(edge.to); });
    auto jump = std::lower_bound(jumps_.begin(), jumps_.end(), Jump(node, 0));
    for (; jump != jumps_.end() && jump->first == node; ++jump) step.left.push_back(jump->second);
    way_.push_back(std::move(step));
  }

  void SearchFrom(NodeIndex root) {
    Enter(root);
    while (!way_.empty()) {
      Step& step = way_.back();
      if (step.left.empty()) {
        Finish(step.node);
        continue;
      }
      NodeIndex next = step.left.back();
      step.left.pop_back();
      if (seen_at_[next] == kNone) {
        Enter(next);
      } else if (component_[next] == kNone) {
        lowest_[step.node] = std::min(lowest_[step.node], seen_at_[next]);
      }
    }
  }

  void Finish(NodeIndex node) {
    way_.pop_back();
    if (!way_.empty()) {
      NodeIndex before = way_.back().node;
      lowest_[before] = std::min(lowest_[before], lowest_[node]);
    }
    if (lowest_[node] != seen_at_[node]) return;
    NodeIndex member;
    do {
      member = open_.back();
      open_.pop_back();
      component_[member] = components_;
    } while (member != node);
    ++components_;
  }

  const TreeWalk& walk_;
  std::vector<Jump> jumps_;
  // By node: when it was first seen, and the first seen of the open nodes that
  // it leads to.
  std::vector<uint32_t> seen_at_;
  std::vector<uint32_t> lowest_;
  std::vector<uint32_t> component_;
  std::vector<Step> way_;
  std::vector<NodeIndex> open_;
  uint32_t clock_ = 0;
  uint32_t components_ = 0;
};

void TreeWalk::VisitEdges(NodeIndex index, EdgeVisitor visit) const {
  if (std::holds_alternative<std::monostate>(nodes_[index])) return;
  VisitNode(nodes_[index], [&](const auto& node) { node.VisitEdges(visit); });
}

std::vector<uint32_t> TreeWalk::Components(std::vector<Jump> jumps) const {
  return ComponentSearch(*this, std::move(jumps)).Run();
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
  std::vector<uint32_t> place(nodes_.size(), kNone);
  for (NodeIndex start = 0; start < nodes_.size(); ++start) {
    if (told[components[start]] || inwards(start) == kDecided) continue;
    told[components[start]] = true;
    std::vector<NodeIndex> way;
    NodeIndex at = start;
    for (; place[at] == kNone; at = inwards(at)) {
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
