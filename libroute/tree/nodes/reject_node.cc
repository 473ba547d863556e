#include "libroute/tree/nodes/reject_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

ResponseCode CodeOfCause(v1::Reject::Cause cause) {
  switch (cause) {
    case v1::Reject::CAUSE_BUSY:
      return ResponseFor(Outcome::kBusy);
    case v1::Reject::CAUSE_NO_ANSWER:
      return ResponseFor(Outcome::kNoAnswer);
    case v1::Reject::CAUSE_UNREACHABLE:
      return ResponseFor(Outcome::kUnreachable);
    case v1::Reject::CAUSE_DECLINED:
      return {603, 21};
    case v1::Reject::CAUSE_BAD_NUMBER:
      return ResponseFor(Outcome::kBadNumber);
    case v1::Reject::CAUSE_CONGESTION:
      return ResponseFor(Outcome::kCongestion);
    case v1::Reject::CAUSE_FAILURE:
      return ResponseFor(Outcome::kFailure);
    default:
      return ResponseFor(Outcome::kRejected);
  }
}

}  // namespace

RejectNode RejectNode::Compile(const v1::Reject& written, NodeScope& scope) {
  if (!v1::Reject::Cause_IsValid(written.cause())) {
    scope.Error("cause", "bad-value", "not one of the causes that a call can be rejected with");
  }
  RejectNode node;
  node.code_ = CodeOf(written);
  return node;
}

ResponseCode RejectNode::CodeOf(const v1::Reject& written) {
  return CodeOfCause(written.cause());
}

RejectNode RejectNode::WithCode(ResponseCode code) {
  RejectNode node;
  node.code_ = code;
  return node;
}

template <class Observer>
NodeIndex RejectNode::Evaluate(Frame& frame, Observer& observer) const {
  if (frame.state.answered) {
    frame.decision.action = ReleaseDecision{{0, code_.q850_cause}, ReleaseReason::kPlan};
  } else {
    frame.decision.action = RejectDecision{code_};
  }
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("refuses with ", code_.sip_status, "/", code_.q850_cause));
  }
  return End(frame, Answers::kNo);
}

void RejectNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(RejectNode);

}  // namespace libroute
