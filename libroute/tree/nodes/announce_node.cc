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
  scope.CheckName(written.message(), "message");
  node.message_ = written.message();
  node.max_duration_ =
      scope.DurationIn(written.has_max_duration() ? &written.max_duration() : nullptr,
                       "max_duration", {absl::Seconds(1), absl::Seconds(120), absl::Seconds(30)});
  if (!v1::Answering_IsValid(written.answering())) {
    scope.Error("answering", "bad-value", "a message is played early, or after an answer");
  }
  node.answers_ = written.answering() == v1::ANSWERING_ANSWER;
  node.then_ =
      scope.ChildOr(written.has_then() ? &written.then() : nullptr, "then", scope.release());
  return node;
}

template <class Observer>
NodeIndex AnnounceNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  frame.decision.action = AnnounceDecision{message_, max_duration_};
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("plays ", message_));
  return Ask(frame, answers_ ? Answers::kYes : Answers::kNo);
}

template <class Observer>
absl::StatusOr<NodeIndex> AnnounceNode::Resume(Frame& frame, const Event& event,
                                               Observer& observer) const {
  if (event.kind != EventKind::kPlayed) return UnexpectedEvent(event, "announce", "played");
  if constexpr (Observer::kRecords) observer.Took("then", "the message was played");
  return Leave(frame, then_);
}

void AnnounceNode::VisitEdges(EdgeVisitor visit) const {
  visit({then_, answers_ ? absl::ZeroDuration() : max_duration_, answers_, /*acts=*/true});
}

LIBROUTE_INSTANTIATE_EVALUATE(AnnounceNode);
LIBROUTE_INSTANTIATE_RESUME(AnnounceNode);

}  // namespace libroute
