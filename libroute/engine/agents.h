#ifndef LIBROUTE_ENGINE_AGENTS_H_
#define LIBROUTE_ENGINE_AGENTS_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "libroute/contact/contact_center.h"

// Agents as Engine shows them: by names.
namespace libroute {

// Something that an agent does, or the agent's phone.
struct AgentAct {
  enum class Kind : uint8_t {
    // At `phone`, a number or a SIP URI; not ready at first.
    kLogIn,
    // Now, or after the contact of now.
    kLogOut,
    kReady,
    // With a `reason`, if the plan has some.
    kNotReady,
    // A call that no plan has sent takes the phone, or it cannot be reached.
    kPhoneIdle,
    kPhoneBusy,
    kPhoneUnreachable,
    // The offer `token`, at the desk; what rings at the phone is accepted there.
    kAccept,
    kDecline,
    // Is done with the contact of `token`.
    kFinish,
    kEndWrapUp,
    // By `by`.
    kExtendWrapUp,
  };
  Kind kind = Kind::kReady;
  std::string agent;
  std::string phone;
  std::string reason;
  contact::Token token = 0;
  absl::Duration by;
};

// What an agent is doing.
struct AgentNow {
  std::string name;
  contact::AgentStanding standing;
};

// What goes on in a group.
struct GroupNow {
  std::string name;
  contact::GroupStanding standing;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_AGENTS_H_
