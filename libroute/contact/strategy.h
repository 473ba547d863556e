#ifndef LIBROUTE_CONTACT_STRATEGY_H_
#define LIBROUTE_CONTACT_STRATEGY_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace libroute::contact {

// Which of the free agents of a group gets a contact. With all of them, reserve
// agents come after all others, and whoever is idle longest decides a tie.
enum class Strategy : uint8_t {
  // Free for the longest time since the last contact ended.
  kLongestIdle,
  // The best in what the group does.
  kHighestIndex,
  // The least index that will do: keeps the experts free.
  kLowestSufficientIndex,
  // Who has had the fewest contacts since the last NewDay.
  kFewestContactsToday,
  // Who was busy for the least share of the last half hour.
  kLeastOccupied,
  // Who has talked least since the last NewDay.
  kLeastTalkTime,
  // Whose last offer lies furthest back, of whatever group.
  kRoundRobin,
  // As the members are written down; those by skills come last, as the agents
  // are written down.
  kTopDown,
  // In proportion to the index: an index of 80 gets twice what one of 40 gets.
  kWeighted,
  // By lot; but each turn comes, so that no one is idle for ever.
  kRandom,
  // All that are free at once, the first answer wins.
  kRingAll,
  // The one idle longest, then one more after each `ring_step`.
  kProgressiveRing,
};
inline constexpr int kStrategies = 12;

// What is known of an agent who becomes idle, as a member of a group.
struct IdleAgent {
  int index = 1;
  uint32_t contacts_today = 0;
  // In microseconds.
  int64_t talk_today = 0;
  uint32_t occupancy_per_mille = 0;
  // A number that grows with each offer, 0 before the first.
  uint64_t last_offer = 0;
  // The place in the order in which members are written down.
  uint32_t place = 0;
  // The rank of who was chosen last in the group, for those that share turns.
  uint64_t turn = 0;
  // Well mixed bits of its own for each agent and time.
  uint64_t lot = 0;
};

// The rank of an agent among those that are free: the least is chosen, equals by
// who is idle longest. Below 2^63. Pure; asked when the agent becomes idle and
// when what he has changes, and not again in between.
uint64_t RankOf(Strategy strategy, const IdleAgent& agent);

// "longest_idle", "highest_index", ...
absl::string_view StrategyName(Strategy strategy);
std::optional<Strategy> ParseStrategy(absl::string_view name);

// Whether several phones ring for one contact.
constexpr bool RingsSeveral(Strategy strategy) {
  return strategy == Strategy::kRingAll || strategy == Strategy::kProgressiveRing;
}
// Whether ranks are places in a common order of turns (IdleAgent::turn).
constexpr bool SharesTurns(Strategy strategy) {
  return strategy == Strategy::kWeighted || strategy == Strategy::kRandom;
}

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_STRATEGY_H_
