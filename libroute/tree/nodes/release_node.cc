#include "libroute/tree/nodes/release_node.h"

#include "libroute/call/decision.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

ReleaseNode ReleaseNode::Compile(const v1::Release&, NodeScope&) { return ReleaseNode(); }

ReleaseNode ReleaseNode::EndOfPlan() {
  ReleaseNode node;
  node.end_of_plan_ = true;
  return node;
}

template <class Observer>
NodeIndex ReleaseNode::Evaluate(Frame& frame, Observer& observer) const {
  const CallState& state = frame.state;
  ReleaseDecision release{kNormalResponse, ReleaseReason::kPlan};
  if (end_of_plan_) {
    release.code = FinalResponse(state);
    release.reason = IsLoop(state)        ? ReleaseReason::kLoop
                     : state.has_failed() ? ReleaseReason::kAttemptsFailed
                     : state.talked       ? ReleaseReason::kPlan
                                          : ReleaseReason::kNoMatch;
  } else if (state.answered) {
    release.code.sip_status = 0;
  }
  frame.decision.action = release;
  if constexpr (Observer::kRecords) {
    observer.Decided(!end_of_plan_        ? "ends the call"
                     : IsLoop(state)      ? "the call goes round"
                     : state.has_failed() ? "every attempt failed: the best response"
                     : state.talked       ? "ends the call after it was talked on"
                                          : "nothing in the plan applies");
  }
  return End(frame, Answers::kNo);
}

void ReleaseNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(ReleaseNode);

}  // namespace libroute
