#ifndef LIBROUTE_NUMBER_NUMBER_TABLE_H_
#define LIBROUTE_NUMBER_NUMBER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libroute/call/digits.h"
#include "libroute/number/internal/digits_map.h"
#include "libroute/number/internal/range_list.h"
#include "libroute/number/pattern.h"

namespace libroute {

// Finds the most specific of many patterns that a number matches, and the
// value given to it; does not change once made.
//
//   absl::StatusOr<NumberTable> table = NumberTable::Build({
//       {*NumberPattern::Parse("+3222*"), 0},
//       {*NumberPattern::Parse("+3222000100"), 1}});
//   table->Find(*Digits::Parse("3222000100"));  // 1
//   table->Find(*Digits::Parse("3222000101"));  // 0
//
// An exact number goes first. Then, of the prefixes and ranges that match, the
// one that has the fewest numbers as long as the number asked for: of two
// prefixes the longer, and a range before a prefix that it lies within. (A
// range that is all of a prefix, for that length, goes before it.)
//
// 18.3 bytes per exact number. Thread-safe, like every const object. Can be
// moved; what was moved from is empty.
class NumberTable {
 public:
  // A pattern and its value, which is less than 2^32 - 1.
  using Entry = std::pair<NumberPattern, uint32_t>;

  // Two entries, by their index, that cannot both be in one table: the same
  // pattern, or ranges that overlap. first < second.
  struct Conflict {
    size_t first;
    size_t second;
  };

  // Empty: finds nothing.
  NumberTable() = default;

  // InvalidArgument for entries with a conflict; the message names both
  // patterns. Cost: O(n), and O(r log r) for r ranges; 0.1 s for a million
  // exact numbers.
  static absl::StatusOr<NumberTable> Build(const std::vector<Entry>& entries);

  // The conflicts in `entries`, for those who want to tell of all of them: each
  // entry that cannot stay is second in one of them, in order. O(n log n).
  static std::vector<Conflict> Conflicts(const std::vector<Entry>& entries);

  // What is wrong with `conflict`, in words that name both patterns.
  static std::string Describe(const std::vector<Entry>& entries, const Conflict& conflict);

  // The value of the most specific pattern that `number` matches. One cache
  // miss for an exact number.
  std::optional<uint32_t> Find(Digits number) const {
    if (exact_ != nullptr) {
      const uint32_t value = exact_->Find(number);
      if (value != internal::DigitsMap::kNone) return value;
    }
    if (prefixes_ == nullptr && ranges_.empty()) return std::nullopt;
    return FindBlock(number);
  }

  // Begins to load what Find(number) reads; of use when other work, or other
  // numbers, come in between.
  void Prefetch(Digits number) const {
    if (exact_ != nullptr) exact_->Prefetch(number);
    if (prefixes_ != nullptr) internal::PrefetchPrefixes(*prefixes_, lengths_, number);
  }

  size_t memory_bytes() const;

 private:
  std::optional<uint32_t> FindBlock(Digits number) const;

  // False when its pattern is there already. (Ranges are compared later.)
  bool Add(const Entry& entry);

  std::unique_ptr<internal::DigitsMap> exact_;
  std::unique_ptr<internal::DigitsMap> prefixes_;
  internal::LengthSet lengths_ = 0;
  internal::RangeList ranges_;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBER_TABLE_H_
