#ifndef LIBROUTE_TREE_LOOK_AHEAD_H_
#define LIBROUTE_TREE_LOOK_AHEAD_H_

#include "libroute/call/ahead.h"
#include "libroute/call/call_state.h"
#include "libroute/call/decision.h"
#include "libroute/tree/frame.h"

namespace libroute {

// What follows `decision`, made by the node at `position`, as far as `ahead` has room:
// by evaluating what would be asked, with the facts as they are. Nothing is claimed: what
// needs that is to be asked for. `state` is as the decision has left it. A fifth of a
// microsecond a step; thread-safe.
void LookAhead(const EvaluationContext& context, NodeIndex position, const CallState& state,
               const Decision& decision, Ahead& ahead);

}  // namespace libroute

#endif  // LIBROUTE_TREE_LOOK_AHEAD_H_
