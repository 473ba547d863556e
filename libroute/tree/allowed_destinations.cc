#include "libroute/tree/allowed_destinations.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"

namespace libroute {

AllowedDestinations::AllowedDestinations(NumberKindSet kinds, std::vector<Country> countries,
                                         NumberSet numbers)
    : is_written_(true),
      kinds_(kinds),
      countries_(std::move(countries)),
      numbers_(std::move(numbers)) {
  if (kinds_.Has(NumberKind::kFixed) && kinds_.Has(NumberKind::kMobile)) {
    kinds_.Add(NumberKind::kFixedOrMobile);
  }
}

NumberKindSet AllowedDestinations::UsualKinds() {
  NumberKindSet kinds;
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto kind = static_cast<NumberKind>(i);
    if (kind != NumberKind::kPremium && kind != NumberKind::kSharedCost) kinds.Add(kind);
  }
  return kinds;
}

AllowedDestinations::Refusal AllowedDestinations::Check(E164Number number) const {
  number = NumberingPlans::World().WithoutExcess(number);
  const NumberFacts facts = NumberingPlans::World().Find(number);
  const bool of_country = countries_.empty() || std::find(countries_.begin(), countries_.end(),
                                                          facts.country) != countries_.end();
  if (of_country && kinds_.Has(facts.kind)) return Refusal::kNone;
  if (numbers_.Contains(number.digits())) return Refusal::kNone;
  return of_country ? Refusal::kKind : Refusal::kCountry;
}

std::string RefusalText(E164Number number, AllowedDestinations::Refusal refusal) {
  number = NumberingPlans::World().WithoutExcess(number);
  const NumberFacts facts = NumberingPlans::World().Find(number);
  switch (refusal) {
    case AllowedDestinations::Refusal::kKind:
      return absl::StrCat("a number of kind ", NumberKindName(facts.kind));
    case AllowedDestinations::Refusal::kCountry:
      return facts.country.has_value() ? absl::StrCat("a number of ", facts.country.ToString())
                                       : "a number of no country";
    case AllowedDestinations::Refusal::kNone:
      break;
  }
  return "allowed";
}

}  // namespace libroute
