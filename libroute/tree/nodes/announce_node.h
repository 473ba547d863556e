#ifndef LIBROUTE_TREE_NODES_ANNOUNCE_NODE_H_
#define LIBROUTE_TREE_NODES_ANNOUNCE_NODE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Announce;
}
class NodeScope;

// Plays a message, as early media unless the plan says that the call is to be
// answered; then goes on, or releases.
class AnnounceNode {
 public:
  static AnnounceNode Compile(const v1::Announce& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  std::string message_;
  absl::Duration max_duration_;
  bool answers_ = false;
  NodeIndex then_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ANNOUNCE_NODE_H_
