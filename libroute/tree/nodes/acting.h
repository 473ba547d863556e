#ifndef LIBROUTE_TREE_NODES_ACTING_H_
#define LIBROUTE_TREE_NODES_ACTING_H_

#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/frame.h"

namespace libroute {

// Whether an action answers the call.
enum class Answers : bool { kNo, kYes };

// The node has ordered something and will be asked again.
inline NodeIndex Ask(Frame& frame, Answers answers) {
  frame.state.answered |= answers == Answers::kYes;
  frame.decision.answered = frame.state.answered;
  frame.decision.resumable = true;
  return kDecided;
}

// The node has ended the call's way through the plan.
inline NodeIndex End(Frame& frame, Answers answers) {
  frame.state.answered |= answers == Answers::kYes;
  frame.decision.answered = frame.state.answered;
  return kDecided;
}

// What the switch knows a message by, in the language of the call.
inline absl::string_view MessageName(const Frame& frame, MessageIndex message) {
  if (!frame.plan.message(message).languages.empty()) {
    frame.decision.depends_on.Add(Dependence::kCall);
  }
  return frame.plan.MessageFor(message, frame.state);
}

// Leaves the node that acted for `next`.
inline NodeIndex Leave(Frame& frame, NodeIndex next) {
  frame.state.LeaveNode();
  return next;
}

// The called side has ended the call: leaves the node that acted for `next`.
inline NodeIndex LeaveTalked(Frame& frame, NodeIndex next) {
  NoteTalked(frame.state);
  return Leave(frame, next);
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ACTING_H_
