// The small pieces: deadlines, ranked sets, occupancy, strategies, names, the
// expected wait.

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/deadlines.h"
#include "libroute/contact/expected_wait.h"
#include "libroute/contact/named_slots.h"
#include "libroute/contact/occupancy.h"
#include "libroute/contact/ranked_set.h"
#include "libroute/contact/strategy.h"
#include "libroute/plan/issue.h"

namespace libroute::contact {
namespace {

constexpr Micros kSecond = 1'000'000;

TEST(Deadlines, ComeInOrderOfTimeThenKindThenSlot) {
  using Kind = Deadlines::Kind;
  Deadlines deadlines;
  std::mt19937 random(5);
  std::map<std::pair<int, uint32_t>, Micros> expected;
  for (int i = 0; i < 20000; ++i) {
    const Kind kind = static_cast<Kind>(random() % 3);
    const uint32_t slot = random() % 40;
    const Micros at = random() % 5 == 0 ? kNever : static_cast<Micros>(random() % 50);
    deadlines.Set(kind, slot, at);
    expected.erase({static_cast<int>(kind), slot});
    if (at != kNever) expected[{static_cast<int>(kind), slot}] = at;
    EXPECT_EQ(deadlines.Of(kind, slot), at);
    std::tuple<Micros, int, uint32_t> first{kNever, 0, 0};
    for (const auto& [who, when] : expected) {
      first = std::min(first, std::make_tuple(when, who.first, who.second));
    }
    ASSERT_EQ(deadlines.next(), std::get<0>(first));
    if (random() % 4 != 0 || expected.empty()) continue;
    const auto due = deadlines.PopDue(std::get<0>(first));
    ASSERT_TRUE(due.has_value());
    EXPECT_EQ(std::make_tuple(due->at, static_cast<int>(due->kind), due->slot), first);
    expected.erase({static_cast<int>(due->kind), due->slot});
  }
}

TEST(Deadlines, AreNotDueBeforeTheirTime) {
  Deadlines deadlines;
  EXPECT_FALSE(deadlines.PopDue(kNever - 1).has_value());
  deadlines.Set(Deadlines::Kind::kAgent, 3, 10);
  EXPECT_FALSE(deadlines.PopDue(9).has_value());
  EXPECT_TRUE(deadlines.PopDue(10).has_value());
}

TEST(RankedSet, IsASortedSetThatCounts) {
  RankedSet<int> ranked;
  std::set<int> expected;
  std::mt19937 random(6);
  for (int i = 0; i < 50000; ++i) {
    const int value = random() % 3000;
    if (random() % 3 == 0) {
      EXPECT_EQ(ranked.Erase(value), expected.erase(value) == 1);
    } else if (expected.insert(value).second) {
      ranked.Insert(value);
    }
    ASSERT_EQ(ranked.size(), expected.size());
    if (expected.empty()) continue;
    ASSERT_EQ(ranked.first(), *expected.begin());
    if (i % 64 != 0) continue;
    ASSERT_EQ(ranked.Rank(value), std::distance(expected.begin(), expected.lower_bound(value)));
    std::vector<int> all;
    ranked.ForEach([&](int each) { all.push_back(each); });
    ASSERT_EQ(all, std::vector<int>(expected.begin(), expected.end()));
  }
  EXPECT_EQ(*ranked.FirstWhere([](int value) { return value > 100; }), *expected.upper_bound(100));
  EXPECT_EQ(ranked.FirstWhere([](int) { return false; }), nullptr);
}

TEST(NamedSlots, KnowOldHandlesFromNewOnes) {
  NamedSlots<AgentId, int> slots;
  const AgentId first = slots.Add("anna");
  slots[first.slot] = 7;
  EXPECT_EQ(slots.Find("anna"), first);
  slots.Remove(first.slot);
  EXPECT_EQ(slots.Get(first), nullptr);
  EXPECT_FALSE(slots.Find("anna"));
  const AgentId second = slots.Add("bert");
  EXPECT_EQ(second.slot, first.slot);
  EXPECT_EQ(slots.Get(first), nullptr);
  EXPECT_EQ(*slots.Get(second), 0);
  EXPECT_EQ(slots.Get(AgentId{99, 1}), nullptr);
}

TEST(Occupancy, CountsTheLastHalfHour) {
  Occupancy occupancy;
  const Micros start = 1'800'000'000 * kSecond;  // a whole five minutes
  EXPECT_EQ(occupancy.PerMille(start), 0u);
  occupancy.AddBusy(start, start + 150 * kSecond);
  EXPECT_EQ(occupancy.PerMille(start + 300 * kSecond), 100u);
  EXPECT_EQ(occupancy.PerMille(start + 29 * 60 * kSecond), 86u);
  EXPECT_EQ(occupancy.PerMille(start + 30 * 60 * kSecond), 0u);
  occupancy.AddBusy(start + 3600 * kSecond, start + 2 * 3600 * kSecond);
  EXPECT_EQ(occupancy.PerMille(start + 2 * 3600 * kSecond), 1000u);
}

TEST(Strategy, RanksWhatItsNameSays) {
  IdleAgent less;
  IdleAgent more;
  less.index = 20, more.index = 80;
  less.contacts_today = 1, more.contacts_today = 2;
  less.talk_today = 1, more.talk_today = 2;
  less.occupancy_per_mille = 1, more.occupancy_per_mille = 2;
  less.last_offer = 1, more.last_offer = 2;
  less.place = 1, more.place = 2;
  for (Strategy strategy :
       {Strategy::kLowestSufficientIndex, Strategy::kFewestContactsToday, Strategy::kLeastOccupied,
        Strategy::kLeastTalkTime, Strategy::kRoundRobin, Strategy::kTopDown}) {
    EXPECT_LT(RankOf(strategy, less), RankOf(strategy, more)) << StrategyName(strategy);
  }
  for (Strategy strategy : {Strategy::kHighestIndex, Strategy::kWeighted}) {
    EXPECT_GT(RankOf(strategy, less), RankOf(strategy, more)) << StrategyName(strategy);
  }
  for (Strategy strategy :
       {Strategy::kLongestIdle, Strategy::kRingAll, Strategy::kProgressiveRing}) {
    EXPECT_EQ(RankOf(strategy, less), RankOf(strategy, more)) << StrategyName(strategy);
  }
}

TEST(Strategy, IsReadByItsName) {
  for (int i = 0; i < kStrategies; ++i) {
    const Strategy strategy = static_cast<Strategy>(i);
    EXPECT_EQ(ParseStrategy(StrategyName(strategy)), strategy);
  }
  EXPECT_EQ(ParseStrategy("longest idle"), std::nullopt);
}

TEST(NearestName, IsNearOrNotThere) {
  const std::vector<std::string> names = {"french", "dutch"};
  EXPECT_EQ(DidYouMean("frnch", names), "; did you mean \"french\"?");
  EXPECT_EQ(DidYouMean("german", names), "");
}

TEST(AnswerRate, NeedsAnswersOfTheLastHalfHour) {
  AnswerRate rate;
  for (int i = 0; i < 3; ++i) rate.AddAnswer(i * kSecond);
  EXPECT_FALSE(rate.At(1, 4 * kSecond).has_value());
  rate.AddAnswer(3 * kSecond);
  EXPECT_TRUE(rate.At(1, 4 * kSecond).has_value());
  EXPECT_FALSE(rate.At(1, 3600 * kSecond).has_value());
}

TEST(AnswerRate, IsNearTheQuantilesOfTheGammaDistribution) {
  AnswerRate rate;
  for (int i = 0; i <= 32; ++i) rate.AddAnswer(i * kSecond);
  // One a second, nearly: the answers kept are the last 32, up to now.
  const struct {
    size_t position;
    double median, bound;
  } kExact[] = {{1, 0.6931, 2.3026}, {2, 1.6783, 3.8897}, {10, 9.6687, 14.2060}};
  for (const auto& exact : kExact) {
    const ExpectedWait wait = *rate.At(exact.position, 32 * kSecond);
    EXPECT_NEAR(absl::ToDoubleSeconds(wait.median), exact.median, 0.02 * exact.median);
    EXPECT_NEAR(absl::ToDoubleSeconds(wait.bound), exact.bound, 0.02 * exact.bound);
  }
}

}  // namespace
}  // namespace libroute::contact
