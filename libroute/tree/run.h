#ifndef LIBROUTE_TREE_RUN_H_
#define LIBROUTE_TREE_RUN_H_

#include "absl/base/attributes.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/frame.h"

// From node to node: what evaluating a question and looking ahead have in common. For
// the sources of this folder alone.
namespace libroute {

inline constexpr absl::string_view kKindNames[] = {
    "none",
#define LIBROUTE_NODE_KIND(Class, field_case, field) #field,
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
};

// "switch_" and "goto_" are spelt so because of C++.
inline absl::string_view KindName(const AnyNode& node) {
  absl::string_view name = kKindNames[node.index()];
  if (name.back() == '_') name.remove_suffix(1);
  return name;
}

ABSL_ATTRIBUTE_ALWAYS_INLINE inline Frame MakeFrame(const EvaluationContext& context,
                                                    CallState& state, Decision& decision) {
  return Frame{context,
               context.plan,
               context.facts,
               context.route,
               context.plan.HolderOf(context.route, state),
               state,
               decision,
               context.now,
               state.arrival_seconds()};
}

template <class Observer>
void Enter(const CompiledPlan& plan, NodeIndex index, Observer& observer) {
  if constexpr (Observer::kRecords)
    observer.Enter(plan.node_path(index), KindName(plan.node(index)));
}

// What every decision says, whichever node made it.
inline void FillIn(const Frame& frame, NodeIndex index) {
  Decision& decision = frame.decision;
  const CallState& state = frame.state;
  const CompiledPlan& plan = frame.plan;
  decision.priority = state.priority;
  decision.customer = plan.customer();
  decision.revision = plan.revision();
  if (frame.route.is_own) decision.number = state.called;
  decision.holder = plan.text(frame.holder);
  if (state.caller_type != CallState::kNoCallerType) {
    decision.caller_type = plan.caller_type(state.caller_type).name;
  }
  if (state.recovery != CallState::kNoRecovery) {
    decision.recovery_plan = plan.recovery_plans()[static_cast<size_t>(state.recovery)].name;
    decision.recovery_drill = state.recovery_drill;
  }
  decision.node = plan.node_path(index);
  for (const auto& [name, value] : state.attributes) {
    decision.attributes.emplace_back(plan.text(name), plan.text(value));
  }
  for (const CollectedDigits& collected : state.collected) {
    if (!collected.secret) {
      decision.collected.emplace_back(plan.text(collected.name), collected.digits);
    }
  }
  decision.correlation = state.correlation;
}

// From `index` to the node that decides. Plans have no cycles, so this ends.
template <class Observer>
NodeIndex Run(Frame& frame, NodeIndex index, Observer& observer) {
  while (true) {
    Enter(frame.plan, index, observer);
    NodeIndex next = VisitNode(frame.plan.node(index),
                               [&](const auto& node) { return node.Evaluate(frame, observer); });
    if (next == kDecided) break;
    index = next;
  }
  FillIn(frame, index);
  return index;
}

template <class Observer>
absl::StatusOr<NodeIndex> ResumeNode(Frame& frame, NodeIndex index, const Event& event,
                                     Observer& observer) {
  return VisitNode(frame.plan.node(index), [&](const auto& node) -> absl::StatusOr<NodeIndex> {
    if constexpr (requires { node.Resume(frame, event, observer); }) {
      return node.Resume(frame, event, observer);
    } else {
      return absl::InvalidArgumentError("event: the last decision was final, nothing follows it");
    }
  });
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_RUN_H_
