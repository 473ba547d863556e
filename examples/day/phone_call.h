#ifndef EXAMPLES_DAY_PHONE_CALL_H_
#define EXAMPLES_DAY_PHONE_CALL_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "examples/day/random.h"
#include "libroute/call/call.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"

namespace center_day {

// An agent's phone that rings.
struct Phone {
  std::string agent;
  // With the target, which is the key in PhoneCall::phones, it makes the attempt id.
  uint32_t step = 0;
  // For the agent who has the call, not for the call.
  bool is_consultation = false;
};

// A call, as its switch knows it.
struct PhoneCall {
  PhoneCall(int number, uint64_t seed)
      : number(number), random(seed, static_cast<uint64_t>(number)) {}

  std::string name() const { return absl::StrCat("call ", number); }

  // From 1, as they come.
  int number;
  // Id, and the step of the last question.
  libroute::Call call;
  libroute::Decision decision;
  Random random;

  // Whether it looks for an agent, in which group, and since when there.
  bool is_seeking = false;
  std::string group;
  absl::Time entered;
  // And no phone rings for it.
  bool is_waiting = false;
  // Which time it came to a group, and which one it has been told what it hears there.
  uint64_t stay = 0;
  uint64_t announced_stay = 0;
  // One did, since it came there.
  bool has_rung = false;
  // Which time it waits: how long a caller has patience is drawn anew each time.
  int patience = 0;
  // By target.
  std::map<int, Phone> phones;

  // Who talks with the caller; empty: nobody.
  std::string agent;
  absl::Time talks_since;
  absl::Duration talked;
  // To whom that agent turns meanwhile (the name of a group), and who has answered.
  std::string consults;
  std::string consulted;

  // Grows with whatever makes what was going to happen to the call void.
  uint64_t turn = 0;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_PHONE_CALL_H_
