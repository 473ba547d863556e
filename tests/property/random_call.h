#ifndef TESTS_PROPERTY_RANDOM_CALL_H_
#define TESTS_PROPERTY_RANDOM_CALL_H_

#include <random>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/event.h"
#include "libroute/v1/decision.pb.h"

// Random calls to random plans, and what happens to them.
namespace libroute {

Call RandomCall(std::mt19937& random, int reference);

// A time around the turn of 2026 to 2027, without clock changes.
absl::Time RandomArrival(std::mt19937& random);

// Something that may follow `decision`; once in a while something that may
// not.
Event RandomEvent(const v1::Decision& decision, std::mt19937& random);

}  // namespace libroute

#endif  // TESTS_PROPERTY_RANDOM_CALL_H_
