#ifndef LIBROUTE_TREE_NODES_PROMPT_H_
#define LIBROUTE_TREE_NODES_PROMPT_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/digits.h"
#include "libroute/call/event.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

class NodeScope;

// What was pressed, parted into what one question takes and what is left for others.
struct EnteredDigits {
  Digits entered;
  Digits rest;
};
// Of `pressed` a question takes what comes before `terminator` ("#", "*", or empty for
// none), but not more than `max_digits`. The terminator is taken with it.
EnteredDigits TakeDigits(Digits pressed, int max_digits, absl::string_view terminator);

// A message after which the caller is to press something: what `menu`, `collect`
// and `conference_access` have in common. It is played again after no or bad input, as often
// as the plan says. Answers the call: digits are not certain to arrive before.
class Prompt {
 public:
  // `written` is a v1::Menu, a v1::Collect or a v1::ConferenceAccess.
  template <class Written>
  static Prompt Compile(const Written& written, NodeScope& scope);

  MessageIndex message() const { return message_; }
  absl::Duration timeout() const { return timeout_; }

  // It is played (again): how many tries there are, this one included.
  int Play(CallState& state) const { return retries_ + 2 - ++state.prompt_plays; }
  // It need not be played to who has pressed something already; which counts as if it
  // had been.
  void Skip(CallState& state) const { ++state.prompt_plays; }

  // After no or bad input, as the kind of event says: where the call goes on, or
  // kDecided to play again.
  NodeIndex AfterFault(const CallState& state, EventKind kind) const {
    if (state.prompt_plays <= retries_) return kDecided;
    return kind == EventKind::kNoInput ? on_no_input_ : on_bad_input_;
  }
  // The name of that branch.
  static absl::string_view FaultBranch(EventKind kind) {
    return kind == EventKind::kNoInput ? "on_no_input" : "on_bad_input";
  }

  void VisitEdges(EdgeVisitor visit) const {
    visit({on_no_input_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
    visit({on_bad_input_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  }

 private:
  MessageIndex message_ = kNoMessage;
  absl::Duration timeout_;
  int retries_ = 0;
  NodeIndex on_no_input_ = 0;
  NodeIndex on_bad_input_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_PROMPT_H_
