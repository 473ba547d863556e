#include "libroute/ledger/ledger.h"

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr absl::Duration kLease = absl::Hours(4);

CallId TestId(int i, uint64_t epoch = 1) {
  return {"sw", epoch, absl::StrCat("c", i)};
}

ClaimOn Place(Counter& counter, uint32_t limit) {
  return {{Claim::Kind::kPlace, 0, 0, limit}, &counter};
}

ClaimOn Use(Counter& counter, uint32_t limit, uint64_t subject = 0) {
  return {{Claim::Kind::kUse, 0, subject, limit, absl::Minutes(15)}, &counter};
}

ClaimOn Room(Counter& counter, uint32_t limit, uint64_t subject = 0) {
  return {{Claim::Kind::kRoom, 0, subject, limit, absl::Minutes(15)}, &counter};
}

bool Granted(Ledger& ledger, const CallId& call, std::vector<ClaimOn> claims,
             absl::Time now = kNow) {
  const std::optional<size_t> examined = ledger.Examine(call, claims, now);
  const std::optional<size_t> refused = ledger.Grant(call, claims, now).refused;
  EXPECT_EQ(examined.has_value(), refused.has_value());
  return !refused.has_value();
}

TEST(Ledger, GivesNoMorePlacesThanThereAre) {
  Ledger ledger(kLease);
  Counter counter;
  EXPECT_TRUE(Granted(ledger, TestId(1), {Place(counter, 2)}));
  EXPECT_TRUE(Granted(ledger, TestId(2), {Place(counter, 2)}));
  EXPECT_FALSE(Granted(ledger, TestId(3), {Place(counter, 2)}));
  EXPECT_TRUE(ledger.Release(TestId(1)));
  EXPECT_FALSE(ledger.Release(TestId(1)));
  EXPECT_TRUE(Granted(ledger, TestId(3), {Place(counter, 2)}));
  EXPECT_EQ(counter.taken(), 2u);
}

TEST(Ledger, ACallHasAPlaceOnce) {
  Ledger ledger(kLease);
  Counter counter;
  EXPECT_TRUE(Granted(ledger, TestId(1), {Place(counter, 1)}));
  EXPECT_TRUE(Granted(ledger, TestId(1), {Place(counter, 1)}));
  EXPECT_EQ(counter.taken(), 1u);
  ledger.Release(TestId(1));
  EXPECT_EQ(counter.taken(), 0u);
}

ClaimOn PlaceOf(Counter& counter, uint32_t limit, uint64_t number) {
  return {PlaceClaim(0, limit, number), &counter};
}

TEST(Ledger, GivesEachNumberPlacesOfItsOwn) {
  Ledger ledger(kLease);
  Counter counter;
  EXPECT_TRUE(Granted(ledger, TestId(1), {PlaceOf(counter, 1, 7)}));
  EXPECT_TRUE(Granted(ledger, TestId(1), {PlaceOf(counter, 1, 7)}));
  EXPECT_FALSE(Granted(ledger, TestId(2), {PlaceOf(counter, 1, 7)}));
  EXPECT_TRUE(Granted(ledger, TestId(2), {PlaceOf(counter, 1, 8)}));
  // A call may have those of two.
  EXPECT_TRUE(Granted(ledger, TestId(2), {PlaceOf(counter, 1, 9)}));
  EXPECT_EQ(counter.taken(), 3u);
  ledger.Release(TestId(1));
  EXPECT_TRUE(Granted(ledger, TestId(3), {PlaceOf(counter, 1, 7)}));
  EXPECT_FALSE(Granted(ledger, TestId(3), {PlaceOf(counter, 1, 8)}));
  ledger.Release(TestId(2));
  ledger.Release(TestId(3));
  EXPECT_EQ(counter.taken(), 0u);
  EXPECT_EQ(ledger.NextDeadline(), absl::InfiniteFuture());
}

TEST(Ledger, APlaceOfANumberIsUndoneWithTheOthers) {
  Ledger ledger(kLease);
  Counter counter;
  Counter full;
  ASSERT_TRUE(Granted(ledger, TestId(1), {Place(full, 1)}));
  EXPECT_FALSE(Granted(ledger, TestId(2), {PlaceOf(counter, 1, 7), Place(full, 1)}));
  EXPECT_EQ(counter.taken(), 0u);
  EXPECT_TRUE(Granted(ledger, TestId(3), {PlaceOf(counter, 1, 7)}));
}

TEST(Ledger, APlaceOfANumberIsKeptAsLongAsItsCallIs) {
  Ledger ledger(kLease);
  Counter counter;
  ASSERT_TRUE(Granted(ledger, TestId(1), {PlaceOf(counter, 1, 7)}));
  ASSERT_TRUE(Granted(ledger, TestId(2), {PlaceOf(counter, 1, 8)}));
  const absl::Time later = kNow + kLease - absl::Seconds(1);
  // One call is heard of by itself, the other in a list.
  EXPECT_TRUE(ledger.Renew(TestId(1), later));
  const std::vector<std::string> alive = {"c1", "c2"};
  EXPECT_THAT(ledger.KeepLive("sw", 1, alive, later).held, UnorderedElementsAre("c1", "c2"));
  const absl::Time last = later + kLease - absl::Seconds(1);
  EXPECT_THAT(ledger.Expire(last), ElementsAre());
  EXPECT_FALSE(Granted(ledger, TestId(3), {PlaceOf(counter, 1, 7)}, last));
  EXPECT_FALSE(Granted(ledger, TestId(3), {PlaceOf(counter, 1, 8)}, last));
  EXPECT_THAT(ledger.Expire(later + kLease), UnorderedElementsAre(TestId(1), TestId(2)));
  EXPECT_EQ(counter.taken(), 0u);
  EXPECT_TRUE(Granted(ledger, TestId(3), {PlaceOf(counter, 1, 7)}, later + kLease));
}

TEST(Ledger, APlaceThatIsOverCountsUntilItIsDropped) {
  Ledger ledger(kLease);
  Counter together;
  Counter counter;
  ASSERT_TRUE(Granted(ledger, TestId(1), {Place(together, 1), PlaceOf(counter, 1, 7)}));
  const absl::Time over = kNow + kLease;
  EXPECT_FALSE(Granted(ledger, TestId(2), {Place(together, 1)}, over));
  EXPECT_FALSE(Granted(ledger, TestId(2), {PlaceOf(counter, 1, 7)}, over));
  EXPECT_THAT(ledger.Expire(over), ElementsAre(TestId(1)));
  EXPECT_TRUE(Granted(ledger, TestId(2), {Place(together, 1), PlaceOf(counter, 1, 7)}, over));
}

TEST(Ledger, EachNumberHasARateOfItsOwn) {
  Ledger ledger(kLease);
  Counter counter;
  auto pass = [&](uint64_t number) {
    return ClaimOn{PassClaim(0, {1, absl::Seconds(10), 2}, number), &counter};
  };
  for (uint64_t number : {7, 8}) {
    EXPECT_TRUE(Granted(ledger, TestId(1), {pass(number)}));
    EXPECT_TRUE(Granted(ledger, TestId(2), {pass(number)}));
    EXPECT_FALSE(Granted(ledger, TestId(3), {pass(number)}));
  }
  EXPECT_TRUE(Granted(ledger, TestId(3), {pass(7)}, kNow + absl::Seconds(10)));
  // What is refused otherwise has not come.
  Counter full;
  ASSERT_TRUE(Granted(ledger, TestId(4), {Place(full, 1)}));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(Granted(ledger, TestId(5), {pass(9), Place(full, 1)}));
  EXPECT_TRUE(Granted(ledger, TestId(5), {pass(9)}));
  ledger.Release(TestId(4));
  ledger.Expire(kNow + absl::Seconds(60));
  EXPECT_EQ(ledger.NextDeadline(), absl::InfiniteFuture());
}

TEST(Ledger, GrantsAllOrNothing) {
  Ledger ledger(kLease);
  Counter room;
  Counter line;
  Counter wrong;
  ASSERT_TRUE(Granted(ledger, TestId(1), {Place(line, 1)}));
  const std::vector<ClaimOn> claims = {Use(wrong, 5), Place(room, 9), Place(line, 1)};
  EXPECT_EQ(ledger.Grant(TestId(2), claims, kNow).refused, 2u);
  EXPECT_EQ(room.taken(), 0u);
  EXPECT_EQ(ledger.holders(), 1u);
  // The use was given back, too: five are left.
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(Granted(ledger, TestId(3), {Use(wrong, 5)})) << i;
  EXPECT_FALSE(Granted(ledger, TestId(3), {Use(wrong, 5)}));
}

TEST(Ledger, KeepsWhatACallHadWhenItIsRefusedMore) {
  Ledger ledger(kLease);
  Counter room;
  Counter full;
  ASSERT_TRUE(Granted(ledger, TestId(1), {Place(room, 1)}));
  ASSERT_TRUE(Granted(ledger, TestId(2), {Place(full, 1)}));
  EXPECT_FALSE(Granted(ledger, TestId(1), {Place(room, 1), Place(full, 1)}));
  EXPECT_EQ(room.taken(), 1u);
}

TEST(Ledger, CountsUsesForEachSubjectWithinTheWindow) {
  Ledger ledger(kLease);
  Counter wrong;
  EXPECT_TRUE(Granted(ledger, TestId(1), {Use(wrong, 1, 7)}));
  EXPECT_FALSE(Granted(ledger, TestId(2), {Use(wrong, 1, 7)}));
  EXPECT_FALSE(Granted(ledger, TestId(2), {Room(wrong, 1, 7)}));
  EXPECT_TRUE(Granted(ledger, TestId(2), {Room(wrong, 1, 8)}));
  EXPECT_TRUE(Granted(ledger, TestId(2), {Use(wrong, 1, 8)}));
  const absl::Time later = kNow + absl::Minutes(17);
  EXPECT_TRUE(Granted(ledger, TestId(2), {Room(wrong, 1, 7)}, later));
  EXPECT_TRUE(Granted(ledger, TestId(2), {Use(wrong, 1, 7)}, later));
  ledger.Expire(later + absl::Minutes(17));
  EXPECT_EQ(ledger.NextDeadline(), absl::InfiniteFuture());
}

TEST(Ledger, ProtectsALineForAWhile) {
  Ledger ledger(kLease);
  const E164Number line = *E164Number::Parse("+3222000110");
  EXPECT_FALSE(ledger.IsProtected(line, kNow));
  const ClaimOn protect = {{Claim::Kind::kProtect, 0, line.digits().packed(), 0, absl::Minutes(60)},
                           nullptr};
  EXPECT_TRUE(Granted(ledger, TestId(1), {protect}));
  EXPECT_TRUE(ledger.IsProtected(line, kNow + absl::Minutes(59)));
  EXPECT_FALSE(ledger.IsProtected(line, kNow + absl::Minutes(60)));
  EXPECT_FALSE(ledger.IsProtected(*E164Number::Parse("+3222000111"), kNow));
  // A second call for help begins the hour again.
  EXPECT_TRUE(Granted(ledger, TestId(2), {protect}, kNow + absl::Minutes(30)));
  EXPECT_TRUE(ledger.IsProtected(line, kNow + absl::Minutes(80)));
}

TEST(Ledger, LeasesHealWhatIsNotReported) {
  Ledger ledger(kLease);
  Counter counter;
  ASSERT_TRUE(Granted(ledger, TestId(1), {Place(counter, 9)}));
  ASSERT_TRUE(Granted(ledger, TestId(2), {Place(counter, 9)}));
  EXPECT_TRUE(ledger.Renew(TestId(1), kNow + absl::Hours(1)));
  EXPECT_FALSE(ledger.Renew(TestId(3), kNow));
  EXPECT_EQ(ledger.NextDeadline(), kNow + kLease);
  EXPECT_THAT(ledger.Expire(kNow + kLease), ElementsAre(TestId(2)));
  EXPECT_EQ(counter.taken(), 1u);
  EXPECT_THAT(ledger.Expire(kNow + kLease + absl::Hours(1)), ElementsAre(TestId(1)));
  EXPECT_EQ(counter.taken(), 0u);
}

TEST(Ledger, ACallThatAsksAgainAfterItsLeaseStillHasItsPlaceOnce) {
  Ledger ledger(kLease);
  Counter counter;
  ASSERT_TRUE(Granted(ledger, TestId(1), {Place(counter, 9)}));
  const absl::Time late = kNow + kLease + absl::Seconds(1);
  EXPECT_TRUE(ledger.Grant(TestId(1), {Place(counter, 9)}, late).is_granted());
  EXPECT_EQ(counter.taken(), 1u);
}

TEST(Ledger, GivesBackWhatASwitchDoesNotList) {
  Ledger ledger(kLease);
  Counter counter;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Granted(ledger, TestId(i), {Place(counter, 9)}));
  ASSERT_TRUE(Granted(ledger, TestId(4, 2), {Place(counter, 9)}));
  ASSERT_TRUE(Granted(ledger, {"other", 1, "c9"}, {Place(counter, 9)}));
  const std::vector<std::string> alive = {"c1", "c3", "c8"};
  Ledger::Kept kept = ledger.KeepLive("sw", 1, alive, kNow + absl::Hours(1));
  EXPECT_THAT(kept.held, UnorderedElementsAre("c1", "c3"));
  EXPECT_THAT(kept.given_back, UnorderedElementsAre("c0", "c2"));
  EXPECT_EQ(counter.taken(), 4u);
  // The others' leases did not move.
  EXPECT_EQ(ledger.Expire(kNow + kLease).size(), 2u);
  ledger.ReleaseBefore("sw", 2);
  EXPECT_EQ(counter.taken(), 0u);
}

// Random calls against a model that keeps sets.
TEST(Ledger, CountsAsAModelDoes) {
  std::mt19937 random(3);
  Ledger ledger(kLease);
  Counter counters[3];
  std::set<int> holders[3];
  constexpr uint32_t kLimits[] = {1, 5, 20};
  for (int i = 0; i < 20'000; ++i) {
    const int call = static_cast<int>(random() % 40);
    if (random() % 3 == 0) {
      bool had = false;
      for (auto& held : holders) had |= held.erase(call) > 0;
      EXPECT_EQ(ledger.Release(TestId(call)), had);
      continue;
    }
    const size_t first = random() % 3;
    const size_t second = random() % 3;
    auto may = [&](size_t which) {
      return holders[which].count(call) > 0 || holders[which].size() < kLimits[which];
    };
    const bool all = may(first) && may(second);
    EXPECT_EQ(
        Granted(ledger, TestId(call),
                {Place(counters[first], kLimits[first]), Place(counters[second], kLimits[second])}),
        all);
    if (all) holders[first].insert(call), holders[second].insert(call);
    for (size_t j = 0; j < 3; ++j) ASSERT_EQ(counters[j].taken(), holders[j].size());
  }
}

TEST(Ledger, ManyThreadsNeverHaveOnePlaceTooMany) {
  Ledger ledger(kLease);
  Counter counter;
  constexpr uint32_t kLimit = 7;
  std::atomic<int> granted{0};
  std::atomic<bool> exceeded{false};
  auto run = [&](int thread) {
    for (int i = 0; i < 5000; ++i) {
      const CallId call = TestId(thread * 10 + i % 10);
      if (ledger.Grant(call, {Place(counter, kLimit)}, kNow).is_granted()) ++granted;
      if (counter.taken() > kLimit) exceeded = true;
      if (i % 3 == 0) ledger.Release(call);
    }
    for (int i = 0; i < 10; ++i) ledger.Release(TestId(thread * 10 + i));
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(run, i);
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(granted, 0);
  EXPECT_FALSE(exceeded);
  EXPECT_EQ(counter.taken(), 0u);
  EXPECT_EQ(ledger.holders(), 0u);
}

}  // namespace
}  // namespace libroute
