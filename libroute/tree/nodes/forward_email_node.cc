#include "libroute/tree/nodes/forward_email_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

ForwardEmailNode ForwardEmailNode::Compile(const v1::ForwardEmail& written, NodeScope& scope) {
  ForwardEmailNode node;
  node.to_ = scope.MailAddress(written.to(), "to");
  return node;
}

template <class Observer>
NodeIndex ForwardEmailNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.action = ForwardEmailDecision{frame.plan.text(to_)};
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("sends it on to ", frame.plan.text(to_)));
  }
  return End(frame, Answers::kNo);
}

void ForwardEmailNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(ForwardEmailNode);

}  // namespace libroute
