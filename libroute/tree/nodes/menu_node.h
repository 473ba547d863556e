#ifndef LIBROUTE_TREE_NODES_MENU_NODE_H_
#define LIBROUTE_TREE_NODES_MENU_NODE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Menu;
}
class NodeScope;

// Lets the caller choose by digits, playing the message again after no or bad
// input as often as the plan says. Answers the call: digits are not certain to
// arrive before.
class MenuNode {
 public:
  static MenuNode Compile(const v1::Menu& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  // Plays the menu (again); returns kDecided.
  NodeIndex Play(Frame& frame) const;
  // After no or bad input: kDecided for another try, else `branch`.
  NodeIndex Retry(Frame& frame, NodeIndex branch) const;

  std::string message_;
  // Sorted; `targets_` in the same order.
  std::vector<std::string> keys_;
  std::vector<NodeIndex> targets_;
  int retries_ = 0;
  int max_digits_ = 1;
  absl::Duration timeout_;
  NodeIndex on_no_input_ = 0;
  NodeIndex on_bad_input_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_MENU_NODE_H_
