#include "libroute/tree/nodes/auto_reply_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/automatic_email.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

AutoReplyNode AutoReplyNode::Compile(const v1::AutoReply& written, NodeScope& scope) {
  AutoReplyNode node;
  node.message_ = scope.Message(written.message(), "message");
  return node;
}

template <class Observer>
NodeIndex AutoReplyNode::Evaluate(Frame& frame, Observer& observer) const {
  if (DiscardAutomatic(frame, observer)) return kDecided;
  const absl::string_view message = MessageName(frame, message_);
  frame.decision.action = AutoReplyDecision{message};
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("answers with ", message));
  return End(frame, Answers::kNo);
}

void AutoReplyNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(AutoReplyNode);

}  // namespace libroute
