#ifndef LIBROUTE_WIRE_DECISION_WIRE_H_
#define LIBROUTE_WIRE_DECISION_WIRE_H_

#include <cstdint>

#include "libroute/call/decision.h"

namespace libroute {

namespace v1 {
class Decision;
}  // namespace v1

// Fills `message` with `decision`, the answer to question number `step` of its
// call. What was in `message` before is gone, but its memory is used again.
//
// Attempts are named by AttemptId, contacts "c" and a decimal number. The
// reports asked for are those that we need: `released` for what is dialled and
// for what holds a contact, so that a plain call costs one report.
//
// Thread-safe. About 0.3 us for one leg; less into a message used before.
void ToProto(const Decision& decision, uint32_t step, v1::Decision* message);

}  // namespace libroute

#endif  // LIBROUTE_WIRE_DECISION_WIRE_H_
