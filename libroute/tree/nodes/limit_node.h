#ifndef LIBROUTE_TREE_NODES_LIMIT_NODE_H_
#define LIBROUTE_TREE_NODES_LIMIT_NODE_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "libroute/call/outcome.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class LimitBranch;
}
class NodeScope;
struct CompiledLimit;

// Lets calls through as far as a limit of the plan allows it: first those that do
// not come too fast, then as many as may be there at the same time.
class LimitNode {
 public:
  static LimitNode Compile(const v1::LimitBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  template <class Observer>
  NodeIndex TurnAway(Frame& frame, const CompiledLimit& limit, bool too_fast,
                     Observer& observer) const;

  // Asks the switch, where it can do the same as this node does.
  void AskSwitchToGap(Frame& frame, const CompiledLimit& limit) const;

  // Of this node.
  NodeIndex index_ = 0;
  // With which those that come too fast are rejected, if they are.
  std::optional<ResponseCode> gap_code_;
  // -1 if the plan has no such limit, which is an error.
  int limit_ = -1;
  NodeIndex then_ = 0;
  NodeIndex on_full_ = 0;
  NodeIndex on_gapped_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_LIMIT_NODE_H_
