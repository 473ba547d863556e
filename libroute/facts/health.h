#ifndef LIBROUTE_FACTS_HEALTH_H_
#define LIBROUTE_FACTS_HEALTH_H_

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"

namespace libroute {

// When what fails again and again counts as down, and when it is tried again.
struct HealthRule {
  // So many failures in a row; 0: never.
  uint32_t failures = 0;
  // So long it is not tried; twice as long each time that it fails again, and
  // `longest` at most.
  absl::Duration retry;
  absl::Duration longest;
};

// What attempts have shown of a destination, site or gateway: a circuit breaker. After
// enough failures in a row it is down for a while; then one call may try it, and
// while that one does the others go elsewhere. When the attempt fails it is down
// for longer; when it does not within kProbe, it is up. What has asked not to be tried
// for a while is down for so long, however often it had failed before.
//
// Thread-safe and lock-free. Threads that note failures at the same time may count
// one of them less.
class Health {
 public:
  enum class State : uint8_t {
    kUp,
    kDown,
    // Down until now; a call may try.
    kMayProbe,
    // A call tries.
    kProbed,
  };
  // For so long the outcome of a try is waited for.
  static constexpr absl::Duration kProbe = absl::Minutes(1);

  State At(absl::Time now, const HealthRule& rule) const;

  // Whether the calling question may try; at most one may at a time.
  bool TryProbe(absl::Time now, const HealthRule& rule);
  void UndoProbe() { probed_until_.store(kNever, std::memory_order_relaxed); }

  // An attempt failed at `now`, or reached it.
  void NoteFailed(absl::Time now, const HealthRule& rule);
  void NoteReached();
  // An attempt failed, and was told to come again after `wait`: that counts from 1 s to
  // the rule's `longest`.
  void NoteAskedToWait(absl::Time now, absl::Duration wait, const HealthRule& rule);

  // Whether it has asked for that when it failed last.
  bool has_asked_to_wait() const { return has_asked_to_wait_.load(std::memory_order_relaxed); }
  // How often in a row it has failed, and until when it is not tried.
  uint32_t failures() const { return failures_.load(std::memory_order_relaxed); }
  absl::Time down_until() const {
    return absl::FromUnixNanos(down_until_.load(std::memory_order_relaxed));
  }

 private:
  static constexpr int64_t kNever = INT64_MIN / 2;

  std::atomic<uint32_t> failures_{0};
  std::atomic<bool> has_asked_to_wait_{false};
  // Unix nanoseconds.
  std::atomic<int64_t> down_until_{kNever};
  // Of the last try; kNever if there was none since it was down.
  std::atomic<int64_t> probed_until_{kNever};
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_HEALTH_H_
