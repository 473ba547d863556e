#include "libroute/number/number_set.h"

#include <algorithm>
#include <utility>

namespace libroute {
namespace {

using internal::DigitsMap;

constexpr uint32_t kMember = 1;

// Whether it was not there before.
bool InsertOnce(std::unique_ptr<DigitsMap>& map, Digits key) {
  if (map->Find(key) != DigitsMap::kNone) return false;
  DigitsMap::InsertOrResize(map, key, kMember);
  return true;
}

size_t CountRepeated(std::vector<NumberPattern> ranges) {
  std::sort(ranges.begin(), ranges.end());
  return ranges.end() - std::unique(ranges.begin(), ranges.end());
}

// How many packed digits, less one, begin with those of `prefix`.
uint64_t ExtentOf(Digits prefix) {
  const uint64_t below = ~uint64_t{0} >> (4 * prefix.size());
  return (prefix.packed() | below) - prefix.packed();
}

}  // namespace

NumberSet::NumberSet(const std::vector<NumberPattern>& patterns) {
  size_t exact = 0;
  size_t prefixes = 0;
  std::vector<NumberPattern> ranges;
  for (const NumberPattern& pattern : patterns) {
    if (pattern.kind() == NumberPattern::Kind::kRange) ranges.push_back(pattern);
    if (pattern.kind() == NumberPattern::Kind::kExact) ++exact;
    if (pattern.kind() == NumberPattern::Kind::kPrefix) ++prefixes;
  }
  ranges_ = internal::RangeSet(ranges);
  repeated_ = CountRepeated(std::move(ranges));
  if (exact + prefixes <= kFew) {
    AddFew(patterns);
    return;
  }
  many_ = std::make_unique<Many>(std::make_unique<DigitsMap>(exact),
                                 std::make_unique<DigitsMap>(prefixes));
  AddMany(patterns);
}

void NumberSet::AddFew(const std::vector<NumberPattern>& patterns) {
  for (const NumberPattern& pattern : patterns) {
    if (pattern.kind() == NumberPattern::Kind::kRange) continue;
    const bool exact = pattern.kind() == NumberPattern::Kind::kExact;
    const Interval interval = {pattern.first().packed(), exact ? 0 : ExtentOf(pattern.first())};
    const bool is_there = std::any_of(few_.begin(), few_.end(), [&interval](const Interval& other) {
      return other.first == interval.first && other.extent == interval.extent;
    });
    if (!is_there) few_.push_back(interval);
    if (is_there) ++repeated_;
  }
}

void NumberSet::AddMany(const std::vector<NumberPattern>& patterns) {
  for (const NumberPattern& pattern : patterns) {
    if (pattern.kind() == NumberPattern::Kind::kRange) continue;
    const bool exact = pattern.kind() == NumberPattern::Kind::kExact;
    if (!InsertOnce(exact ? many_->exact : many_->prefixes, pattern.first())) ++repeated_;
    if (exact) continue;
    many_->lengths |= internal::LengthSet{1} << pattern.first().size();
  }
}

bool NumberSet::ContainedInMany(Digits number) const {
  internal::PrefetchPrefixes(*many_->prefixes, many_->lengths, number);
  return many_->exact->Find(number) != DigitsMap::kNone ||
         internal::ForEachPrefix(*many_->prefixes, many_->lengths, number,
                                 [](int, uint32_t) { return true; }) ||
         ranges_.Contains(number);
}

size_t NumberSet::memory_bytes() const {
  size_t bytes = sizeof(*this) + few_.capacity() * sizeof(Interval) + ranges_.memory_bytes();
  if (many_ == nullptr) return bytes;
  return bytes + sizeof(Many) + many_->exact->memory_bytes() + many_->prefixes->memory_bytes();
}

}  // namespace libroute
