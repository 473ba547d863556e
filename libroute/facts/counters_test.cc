#include "libroute/facts/counters.h"

#include <atomic>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

const absl::Time kCountedAt = absl::FromUnixSeconds(1'795'000'000);

TEST(Counter, LetsOneThroughInEachInterval) {
  const Pace pace = {absl::Milliseconds(100)};
  Counter counter;
  EXPECT_TRUE(counter.TryPass(kCountedAt, pace));
  EXPECT_FALSE(counter.TryPass(kCountedAt, pace));
  EXPECT_FALSE(counter.TryPass(kCountedAt + absl::Milliseconds(99), pace));
  EXPECT_TRUE(counter.MayPass(kCountedAt + absl::Milliseconds(100), pace));
  EXPECT_TRUE(counter.TryPass(kCountedAt + absl::Milliseconds(100), pace));
  EXPECT_FALSE(counter.MayPass(kCountedAt + absl::Milliseconds(150), pace));
}

TEST(Counter, LetsABurstThroughAfterAWhile) {
  const Pace pace = {absl::Seconds(1), 3};
  Counter counter;
  auto passes = [&](absl::Duration after) {
    int passed = 0;
    while (counter.TryPass(kCountedAt + after, pace)) ++passed;
    return passed;
  };
  EXPECT_EQ(passes(absl::ZeroDuration()), 3);
  EXPECT_EQ(passes(absl::Seconds(1)), 1);
  EXPECT_EQ(passes(absl::Seconds(1.5)), 0);
  EXPECT_EQ(passes(absl::Seconds(3)), 2);
  // No more than the burst, however long nothing came.
  EXPECT_EQ(passes(absl::Hours(1)), 3);
}

// Whatever comes when: never more than the burst and one for each interval.
TEST(Counter, NeverLetsMoreThrough) {
  const Pace pace = {absl::Milliseconds(7), 4};
  Counter counter;
  int passed = 0;
  uint64_t random = 1;
  absl::Duration at;
  for (int i = 0; i < 10'000; ++i) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    at += absl::Microseconds(random >> 53);
    if (counter.TryPass(kCountedAt + at, pace)) ++passed;
    ASSERT_LE(passed, 4 + at / pace.interval);
  }
  EXPECT_GE(passed, at / pace.interval / 2);
}

TEST(Counter, TakesBackWhatDidNotComeAfterAll) {
  const Pace pace = {absl::Seconds(1)};
  Counter counter;
  EXPECT_TRUE(counter.TryPass(kCountedAt, pace));
  counter.UndoPass(pace);
  EXPECT_TRUE(counter.TryPass(kCountedAt, pace));
  EXPECT_FALSE(counter.TryPass(kCountedAt, pace));
}

TEST(Counter, LetsThreadsTogetherThroughAsOne) {
  const Pace pace = {absl::Seconds(1), 100};
  Counter counter;
  std::atomic<int> passed = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) passed += counter.TryPass(kCountedAt, pace) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(passed, 100);
}

TEST(Counter, KnowsWhetherItRefusesForLong) {
  Counter counter;
  auto refuses = [&](int second) { return counter.RefusesForLong(kCountedAt + absl::Seconds(second)); };
  EXPECT_FALSE(refuses(0));
  for (int second = 0; second <= 20; second += 5) {
    counter.NoteRefused(kCountedAt + absl::Seconds(second));
    EXPECT_EQ(refuses(second), second >= 10) << second;
  }
  EXPECT_EQ(counter.refused(), 5);
  EXPECT_TRUE(refuses(30));
  EXPECT_FALSE(refuses(31));
  // The next run of them.
  counter.NoteRefused(kCountedAt + absl::Seconds(40));
  EXPECT_FALSE(refuses(41));
}

}  // namespace
}  // namespace libroute
