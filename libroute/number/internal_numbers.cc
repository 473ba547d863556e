#include "libroute/number/internal_numbers.h"

#include <algorithm>
#include <utility>

#include "libroute/number/internal/decimal_digits.h"

namespace libroute {
namespace {

using internal::DecimalDigits;
using internal::DecimalOf;
using internal::PowerOfTen;

constexpr int kMostDigits = 9;

// All that begins with a number of the block, written with nine digits.
struct Extent {
  uint64_t begin;
  uint64_t end;
  size_t block;
};

Extent ExtentOf(const InternalBlock& block, size_t index) {
  const uint64_t unit = PowerOfTen(kMostDigits - block.first.size());
  const uint64_t begin = DecimalOf(block.first);
  return {begin * unit, (begin + block.count) * unit, index};
}

// `number` and `step` more.
E164Number Following(E164Number number, uint64_t step) {
  const Digits digits = number.digits();
  return E164Number::FromDigits(DecimalDigits(DecimalOf(digits) + step, digits.size()));
}

bool OnlyDecimals(Digits digits) {
  for (int i = 0; i < digits.size(); ++i) {
    if (digits.digit(i) > 9) return false;
  }
  return true;
}

}  // namespace

Digits InternalBlock::last() const {
  return DecimalDigits(DecimalOf(first) + count - 1, first.size());
}

std::vector<InternalNumbers::Conflict> InternalNumbers::Conflicts(
    const std::vector<InternalBlock>& blocks) {
  std::vector<Extent> extents;
  for (size_t i = 0; i < blocks.size(); ++i) extents.push_back(ExtentOf(blocks[i], i));
  std::sort(extents.begin(), extents.end(), [](const Extent& a, const Extent& b) {
    return std::pair(a.begin, a.block) < std::pair(b.begin, b.block);
  });
  std::vector<Conflict> conflicts;
  const Extent* farthest = nullptr;
  for (const Extent& extent : extents) {
    if (farthest != nullptr && extent.begin < farthest->end) {
      const auto [first, second] = std::minmax(farthest->block, extent.block);
      const int length = std::min(blocks[first].first.size(), blocks[second].first.size());
      conflicts.push_back({first, second, DecimalDigits(extent.begin, kMostDigits).Prefix(length)});
    }
    if (farthest == nullptr || farthest->end < extent.end) farthest = &extent;
  }
  std::sort(conflicts.begin(), conflicts.end(), [](const Conflict& a, const Conflict& b) {
    return std::pair(a.second, a.first) < std::pair(b.second, b.first);
  });
  return conflicts;
}

InternalNumbers::InternalNumbers(std::vector<InternalBlock> blocks) : blocks_(std::move(blocks)) {
  std::sort(blocks_.begin(), blocks_.end(),
            [](const InternalBlock& a, const InternalBlock& b) { return a.first < b.first; });
}

E164Number InternalNumbers::Find(Digits dialled) const {
  auto after = std::upper_bound(
      blocks_.begin(), blocks_.end(), dialled,
      [](Digits digits, const InternalBlock& block) { return digits < block.first; });
  if (after == blocks_.begin() || !OnlyDecimals(dialled)) return E164Number();
  const InternalBlock& block = *std::prev(after);
  if (block.first.size() != dialled.size()) return E164Number();
  const uint64_t step = DecimalOf(dialled) - DecimalOf(block.first);
  return step < block.count ? Following(block.number, step) : E164Number();
}

}  // namespace libroute
