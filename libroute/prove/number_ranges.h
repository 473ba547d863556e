#ifndef LIBROUTE_PROVE_NUMBER_RANGES_H_
#define LIBROUTE_PROVE_NUMBER_RANGES_H_

#include <cstdint>
#include <vector>

#include "libroute/call/digits.h"
#include "libroute/number/pattern.h"

namespace libroute {

// A set of E.164 numbers, exactly: ranges of numbers of equal length, in order
// and apart from each other. A prefix is one range for each length, 7 to 15. All
// operations are linear in the ranges.
class NumberRanges {
 public:
  struct Range {
    // Length x 10^15 + the number: ordered by length, then by value.
    uint64_t first = 0;
    uint64_t last = 0;

    friend bool operator==(const Range&, const Range&) = default;
  };

  // No number.
  NumberRanges() = default;
  static NumberRanges All();
  static NumberRanges Of(const std::vector<NumberPattern>& patterns);
  // Those that are in any of `parts`.
  static NumberRanges OfAll(const std::vector<NumberRanges>& parts);
  // All numbers of `shortest` to `longest` digits.
  static NumberRanges OfLength(int shortest, int longest);

  bool empty() const { return ranges_.empty(); }
  const std::vector<Range>& ranges() const { return ranges_; }
  bool Has(const NumberRanges& other) const { return Minus(other, *this).empty(); }

  friend NumberRanges And(const NumberRanges& a, const NumberRanges& b) { return Both(a, b); }
  friend NumberRanges Or(const NumberRanges& a, const NumberRanges& b) { return Either(a, b); }
  // Those of `a` that are not in `b`.
  friend NumberRanges Without(const NumberRanges& a, const NumberRanges& b) { return Minus(a, b); }
  friend bool operator==(const NumberRanges&, const NumberRanges&) = default;

  // The number that stands at `place` of a range.
  static E164Number NumberAt(uint64_t place);

 private:
  static NumberRanges Both(const NumberRanges& a, const NumberRanges& b);
  static NumberRanges Either(const NumberRanges& a, const NumberRanges& b);
  static NumberRanges Minus(const NumberRanges& a, const NumberRanges& b);
  static NumberRanges Merged(std::vector<Range> ranges);

  std::vector<Range> ranges_;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_NUMBER_RANGES_H_
