#include "libroute/number/internal/range_list.h"

#include <algorithm>

namespace libroute::internal {

bool RangeList::Sort() {
  std::sort(ranges_.begin(), ranges_.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  return std::adjacent_find(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) {
           return b.first <= a.last;
         }) == ranges_.end();
}

const RangeList::Range* RangeList::Find(Digits number) const {
  const uint64_t key = OrderKey(number);
  auto after = std::upper_bound(ranges_.begin(), ranges_.end(), key,
                                [](uint64_t k, const Range& range) { return k < range.first; });
  if (after == ranges_.begin()) return nullptr;
  const Range& range = *std::prev(after);
  return key <= range.last ? &range : nullptr;
}

}  // namespace libroute::internal
