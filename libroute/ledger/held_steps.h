#ifndef LIBROUTE_LEDGER_HELD_STEPS_H_
#define LIBROUTE_LEDGER_HELD_STEPS_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/decision.h"
#include "libroute/epoch/mutex.h"

// The ledger: what decisions use up, and what must not happen twice. Limits,
// gaps and exact shares will have their counters here.
namespace libroute {

// The first decision of every step that had an effect (so far: entered a
// contact centre), so that asking again has none. A step is held for kHold
// after it was last asked. Thread-safe; a look-up when nothing is held is one
// load. About a kilobyte a step.
class HeldSteps {
 public:
  static constexpr absl::Duration kHold = absl::Seconds(64);
  // At most so many are held (some threads may each add one more): a step beyond
  // them is not, and asking it again is entering again, as the same contact.
  static constexpr size_t kMaxHeld = 200'000;

  // What a step was first asked, and what it was told.
  struct Held {
    // Tells different questions apart.
    uint64_t question = 0;
    Decision decision;
  };

  bool empty() const { return size_.load(std::memory_order_relaxed) == 0; }

  // The first decision of (call, step), which is then held on; nothing if none
  // is held.
  std::optional<Held> Find(const CallId& call, uint32_t step, absl::Time now);

  // Holds a decision, unless one is held already: then that one is returned.
  std::optional<Held> Hold(const CallId& call, uint32_t step, Held held, absl::Time now);

  // Drops what was not asked for kHold. Costs as much as is dropped or was asked
  // again since it was due; call it now and then.
  void Expire(absl::Time now);

  // When to call Expire: not after the first step is over, though that may
  // have been asked again since; InfiniteFuture if nothing is held.
  absl::Time NextDeadline() const {
    return empty() ? absl::InfiniteFuture()
                   : absl::FromUnixNanos(next_expiry_.load(std::memory_order_relaxed));
  }

  size_t size() const { return size_.load(std::memory_order_relaxed); }

 private:
  using Key = std::pair<CallId, uint32_t>;
  struct Entry {
    Held held;
    absl::Time expires;
  };
  struct Shard {
    Mutex mutex;
    absl::flat_hash_map<Key, Entry> entries ABSL_GUARDED_BY(mutex);
    // Every entry once, by a time at which it may be over: not before it was
    // put here, and ascending as far as time goes on.
    std::deque<std::pair<absl::Time, Key>> due ABSL_GUARDED_BY(mutex);
  };
  static constexpr size_t kShards = 64;

  void ExpireNotAfter(absl::Time expiry);
  // How many it drops.
  static size_t ExpireIn(Shard& shard, absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);
  Shard& ShardOf(const CallId& call) { return shards_[CallSeed(call) % kShards]; }

  std::array<Shard, kShards> shards_;
  std::atomic<size_t> size_{0};
  // Unix nanoseconds, not after the first expiry.
  std::atomic<int64_t> next_expiry_{INT64_MAX};
};

}  // namespace libroute

#endif  // LIBROUTE_LEDGER_HELD_STEPS_H_
