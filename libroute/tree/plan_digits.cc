#include <algorithm>
#include <type_traits>
#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/walk.h"

// Whether digits that end a message can come, and count for anything.
namespace libroute {
namespace {

// Whether what was pressed before counts there.
bool TakesTyped(const AnyNode& node) {
  return VisitNode(node, [](const auto& kind) {
    using Kind = std::decay_t<decltype(kind)>;
    if constexpr (std::is_same_v<Kind, MenuNode> || std::is_same_v<Kind, CollectNode>) {
      return kind.takes_typed();
    } else {
      return std::is_same_v<Kind, ConferenceAccessNode>;
    }
  });
}

const AnnounceNode* Interruptible(const AnyNode& node) {
  const auto* announce = std::get_if<AnnounceNode>(&node);
  return announce != nullptr && announce->interruptible() ? announce : nullptr;
}

// By node: whether something that takes digits may follow with nothing but branches, and
// messages that are skipped, between.
std::vector<bool> LeadToTakers(const TreeWalk& walk, const std::vector<AnyNode>& nodes) {
  std::vector<std::vector<NodeIndex>> before(nodes.size());
  walk.ForEachEdge([&](NodeIndex from, const Edge& edge) {
    if (!edge.acts || Interruptible(nodes[from]) != nullptr) before[edge.to].push_back(from);
  });
  std::vector<bool> leads(nodes.size(), false);
  std::vector<NodeIndex> left;
  const auto lead = [&](NodeIndex node) {
    if (!leads[node]) left.push_back(node);
    leads[node] = true;
  };
  for (NodeIndex i = 0; i < nodes.size(); ++i) {
    const bool is_node = !IsNode<NoNode>(nodes[i]);
    if (is_node && TakesTyped(nodes[i])) lead(i);
  }
  while (!left.empty()) {
    const NodeIndex node = left.back();
    left.pop_back();
    for (NodeIndex from : before[node]) lead(from);
  }
  return leads;
}

}  // namespace

void PlanCompiler::CheckInterruptible(const TreeWalk& walk) {
  const std::vector<AnyNode>& nodes = plan_->nodes_;
  const bool has_any = std::any_of(nodes.begin(), nodes.end(), [](const AnyNode& node) {
    return Interruptible(node) != nullptr;
  });
  if (!has_any) return;
  std::vector<NodeIndex> after_answer;
  walk.ForEachEdge([&](NodeIndex, const Edge& edge) {
    if (edge.answers) after_answer.push_back(edge.to);
  });
  const std::vector<bool> answered = walk.Reachable(after_answer);
  const std::vector<bool> leads = LeadToTakers(walk, nodes);
  for (NodeIndex i = 0; i < nodes.size(); ++i) {
    const AnnounceNode* announce = Interruptible(nodes[i]);
    if (announce == nullptr) continue;
    const std::string path = plan_->node_paths_[i] + ".interruptible";
    if (!announce->answers() && !answered[i]) {
      Warn(path, "no-effect",
           "no call is answered when it comes here, and digits do not work before; write "
           "answering: answer");
    }
    if (!leads[announce->then()]) {
      Warn(path, "no-effect",
           "nothing that follows takes digits before something else is done: what ends the "
           "message is forgotten");
    }
  }
}

}  // namespace libroute
