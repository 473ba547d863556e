#include "libroute/tree/nodes/agents_node.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/call/decision.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// How long a switch that polls plays before it asks again.
constexpr absl::Duration kPollAfter = absl::Seconds(10);

}  // namespace

AgentsNode AgentsNode::Compile(const v1::Agents& written, NodeScope& scope) {
  AgentsNode node;
  node.group_ = scope.FindGroup(written.group(), "group");
  node.wait_ = scope.DurationIn(written.has_wait() ? &written.wait() : nullptr, "wait",
                                {absl::Seconds(1), absl::Hours(4), absl::Seconds(120)});
  node.message_ = scope.MessageOrNone(written.message(), "message");
  NodeIndex otherwise = scope.ChildOr(written.has_otherwise() ? &written.otherwise() : nullptr,
                                      "otherwise", scope.defaults().otherwise);
  node.on_timeout_ = scope.ChildOr(written.has_on_timeout() ? &written.on_timeout() : nullptr,
                                   "on_timeout", otherwise);
  node.on_no_agents_ = scope.ChildOr(written.has_on_no_agents() ? &written.on_no_agents() : nullptr,
                                     "on_no_agents", otherwise);
  node.after_ = scope.ChildOr(written.has_after() ? &written.after() : nullptr, "after", kDecided);
  return node;
}

template <class Observer>
NodeIndex AgentsNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  frame.decision.depends_on.Add(Dependence::kGroup);
  const std::string& group = frame.plan.fact_names().groups[group_];
  const bool staffed = frame.facts.group(group_, frame.now) != GroupState::kNoAgents;
  if constexpr (Observer::kRecords) {
    observer.Compared({absl::StrCat("group ", group), "agents are logged in", staffed,
                       staffed ? "none of them is free" : "nobody is logged in",
                       NotTaken::kNoAgents});
  }
  if (!staffed) {
    if constexpr (Observer::kRecords) observer.Took("on_no_agents", "nobody is logged in");
    return on_no_agents_;
  }
  WaitDecision wait;
  wait.group = group;
  wait.max_wait = wait_;
  wait.poll_after = std::min(wait_, kPollAfter);
  wait.message = MessageName(frame, message_);
  frame.decision.action = wait;
  frame.decision.ask_after = after_ != kDecided;
  if constexpr (Observer::kRecords) observer.Decided(absl::StrCat("waits for ", group));
  return Ask(frame, Answers::kYes);
}

template <class Observer>
absl::StatusOr<NodeIndex> AgentsNode::Resume(Frame& frame, const Event& event,
                                             Observer& observer) const {
  const bool has_after = after_ != kDecided;
  if (has_after && event.kind == EventKind::kCalledReleased) {
    if constexpr (Observer::kRecords) observer.Took("after", "the agent has ended the call");
    return LeaveTalked(frame, after_);
  }
  if (event.kind != EventKind::kWaitTimeout && event.kind != EventKind::kNoAgents) {
    return UnexpectedEvent(event, "wait",
                           has_after ? "wait_ended or called_released" : "wait_ended");
  }
  const bool timeout = event.kind == EventKind::kWaitTimeout;
  if constexpr (Observer::kRecords) {
    observer.Took(timeout ? "on_timeout" : "on_no_agents",
                  timeout ? "nobody was free in time" : "nobody is logged in any more");
  }
  return Leave(frame, timeout ? on_timeout_ : on_no_agents_);
}

void AgentsNode::VisitEdges(EdgeVisitor visit) const {
  visit({on_timeout_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  if (after_ != kDecided) visit({after_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
  visit({on_no_agents_});
  visit({on_no_agents_, absl::ZeroDuration(), /*answers=*/true, /*acts=*/true});
}

LIBROUTE_INSTANTIATE_EVALUATE(AgentsNode);
LIBROUTE_INSTANTIATE_RESUME(AgentsNode);

}  // namespace libroute
