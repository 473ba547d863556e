#include "libroute/tree/number_words.h"

#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/regions.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

static_assert(static_cast<int>(NumberKind::kUnknown) + 1 == v1::NUMBER_KIND_UNKNOWN);
static_assert(static_cast<int>(NumberKind::kPersonal) + 1 == v1::NUMBER_KIND_PERSONAL);
static_assert(kNumberKinds == v1::NumberKind_MAX);

absl::StatusOr<Country> ReadCountry(const std::string& code) {
  const std::optional<Country> country = Country::FromCode(code);
  if (country.has_value() && NumberingPlans::World().CallingCodeOf(*country) != 0) return *country;
  const std::string capitals = absl::AsciiStrToUpper(code);
  const std::string hint = IsKnownRegion(capitals)
                               ? absl::StrCat("; did you mean \"", capitals, "\"?")
                               : "; write its ISO 3166-1 code, e.g. BE";
  return absl::InvalidArgumentError(
      absl::StrCat("no country ", Quoted(code), " has a numbering plan", hint));
}

absl::StatusOr<NumberKind> ReadNumberKind(int value) {
  if (v1::NumberKind_IsValid(value) && value != v1::NUMBER_KIND_UNSPECIFIED) {
    return static_cast<NumberKind>(value - 1);
  }
  return absl::InvalidArgumentError(absl::StrCat(value, " is no kind of number; expected ",
                                                 absl::StrJoin(NumberKindNames(), ", ")));
}

std::string KindsText(NumberKindSet kinds) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto kind = static_cast<NumberKind>(i);
    if (kinds.Has(kind)) names.push_back(NumberKindName(kind));
  }
  return absl::StrJoin(names, " or ");
}

}  // namespace libroute
