#include "libroute/tree/dial_graph.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/walk.h"

namespace libroute {
namespace {

constexpr uint32_t kNoPart = UINT32_MAX;

// Puts nodes into parts: a part begins where calls begin, and where ways from
// different nodes meet; what only its nodes lead to belongs to it.
class PartSearch {
 public:
  PartSearch(const TreeWalk& walk, const std::vector<NodeIndex>& roots, size_t node_count)
      : edges_(node_count),
        is_head_(node_count, false),
        reached_(walk.Reachable(roots)),
        part_of_(node_count, kNoPart) {
    std::vector<NodeIndex> before(node_count, kDecided);
    walk.ForEachEdge([&](NodeIndex from, const Edge& edge) {
      if (!reached_[from]) return;
      NodeIndex& known = before[edge.to];
      if (known == from) return;
      if (known != kDecided) is_head_[edge.to] = true;
      known = from;
      edges_[from].push_back(edge.to);
    });
    for (NodeIndex root : roots) is_head_[root] = true;
  }

  DialGraph Run() {
    for (NodeIndex head = 0; head < is_head_.size(); ++head) {
      if (!is_head_[head] || !reached_[head]) continue;
      part_of_[head] = static_cast<uint32_t>(graph_.parts.size());
      graph_.parts.emplace_back();
    }
    for (NodeIndex head = 0; head < is_head_.size(); ++head) {
      if (is_head_[head] && reached_[head]) FillFrom(head);
    }
    return std::move(graph_);
  }

  // kNoPart for a node that no call can come to.
  uint32_t part_of(NodeIndex node) const { return part_of_[node]; }

 private:
  void FillFrom(NodeIndex head) {
    const uint32_t own = part_of_[head];
    std::vector<uint32_t> goes_on;
    std::vector<NodeIndex> left = {head};
    while (!left.empty()) {
      const NodeIndex node = left.back();
      left.pop_back();
      for (NodeIndex to : edges_[node]) {
        if (is_head_[to]) {
          goes_on.push_back(part_of_[to]);
        } else if (part_of_[to] == kNoPart) {
          part_of_[to] = own;
          left.push_back(to);
        }
      }
    }
    std::sort(goes_on.begin(), goes_on.end());
    goes_on.erase(std::unique(goes_on.begin(), goes_on.end()), goes_on.end());
    graph_.parts[own].goes_on = std::move(goes_on);
  }

  // Without those that follow one another to the same node.
  std::vector<std::vector<NodeIndex>> edges_;
  std::vector<bool> is_head_;
  const std::vector<bool> reached_;
  std::vector<uint32_t> part_of_;
  DialGraph graph_;
};

}  // namespace

std::optional<uint32_t> FindPart(const CompiledPlan& plan, const DialGraph& dials,
                                 E164Number number) {
  const E164Number called = plan.Trim(number);
  const NumberRoute* route = plan.FindNumber(called.digits());
  if (route == nullptr || called.digits().size() < route->min_digits) return std::nullopt;
  auto part = dials.part_of_root.find(route->root);
  return part == dials.part_of_root.end() ? std::nullopt : std::optional(part->second);
}

std::string LoopMessage(absl::string_view number, absl::string_view way) {
  return absl::StrCat("a call to ", number, " may come back to it (", way,
                      ") and go round until it was diverted as often as calls may; let one of these "
                      "end elsewhere, in a voicemail for example");
}

DialGraph MakeDialGraph(const TreeWalk& walk, const std::vector<NodeIndex>& roots,
                        size_t node_count, absl::Span<const DialledNumber> dialled) {
  PartSearch search(walk, roots, node_count);
  DialGraph graph = search.Run();
  for (NodeIndex root : roots) graph.part_of_root[root] = search.part_of(root);
  for (const DialledNumber& each : dialled) {
    const uint32_t part = search.part_of(each.node);
    if (part != kNoPart) graph.parts[part].dialled.push_back({each.number, each.path});
  }
  return graph;
}

}  // namespace libroute
