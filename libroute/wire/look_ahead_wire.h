#ifndef LIBROUTE_WIRE_LOOK_AHEAD_WIRE_H_
#define LIBROUTE_WIRE_LOOK_AHEAD_WIRE_H_

#include <cstdint>

#include "libroute/call/ahead.h"

namespace libroute {

namespace v1 {
class LookAhead;
}  // namespace v1

class MessageWriter;

// Writes the fields of a v1::LookAhead: what follows the answer to question number `step`
// of a call. Thread-safe.
void WriteLookAhead(const Ahead& ahead, uint32_t step, MessageWriter& out);

// The same as a message, for who reads it here. What was in `message` before is gone.
void ToProto(const Ahead& ahead, uint32_t step, v1::LookAhead* message);

}  // namespace libroute

#endif  // LIBROUTE_WIRE_LOOK_AHEAD_WIRE_H_
