#include "libroute/tree/nodes/voicemail_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

VoicemailNode VoicemailNode::Compile(const v1::Voicemail& written, NodeScope& scope) {
  VoicemailNode node;
  scope.CheckName(written.mailbox(), "mailbox");
  node.mailbox_ = written.mailbox();
  return node;
}

template <class Observer>
NodeIndex VoicemailNode::Evaluate(Frame& frame, Observer& observer) const {
  VoicemailDecision voicemail;
  voicemail.mailbox = mailbox_;
  if (frame.state.has_failed()) voicemail.reason = DiversionReasonFor(frame.state.last_failure);
  frame.decision.action = voicemail;
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("mailbox ", mailbox_));
  return End(frame, Answers::kYes);
}

void VoicemailNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(VoicemailNode);

}  // namespace libroute
