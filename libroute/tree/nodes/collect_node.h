#ifndef LIBROUTE_TREE_NODES_COLLECT_NODE_H_
#define LIBROUTE_TREE_NODES_COLLECT_NODE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/prompt.h"

namespace libroute {

namespace v1 {
class Collect;
}
class NodeScope;

// Takes digits from the caller and keeps them as an attribute of the call. What
// is secret is in no decision and no explanation; the sealer hides it in
// continuations.
class CollectNode {
 public:
  static CollectNode Compile(const v1::Collect& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  void CheckDigits(NodeScope& scope) const;
  // Asks (again); returns kDecided.
  NodeIndex Play(Frame& frame) const;
  // What was entered, without the terminator; none if it is not what is wanted.
  Digits Entered(const Event& event) const;

  Prompt prompt_;
  // Index into the plan's texts.
  uint32_t into_ = 0;
  int min_digits_ = 1;
  int max_digits_ = 1;
  // "#", "*" or empty.
  std::string terminator_;
  bool secret_ = false;
  NodeIndex then_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_COLLECT_NODE_H_
