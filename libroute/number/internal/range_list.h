#ifndef LIBROUTE_NUMBER_INTERNAL_RANGE_LIST_H_
#define LIBROUTE_NUMBER_INTERNAL_RANGE_LIST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libroute/call/digits.h"
#include "libroute/number/pattern.h"

namespace libroute::internal {

// Ranges of numbers that do not overlap, each with a value; found in
// O(log n). Ranges are added in any order, then sorted, then looked up.
class RangeList {
 public:
  struct Range {
    // In the order of OrderKey.
    uint64_t first;
    uint64_t last;
    // How many numbers.
    uint64_t count;
    uint32_t value;
  };

  // Numbers ordered by length, then by digits: those of one length lie
  // together.
  static uint64_t OrderKey(Digits number) {
    return (static_cast<uint64_t>(number.size()) << 60) | (number.packed() >> 4);
  }

  void Add(const NumberPattern& range, uint32_t value) {
    ranges_.push_back({OrderKey(range.first()), OrderKey(range.last()),
                       range.CountOfLength(range.first().size()), value});
  }

  // Puts the ranges in order. False if any overlap; then nothing may follow.
  bool Sort();

  // After Sort: the range that `number` is in, or nullptr.
  const Range* Find(Digits number) const;

  bool empty() const { return ranges_.empty(); }
  size_t memory_bytes() const { return ranges_.capacity() * sizeof(Range); }

 private:
  std::vector<Range> ranges_;
};

}  // namespace libroute::internal

#endif  // LIBROUTE_NUMBER_INTERNAL_RANGE_LIST_H_
