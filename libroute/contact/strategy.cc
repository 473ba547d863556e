#include "libroute/contact/strategy.h"

#include <algorithm>

namespace libroute::contact {
namespace {

// How far apart turns are: of an index of 1, or by lot on average.
constexpr uint64_t kTurn = 1 << 24;

uint64_t EqualRank(const IdleAgent&) {
  return 0;
}
uint64_t HighestIndexRank(const IdleAgent& agent) {
  return 100 - agent.index;
}
uint64_t LowestIndexRank(const IdleAgent& agent) {
  return agent.index;
}
uint64_t ContactsRank(const IdleAgent& agent) {
  return agent.contacts_today;
}
uint64_t OccupancyRank(const IdleAgent& agent) {
  return agent.occupancy_per_mille;
}
uint64_t TalkRank(const IdleAgent& agent) {
  return static_cast<uint64_t>(std::max<int64_t>(agent.talk_today, 0));
}
uint64_t OfferRank(const IdleAgent& agent) {
  return agent.last_offer;
}
uint64_t PlaceRank(const IdleAgent& agent) {
  return agent.place;
}

// Fair queueing: the heavier, the sooner the next turn. Who was away starts from
// the present turn, and has neither lost nor saved up any.
uint64_t WeightedRank(const IdleAgent& agent) {
  return agent.turn + kTurn / agent.index;
}

// A rank that were a bare lot would leave high ones at the end for ever.
uint64_t RandomRank(const IdleAgent& agent) {
  return agent.turn + agent.lot % (2 * kTurn);
}

struct Ranking {
  const char* name;
  uint64_t (*rank)(const IdleAgent&);
};

// In the order of Strategy.
constexpr Ranking kRankings[kStrategies] = {
    {"longest_idle", EqualRank},
    {"highest_index", HighestIndexRank},
    {"lowest_sufficient_index", LowestIndexRank},
    {"fewest_contacts_today", ContactsRank},
    {"least_occupied", OccupancyRank},
    {"least_talk_time", TalkRank},
    {"round_robin", OfferRank},
    {"top_down", PlaceRank},
    {"weighted", WeightedRank},
    {"random", RandomRank},
    {"ring_all", EqualRank},
    {"progressive_ring", EqualRank},
};

}  // namespace

uint64_t RankOf(Strategy strategy, const IdleAgent& agent) {
  return kRankings[static_cast<int>(strategy)].rank(agent);
}

absl::string_view StrategyName(Strategy strategy) {
  return kRankings[static_cast<int>(strategy)].name;
}

std::optional<Strategy> ParseStrategy(absl::string_view name) {
  for (int i = 0; i < kStrategies; ++i) {
    if (name == kRankings[i].name) return static_cast<Strategy>(i);
  }
  return std::nullopt;
}

}  // namespace libroute::contact
