#ifndef LIBROUTE_CONTACT_AGENT_H_
#define LIBROUTE_CONTACT_AGENT_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "libroute/contact/deadlines.h"
#include "libroute/contact/effect.h"
#include "libroute/contact/event.h"
#include "libroute/contact/handle.h"
#include "libroute/contact/occupancy.h"
#include "libroute/contact/rules.h"
#include "libroute/contact/skill_expression.h"

// An agent as the centre keeps it. Inside the folder only.
namespace libroute::contact {

inline constexpr uint32_t kNobody = UINT32_MAX;
inline constexpr int kCapacity = 100;

// A set of Medium.
using Media = uint8_t;
constexpr Media MediumBit(Medium medium) {
  return 1 << static_cast<int>(medium);
}

// An offer, and what becomes of it: one of an agent's slots.
struct Work {
  enum class State : uint8_t { kOffered, kConnecting, kActive, kWrapUp };

  Token token = 0;
  ContactId contact;
  // For which group; nobody's for a contact that wanted this agent.
  GroupId group;
  // When the state began, and when it ends by itself.
  Micros since = 0;
  Micros deadline = kNever;
  Medium medium = Medium::kCall;
  State state = State::kOffered;
  uint8_t cost = 0;
  // Of calls, as the contact's home group had it when it was offered.
  bool is_accept_first = false;
  Micros connect_within = 0;
  // Since when the caller is on hold, kNever if he is not; and how long in all before.
  Micros held_since = kNever;
  Micros held = 0;
  // In wrap-up: how long the agent has had it, with what it was on hold.
  Micros had = 0;
  // An e-mail that rests while there is a call: costs nothing.
  bool is_interrupted = false;

  bool is_held() const { return held_since != kNever; }
  int cost_now() const { return is_interrupted ? 0 : cost; }
  // Offered, or accepted and not connected yet.
  bool is_pending() const { return state == State::kOffered || state == State::kConnecting; }
};

// Where members by skill, and those whom a supervisor has made members, stand after those
// by name.
inline constexpr uint32_t kByHand = 1 << 23;
inline constexpr uint32_t kBySkill = 1 << 24;

// What a supervisor has changed of an agent.
struct Adjustment {
  // One of the two.
  std::string skill;
  std::string group;
  // 0: not at all.
  int index = 0;
  // What the rules say, and as which of the members by name.
  int written = 0;
  uint32_t place = 0;
  std::string by;
  Micros at = 0;
};

struct Membership {
  // RankOf, fixed when the agent became idle, or what he has changed last; the highest
  // bit is set for reserve agents.
  uint64_t rank = 0;
  uint32_t group = 0;
  uint32_t place = 0;
  uint8_t index = 1;
  uint8_t preference = 1;
  // The first level of the group at which the index will do (group.h).
  uint8_t band = 0;
  // For which media the agent stands among the free of the group.
  Media listed = 0;
};

struct Agent {
  // What every event of the agent looks at comes first: it is in few cache lines.
  Presence presence = Presence::kLoggedOut;
  Line line = Line::kIdle;
  bool is_reserve = false;
  bool calls_interrupt_emails = true;
  // Not in the rules any more.
  bool is_removed = false;
  // The ranks are to be taken anew before the agent stands among the free again.
  bool has_old_ranks = false;
  uint8_t next_refused = 0;
  // What the works cost, also those that rest; as the agent stands among the free.
  uint8_t load = 0;
  uint16_t missed = 0;
  absl::InlinedVector<Work, 1> works;
  std::vector<Membership> memberships;
  // Grows with each time that somebody becomes idle: who is less is idle longer.
  uint64_t idle_sequence = 0;
  // No calls until then, because the phone was busy or failed; kNever if not so.
  Micros phone_rest_until = kNever;
  // kNever while the desk is heard of.
  Micros disconnected_until = kNever;
  // kNever if not.
  Micros busy_since = kNever;
  // The token of the last offer.
  uint64_t last_offer = 0;
  Micros talk_today = 0;
  Micros hold_today = 0;
  Micros wrap_up_today = 0;
  uint32_t contacts_today = 0;
  Occupancy occupancy;
  // kNever: as groups have it.
  Micros wrap_up = kNever;

  // The last contacts that the agent did not take, in a ring.
  std::array<ContactId, 4> refused;
  // In the order in which agents are written down.
  uint32_t place = 0;
  std::vector<SkillLevel> skills;
  // Of groups, by their slots; 1 for those that are not here.
  std::vector<std::pair<uint32_t, uint8_t>> preferences;
  std::string phone;
  // Of a break.
  std::string reason;
};

// Of those works of the agent that `is_meant`: what is done to them may change the list.
template <typename Predicate>
absl::InlinedVector<Token, 4> TokensOf(const Agent& agent, Predicate is_meant) {
  absl::InlinedVector<Token, 4> tokens;
  for (const Work& work : agent.works) {
    if (is_meant(work)) tokens.push_back(work.token);
  }
  return tokens;
}

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_AGENT_H_
