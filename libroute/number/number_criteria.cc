#include "libroute/number/number_criteria.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {

NumberCriteria::Difference NumberCriteria::CompareFacts(const NumberFacts& facts) const {
  if (!kinds_.empty() && !kinds_.Has(facts.kind)) return Difference::kKind;
  const bool of_country = countries_.empty() || std::find(countries_.begin(), countries_.end(),
                                                          facts.country) != countries_.end();
  return of_country ? Difference::kNone : Difference::kCountry;
}

std::string NumberCriteria::Words(const NumberFacts& facts) const {
  std::string words;
  if (!kinds_.empty()) absl::StrAppend(&words, ", kind ", NumberKindName(facts.kind));
  if (!countries_.empty()) {
    absl::StrAppend(
        &words, ", ",
        facts.country.has_value() ? "country " + facts.country.ToString() : "of no country");
  }
  return words;
}

}  // namespace libroute
