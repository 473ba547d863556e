#include "libroute/ledger/held_steps.h"

namespace libroute {

std::optional<HeldSteps::Held> HeldSteps::Find(const CallId& call, uint32_t step, absl::Time now) {
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
  const Key key(call, step);
  auto found = shard.entries.find(key);
  if (found != shard.entries.end()) {
    if (found->second.expires > now) return found->second.held;
    found->second = {std::move(held), now + kHold};
    return std::nullopt;
  }
  if (size() >= kMaxHeld) return std::nullopt;
  size_.fetch_add(1, std::memory_order_relaxed);
  shard.entries.emplace(key, Entry{std::move(held), now + kHold});
  shard.due.emplace_back(now + kHold, key);
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
    size_.fetch_sub(ExpireIn(shard, now), std::memory_order_relaxed);
    if (!shard.due.empty()) ExpireNotAfter(shard.due.front().first);
  }
}

size_t HeldSteps::ExpireIn(Shard& shard, absl::Time now) {
  size_t dropped = 0;
  while (!shard.due.empty() && shard.due.front().first <= now) {
    auto [time, key] = std::move(shard.due.front());
    shard.due.pop_front();
    auto found = shard.entries.find(key);
    if (found->second.expires > now) {
      // It was asked again since.
      shard.due.emplace_back(found->second.expires, std::move(key));
      continue;
    }
    shard.entries.erase(found);
    ++dropped;
  }
  return dropped;
}

}  // namespace libroute
