#include "libroute/tree/nodes/pass_through_node.h"

#include "libroute/call/decision.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

PassThroughNode PassThroughNode::Compile(const v1::PassThrough&, NodeScope&) {
  return PassThroughNode();
}

template <class Observer>
NodeIndex PassThroughNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.action = PassThroughDecision{PassThroughReason::kPlan, ""};
  if constexpr (Observer::kRecords) observer.Decided("hands the call back to the network");
  return End(frame, Answers::kNo);
}

void PassThroughNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(PassThroughNode);

}  // namespace libroute
