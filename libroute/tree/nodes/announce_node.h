#ifndef LIBROUTE_TREE_NODES_ANNOUNCE_NODE_H_
#define LIBROUTE_TREE_NODES_ANNOUNCE_NODE_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/call/event.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Announce;
}
class NodeScope;

// Plays a message, as early media unless the plan says that the call is to be
// answered; then goes on, or releases. One that is interruptible is not played to who
// has pressed something already.
class AnnounceNode {
 public:
  static AnnounceNode Compile(const v1::Announce& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  bool answers() const { return answers_; }
  // A key ends it once the call is answered.
  bool interruptible() const { return interruptible_; }
  NodeIndex then() const { return then_; }
  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  MessageIndex message_ = kNoMessage;
  absl::Duration max_duration_;
  bool answers_ = false;
  bool interruptible_ = false;
  NodeIndex then_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ANNOUNCE_NODE_H_
