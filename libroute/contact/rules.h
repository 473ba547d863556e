#ifndef LIBROUTE_CONTACT_RULES_H_
#define LIBROUTE_CONTACT_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/contact/strategy.h"

// What a customer has written down about agents, skills and groups. Plain
// values; CheckRules says what may be in them.
namespace libroute::contact {

enum class Medium : uint8_t { kCall, kEmail };
inline constexpr int kMedia = 2;

// How well an agent has a skill: 1 to 100, 100 is best.
struct AgentSkill {
  std::string skill;
  int index = 100;

  friend bool operator==(const AgentSkill&, const AgentSkill&) = default;
};

// Which of the groups an agent would rather work for: 1 first, at most 100. Each
// step counts as so much longer a wait (CenterRules::preference_step).
struct GroupPreference {
  std::string group;
  int preference = 1;

  friend bool operator==(const GroupPreference&, const GroupPreference&) = default;
};

struct AgentRules {
  std::string name;
  std::vector<AgentSkill> skills;
  // Of groups that are not here: 1.
  std::vector<GroupPreference> preferences;
  // Gets only what nobody else can take.
  bool is_reserve = false;
  // A call may be offered during work on e-mails. These cost nothing then, and
  // go on after the call.
  bool calls_interrupt_emails = true;
  // Instead of those of groups, up to their WrapUpRules::most; 0 to 12 h.
  std::optional<absl::Duration> wrap_up;

  friend bool operator==(const AgentRules&, const AgentRules&) = default;
};

// A member of a group by name.
struct Member {
  std::string agent;
  // 1 to 100.
  int index = 100;

  friend bool operator==(const Member&, const Member&) = default;
};

// What changes for a contact that has waited in its group for a time: exactly
// one of the two.
struct RelaxationStep {
  absl::Duration after;
  // From now on this index will do; less than that before. 0: not this.
  int least_index = 0;
  // The contact waits in this group as well, by that group's indices from then
  // on, and keeps its place in its own. Empty: not this.
  std::string add_group;

  friend bool operator==(const RelaxationStep&, const RelaxationStep&) = default;
};

// How a phone is reached.
enum class OfferStyle : uint8_t {
  // The phone rings at once: it is the offer.
  kRingFirst,
  // The agent accepts at the desk, then the phone is dialled.
  kAcceptFirst,
};

struct OfferRules {
  OfferStyle style = OfferStyle::kRingFirst;
  // How long an agent has to answer, 1 s to 1 h.
  absl::Duration answer_within = absl::Seconds(20);
  // Accept-first: how long the phone may take then, 1 s to 1 h.
  absl::Duration connect_within = absl::Seconds(20);
  // A phone that is answered may be a voicemail: a person has to confirm that it is none, for
  // which whoever says how long offers last leaves time.
  bool is_confirmed = false;
  // So many missed offers in a row make the agent not ready; 0: never.
  int missed_limit = 1;
  // Ring-all and progressive ring: how many phones at most (1 to 64), and after
  // which time one more.
  int ring_most = 10;
  absl::Duration ring_step = absl::Seconds(10);

  friend bool operator==(const OfferRules&, const OfferRules&) = default;
};

// Work on a contact after it has ended. Zero: none. The agent may end it before,
// or ask for more, but no more than `most` in all (at most 12 h).
inline constexpr absl::Duration kMostWrapUp = absl::Hours(12);
struct WrapUpRules {
  absl::Duration time;
  absl::Duration most = absl::Minutes(10);
  // It lasts until the agent ends it, or for `most`, whatever else is said.
  bool is_ended_by_agent = false;

  friend bool operator==(const WrapUpRules&, const WrapUpRules&) = default;
};

// The share of contacts that is to be answered within a time.
struct ServiceLevel {
  int percent = 80;
  absl::Duration within = absl::Seconds(20);

  friend bool operator==(const ServiceLevel&, const ServiceLevel&) = default;
};

// What a group's supervisors are told of, while it is so and the group is open.
enum class AlarmKind : uint8_t { kWaiting, kLongestWait, kReadyBelow, kAnsweredInTimeBelow };
inline constexpr size_t kAlarms = 4;
// "waiting", "longest_wait", "ready_below", "answered_in_time_below".
absl::string_view AlarmKindName(AlarmKind kind);

// Zero: no such alarm.
struct AlarmRules {
  // So many calls wait, up to 100000.
  uint32_t waiting = 0;
  // One that waits came to the group so long ago, up to 24 h.
  absl::Duration longest_wait;
  // Fewer are ready, up to 100000.
  uint32_t ready_below = 0;
  // Fewer per cent of the last calls (an average over about 64) were answered within
  // ServiceLevel::within; up to 100.
  int answered_in_time_below = 0;

  friend bool operator==(const AlarmRules&, const AlarmRules&) = default;
};

struct GroupRules {
  std::string name;
  // Members by name, and besides those whose skills say so
  // (skill_expression.h); empty: nobody. A member by name has the index given
  // there.
  std::vector<Member> members;
  std::string members_by_skill;
  Strategy strategy = Strategy::kLongestIdle;
  // Members with less are not offered contacts, until a step says so. 1 to 100.
  int least_index = 1;
  // In order of time; at most 8, each least_index below the one before.
  std::vector<RelaxationStep> steps;
  // How long a call waits if it does not say so itself, 1 s to 24 h. An e-mail
  // waits for ever, unless it says so itself.
  absl::Duration max_wait = absl::Minutes(10);
  // How many wait at most; what comes then is `full`. 0: nobody waits.
  uint32_t max_waiting = 100'000;
  // Whether calls give up when no member is logged in, and when none of those
  // is ready. (E-mails wait.)
  bool gives_up_without_agents = true;
  bool gives_up_with_none_ready = true;
  OfferRules offer;
  WrapUpRules wrap_up;
  ServiceLevel service_level;
  AlarmRules alarms;

  friend bool operator==(const GroupRules&, const GroupRules&) = default;
};

// From which of an agent's groups the next contact comes.
enum class ContactChoice : uint8_t {
  // Who has waited longest, with priority, preference and medium counted as time.
  kOldest,
  // From the group that is furthest from its service level; those that are equal
  // as above.
  kServiceLevel,
};

struct CenterRules {
  std::vector<std::string> skills;
  // Why agents may be not ready. Empty: any reason will do.
  std::vector<std::string> reasons;
  // What agents may say of contacts (Dispose).
  std::vector<std::string> dispositions;
  std::vector<GroupRules> groups;
  std::vector<AgentRules> agents;

  // What a contact takes of an agent's capacity of 100. 1 to 100.
  int call_cost = 100;
  int email_cost = 30;

  ContactChoice choice = ContactChoice::kOldest;
  // A contact counts as come earlier by this for each point of priority, and
  // later by that when it is an e-mail: places are fixed on arrival, and who
  // waits long enough comes before anybody. 0 to 24 h, 0 to 30 days.
  absl::Duration priority_step = absl::Seconds(30);
  absl::Duration email_delay = absl::Hours(4);
  // For an agent's second choice of group, and so on. 0 to 24 h.
  absl::Duration preference_step = absl::Minutes(5);
  // For how long a contact is not offered again to who did not take it (the last
  // four of them), 1 s to 1 h.
  absl::Duration refusal_rest = absl::Seconds(30);
  // For how long no call goes to a phone that was busy or failed, unless it is
  // heard of before. 1 s to 1 h.
  absl::Duration phone_rest = absl::Seconds(30);
  // How long a contact may take to go on to another group, and an agent to come
  // back, 1 s to 1 h.
  absl::Duration grace = absl::Seconds(64);
  // Of Strategy::kRandom.
  uint64_t seed = 0;

  friend bool operator==(const CenterRules&, const CenterRules&) = default;
};

// InvalidArgument with the place, what is there, and what would be right:
// "groups[2].members[0].agent: no agent \"ann\"; did you mean \"anna\"?". The
// first fault only. Linear, but for what is unknown.
absl::Status CheckRules(const CenterRules& rules);

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_RULES_H_
