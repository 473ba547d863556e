#ifndef LIBROUTE_ENGINE_AGENTS_H_
#define LIBROUTE_ENGINE_AGENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/contact_now.h"
#include "libroute/call/event.h"
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
    // The desk is not heard of, and is again: no offers until then, and logged out after
    // 64 s.
    kDisconnected,
    kReconnected,
    // The caller of `token` waits, and is talked to again.
    kHold,
    kUnhold,
    // Hands the contact of `token` on, to `to_group`, `to_agent`, or the group if that
    // agent does not take it; a call to `to_number` instead. It keeps its age, and comes back
    // if that number does not answer.
    kTransfer,
    // The same after somebody of them has been talked to, while the caller waits: then
    // either of the other two.
    kConsult,
    kCompleteTransfer,
    kCancelConsult,
    // Says `disposition` of the contact of `token`.
    kDispose,
  };
  Kind kind = Kind::kReady;
  std::string agent;
  std::string phone;
  std::string reason;
  contact::Token token = 0;
  absl::Duration by;
  std::string to_group;
  std::string to_agent;
  // E.164.
  std::string to_number;
  std::string disposition;
};

// Something that a supervisor does with a group.
struct GroupAct {
  std::string group;
  // Takes contacts again, or no calls from now on.
  bool opens = true;
  // Of those who wait when it closes.
  contact::Closing closing = contact::Closing::kDrain;
  // How long those may wait on that are to drain; 0 to 24 h.
  absl::Duration drain = absl::Minutes(15);
};

// Something that a supervisor changes of an agent: it stays until it is reset, or until a
// plan is published that writes this very thing otherwise than the one before.
struct AgentChange {
  enum class Kind { kSkill, kMembership, kReset };
  Kind kind = Kind::kReset;
  std::string agent;
  // Of the skill, or of the group.
  std::string name;
  // 1 to 100; 0: not at all, or no member by name.
  int index = 0;
  // Who does it, for people; up to 128 bytes.
  std::string by;
};

// Something that a supervisor does with a contact.
struct ContactAct {
  CallId call;
  // It goes on as if nobody had been free in time; else it goes to `to_group`, `to_agent`,
  // or the group if that agent does not take it.
  bool gives_up = false;
  std::string to_group;
  std::string to_agent;
};

// A contact, for people.
struct ContactDetails {
  CallId call;
  contact::Medium medium = contact::Medium::kCall;
  // Empty where an agent alone is wanted.
  std::string group;
  // The number, or the mailbox of an e-mail.
  std::string called;
  // Likewise; empty if it is not known or must not be shown.
  std::string calling;
  // Of an e-mail.
  std::string subject;
  std::string message_id;
  // Its caller has hung up and is called back, at `calling`.
  bool is_callback = false;
  absl::Time arrived;
  // A number outside: to which the contact is handed on, or whom the agent who has it consults
  // or calls for that.
  std::string outside_number;
};

// What an agent is doing.
struct AgentNow {
  std::string name;
  contact::AgentStanding standing;
  // That the agent serves now, also by skills; sorted.
  std::vector<std::string> groups;
  // Of each of the slots; of a contact that has left, what is known of it.
  std::vector<ContactDetails> contacts;
};

// A contact that has not ended, and how it stands.
struct ContactEntry {
  ContactDetails details;
  contact::ContactStanding standing;
  // Who has it, or is wanted first; and who is consulted.
  std::string agent;
  std::string consulted;
};

// What goes on in a group.
struct GroupNow {
  std::string name;
  contact::GroupStanding standing;
};

// What has changed in a contact centre.
struct CenterChanges {
  // By which the next changes are asked for.
  uint64_t version = 0;
  // All agents are here: those that are not are none any more.
  bool is_full = false;
  std::vector<AgentNow> agents;
  // All of them.
  std::vector<GroupNow> groups;
};

// What a call has to do now.
struct CallNow {
  // The question by which it waits, or was brought to the agent.
  uint32_t step = 0;
  // Who has the call; empty while nobody has, and the decision says what there is to do.
  std::string agent;
  // Whom that agent consults, or wants to: nobody if `consults` is not set.
  bool consults = false;
  // The phones to dial for it, each naming its leg in `step`.
  std::vector<ContactNow::Phone> phones;
  // Who talks with the agent now, while the caller waits.
  std::string consulted;
  // The same where that is a number outside: its leg. If `agent` is empty, the agent has handed
  // the call over, and is gone.
  std::optional<AttemptId> consulted_attempt;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_AGENTS_H_
