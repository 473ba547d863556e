#ifndef LIBROUTE_WIRE_DECISION_WIRE_H_
#define LIBROUTE_WIRE_DECISION_WIRE_H_

#include <cstdint>

#include "libroute/call/decision.h"

namespace libroute {

namespace v1 {
class Decision;
}  // namespace v1

class MessageWriter;

// Writes the fields of a v1::Decision: `decision`, the answer to question number
// `step` of its call.
//
// Attempts are named by AttemptId, contacts "c" and a decimal number. The
// reports asked for are those that we need: `released` where WantsRelease says
// so, which is one report for a plain call, and two when an agent is dialled.
//
// Thread-safe. About 0.1 us for one leg.
void WriteDecision(const Decision& decision, uint32_t step, MessageWriter& out);

// The same as a message, for who reads it here. What was in `message` before
// is gone. Costs five times as much.
void ToProto(const Decision& decision, uint32_t step, v1::Decision* message);

// The same of one about an e-mail: none is answered as calls are, and nothing is reported.
void EmailToProto(const Decision& decision, v1::Decision* message);

}  // namespace libroute

#endif  // LIBROUTE_WIRE_DECISION_WIRE_H_
