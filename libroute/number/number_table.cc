#include "libroute/number/number_table.h"

#include <algorithm>
#include <map>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

using internal::DigitsMap;
using internal::RangeList;
using Kind = NumberPattern::Kind;

// Ranges that do not overlap, with their place in the list of entries.
class RangesSeen {
 public:
  // The index of a range that `range` overlaps; else keeps `range`.
  std::optional<size_t> FindOrAdd(const NumberPattern& range, size_t index) {
    const uint64_t first = RangeList::OrderKey(range.first());
    const uint64_t last = RangeList::OrderKey(range.last());
    auto after = by_last_.lower_bound(first);
    if (after != by_last_.end() && after->second.first <= last) return after->second.second;
    by_last_.emplace(last, std::make_pair(first, index));
    return std::nullopt;
  }

 private:
  // From the last number to the first, and the index.
  std::map<uint64_t, std::pair<uint64_t, size_t>> by_last_;
};

size_t CountOf(const std::vector<NumberTable::Entry>& entries, Kind kind) {
  return std::count_if(entries.begin(), entries.end(), [kind](const NumberTable::Entry& entry) {
    return entry.first.kind() == kind;
  });
}

// Whether `key` was new.
bool InsertNew(std::unique_ptr<DigitsMap>& map, Digits key, uint32_t value) {
  if (map->Find(key) != DigitsMap::kNone) return false;
  DigitsMap::InsertOrResize(map, key, value);
  return true;
}

}  // namespace

absl::StatusOr<NumberTable> NumberTable::Build(const std::vector<Entry>& entries) {
  NumberTable table;
  const size_t exact = CountOf(entries, Kind::kExact);
  const size_t prefixes = CountOf(entries, Kind::kPrefix);
  if (exact > 0) table.exact_ = std::make_unique<DigitsMap>(exact);
  if (prefixes > 0) table.prefixes_ = std::make_unique<DigitsMap>(prefixes);
  bool unique = true;
  for (const Entry& entry : entries) {
    if (entry.second == DigitsMap::kNone) {
      return absl::InvalidArgumentError(absl::StrCat("the value of \"", entry.first.ToString(),
                                                     "\" must be below ", DigitsMap::kNone,
                                                     ", which stands for no value"));
    }
    unique = table.Add(entry) && unique;
  }
  if (table.ranges_.Sort() && unique) return table;
  return absl::InvalidArgumentError(Describe(entries, Conflicts(entries).front()));
}

bool NumberTable::Add(const Entry& entry) {
  const auto& [pattern, value] = entry;
  switch (pattern.kind()) {
    case Kind::kExact:
      return InsertNew(exact_, pattern.first(), value);
    case Kind::kPrefix:
      lengths_ |= internal::LengthSet{1} << pattern.first().size();
      return InsertNew(prefixes_, pattern.first(), value);
    case Kind::kRange:
      ranges_.Add(pattern, value);
  }
  return true;
}

std::vector<NumberTable::Conflict> NumberTable::Conflicts(const std::vector<Entry>& entries) {
  absl::flat_hash_map<NumberPattern, size_t> seen;
  seen.reserve(entries.size());
  RangesSeen ranges;
  std::vector<Conflict> conflicts;
  for (size_t i = 0; i < entries.size(); ++i) {
    const NumberPattern& pattern = entries[i].first;
    auto [place, is_new] = seen.try_emplace(pattern, i);
    if (!is_new) {
      conflicts.push_back({place->second, i});
    } else if (pattern.kind() == Kind::kRange) {
      std::optional<size_t> other = ranges.FindOrAdd(pattern, i);
      if (other) conflicts.push_back({*other, i});
    }
  }
  return conflicts;
}

std::string NumberTable::Describe(const std::vector<Entry>& entries, const Conflict& conflict) {
  const std::string first = entries[conflict.first].first.ToString();
  const std::string second = entries[conflict.second].first.ToString();
  if (first == second) return absl::StrCat("\"", second, "\" is listed twice; remove one");
  return absl::StrCat("the ranges \"", first, "\" and \"", second,
                      "\" overlap; let one end before the other begins");
}

std::optional<uint32_t> NumberTable::FindBlock(Digits number) const {
  int length = 0;
  std::optional<uint32_t> found;
  if (prefixes_ != nullptr) {
    internal::PrefetchPrefixes(*prefixes_, lengths_, number);
    internal::ForEachPrefix(*prefixes_, lengths_, number, [&](int longest, uint32_t value) {
      length = longest;
      found = value;
      return true;
    });
  }
  const RangeList::Range* range = ranges_.Find(number);
  if (range == nullptr) return found;
  if (!found) return range->value;
  const NumberPattern prefix = NumberPattern::Prefix(number.Prefix(length));
  return range->count <= prefix.CountOfLength(number.size()) ? range->value : *found;
}

size_t NumberTable::memory_bytes() const {
  size_t bytes = sizeof(*this) + ranges_.memory_bytes();
  if (exact_ != nullptr) bytes += exact_->memory_bytes();
  if (prefixes_ != nullptr) bytes += prefixes_->memory_bytes();
  return bytes;
}

}  // namespace libroute
