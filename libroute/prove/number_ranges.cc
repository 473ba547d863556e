#include "libroute/prove/number_ranges.h"

#include <algorithm>
#include <array>
#include <utility>

namespace libroute {
namespace {

constexpr int kLongest = Digits::kMaxLength;

constexpr std::array<uint64_t, kLongest + 1> MakePowers() {
  std::array<uint64_t, kLongest + 1> powers = {1};
  for (int i = 1; i <= kLongest; ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr std::array<uint64_t, kLongest + 1> kPowers = MakePowers();

uint64_t ValueOf(Digits digits) {
  uint64_t value = 0;
  for (int i = 0; i < digits.size(); ++i)
    value = value * 10 + static_cast<uint64_t>(digits.digit(i));
  return value;
}

uint64_t PlaceOf(int length, uint64_t value) {
  return static_cast<uint64_t>(length) * kPowers[kLongest] + value;
}

void AddPattern(const NumberPattern& pattern, std::vector<NumberRanges::Range>& ranges) {
  const int size = pattern.first().size();
  const uint64_t first = ValueOf(pattern.first());
  if (pattern.kind() != NumberPattern::Kind::kPrefix) {
    ranges.push_back({PlaceOf(size, first), PlaceOf(size, ValueOf(pattern.last()))});
    return;
  }
  for (int length = std::max(size, E164Number::kMinLength); length <= kLongest; ++length) {
    const uint64_t below = kPowers[length - size];
    ranges.push_back({PlaceOf(length, first * below), PlaceOf(length, (first + 1) * below - 1)});
  }
}

}  // namespace

NumberRanges NumberRanges::All() {
  return OfLength(E164Number::kMinLength, kLongest);
}

NumberRanges NumberRanges::OfLength(int shortest, int longest) {
  NumberRanges all;
  for (int length = std::max(shortest, E164Number::kMinLength);
       length <= std::min(longest, kLongest); ++length) {
    all.ranges_.push_back(
        {PlaceOf(length, kPowers[length - 1]), PlaceOf(length, kPowers[length] - 1)});
  }
  return all;
}

NumberRanges NumberRanges::Of(const std::vector<NumberPattern>& patterns) {
  std::vector<Range> ranges;
  for (const NumberPattern& pattern : patterns) AddPattern(pattern, ranges);
  return Merged(std::move(ranges));
}

NumberRanges NumberRanges::OfAll(const std::vector<NumberRanges>& parts) {
  std::vector<Range> ranges;
  for (const NumberRanges& part : parts) {
    ranges.insert(ranges.end(), part.ranges_.begin(), part.ranges_.end());
  }
  return Merged(std::move(ranges));
}

NumberRanges NumberRanges::Merged(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  NumberRanges merged;
  for (const Range& range : ranges) {
    if (!merged.ranges_.empty() && range.first <= merged.ranges_.back().last + 1) {
      merged.ranges_.back().last = std::max(merged.ranges_.back().last, range.last);
    } else {
      merged.ranges_.push_back(range);
    }
  }
  return merged;
}

NumberRanges NumberRanges::Both(const NumberRanges& a, const NumberRanges& b) {
  NumberRanges both;
  for (auto x = a.ranges_.begin(), y = b.ranges_.begin();
       x != a.ranges_.end() && y != b.ranges_.end();) {
    const Range common = {std::max(x->first, y->first), std::min(x->last, y->last)};
    if (common.first <= common.last) both.ranges_.push_back(common);
    x->last < y->last ? static_cast<void>(++x) : static_cast<void>(++y);
  }
  return both;
}

NumberRanges NumberRanges::Either(const NumberRanges& a, const NumberRanges& b) {
  std::vector<Range> ranges = a.ranges_;
  ranges.insert(ranges.end(), b.ranges_.begin(), b.ranges_.end());
  return Merged(std::move(ranges));
}

NumberRanges NumberRanges::Minus(const NumberRanges& a, const NumberRanges& b) {
  NumberRanges left;
  auto taken = b.ranges_.begin();
  for (Range range : a.ranges_) {
    while (taken != b.ranges_.end() && taken->last < range.first) ++taken;
    for (auto next = taken; next != b.ranges_.end() && next->first <= range.last; ++next) {
      if (range.first < next->first) left.ranges_.push_back({range.first, next->first - 1});
      range.first = next->last + 1;
      if (range.first > range.last) break;
    }
    if (range.first <= range.last) left.ranges_.push_back(range);
  }
  return left;
}

E164Number NumberRanges::NumberAt(uint64_t place) {
  const int length = static_cast<int>(place / kPowers[kLongest]);
  const uint64_t value = place % kPowers[kLongest];
  Digits digits;
  for (int i = length - 1; i >= 0; --i) {
    digits = digits.Append(static_cast<int>(value / kPowers[i] % 10));
  }
  return E164Number::FromDigits(digits);
}

}  // namespace libroute
