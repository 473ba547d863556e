#include "libroute/facts/counters.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

// Refusals that come closer after each other are one run of them, and so long is
// long.
constexpr int64_t kOneRun = 10'000'000'000;

}  // namespace

std::optional<int64_t> EmptyAfter(int64_t empty_at, absl::Time now, const Pace& pace) {
  const int64_t at = absl::ToUnixNanos(now);
  const int64_t interval = absl::ToInt64Nanoseconds(pace.interval);
  const int64_t begin = std::max(empty_at, at);
  if (begin - at > interval * (static_cast<int64_t>(pace.burst) - 1)) return std::nullopt;
  return begin + interval;
}

bool Counter::TryPass(absl::Time now, const Pace& pace) {
  int64_t empty_at = empty_at_.load(std::memory_order_relaxed);
  while (true) {
    const std::optional<int64_t> after = EmptyAfter(empty_at, now, pace);
    if (!after.has_value()) return false;
    if (empty_at_.compare_exchange_weak(empty_at, *after, std::memory_order_relaxed)) return true;
  }
}

bool Counter::MayPass(absl::Time now, const Pace& pace) const {
  const int64_t empty_at = empty_at_.load(std::memory_order_relaxed);
  return EmptyAfter(empty_at, now, pace).has_value();
}

void Counter::NoteRefused(absl::Time now) {
  refused_.fetch_add(1, std::memory_order_relaxed);
  const int64_t at = absl::ToUnixNanos(now);
  // First of all a new run begins: who sees it going on sees that, too.
  if (at - last_refused_.load(std::memory_order_relaxed) > kOneRun) {
    first_refused_.store(at, std::memory_order_relaxed);
  }
  last_refused_.store(at, std::memory_order_release);
}

bool Counter::RefusesForLong(absl::Time now) const {
  const int64_t at = absl::ToUnixNanos(now);
  return at - last_refused_.load(std::memory_order_acquire) <= kOneRun &&
         at - first_refused_.load(std::memory_order_relaxed) >= kOneRun;
}

std::string HealthCounterName(absl::string_view of) {
  return absl::StrCat("health of ", of);
}

const Counter* CounterBoard::Find(absl::string_view name) {
  MutexLock lock(mutex_);
  auto found = index_.find(name);
  return found == index_.end() ? nullptr : found->second;
}

Counter* CounterBoard::FindOrMake(absl::string_view name) {
  MutexLock lock(mutex_);
  Counter*& counter = index_[name];
  if (counter == nullptr) counter = &counters_.emplace_back(name);
  return counter;
}

CounterView::CounterView(const std::vector<std::string>& names, CounterBoard& board) {
  counters_.reserve(names.size());
  for (const std::string& name : names) counters_.push_back(board.FindOrMake(name));
}

}  // namespace libroute
