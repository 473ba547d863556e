#ifndef LIBROUTE_CONTACT_CONTACT_H_
#define LIBROUTE_CONTACT_CONTACT_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "libroute/call/call.h"

namespace libroute {

// What asks for an agent: made by evaluation, carried out by the contact
// centre of the customer.
struct ContactRequest {
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
