#include "services/load/latency_histogram.h"

#include <algorithm>
#include <cmath>

namespace libroute {
namespace {

constexpr int kPartBits = 7;
constexpr int64_t kParts = int64_t{1} << kPartBits;
// The first row has the values below kParts themselves; then one row for each
// further power of two.
constexpr size_t kRows = 64 - kPartBits;

size_t IndexOf(int64_t value) {
  if (value < kParts) return static_cast<size_t>(value);
  const int shift = 63 - __builtin_clzll(static_cast<uint64_t>(value)) - kPartBits;
  return static_cast<size_t>((shift + 1) * kParts + ((value >> shift) - kParts));
}

// The largest value of that index.
int64_t LastOf(size_t index) {
  const auto row = static_cast<int64_t>(index) / kParts;
  if (row == 0) return static_cast<int64_t>(index);
  const auto part = static_cast<uint64_t>(static_cast<int64_t>(index) % kParts + kParts);
  // Unsigned: of the last index the next value is 2^63.
  return static_cast<int64_t>(((part + 1) << (row - 1)) - 1);
}

}  // namespace

LatencyHistogram::LatencyHistogram() : counts_(kRows * kParts) {}

void LatencyHistogram::Add(absl::Duration latency) {
  const int64_t value = std::max<int64_t>(absl::ToInt64Nanoseconds(latency), 0);
  ++counts_[IndexOf(value)];
  ++count_;
  max_ = std::max(max_, value);
  sum_ += static_cast<double>(value);
}

void LatencyHistogram::Merge(const LatencyHistogram& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
}

absl::Duration LatencyHistogram::Mean() const {
  return count_ == 0 ? absl::ZeroDuration() : absl::Nanoseconds(sum_ / static_cast<double>(count_));
}

absl::Duration LatencyHistogram::Percentile(double percent) const {
  if (count_ == 0) return absl::ZeroDuration();
  const auto wanted = std::clamp<int64_t>(
      static_cast<int64_t>(std::ceil(percent / 100 * static_cast<double>(count_))), 1, count_);
  int64_t seen = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= wanted) return absl::Nanoseconds(std::min(LastOf(i), max_));
  }
  return Max();
}

void LatencyHistogram::Clear() {
  *this = LatencyHistogram();
}

}  // namespace libroute
