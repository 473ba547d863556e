#ifndef LIBROUTE_WIRE_EXPLANATION_WIRE_H_
#define LIBROUTE_WIRE_EXPLANATION_WIRE_H_

#include "libroute/tree/explanation.h"

namespace libroute {

namespace v1 {
class Explanation;
}  // namespace v1

// Fills the visits and notes of `message`, replacing those that were there.
// Its decision, time and text are left to the caller, who knows them
// (ToProto of decision_wire.h, ExplanationText of report/decision_text.h).
// Thread-safe.
void ToProto(const Explanation& explanation, v1::Explanation* message);

}  // namespace libroute

#endif  // LIBROUTE_WIRE_EXPLANATION_WIRE_H_
