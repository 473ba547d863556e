#include "libroute/schedule/schedule_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "libroute/schedule/test_rules.h"

namespace libroute {
namespace {

const absl::Time kNow = Instant("2026-11-20T12:00:00Z");

// Rules that differ from those of every other `number`, below 1440 * 1439.
ScheduleRules Rules(int number) {
  const TimeOfDay from = {number % 1440};
  const TimeOfDay to = {(from.minutes + 1 + number / 1440) % 1440};
  return {.time_zone = "Europe/Brussels", .weekly = {{AllDays(), *OpeningHours::Make(from, to)}}};
}

std::shared_ptr<const Schedule> Get(SchedulePool& pool, const ScheduleRules& rules) {
  return *pool.Get(rules, kNow);
}

TEST(SchedulePool, SharesEqualSchedules) {
  SchedulePool pool;
  ScheduleRules holidays = OfficeHours();
  holidays.except = {{.closed = {Dates("2026-12-25"), Dates("2026-12-26")}}};
  ScheduleRules reversed = OfficeHours();
  reversed.except = {{.closed = {Dates("2026-12-26")}}, {.closed = {Dates("2026-12-25")}}};
  const auto first = Get(pool, holidays);
  EXPECT_EQ(first, Get(pool, reversed));
  EXPECT_NE(first, Get(pool, OfficeHours()));
  ScheduleRules elsewhere = holidays;
  elsewhere.time_zone = "Europe/London";
  EXPECT_NE(first, Get(pool, elsewhere));
}

TEST(SchedulePool, ForgetsWhatNobodyHolds) {
  SchedulePool pool;
  std::weak_ptr<const Schedule> gone = Get(pool, OfficeHours());
  EXPECT_TRUE(gone.expired());
  EXPECT_EQ(pool.size(), 0u);
  const auto held = Get(pool, OfficeHours());
  for (int number = 0; number < 500; ++number) Get(pool, Rules(number));
  EXPECT_EQ(pool.size(), 1u);
  EXPECT_EQ(held, Get(pool, OfficeHours()));
}

TEST(SchedulePool, RefusesBadRules) {
  SchedulePool pool;
  ScheduleRules rules = OfficeHours();
  rules.time_zone = "localtime";
  EXPECT_EQ(pool.Get(rules, kNow).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(pool.Get({.time_zone = "UTC", .weekly = {{}}}, kNow).ok());
  EXPECT_FALSE(pool.Get(OfficeHours(), absl::InfiniteFuture()).ok());
  EXPECT_EQ(pool.size(), 0u);
}

TEST(SchedulePool, ExtendsWhatIsDue) {
  SchedulePool pool;
  EXPECT_EQ(pool.NextMaintenance(), absl::InfiniteFuture());
  const auto early = Get(pool, Rules(1));
  const auto late = *pool.Get(Rules(2), kNow + absl::Hours(24));
  EXPECT_EQ(pool.NextMaintenance(), early->NextMaintenance());
  const TimeSpan late_horizon = late->horizon();

  const absl::Time due = pool.NextMaintenance();
  pool.Extend(due - absl::Seconds(1));
  EXPECT_EQ(early->NextMaintenance(), due);
  pool.Extend(due);
  EXPECT_EQ(early->NextMaintenance(), due + Schedule::kAhead - Schedule::kRenewal);
  EXPECT_EQ(late->horizon(), late_horizon);
  EXPECT_EQ(pool.NextMaintenance(), late->NextMaintenance());
}

TEST(SchedulePool, ExtendsManyInBatches) {
  SchedulePool pool;
  std::vector<std::shared_ptr<const Schedule>> held;
  for (int number = 0; number <= SchedulePool::kExtendBatch; ++number) {
    held.push_back(Get(pool, Rules(number)));
  }
  const absl::Time due = pool.NextMaintenance();
  pool.Extend(due);
  EXPECT_EQ(pool.NextMaintenance(), due);
  pool.Extend(due);
  EXPECT_GT(pool.NextMaintenance(), due);
  for (const auto& schedule : held) EXPECT_GT(schedule->NextMaintenance(), due);
}

TEST(SchedulePool, ExtendsAScheduleThatIsAskedForLater) {
  SchedulePool pool;
  const auto schedule = Get(pool, OfficeHours());
  EXPECT_EQ(schedule, *pool.Get(OfficeHours(), kNow + absl::Hours(300 * 24)));
  EXPECT_EQ(schedule->horizon().begin,
            absl::ToUnixSeconds(kNow + absl::Hours(300 * 24) - Schedule::kBehind));
}

TEST(SchedulePool, NeedsNoMaintenanceForWhatHasGone) {
  SchedulePool pool;
  const absl::Time due = Get(pool, OfficeHours())->NextMaintenance();
  pool.Extend(due);
  EXPECT_EQ(pool.NextMaintenance(), absl::InfiniteFuture());
}

TEST(SchedulePool, MayBeUsedByManyThreads) {
  SchedulePool pool;
  const auto shared = Get(pool, OfficeHours());
  const int64_t monday_noon = Seconds("2026-11-23T12:00:00+01:00");
  const OpenState expected = shared->At(monday_noon);
  std::atomic<int> wrong = 0;
  const auto work = [&](int thread) {
    for (int round = 0; round < 50; ++round) {
      const absl::Time later = kNow + absl::Hours(210 * 24 * (round % 8));
      if (*pool.Get(OfficeHours(), kNow) != shared) ++wrong;
      if (shared->At(monday_noon) != expected) ++wrong;
      const auto mine = *pool.Get(Rules(round % 5), later);
      if (mine->At(monday_noon) != mine->ComputeAt(monday_noon)) ++wrong;
      if (thread == 0) pool.Extend(later);
      if (thread == 1) pool.size();
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) threads.emplace_back(work, thread);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace libroute
