#ifndef LIBROUTE_TREE_NODES_PROMPT_H_
#define LIBROUTE_TREE_NODES_PROMPT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

class NodeScope;

// A message after which the caller is to press something: what `menu`, `collect`
// and `conference_access` have in common. It is played again after no or bad input, as often
// as the plan says. Answers the call: digits are not certain to arrive before.
class Prompt {
 public:
  // `written` is a v1::Menu, a v1::Collect or a v1::ConferenceAccess.
  template <class Written>
  static Prompt Compile(const Written& written, NodeScope& scope);

  const std::string& message() const { return message_; }
  absl::Duration timeout() const { return timeout_; }

  // It is played (again): how many tries there are, this one included.
  int Play(CallState& state) const { return retries_ + 2 - ++state.prompt_plays; }

  // After no or bad input: where the call goes on, or kDecided to play again.
  NodeIndex AfterFault(const CallState& state, EventKind kind) const {
    if (state.prompt_plays <= retries_) return kDecided;
    return kind == EventKind::kNoInput ? on_no_input_ : on_bad_input_;
  }
  // The name of that branch.
  static absl::string_view FaultBranch(const Event& event) {
    return event.kind == EventKind::kNoInput ? "on_no_input" : "on_bad_input";
  }

  void VisitEdges(EdgeVisitor visit) const {
    visit({on_no_input_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
    visit({on_bad_input_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  }

 private:
  std::string message_;
  absl::Duration timeout_;
  int retries_ = 0;
  NodeIndex on_no_input_ = 0;
  NodeIndex on_bad_input_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_PROMPT_H_
