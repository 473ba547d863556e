#ifndef LIBROUTE_CONTACT_CONTACT_STATE_H_
#define LIBROUTE_CONTACT_CONTACT_STATE_H_

#include <array>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "libroute/contact/agent.h"
#include "libroute/contact/deadlines.h"
#include "libroute/contact/handle.h"
#include "libroute/contact/rules.h"

// A contact as the centre keeps it. Inside the folder only.
namespace libroute::contact {

// The place of a contact among those that wait: fixed on arrival.
struct WaitKey {
  // The arrival, with priority and medium counted as time.
  Micros arrival = 0;
  uint64_t sequence = 0;
  uint32_t contact = kNobody;

  friend bool operator<(const WaitKey& a, const WaitKey& b) {
    return a.arrival != b.arrival ? a.arrival < b.arrival : a.sequence < b.sequence;
  }
};

// A queue in which a contact stands.
struct Place {
  uint32_t group = 0;
  // How many of the group's levels it has passed (group.h).
  uint8_t level = 0;
  Micros entered = 0;
};

// How a number outside has to do with a contact.
enum class Outside : uint8_t {
  kNone,
  // Its owner has sent it there, and nobody has it until the number answers.
  kSentOut,
  // Its owner calls the number to consult it, and talks with it.
  kCalled,
  kConsulted,
};

// A contact is with nobody (after giving up, or sent outside), seeks an agent (waits, or is
// offered), is with its owner, or in wrap-up there. One that is with its owner
// may seek somebody to consult besides, or consult a number outside. A callback may rest: it
// seeks, but is neither queued nor offered.
struct Contact {
  WaitKey key;
  // By how much the key is before what it would be by itself, for a position wished for.
  Micros moved_up = 0;
  // How long wrap-up takes after it; kNever if it is nothing special.
  Micros wrap_up = kNever;
  Micros arrived = 0;

  // Where it waits, if it seeks: in a group, or for an agent first or only.
  GroupId home;
  uint32_t wanted_agent = kNobody;
  Micros entered = 0;
  Micros agent_until = kNever;
  Micros give_up_at = kNever;
  // When it is offered to all again, kNever if nobody refused it.
  Micros refusals_until = kNever;
  // Progressive ring: when one more rings.
  Micros ring_next = kNever;
  // The queues in which it stands now, if is_queued and not for the agent.
  absl::InlinedVector<Place, 1> places;
  // When these were found: steps up to then have been taken.
  Micros placed_at = 0;
  // Who has an offer of it.
  absl::InlinedVector<uint32_t, 1> offers;
  std::array<uint32_t, 4> refused_by{kNobody, kNobody, kNobody, kNobody};

  // Whose it is, by which work.
  uint32_t owner = kNobody;
  Token owner_token = 0;
  uint32_t consulted = kNobody;
  // Of a callback: nobody calls after that.
  Micros callback_until = kNever;
  // Of one that rests: nobody calls before that. kNever if it does not.
  Micros rests_until = kNever;
  // With nobody: ended then. Of a number that its owner calls: given up then.
  Micros forget_at = kNever;

  Medium medium = Medium::kCall;
  Outside outside = Outside::kNone;
  int8_t priority = 0;
  uint8_t next_refused = 0;
  uint8_t ring_allowed = 1;
  bool is_seeking = false;
  bool is_queued = false;
  bool is_queued_for_agent = false;
  // An agent has accepted, the phone is being dialled.
  bool is_connecting = false;
  // The longest wait was wished for, not the group's.
  bool has_own_wait = false;
  // The last that was told of it is that it waits, and for the agent alone.
  bool is_told_waiting = false;
  bool is_told_for_agent = false;
  // The call is over, the owner is in wrap-up.
  bool is_over = false;
  // The caller has hung up, and was not reached yet.
  bool is_callback = false;

  // It waits to be called back: not to be given up but for its own time.
  bool keeps_promise() const { return is_callback && owner == kNobody; }

  // Whether the owner consults somebody, or wants to.
  bool is_consulting() const {
    return owner != kNobody && !is_over &&
           (is_seeking || consulted != kNobody || outside != Outside::kNone);
  }
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_CONTACT_STATE_H_
