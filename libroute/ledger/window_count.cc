#include "libroute/ledger/window_count.h"

#include <algorithm>
#include <numeric>

namespace libroute {

uint32_t WindowCount::Count(absl::Time now, absl::Duration window) {
  MoveTo(now, window);
  return std::accumulate(counts_.begin(), counts_.end(), 0u);
}

void WindowCount::Add(absl::Time now, absl::Duration window) {
  MoveTo(now, window);
  ++counts_[0];
}

void WindowCount::Undo(absl::Time now, absl::Duration window) {
  MoveTo(now, window);
  // It may have been counted in the slice before, by a clock that is ahead.
  auto added = std::find_if(counts_.begin(), counts_.end(), [](uint32_t n) { return n > 0; });
  if (added != counts_.end()) --*added;
}

void WindowCount::MoveTo(absl::Time now, absl::Duration window) {
  const int64_t ms = absl::ToInt64Milliseconds(window);
  const int64_t slice_ms = std::max<int64_t>(1, (ms + kSlices - 1) / kSlices);
  const int64_t slice = absl::ToUnixMillis(now) / slice_ms;
  if (slice_ms != slice_ms_) {
    const uint32_t all = std::accumulate(counts_.begin(), counts_.end(), 0u);
    counts_ = {all};
    slice_ms_ = slice_ms;
    latest_ = slice;
    return;
  }
  const int64_t passed = std::clamp<int64_t>(slice - latest_, 0, kSlices + 1);
  std::move_backward(counts_.begin(), counts_.end() - passed, counts_.end());
  std::fill_n(counts_.begin(), passed, 0u);
  latest_ = std::max(latest_, slice);
}

}  // namespace libroute
