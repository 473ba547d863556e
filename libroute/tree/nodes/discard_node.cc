#include "libroute/tree/nodes/discard_node.h"

#include "libroute/call/decision.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

DiscardNode DiscardNode::Compile(const v1::Discard&, NodeScope&) {
  return DiscardNode();
}

template <class Observer>
NodeIndex DiscardNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.action = DiscardDecision{DiscardReason::kPlan};
  if constexpr (Observer::kRecords) observer.Decided("takes the e-mail away");
  return End(frame, Answers::kNo);
}

void DiscardNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(DiscardNode);

}  // namespace libroute
