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

PassThroughNode PassThroughNode::ContinuityOff() {
  PassThroughNode node;
  node.reason_ = PassThroughReason::kContinuityOff;
  return node;
}

template <class Observer>
NodeIndex PassThroughNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.action = PassThroughDecision{reason_, ""};
  const bool is_off = reason_ == PassThroughReason::kContinuityOff;
  if (is_off) frame.decision.depends_on.Add(Dependence::kStatus);
  if constexpr (Observer::kRecords) {
    observer.Decided(is_off ? "no recovery plan is on for this number, and it has no tree: hands "
                              "the call back to the network"
                            : "hands the call back to the network");
  }
  return End(frame, Answers::kNo);
}

void PassThroughNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(PassThroughNode);

}  // namespace libroute
