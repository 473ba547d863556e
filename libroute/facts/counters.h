#ifndef LIBROUTE_FACTS_COUNTERS_H_
#define LIBROUTE_FACTS_COUNTERS_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/epoch/mutex.h"
#include "libroute/facts/health.h"

namespace libroute {

// How fast something may come: once in each interval, and `burst` at once after
// a while without any.
struct Pace {
  absl::Duration interval;
  uint32_t burst = 1;
};

// When a bucket that is empty at `empty_at` (unix nanoseconds) is so after one more at
// `now`; nothing if that comes too fast.
std::optional<int64_t> EmptyAfter(int64_t empty_at, absl::Time now, const Pace& pace);

// How many places of something are taken: never more than the limit of those who
// take, nor fewer than 0. Or whose turn it is: a number that only grows (and
// begins again after 2^32). Or how fast something comes: a leaky bucket, as the
// time at which it is empty (GCRA, ITU-T I.371). Thread-safe and lock-free.
class Counter {
 public:
  Counter() = default;
  // Of a board.
  explicit Counter(absl::string_view name) : name_(name) {}

  const std::string& name() const { return name_; }

  // Takes a place if fewer than `limit` are taken.
  bool TryTake(uint32_t limit) {
    uint32_t taken = taken_.load(std::memory_order_relaxed);
    while (taken < limit) {
      if (taken_.compare_exchange_weak(taken, taken + 1, std::memory_order_relaxed)) return true;
    }
    return false;
  }
  // Only for a place that was taken.
  void GiveBack() { taken_.fetch_sub(1, std::memory_order_relaxed); }

  uint32_t taken() const { return taken_.load(std::memory_order_relaxed); }

  // The turn that comes next, and takes it.
  uint32_t next_turn() const { return taken(); }
  uint32_t TakeTurn() { return taken_.fetch_add(1, std::memory_order_relaxed); }
  // Makes it `value` if it is less.
  void Raise(uint32_t value) {
    uint32_t now = taken();
    while (now < value && !taken_.compare_exchange_weak(now, value, std::memory_order_relaxed)) {
    }
  }

  // Lets one more through at `now` if it does not come too fast. Of `now` that go
  // back those are let through that would have been at the latest one.
  bool TryPass(absl::Time now, const Pace& pace);
  // What TryPass would say.
  bool MayPass(absl::Time now, const Pace& pace) const;
  // Only for one that was let through, and did not come after all.
  void UndoPass(const Pace& pace) {
    empty_at_.fetch_sub(absl::ToInt64Nanoseconds(pace.interval), std::memory_order_relaxed);
  }

  // Whether what it stands for works.
  Health& health() { return health_; }
  const Health& health() const { return health_; }

  // A claim was refused at `now`.
  void NoteRefused(absl::Time now);
  // How often that was.
  uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }
  // Whether claims are refused again and again for ten seconds now, never as long
  // without: the switch can be asked to turn calls down by itself then.
  bool RefusesForLong(absl::Time now) const;

 private:
  const std::string name_;
  std::atomic<uint32_t> taken_{0};
  // Unix nanoseconds: when the bucket is empty, when claims were refused last, and
  // first of those that came close after each other.
  std::atomic<int64_t> empty_at_{INT64_MIN / 2};
  std::atomic<int64_t> last_refused_{INT64_MIN / 2};
  std::atomic<int64_t> first_refused_{INT64_MIN / 2};
  std::atomic<uint64_t> refused_{0};
  Health health_;
};

// The name of the counter that has the health of "gateway paris-1" and the like.
std::string HealthCounterName(absl::string_view of);

// All counters of one customer, by name. They are made when first asked for
// and never move or go away, so that they outlive revisions. Thread-safe.
class CounterBoard {
 public:
  Counter* FindOrMake(absl::string_view name);
  // Null if nobody has asked for it.
  const Counter* Find(absl::string_view name);

 private:
  Mutex mutex_;
  absl::flat_hash_map<std::string, Counter*> index_ ABSL_GUARDED_BY(mutex_);
  std::deque<Counter> counters_ ABSL_GUARDED_BY(mutex_);
};

// One plan's counters, by the plan's index. Immutable; the counters belong to a
// CounterBoard, which must outlive it.
class CounterView {
 public:
  CounterView() = default;
  CounterView(const std::vector<std::string>& names, CounterBoard& board);

  Counter* at(uint32_t index) const { return counters_[index]; }
  // A default-constructed view has none.
  bool empty() const { return counters_.empty(); }

 private:
  std::vector<Counter*> counters_;
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_COUNTERS_H_
