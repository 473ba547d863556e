#include "libroute/number/internal/range_set.h"

#include <algorithm>

#include "libroute/number/internal/range_list.h"

namespace libroute::internal {

RangeSet::RangeSet(const std::vector<NumberPattern>& ranges) {
  std::vector<Range> sorted;
  sorted.reserve(ranges.size());
  for (const NumberPattern& range : ranges) {
    sorted.push_back({RangeList::OrderKey(range.first()), RangeList::OrderKey(range.last())});
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  for (const Range& range : sorted) {
    if (!ranges_.empty() && range.first <= ranges_.back().last) {
      ranges_.back().last = std::max(ranges_.back().last, range.last);
    } else {
      ranges_.push_back(range);
    }
  }
  ranges_.shrink_to_fit();
  firsts_.reserve((ranges_.size() + kBlock - 1) / kBlock);
  for (size_t i = 0; i < ranges_.size(); i += kBlock) firsts_.push_back(ranges_[i].first);
}

bool RangeSet::Contains(Digits number) const {
  const uint64_t key = RangeList::OrderKey(number);
  const auto block = std::upper_bound(firsts_.begin(), firsts_.end(), key);
  if (block == firsts_.begin()) return false;
  const auto begin = ranges_.begin() + (block - firsts_.begin() - 1) * kBlock;
  const auto end = begin + std::min<ptrdiff_t>(kBlock, ranges_.end() - begin);
  const auto after = std::upper_bound(
      begin, end, key, [](uint64_t k, const Range& range) { return k < range.first; });
  return key <= std::prev(after)->last;
}

}  // namespace libroute::internal
