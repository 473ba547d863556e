#ifndef LIBROUTE_NUMBER_PATTERN_H_
#define LIBROUTE_NUMBER_PATTERN_H_

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

namespace libroute {

// A number or a block of numbers, as plans write them:
//
//   +3222000100               exactly this number
//   +3222*                    every number that begins so, whatever its length
//   +3222000100-+3222000199   first to last, of the same length
//
// A value type of 24 bytes. Patterns that write the same thing compare equal;
// a range of one number is that exact number.
class NumberPattern {
 public:
  enum class Kind : uint8_t { kExact, kPrefix, kRange };

  // Reads one of the forms above. Numbers are E.164 (7 to 15 digits, the first
  // not 0), a prefix has 1 to 14 digits, the first not 0, and a range has ends
  // of equal length, the first not after the last. InvalidArgument otherwise:
  // what is wrong, with which text, and what would be right.
  static absl::StatusOr<NumberPattern> Parse(absl::string_view text);

  // From digits that fulfil the same; the caller vouches for them.
  static NumberPattern Exact(Digits number) { return {Kind::kExact, number, number}; }
  static NumberPattern Prefix(Digits prefix) { return {Kind::kPrefix, prefix, prefix}; }
  static NumberPattern Range(Digits first, Digits last) {
    return {first == last ? Kind::kExact : Kind::kRange, first, last};
  }

  Kind kind() const { return kind_; }

  // The first and last number of a range; the number itself, or the digits of
  // the prefix, twice.
  Digits first() const { return first_; }
  Digits last() const { return last_; }

  // Whether `number` is among those that this pattern names. A number that is
  // the prefix and nothing more begins so, too.
  bool Matches(Digits number) const {
    if (kind_ == Kind::kPrefix) return number.StartsWith(first_);
    return number.size() == first_.size() && !(number < first_) && !(last_ < number);
  }

  // Whether every number of `other` is one of this pattern.
  bool Covers(const NumberPattern& other) const;

  // Whether some number is in both.
  bool Overlaps(const NumberPattern& other) const;

  // How many numbers of `length` digits it names, 0 <= length <= 15.
  uint64_t CountOfLength(int length) const;

  // The fewest prefixes that have all numbers of this pattern and, of numbers
  // as long as those written in it, no others. At most 250, in order. (Those
  // of a range also begin numbers of other lengths.)
  std::vector<Digits> Prefixes() const;

  // As written; Parse reads it back.
  std::string ToString() const;

  friend bool operator==(const NumberPattern& a, const NumberPattern& b) {
    return a.AsTuple() == b.AsTuple();
  }
  friend bool operator!=(const NumberPattern& a, const NumberPattern& b) { return !(a == b); }
  friend bool operator<(const NumberPattern& a, const NumberPattern& b) {
    return a.AsTuple() < b.AsTuple();
  }

  template <typename H>
  friend H AbslHashValue(H state, const NumberPattern& pattern) {
    return H::combine(std::move(state), pattern.kind_, pattern.first_, pattern.last_);
  }

 private:
  NumberPattern(Kind kind, Digits first, Digits last) : first_(first), last_(last), kind_(kind) {}

  std::tuple<Kind, Digits, Digits> AsTuple() const { return {kind_, first_, last_}; }

  Digits first_;
  Digits last_;
  Kind kind_;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_PATTERN_H_
