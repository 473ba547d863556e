#ifndef LIBROUTE_WIRE_RECORD_WIRE_H_
#define LIBROUTE_WIRE_RECORD_WIRE_H_

#include <string>

#include "libroute/record/record.h"

namespace libroute {

namespace v1 {
class CallRecord;
}  // namespace v1

// A record as a message; what was in `message` before is gone. Times outside of
// the years 1 to 9999 become the nearest that a message can have.
void ToProto(const CallRecord& record, v1::CallRecord* message);

// The canonical JSON mapping of that message on one line, without its end.
// Thread-safe. Some 20 us.
std::string RecordJson(const CallRecord& record);

}  // namespace libroute

#endif  // LIBROUTE_WIRE_RECORD_WIRE_H_
