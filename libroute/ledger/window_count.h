#ifndef LIBROUTE_LEDGER_WINDOW_COUNT_H_
#define LIBROUTE_LEDGER_WINDOW_COUNT_H_

#include <array>
#include <cstdint>

#include "absl/time/time.h"

namespace libroute {

// Counts what happened within a window of time up to now. The window is cut
// into slices: what happened counts for at least the window, and for an eighth
// of it more at most, so that no window ever has more than a limit allows.
//
// Thread-compatible. Every operation costs the same, however much is counted.
class WindowCount {
 public:
  static constexpr int kSlices = 8;

  // How long something counts at most.
  static absl::Duration LongestSpan(absl::Duration window) { return window + window / kSlices; }

  // How much happened in the last `window`, which is at least 8 ms. When it is
  // another than the last time, what is counted is taken to have happened now.
  // `now` should not go back; where it does, it stands still.
  uint32_t Count(absl::Time now, absl::Duration window);

  // One more happened, or one that was added at `now` did not happen after all.
  void Add(absl::Time now, absl::Duration window);
  void Undo(absl::Time now, absl::Duration window);

 private:
  // Makes counts_[0] the slice of `now`.
  void MoveTo(absl::Time now, absl::Duration window);

  // Length of a slice in milliseconds, and the number of the latest one since
  // 1970.
  int64_t slice_ms_ = 0;
  int64_t latest_ = 0;
  // Latest first.
  std::array<uint32_t, kSlices + 1> counts_ = {};
};

}  // namespace libroute

#endif  // LIBROUTE_LEDGER_WINDOW_COUNT_H_
