#ifndef LIBROUTE_TREE_NODES_COLLECT_NODE_H_
#define LIBROUTE_TREE_NODES_COLLECT_NODE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/prompt.h"
#include "libroute/tree/nodes/text_pattern.h"

namespace libroute {

namespace v1 {
class Collect;
}
class NodeScope;

// Takes digits from the caller and keeps them as an attribute of the call. What
// is secret is in no decision and no explanation; the sealer hides it in
// continuations. What was pressed before it was asked for counts, and what is pressed
// beyond what is wanted counts for what follows.
class CollectNode {
 public:
  static CollectNode Compile(const v1::Collect& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Whether what was pressed earlier counts.
  bool takes_typed() const { return !to_the_end_; }
  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  void CheckDigits(NodeScope& scope) const;
  void CompilePatterns(const v1::Collect& written, NodeScope& scope);
  // Asks (again); returns kDecided.
  NodeIndex Play(Frame& frame) const;
  // Whether this is what is wanted.
  bool IsWanted(Digits entered) const;
  // Takes what was pressed.
  template <class Observer>
  NodeIndex Take(Frame& frame, Digits pressed, Observer& observer) const;
  // Of no or bad input.
  template <class Observer>
  NodeIndex Fault(Frame& frame, EventKind kind, Observer& observer) const;

  Prompt prompt_;
  // Index into the plan's texts.
  uint32_t into_ = 0;
  int min_digits_ = 1;
  int max_digits_ = 1;
  // "#", "*" or empty.
  std::string terminator_;
  bool secret_ = false;
  bool to_the_end_ = false;
  // One of them must match; anything may be entered if there is none.
  std::vector<TextPattern> patterns_;
  NodeIndex then_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_COLLECT_NODE_H_
