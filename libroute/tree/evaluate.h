#ifndef LIBROUTE_TREE_EVALUATE_H_
#define LIBROUTE_TREE_EVALUATE_H_

#include "absl/status/statusor.h"
#include "libroute/call/call_state.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/facts/facts.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/observer.h"

// Evaluation: CompiledPlan x Call x Facts -> Decision. Pure: the same
// arguments give the same decision, nothing is read or changed besides them.
// No allocation per node, no lock, no clock. Thread-safe.
namespace libroute {

// The first question of a call. `state` is that of a call that has just
// arrived; it and `decision` (which must be clear) are filled in. Returns the
// node that decided: the position from which the call goes on. When the called
// number has fewer digits than its route says, no node does: more are asked for.
NodeIndex Evaluate(const EvaluationContext& context, CallState& state, Decision& decision);
NodeIndex Evaluate(const EvaluationContext& context, CallState& state, Decision& decision,
                   Recorder& recorder);

// The next question: goes on after `position`, where the call stood, with
// what `event` says. InvalidArgument when the event does not fit; `state` is
// then of no use any more.
absl::StatusOr<NodeIndex> EvaluateNext(const EvaluationContext& context, NodeIndex position,
                                       const Event& event, CallState& state, Decision& decision);
absl::StatusOr<NodeIndex> EvaluateNext(const EvaluationContext& context, NodeIndex position,
                                       const Event& event, CallState& state, Decision& decision,
                                       Recorder& recorder);

// A call that cannot go on where it stood gets the plan's default, knowing what
// `event` says of its attempts. Never pass_through once something was tried or
// the call is answered: it is released then.
NodeIndex EvaluateFallback(const EvaluationContext& context, const Event& event, CallState& state,
                           Decision& decision);
NodeIndex EvaluateFallback(const EvaluationContext& context, const Event& event, CallState& state,
                           Decision& decision, Recorder& recorder);

// What `event` says of the attempts of a call that does not go on where it
// stood: the caller gave up, and `decision` ends the call (true); or attempts
// failed; or the called side has ended it.
bool EndOrNote(const Event& event, CallState& state, Decision& decision);

}  // namespace libroute

#endif  // LIBROUTE_TREE_EVALUATE_H_
