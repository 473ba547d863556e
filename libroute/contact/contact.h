#ifndef LIBROUTE_CONTACT_CONTACT_H_
#define LIBROUTE_CONTACT_CONTACT_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "libroute/call/call.h"

namespace libroute {

// What a question asks of the contact centre of a customer: an agent, or, when
// the call goes on without one, to forget the call.
struct ContactRequest {
  enum class Kind : uint8_t { kEnter, kLeave };

  Kind kind = Kind::kEnter;
  CallId call;
  uint32_t step = 0;
  // Tells apart different questions for the same step.
  uint64_t question = 0;
  std::string group;
  int32_t priority = 0;
  // How long the call may wait in this group.
  absl::Duration max_wait;
};

}  // namespace libroute

#endif  // LIBROUTE_CONTACT_CONTACT_H_
