#include "libroute/facts/health.h"

#include <algorithm>

namespace libroute {
namespace {

// After so many more failures the time does not grow any more.
constexpr uint32_t kMostDoublings = 20;

absl::Duration DownFor(uint32_t failures, const HealthRule& rule) {
  const uint32_t doublings = std::min(failures - rule.failures, kMostDoublings);
  return std::min(rule.longest, rule.retry * (int64_t{1} << doublings));
}

}  // namespace

Health::State Health::At(absl::Time now, const HealthRule& rule) const {
  if (rule.failures == 0 || failures() < rule.failures) return State::kUp;
  const int64_t at = absl::ToUnixNanos(now);
  if (at < down_until_.load(std::memory_order_relaxed)) return State::kDown;
  const int64_t probed_until = probed_until_.load(std::memory_order_relaxed);
  if (probed_until == kNever) return State::kMayProbe;
  return at < probed_until ? State::kProbed : State::kUp;
}

bool Health::TryProbe(absl::Time now, const HealthRule& rule) {
  if (At(now, rule) != State::kMayProbe) return false;
  int64_t none = kNever;
  return probed_until_.compare_exchange_strong(none, absl::ToUnixNanos(now + kProbe),
                                               std::memory_order_relaxed);
}

void Health::NoteFailed(absl::Time now, const HealthRule& rule) {
  const State state = At(now, rule);
  // Who was on the way already when it was found to be down says nothing new.
  if (rule.failures == 0 || state == State::kDown) return;
  // The last try has not failed.
  if (state == State::kUp && failures() >= rule.failures) NoteReached();
  const uint32_t failed = failures_.fetch_add(1, std::memory_order_relaxed) + 1;
  has_asked_to_wait_.store(false, std::memory_order_relaxed);
  if (failed < rule.failures) return;
  probed_until_.store(kNever, std::memory_order_relaxed);
  down_until_.store(absl::ToUnixNanos(now + DownFor(failed, rule)), std::memory_order_relaxed);
}

void Health::NoteAskedToWait(absl::Time now, absl::Duration wait, const HealthRule& rule) {
  if (rule.failures == 0) return;
  const absl::Duration longest = std::max(rule.longest, absl::Seconds(1));
  const int64_t until = absl::ToUnixNanos(now + std::clamp(wait, absl::Seconds(1), longest));
  const State state = At(now, rule);
  const bool is_down = state == State::kDown;
  // The last try has not failed.
  const bool was_up = state == State::kUp && failures() >= rule.failures;
  const uint32_t failed = was_up ? 1 : failures() + 1;
  // Another one may have been told to wait for longer.
  if (is_down && until <= down_until_.load(std::memory_order_relaxed)) return;
  has_asked_to_wait_.store(true, std::memory_order_relaxed);
  probed_until_.store(kNever, std::memory_order_relaxed);
  down_until_.store(until, std::memory_order_relaxed);
  // At last: who sees that it is down sees until when.
  if (!is_down) failures_.store(std::max(failed, rule.failures), std::memory_order_relaxed);
}

void Health::NoteReached() {
  if (failures() == 0) return;
  failures_.store(0, std::memory_order_relaxed);
  has_asked_to_wait_.store(false, std::memory_order_relaxed);
  probed_until_.store(kNever, std::memory_order_relaxed);
  down_until_.store(kNever, std::memory_order_relaxed);
}

}  // namespace libroute
