#ifndef LIBROUTE_EPOCH_EXPIRING_MAP_H_
#define LIBROUTE_EPOCH_EXPIRING_MAP_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/time/time.h"
#include "libroute/epoch/mutex.h"

namespace libroute {

// A map whose entries are over at a time that may be moved on.
//
//   ExpiringMap<CallId, Places> holders;
//   holders.FindOrAdd(call, now + lease, [&](Places& places, absl::Time& until) { ... });
//   holders.Expire(now, [&](const CallId& call, Places& places) { ... });
//
// Functions that are passed in run under a lock: they should be short, and
// must not come back to the map. Those that get `until` may make it later, not
// earlier. Thread-safe: 64 locks, each for the keys of one hash.
template <typename Key, typename Value>
class ExpiringMap {
 public:
  // No more than so many entries (some threads may each add one more).
  explicit ExpiringMap(size_t max_size = SIZE_MAX) : max_size_(max_size) {}

  bool empty() const { return size() == 0; }
  // With those that are over and were not dropped yet.
  size_t size() const { return size_.load(std::memory_order_relaxed); }

  // What visit(value, until) returns for the entry of `key`; nothing if there
  // is none. One load while the map is empty.
  template <typename Visit>
  auto Find(const Key& key, absl::Time now, Visit&& visit)
      -> std::optional<std::invoke_result_t<Visit, Value&, absl::Time&>> {
    if (empty()) return std::nullopt;
    Shard& shard = ShardOf(key);
    MutexLock lock(shard.mutex);
    auto found = shard.entries.find(key);
    if (found == shard.entries.end() || found->second.until <= now) return std::nullopt;
    return visit(found->second.value, found->second.until);
  }

  // The same, for an entry that is made, until `until`, where there is none.
  // One that is over and was not dropped yet comes as it is, with its `until`:
  // if it is to live on, visit moves it. Nothing when the map is full.
  template <typename Visit>
  auto FindOrAdd(const Key& key, absl::Time until, Visit&& visit)
      -> std::optional<std::invoke_result_t<Visit, Value&, absl::Time&>> {
    Shard& shard = ShardOf(key);
    MutexLock lock(shard.mutex);
    auto found = shard.entries.find(key);
    if (found == shard.entries.end()) {
      if (size() >= max_size_) return std::nullopt;
      size_.fetch_add(1, std::memory_order_relaxed);
      found = shard.entries.emplace(key, Entry{Value(), until, {until, shard.next_serial++}}).first;
      shard.due.emplace(found->second.due, key);
      ExpireNotAfter(until);
    }
    return visit(found->second.value, found->second.until);
  }

  // Drops the entry of `key` after visit(value). Whether there was one.
  template <typename Visit>
  bool Remove(const Key& key, Visit&& visit) {
    return RemoveIf(key, [&](Value& value) {
      visit(value);
      return true;
    });
  }
  // Drops it if visit(value) says so, also one that is over. Whether it was dropped.
  template <typename Visit>
  bool RemoveIf(const Key& key, Visit&& visit) {
    if (empty()) return false;
    Shard& shard = ShardOf(key);
    MutexLock lock(shard.mutex);
    auto found = shard.entries.find(key);
    if (found == shard.entries.end() || !visit(found->second.value)) return false;
    Drop(shard, found);
    return true;
  }

  // visit(key, value, until) for all entries, in no certain order. Linear.
  template <typename Visit>
  void ForEach(Visit&& visit) {
    for (Shard& shard : shards_) {
      MutexLock lock(shard.mutex);
      for (auto& [key, entry] : shard.entries) visit(key, entry.value, entry.until);
    }
  }

  // Drops what is over by `now`, after visit(key, value). Costs as much as is
  // dropped or was moved on since it was due.
  template <typename Visit>
  void Expire(absl::Time now, Visit&& visit) {
    if (now < NextDeadline()) return;
    // Before looking: what is added meanwhile sets it again.
    next_due_.store(INT64_MAX);
    for (Shard& shard : shards_) {
      MutexLock lock(shard.mutex);
      ExpireIn(shard, now, visit);
      if (!shard.due.empty()) ExpireNotAfter(shard.due.begin()->first.first);
    }
  }

  // When to call Expire: not after the first entry is over, though that may have
  // been moved on since; InfiniteFuture if there is none.
  absl::Time NextDeadline() const {
    return empty() ? absl::InfiniteFuture()
                   : absl::FromUnixNanos(next_due_.load(std::memory_order_relaxed));
  }

 private:
  // When an entry is looked at; those of the same time in the order of their
  // coming.
  using Due = std::pair<absl::Time, uint64_t>;
  struct Entry {
    Value value;
    absl::Time until;
    // Not after `until`.
    Due due;
  };
  using Entries = absl::flat_hash_map<Key, Entry>;
  struct Shard {
    Mutex mutex;
    Entries entries ABSL_GUARDED_BY(mutex);
    // Every entry once.
    absl::btree_map<Due, Key> due ABSL_GUARDED_BY(mutex);
    uint64_t next_serial ABSL_GUARDED_BY(mutex) = 0;
  };
  static constexpr size_t kShards = 64;

  Shard& ShardOf(const Key& key) { return shards_[absl::Hash<Key>()(key) % kShards]; }

  void Drop(Shard& shard, typename Entries::iterator entry)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex) {
    shard.due.erase(entry->second.due);
    shard.entries.erase(entry);
    size_.fetch_sub(1, std::memory_order_relaxed);
  }

  template <typename Visit>
  void ExpireIn(Shard& shard, absl::Time now, Visit& visit)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex) {
    while (!shard.due.empty() && shard.due.begin()->first.first <= now) {
      auto found = shard.entries.find(shard.due.begin()->second);
      Entry& entry = found->second;
      if (entry.until <= now) {
        visit(found->first, entry.value);
        Drop(shard, found);
        continue;
      }
      shard.due.erase(entry.due);
      entry.due.first = entry.until;
      shard.due.emplace(entry.due, found->first);
    }
  }

  void ExpireNotAfter(absl::Time due) {
    const int64_t nanos = absl::ToUnixNanos(due);
    int64_t known = next_due_.load(std::memory_order_relaxed);
    while (nanos < known && !next_due_.compare_exchange_weak(known, nanos)) {
    }
  }

  const size_t max_size_;
  std::array<Shard, kShards> shards_;
  std::atomic<size_t> size_{0};
  // Unix nanoseconds, not after the first entry is due.
  std::atomic<int64_t> next_due_{INT64_MAX};
};

}  // namespace libroute

#endif  // LIBROUTE_EPOCH_EXPIRING_MAP_H_
