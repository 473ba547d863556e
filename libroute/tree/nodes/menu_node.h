#ifndef LIBROUTE_TREE_NODES_MENU_NODE_H_
#define LIBROUTE_TREE_NODES_MENU_NODE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/prompt.h"

namespace libroute {

namespace v1 {
class Menu;
}
class NodeScope;

// Lets the caller choose by digits.
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

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  // Plays the menu (again); returns kDecided.
  NodeIndex Play(Frame& frame) const;

  Prompt prompt_;
  // Sorted; `targets_` in the same order.
  std::vector<std::string> keys_;
  std::vector<NodeIndex> targets_;
  int max_digits_ = 1;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_MENU_NODE_H_
