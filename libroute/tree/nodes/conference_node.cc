#include "libroute/tree/nodes/conference_node.h"

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

ConferenceNode ConferenceNode::Compile(const v1::Conference& written, NodeScope& scope) {
  ConferenceNode node;
  scope.CheckName(written.conference(), "conference");
  node.conference_ = written.conference();
  return node;
}

template <class Observer>
NodeIndex ConferenceNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.action = ConferenceDecision{conference_};
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("conference ", conference_));
  return End(frame, Answers::kYes);
}

void ConferenceNode::VisitEdges(EdgeVisitor) const {}

LIBROUTE_INSTANTIATE_EVALUATE(ConferenceNode);

}  // namespace libroute
