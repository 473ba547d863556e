#include "libroute/ledger/held_steps.h"

namespace libroute {

std::optional<HeldSteps::Held> HeldSteps::Find(const CallId& call, uint32_t step,
                                               absl::Time now) {
  if (empty()) return std::nullopt;
  Shard& shard = ShardOf(call);
  MutexLock lock(shard.mutex);
  auto found = shard.entries.find(Key(call, step));
  if (found == shard.entries.end() || found->second.expires <= now) return std::nullopt;
  found->second.expires = now + kHold;
  return found->second.held;
}

std::optional<HeldSteps::Held> HeldSteps::Hold(const CallId& call, uint32_t step, Held held,
                                               absl::Time now) {
  Shard& shard = ShardOf(call);
  MutexLock lock(shard.mutex);
  auto [found, added] = shard.entries.try_emplace(Key(call, step));
  if (!added && found->second.expires > now) return found->second.held;
  if (added) size_.fetch_add(1, std::memory_order_relaxed);
  found->second = {std::move(held), now + kHold};
  ExpireNotAfter(now + kHold);
  return std::nullopt;
}

void HeldSteps::ExpireNotAfter(absl::Time expiry) {
  const int64_t nanos = absl::ToUnixNanos(expiry);
  int64_t known = next_expiry_.load(std::memory_order_relaxed);
  while (nanos < known && !next_expiry_.compare_exchange_weak(known, nanos)) {
  }
}

void HeldSteps::Expire(absl::Time now) {
  if (now < NextDeadline()) return;
  // Before looking: what is held meanwhile sets it again.
  next_expiry_.store(INT64_MAX);
  for (Shard& shard : shards_) {
    MutexLock lock(shard.mutex);
    size_t dropped = absl::erase_if(
        shard.entries, [now](const auto& entry) { return entry.second.expires <= now; });
    size_.fetch_sub(dropped, std::memory_order_relaxed);
    for (const auto& [key, entry] : shard.entries) ExpireNotAfter(entry.expires);
  }
}

}  // namespace libroute
