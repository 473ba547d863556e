#ifndef LIBROUTE_CALL_CONTACT_NOW_H_
#define LIBROUTE_CALL_CONTACT_NOW_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/call/digits.h"

namespace libroute {

// How a call stands in the contact centre that it asked for an agent, for the node that
// waits there.
struct ContactNow {
  // A phone of an agent who is to take the call; or a number outside, which then stands alone.
  struct Phone {
    // Names the leg within the step (AttemptId::target).
    int target = 0;
    // Empty: it is a number outside, to which an agent hands the call on, or whom he consults.
    std::string agent;
    // Exactly one of the two is set.
    E164Number number;
    std::string uri;
    // For how long it may ring.
    absl::Duration rings;
    // For which group the agent is to take the call; empty: for none.
    std::string group;
    // Of a phone that no decision dials: the message that asks who answers for a confirmation,
    // empty if none is wanted; and whether the number is a line of the plan's.
    std::string confirmation;
    bool is_line = false;
  };

  // All of them ring at once; nobody rings if there are none.
  std::vector<Phone> phones;
  // Where the call waits, and for how long at most, if not where the node says: an agent has
  // handed it on. Empty and 0 otherwise.
  std::string group;
  absl::Duration max_wait;
  // As in WaitDecision.
  uint32_t position = 0;
  absl::Duration expected_wait = absl::InfiniteDuration();
  absl::Duration expected_wait_most = absl::InfiniteDuration();
  absl::Duration waited;
  // Of a call whose caller is called back: it rests; InfinitePast if it does not.
  absl::Time rests_until = absl::InfinitePast();
  // And has been reached: from then on it is a call as any.
  bool is_called_back = false;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_CONTACT_NOW_H_
