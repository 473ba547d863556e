#include "libroute/epoch/epoch.h"

#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace libroute {
namespace {

// Retires something that counts in `freed`.
void RetireOne(EpochDomain& domain, int& freed) {
  domain.Retire([&freed] { ++freed; });
}

TEST(EpochDomain, FreesAtOnceWithoutReaders) {
  EpochDomain domain;
  int freed = 0;
  RetireOne(domain, freed);
  EXPECT_EQ(freed, 0);
  EXPECT_EQ(domain.Reclaim(), 0u);
  EXPECT_EQ(freed, 1);
}

TEST(EpochDomain, HoldsBackWhatAReaderMaySee) {
  EpochDomain domain;
  int freed = 0;
  {
    ReadGuard guard(domain);
    RetireOne(domain, freed);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(domain.Reclaim(), 1u);
    EXPECT_EQ(freed, 0);
  }
  EXPECT_EQ(domain.Reclaim(), 0u);
  EXPECT_EQ(freed, 1);
}

TEST(EpochDomain, HoldsBackUntilTheLastOfNestedGuardsEnds) {
  EpochDomain domain;
  int freed = 0;
  std::optional<ReadGuard> outer(std::in_place, domain);
  std::optional<ReadGuard> inner(std::in_place, domain);
  RetireOne(domain, freed);
  outer.reset();
  EXPECT_EQ(domain.Reclaim(), 1u);
  inner.reset();
  EXPECT_EQ(domain.Reclaim(), 0u);
  EXPECT_EQ(freed, 1);
}

TEST(EpochDomain, OverlappingReadersDoNotStarveReclaim) {
  EpochDomain domain;
  auto guard = std::make_unique<ReadGuard>(domain);
  for (int round = 0; round < 100; ++round) {
    int freed = 0;
    RetireOne(domain, freed);
    // At every moment some reader is inside.
    for (int i = 0; i < 4; ++i) {
      auto next = std::make_unique<ReadGuard>(domain);
      guard = std::move(next);
      domain.Reclaim();
    }
    EXPECT_EQ(freed, 1);
  }
}

TEST(EpochDomain, WhatIsRetiredLaterWaitsForLaterReaders) {
  EpochDomain domain;
  int early = 0;
  int late = 0;
  std::optional<ReadGuard> first(std::in_place, domain);
  RetireOne(domain, early);
  domain.Reclaim();
  std::optional<ReadGuard> second(std::in_place, domain);
  RetireOne(domain, late);
  first.reset();
  EXPECT_EQ(domain.Reclaim(), 1u);
  EXPECT_EQ(early, 1);
  EXPECT_EQ(late, 0);
  second.reset();
  EXPECT_EQ(domain.Reclaim(), 0u);
  EXPECT_EQ(late, 1);
}

TEST(EpochDomain, ThreadsOutsideAGuardHoldNothingBack) {
  EpochDomain domain;
  std::promise<void> has_read;
  std::promise<void> may_end;
  std::thread idle([&] {
    { ReadGuard guard(domain); }
    has_read.set_value();
    may_end.get_future().wait();
  });
  has_read.get_future().wait();
  int freed = 0;
  RetireOne(domain, freed);
  EXPECT_EQ(domain.Reclaim(), 0u);
  EXPECT_EQ(freed, 1);
  may_end.set_value();
  idle.join();
}

TEST(EpochDomain, FreeingMayRetireMore) {
  int freed = 0;
  {
    EpochDomain domain;
    domain.Retire([&] { RetireOne(domain, freed); });
    EXPECT_EQ(domain.Reclaim(), 1u);
    EXPECT_EQ(domain.Reclaim(), 0u);
    EXPECT_EQ(freed, 1);
    domain.Retire([&] { RetireOne(domain, freed); });
  }
  EXPECT_EQ(freed, 2);
}

// An object that shows when it is used after its end.
struct Canary {
  static constexpr uint64_t kAlive = 0x600DF00D;
  explicit Canary(std::atomic<int>& living) : living(living) { ++living; }
  ~Canary() {
    alive.store(0, std::memory_order_relaxed);
    --living;
  }
  std::atomic<uint64_t> alive{kAlive};
  // Plain on purpose: a thread sanitizer sees any read beside the end.
  uint64_t plain = kAlive;
  std::atomic<int>& living;
};

TEST(EpochDomain, ReadersNeverSeeWhatWasFreed) {
  constexpr int kReaders = 3;
  constexpr int kSwaps = 20000;
  std::atomic<int> living{0};
  std::atomic<bool> stop{false};
  std::atomic<int> reading{0};
  std::atomic<uint64_t> bad{0};
  {
    EpochDomain domain;
    std::atomic<Canary*> shared{new Canary(living)};
    std::vector<std::thread> readers;
    for (int i = 0; i < kReaders; ++i) {
      readers.emplace_back([&] {
        ++reading;
        while (!stop.load(std::memory_order_relaxed)) {
          ReadGuard guard(domain);
          const Canary* canary = shared.load(std::memory_order_acquire);
          if (canary->alive.load(std::memory_order_relaxed) != Canary::kAlive) ++bad;
          if (canary->plain != Canary::kAlive) ++bad;
        }
      });
    }
    while (reading < kReaders) std::this_thread::yield();
    for (int i = 0; i < kSwaps; ++i) {
      Canary* old = shared.exchange(new Canary(living), std::memory_order_acq_rel);
      domain.Retire([old] { delete old; });
      domain.Reclaim();
    }
    stop = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(domain.Reclaim(), 0u);
    EXPECT_EQ(living, 1);
    delete shared.load();
  }
  EXPECT_EQ(bad, 0u);
  EXPECT_EQ(living, 0);
}

TEST(EpochDomain, WritersMayReclaimAtTheSameTime) {
  constexpr int kWriters = 3;
  constexpr int kEach = 3000;
  std::atomic<int> living{0};
  EpochDomain domain;
  std::atomic<Canary*> shared{new Canary(living)};
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      for (int n = 0; n < kEach; ++n) {
        {
          ReadGuard guard(domain);
          EXPECT_EQ(shared.load(std::memory_order_acquire)->plain, Canary::kAlive);
        }
        Canary* old = shared.exchange(new Canary(living), std::memory_order_acq_rel);
        domain.Retire([old] { delete old; });
        domain.Reclaim();
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(domain.Reclaim(), 0u);
  EXPECT_EQ(living, 1);
  delete shared.load();
}

}  // namespace
}  // namespace libroute
