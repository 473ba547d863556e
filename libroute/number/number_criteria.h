#ifndef LIBROUTE_NUMBER_NUMBER_CRITERIA_H_
#define LIBROUTE_NUMBER_NUMBER_CRITERIA_H_

#include <string>
#include <utility>
#include <vector>

#include "libroute/call/digits.h"
#include "libroute/number/number_kind.h"
#include "libroute/number/number_set.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/pattern.h"

namespace libroute {

// Which numbers are meant: those of the patterns that are of one of the kinds
// and of one of the countries; what is empty is not looked at. Immutable;
// thread-safe.
class NumberCriteria {
 public:
  // Why a number is not meant.
  enum class Difference { kNone, kNumber, kKind, kCountry };

  NumberCriteria(const std::vector<NumberPattern>& numbers, NumberKindSet kinds,
                 std::vector<Country> countries)
      : has_numbers_(!numbers.empty()),
        looks_closer_(!kinds.empty() || !countries.empty()),
        kinds_(kinds),
        numbers_(numbers),
        countries_(std::move(countries)) {}

  // `facts()` is what is known of the number; only asked for where that is
  // needed.
  template <typename Facts>
  Difference Compare(Digits number, Facts facts) const {
    if (has_numbers_ && !numbers_.Contains(number)) return Difference::kNumber;
    return looks_closer_ ? CompareFacts(facts()) : Difference::kNone;
  }

  bool looks_closer() const { return looks_closer_; }
  // Of `facts`, what is looked at: ", kind mobile, country BE".
  std::string Words(const NumberFacts& facts) const;

 private:
  Difference CompareFacts(const NumberFacts& facts) const;

  bool has_numbers_;
  // There are kinds or countries.
  bool looks_closer_;
  NumberKindSet kinds_;
  NumberSet numbers_;
  std::vector<Country> countries_;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_NUMBER_CRITERIA_H_
