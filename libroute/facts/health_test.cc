#include "libroute/facts/health.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

using State = Health::State;

const absl::Time kFailedAt = absl::FromUnixSeconds(1'795'000'000);
constexpr HealthRule kRule = {3, absl::Seconds(30), absl::Minutes(5)};

absl::Time After(int seconds) {
  return kFailedAt + absl::Seconds(seconds);
}

void Fail(Health& health, int times, absl::Time now = kFailedAt) {
  for (int i = 0; i < times; ++i) health.NoteFailed(now, kRule);
}

TEST(Health, IsDownAfterSoManyFailuresInARow) {
  Health health;
  Fail(health, 2);
  EXPECT_EQ(health.At(kFailedAt, kRule), State::kUp);
  health.NoteReached();
  Fail(health, 2);
  EXPECT_EQ(health.At(kFailedAt, kRule), State::kUp);
  Fail(health, 1);
  EXPECT_EQ(health.At(kFailedAt, kRule), State::kDown);
  EXPECT_EQ(health.down_until(), After(30));
  EXPECT_EQ(health.At(After(29), kRule), State::kDown);
  EXPECT_EQ(health.At(After(30), kRule), State::kMayProbe);
}

TEST(Health, OneCallTries) {
  Health health;
  Fail(health, 3);
  EXPECT_FALSE(health.TryProbe(After(29), kRule));
  EXPECT_TRUE(health.TryProbe(After(30), kRule));
  EXPECT_FALSE(health.TryProbe(After(30), kRule));
  EXPECT_EQ(health.At(After(31), kRule), State::kProbed);
  health.UndoProbe();
  EXPECT_TRUE(health.TryProbe(After(32), kRule));
  // Which did not fail.
  EXPECT_EQ(health.At(After(92), kRule), State::kUp);
  Fail(health, 2, After(93));
  EXPECT_EQ(health.At(After(93), kRule), State::kUp);
}

TEST(Health, WaitsAsItIsAskedToAfterOneFailure) {
  Health health;
  health.NoteAskedToWait(kFailedAt, absl::Seconds(20), kRule);
  EXPECT_TRUE(health.has_asked_to_wait());
  EXPECT_EQ(health.At(After(19), kRule), State::kDown);
  EXPECT_EQ(health.At(After(20), kRule), State::kMayProbe);
  EXPECT_TRUE(health.TryProbe(After(20), kRule));
  // It asks for more.
  health.NoteAskedToWait(After(20), absl::Seconds(7), kRule);
  EXPECT_EQ(health.down_until(), After(27));
  EXPECT_EQ(health.At(After(27), kRule), State::kMayProbe);
  health.NoteReached();
  EXPECT_FALSE(health.has_asked_to_wait());
  EXPECT_EQ(health.At(After(27), kRule), State::kUp);
}

TEST(Health, WaitsForASecondAtLeastAndNoLongerThanTheRuleSays) {
  Health health;
  health.NoteAskedToWait(kFailedAt, absl::Milliseconds(1), kRule);
  EXPECT_EQ(health.down_until(), After(1));
  health.NoteReached();
  health.NoteAskedToWait(kFailedAt, absl::InfiniteDuration(), kRule);
  EXPECT_EQ(health.down_until(), After(300));
  // Another one was told less: that does not shorten it.
  health.NoteAskedToWait(After(1), absl::Seconds(5), kRule);
  EXPECT_EQ(health.down_until(), After(300));
}

TEST(Health, AFailureThatAsksForNothingCountsAsBefore) {
  Health health;
  health.NoteAskedToWait(kFailedAt, absl::Seconds(10), kRule);
  EXPECT_TRUE(health.TryProbe(After(10), kRule));
  Fail(health, 1, After(11));
  EXPECT_FALSE(health.has_asked_to_wait());
  EXPECT_EQ(health.down_until(), After(71));
  // Without a rule nothing is known.
  Health unwatched;
  unwatched.NoteAskedToWait(kFailedAt, absl::Seconds(10), HealthRule());
  EXPECT_EQ(unwatched.At(kFailedAt, HealthRule()), State::kUp);
}

TEST(Health, IsUpWhenTheTryReachesIt) {
  Health health;
  Fail(health, 3);
  EXPECT_TRUE(health.TryProbe(After(30), kRule));
  health.NoteReached();
  EXPECT_EQ(health.At(After(31), kRule), State::kUp);
  EXPECT_EQ(health.failures(), 0);
}

TEST(Health, IsDownForLongerEachTime) {
  Health health;
  Fail(health, 3);
  absl::Time now = kFailedAt;
  for (int seconds : {60, 120, 240, 300, 300}) {
    now = health.down_until();
    ASSERT_TRUE(health.TryProbe(now, kRule));
    health.NoteFailed(now, kRule);
    EXPECT_EQ(health.down_until(), now + absl::Seconds(seconds));
  }
}

TEST(Health, WhoWasOnTheWayDoesNotMakeItLonger) {
  Health health;
  Fail(health, 10);
  EXPECT_EQ(health.down_until(), After(30));
  EXPECT_EQ(health.failures(), 3);
}

TEST(Health, WithoutARuleItIsUp) {
  Health health;
  for (int i = 0; i < 10; ++i) health.NoteFailed(kFailedAt, HealthRule());
  EXPECT_EQ(health.At(kFailedAt, HealthRule()), State::kUp);
}

TEST(Health, OnlyOneOfManyThreadsTries) {
  Health health;
  Fail(health, 3);
  std::atomic<int> tries = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { tries += health.TryProbe(After(30), kRule) ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace libroute
