#ifndef LIBROUTE_CONTACT_GROUP_H_
#define LIBROUTE_CONTACT_GROUP_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/container/inlined_vector.h"
#include "libroute/contact/agent.h"
#include "libroute/contact/contact_state.h"
#include "libroute/contact/deadlines.h"
#include "libroute/contact/expected_wait.h"
#include "libroute/contact/ranked_set.h"
#include "libroute/contact/rules.h"
#include "libroute/contact/skill_expression.h"

// A group as the centre keeps it. Inside the folder only.
namespace libroute::contact {

inline constexpr uint64_t kReserveRank = uint64_t{1} << 63;

// An agent among the free of a group; the least is chosen: reserve agents last, then
// who has less to do, then by rank, then who is idle longer.
struct FreeAgent {
  uint64_t rank = 0;
  uint64_t idle_sequence = 0;
  uint32_t agent = kNobody;
  uint32_t load = 0;

  bool is_reserve() const { return rank >= kReserveRank; }
  friend bool operator<(const FreeAgent& a, const FreeAgent& b) {
    if (a.is_reserve() != b.is_reserve()) return b.is_reserve();
    if (a.load != b.load) return a.load < b.load;
    return a.rank != b.rank ? a.rank < b.rank : a.idle_sequence < b.idle_sequence;
  }
};

// What a group has done, besides those that wait or are offered now. Without
// consultations.
struct GroupCounts {
  uint64_t entered = 0;
  uint64_t answered = 0;
  // Within ServiceLevel::within.
  uint64_t answered_in_time = 0;
  uint64_t abandoned = 0;
  uint64_t gave_up = 0;
  // Went on to another group or to an agent.
  uint64_t moved = 0;
  // The same of calls alone; and of those abandoned, within kAbandonedEarly.
  uint64_t calls_entered = 0;
  uint64_t calls_answered_in_time = 0;
  uint64_t abandoned_early = 0;
  // Of those that agents had for the group: a number outside has them.
  uint64_t transferred_out = 0;
};

// Callers who hang up so soon have not waited in earnest.
inline constexpr Micros kAbandonedEarly = 5'000'000;

// What agents have spent on the calls that they had for a group and are done with.
struct HandleTimes {
  uint64_t calls = 0;
  Micros talked = 0;
  Micros held = 0;
  Micros wrapped_up = 0;
};

// The steps of a group make levels: at level l a contact has taken l of the steps
// that lower the index, and accepts agents of at least least_index(l). The band
// of an agent is the first level that accepts it. So the free agents, by band,
// and those who wait, by level, are two rows of sorted sets; an agent and a
// contact go together if band <= level, and no one who does not fit stands before
// one who does.
class Group {
 public:
  static constexpr uint8_t kNoBand = UINT8_MAX;

  // Also empties all sets and forgets who is there, but not counts and the rate.
  void SetRules(const GroupRules& rules);
  const GroupRules& rules() const { return rules_; }
  Strategy strategy() const { return strategy_; }

  uint8_t BandOf(int index) const;
  // After having waited so long.
  uint8_t LevelAfter(Micros waited) const;
  // When after `waited` the next step comes, also those that add groups; kNever
  // if none does.
  Micros NextStepAfter(Micros waited) const;

  using FreeSet = absl::btree_set<FreeAgent>;
  using WaitSet = RankedSet<WaitKey>;
  FreeSet& free(Medium medium, uint8_t band) { return free_[Row(medium, band)]; }
  WaitSet& waiting(Medium medium, uint8_t level) { return waiting_[Row(medium, level)]; }
  const FreeSet& free(Medium medium, uint8_t band) const { return free_[Row(medium, band)]; }
  const WaitSet& waiting(Medium medium, uint8_t level) const {
    return waiting_[Row(medium, level)];
  }
  uint8_t levels() const { return levels_; }
  // Of all levels.
  size_t Waiting(Medium medium) const;
  size_t Free(Medium medium) const;
  // How many wait before `key`.
  size_t Before(Medium medium, const WaitKey& key) const;

  // The rank chosen last, for strategies that share turns.
  uint64_t turn = 0;

  // How many of those with a band are logged in and ready (on a contact or not).
  uint32_t logged_in = 0;
  uint32_t ready = 0;

  // The calls that wait, by when they came here.
  RankedSet<std::pair<Micros, uint32_t>> entered;

  // How many wait here that came here first.
  uint32_t waiting_at_home = 0;
  // How many of the calls that wait are callbacks.
  uint32_t callbacks = 0;
  bool is_closed = false;
  // When those who still wait are sent away; kNever if they are not.
  Micros drain_until = kNever;
  // The same until that has been done.
  Micros drain_at = kNever;

  // Whether the rules have some.
  bool has_alarms = false;
  // It is among Floor::noted_.
  bool is_noted = false;
  // Since when each is raised, by AlarmKind; kNever if it is not.
  std::array<Micros, kAlarms> alarms{kNever, kNever, kNever, kNever};
  // When the first has waited for so long that one is to be raised.
  Micros alarm_at = kNever;

  // What agents have said of contacts, and how often.
  absl::btree_map<std::string, uint64_t> dispositions;
  // Who belongs to it by skills.
  std::optional<SkillExpression> members_by_skill;
  std::array<AnswerRate, kMedia> rates;
  GroupCounts counts;
  HandleTimes handled;
  // Of the last calls, in parts of a million: answered in time. Starts at all.
  int64_t recent_in_time = 1'000'000;
  // A call was answered or lost.
  void NoteServed(bool is_in_time);
  // How far the group is from its service level, the more the worse: the share
  // that is missing, and a tenth for each time that its first has waited
  // longer than it should, so that its turn comes whatever the others do.
  int64_t Shortfall(Micros first_waited) const;

 private:
  size_t Row(Medium medium, uint8_t level) const {
    return static_cast<size_t>(medium) * levels_ + level;
  }

  // What every event of a member looks at; without steps it is all in here.
  Strategy strategy_ = Strategy::kLongestIdle;
  uint8_t levels_ = 0;
  absl::InlinedVector<WaitSet, kMedia> waiting_;
  absl::InlinedVector<FreeSet, kMedia> free_;
  // By level.
  absl::InlinedVector<uint8_t, 8> least_indices_;
  GroupRules rules_;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_GROUP_H_
