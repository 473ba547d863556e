#ifndef LIBROUTE_TREE_NODES_MENU_NODE_H_
#define LIBROUTE_TREE_NODES_MENU_NODE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/prompt.h"

namespace libroute {

namespace v1 {
class Menu;
}
class NodeScope;

// Lets the caller choose by digits. What was pressed before it was asked for counts,
// and what is pressed beyond a key counts for what follows.
class MenuNode {
 public:
  static MenuNode Compile(const v1::Menu& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Where the call goes on after the key of that number in the decision; and after no
  // or bad input, `kind`: kDecided when it is played again.
  NodeIndex AfterKey(size_t key) const { return targets_[key]; }
  NodeIndex AfterFault(Frame& frame, EventKind kind) const;
  // Whether what was pressed earlier counts.
  bool takes_typed() const { return !to_the_end_; }
  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  // Plays the menu (again); returns kDecided.
  NodeIndex Play(Frame& frame) const;
  // Takes a key from what was pressed.
  template <class Observer>
  NodeIndex Take(Frame& frame, Digits pressed, Observer& observer) const;
  // Of no or bad input.
  template <class Observer>
  NodeIndex Fault(Frame& frame, EventKind kind, Observer& observer) const;
  // Index of the longest key that `pressed` begins with; -1 if there is none.
  int FindKey(absl::string_view pressed) const;

  Prompt prompt_;
  // Sorted; `targets_` in the same order.
  std::vector<std::string> keys_;
  std::vector<NodeIndex> targets_;
  int max_digits_ = 1;
  bool to_the_end_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_MENU_NODE_H_
