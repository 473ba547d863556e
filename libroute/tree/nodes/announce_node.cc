#include "libroute/tree/nodes/announce_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

AnnounceNode AnnounceNode::Compile(const v1::Announce& written, NodeScope& scope) {
  AnnounceNode node;
  node.message_ = scope.Message(written.message(), "message");
  node.max_duration_ =
      scope.DurationIn(written.has_max_duration() ? &written.max_duration() : nullptr,
                       "max_duration", {absl::Seconds(1), absl::Seconds(120), absl::Seconds(30)});
  if (!v1::Answering_IsValid(written.answering())) {
    scope.Error("answering", "bad-value", "a message is played early, or after an answer");
  }
  node.answers_ = written.answering() == v1::ANSWERING_ANSWER;
  node.interruptible_ = written.interruptible();
  node.then_ =
      scope.ChildOr(written.has_then() ? &written.then() : nullptr, "then", scope.release());
  return node;
}

template <class Observer>
NodeIndex AnnounceNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  if (interruptible_ && !frame.typed.empty()) {
    if constexpr (Observer::kRecords) {
      observer.Took("then", "a key was pressed already: the message is not played");
    }
    return then_;
  }
  const absl::string_view message = MessageName(frame, message_);
  frame.decision.action = AnnounceDecision{message, max_duration_,
                                           interruptible_ && (answers_ || frame.state.answered)};
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("plays ", message));
  return Ask(frame, answers_ ? Answers::kYes : Answers::kNo);
}

template <class Observer>
absl::StatusOr<NodeIndex> AnnounceNode::Resume(Frame& frame, const Event& event,
                                               Observer& observer) const {
  const bool may_end_it = interruptible_ && frame.state.answered;
  if (may_end_it && event.kind == EventKind::kDigits) {
    frame.typed = event.digits;
    if constexpr (Observer::kRecords) observer.Took("then", "a key has ended the message");
    return Leave(frame, then_);
  }
  if (event.kind != EventKind::kPlayed) {
    return UnexpectedEvent(event, "announce", may_end_it ? "played or digits" : "played");
  }
  if constexpr (Observer::kRecords) observer.Took("then", "the message was played");
  return Leave(frame, then_);
}

void AnnounceNode::VisitEdges(EdgeVisitor visit) const {
  visit({then_, answers_ ? absl::ZeroDuration() : max_duration_, answers_, /*acts=*/true});
}

LIBROUTE_INSTANTIATE_EVALUATE(AnnounceNode);
LIBROUTE_INSTANTIATE_RESUME(AnnounceNode);

}  // namespace libroute
