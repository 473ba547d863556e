#ifndef LIBROUTE_ENGINE_SEAT_INDEX_H_
#define LIBROUTE_ENGINE_SEAT_INDEX_H_

#include <array>
#include <atomic>
#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "libroute/call/call.h"
#include "libroute/epoch/mutex.h"

namespace libroute {

class Center;

// Whose centre has which call. Thread-safe; no other lock is taken under its own.
class SeatIndex {
 public:
  // Null if none has it. One load when there is no contact at all.
  Center* Find(const CallId& call) const {
    if (size() == 0) return nullptr;
    const Shard& shard = ShardOf(call);
    MutexLock lock(shard.mutex);
    const auto found = shard.centers.find(call);
    return found == shard.centers.end() ? nullptr : found->second;
  }

  void Put(const CallId& call, Center* center) {
    Shard& shard = ShardOf(call);
    MutexLock lock(shard.mutex);
    const bool is_new = shard.centers.insert_or_assign(call, center).second;
    if (is_new) count_.fetch_add(1, std::memory_order_relaxed);
  }

  // That one does not have it any more.
  void Erase(const CallId& call, const Center* center) {
    Shard& shard = ShardOf(call);
    MutexLock lock(shard.mutex);
    const auto found = shard.centers.find(call);
    if (found == shard.centers.end() || found->second != center) return;
    shard.centers.erase(found);
    count_.fetch_sub(1, std::memory_order_relaxed);
  }

  size_t size() const { return count_.load(std::memory_order_relaxed); }

 private:
  static constexpr size_t kShards = 64;
  struct Shard {
    mutable Mutex mutex;
    absl::flat_hash_map<CallId, Center*> centers ABSL_GUARDED_BY(mutex);
  };

  Shard& ShardOf(const CallId& call) { return shards_[absl::Hash<CallId>()(call) % kShards]; }
  const Shard& ShardOf(const CallId& call) const {
    return shards_[absl::Hash<CallId>()(call) % kShards];
  }

  std::array<Shard, kShards> shards_;
  std::atomic<size_t> count_{0};
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_SEAT_INDEX_H_
