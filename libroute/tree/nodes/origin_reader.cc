#include "libroute/tree/nodes/origin_reader.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/regions.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/pattern_cases.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using Case = v1::OriginBranch::Case;

constexpr int kMostDiversions = 255;

static_assert(static_cast<int>(Verstat::kNoValidation) == v1::VERSTAT_NO_VALIDATION);
static_assert(static_cast<int>(DiversionReason::kUnknown) == v1::DIVERSION_REASON_UNKNOWN);
static_assert(static_cast<int>(NumberKind::kUnknown) + 1 == v1::NUMBER_KIND_UNKNOWN);
static_assert(static_cast<int>(NumberKind::kPersonal) + 1 == v1::NUMBER_KIND_PERSONAL);
static_assert(kNumberKinds == v1::NumberKind_MAX);

// Nothing, and an error at `path`, for what is no country.
std::optional<Country> ReadCountry(const std::string& text, absl::string_view path,
                                   NodeScope& scope) {
  const std::optional<Country> country = Country::FromCode(text);
  if (country.has_value() && NumberingPlans::World().CallingCodeOf(*country) != 0) return country;
  const std::string capitals = absl::AsciiStrToUpper(text);
  std::string hint = IsKnownRegion(capitals) ? absl::StrCat("; did you mean \"", capitals, "\"?")
                                             : "; write its ISO 3166-1 code, e.g. BE";
  scope.Error(path, "unknown-name",
              absl::StrCat("no country ", Quoted(text), " has a numbering plan", hint));
  return std::nullopt;
}

NumberKindSet ReadKinds(const Case& written, const std::string& path, NodeScope& scope) {
  NumberKindSet kinds;
  for (int i = 0; i < written.kind_size(); ++i) {
    const int value = written.kind(i);
    if (v1::NumberKind_IsValid(value) && value != v1::NUMBER_KIND_UNSPECIFIED) {
      kinds.Add(static_cast<NumberKind>(value - 1));
    } else {
      scope.Error(IndexPath(path + ".kind", i), "bad-value",
                  absl::StrCat(value, " is no kind of number; expected ",
                               absl::StrJoin(NumberKindNames(), ", ")));
    }
  }
  return kinds;
}

bool NamesCallers(const Case& written) {
  return !written.numbers().empty() || !written.area().empty() || !written.kind().empty() ||
         !written.country().empty() || written.anonymous() || written.restricted() ||
         written.unavailable();
}

bool IsEmpty(const Case& written) {
  return !NamesCallers(written) && written.verstat().empty() && written.ingress().empty() &&
         !written.has_diverted();
}

OriginCalls ReadCalls(const Case& written, const std::string& path, NodeScope& scope) {
  OriginCalls calls;
  const Mobiles mobiles = written.kind().empty() ? Mobiles::kWarn : Mobiles::kMeant;
  calls.numbers = scope.Patterns(written.numbers(), path + ".numbers", mobiles);
  for (int i = 0; i < written.area_size(); ++i) {
    const auto area = scope.Area(written.area(i), IndexPath(path + ".area", i), mobiles);
    calls.numbers.insert(calls.numbers.end(), area.begin(), area.end());
  }
  calls.kinds = ReadKinds(written, path, scope);
  for (int i = 0; i < written.country_size(); ++i) {
    const auto country = ReadCountry(written.country(i), IndexPath(path + ".country", i), scope);
    if (country.has_value()) calls.countries.push_back(*country);
  }
  calls.known = !calls.numbers.empty() || !calls.kinds.empty() || !calls.countries.empty();
  calls.restricted = written.restricted() || written.anonymous() || !NamesCallers(written);
  calls.unavailable = written.unavailable() || written.anonymous() || !NamesCallers(written);
  calls.known |= !NamesCallers(written) && !IsEmpty(written);
  return calls;
}

std::string KindsText(NumberKindSet kinds) {
  std::vector<absl::string_view> names;
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto kind = static_cast<NumberKind>(i);
    if (kinds.Has(kind)) names.push_back(NumberKindName(kind));
  }
  return absl::StrJoin(names, " or ");
}

// "+324*, area liege and kind fixed and country BE or FR, anonymous".
std::string CallersText(const Case& written, const OriginCalls& calls) {
  std::vector<std::string> who;
  const std::vector<std::string> numbers(written.numbers().begin(), written.numbers().end());
  if (!written.area().empty()) who = numbers;
  if (written.area().empty() && !calls.numbers.empty()) who = {PatternsText(calls.numbers)};
  if (!written.area().empty()) who.push_back("area " + absl::StrJoin(written.area(), " or "));
  std::vector<std::string> conditions;
  if (!who.empty()) conditions.push_back(absl::StrJoin(who, ", "));
  if (!calls.kinds.empty()) conditions.push_back("kind " + KindsText(calls.kinds));
  if (!calls.countries.empty()) {
    conditions.push_back("country " + absl::StrJoin(written.country(), " or "));
  }
  std::vector<std::string> either;
  if (!conditions.empty()) either.push_back(absl::StrJoin(conditions, " and "));
  if (calls.restricted && calls.unavailable) either.emplace_back("anonymous");
  if (calls.restricted && !calls.unavailable) either.emplace_back("restricted");
  if (!calls.restricted && calls.unavailable) either.emplace_back("unavailable");
  return absl::StrJoin(either, ", ");
}

// The bits of enum values, of which the first names nothing.
template <typename Values>
uint8_t ReadBits(const Values& written, int last, const std::string& path, NodeScope& scope) {
  uint8_t bits = 0;
  for (int i = 0; i < written.size(); ++i) {
    const int value = written.Get(i);
    if (value < 1 || value > last) {
      scope.Error(IndexPath(path, i), "bad-value",
                  absl::StrCat(value, " is not known; expected 1 to ", last));
    } else {
      bits |= static_cast<uint8_t>(1u << value);
    }
  }
  return bits;
}

void ReadDiverted(const v1::OriginBranch::Diverted& written, const std::string& path,
                  NodeScope& scope, OriginWay& way) {
  way.diverted = true;
  way.has_diverters = !written.by().empty();
  way.diverters = NumberSet(scope.Patterns(written.by(), path + ".by"));
  way.reasons = ReadBits(written.reason(), v1::DiversionReason_MAX, path + ".reason", scope);
  if (written.at_least() != 0) way.least_diversions = static_cast<int>(written.at_least());
  if (written.at_most() != 0) way.most_diversions = static_cast<int>(written.at_most());
  if (written.at_least() > kMostDiversions || written.at_most() > kMostDiversions) {
    scope.Error(path, "bad-value",
                absl::StrCat("a call is diverted 1 to ", kMostDiversions, " times"));
  } else if (way.most_diversions < way.least_diversions) {
    scope.Error(path, "bad-value",
                absl::StrCat("at_most ", way.most_diversions, " is less than at_least ",
                             way.least_diversions));
  }
}

std::optional<OriginWay> ReadWay(const Case& written, const std::string& path, NodeScope& scope) {
  if (written.verstat().empty() && written.ingress().empty() && !written.has_diverted()) {
    return std::nullopt;
  }
  OriginWay way;
  way.verstats = ReadBits(written.verstat(), v1::Verstat_MAX, path + ".verstat", scope);
  for (int i = 0; i < written.ingress_size(); ++i) {
    way.ingresses.push_back(scope.Ingress(written.ingress(i), IndexPath(path + ".ingress", i)));
  }
  std::sort(way.ingresses.begin(), way.ingresses.end());
  if (written.has_diverted()) ReadDiverted(written.diverted(), path + ".diverted", scope, way);
  return way;
}

// The names of set bits: "passed or failed".
template <typename Enum>
std::string BitsText(uint8_t bits, absl::string_view (*name)(Enum)) {
  std::vector<absl::string_view> names;
  for (int i = 1; i < 8; ++i) {
    if ((bits >> i & 1) != 0) names.push_back(name(static_cast<Enum>(i)));
  }
  return absl::StrJoin(names, " or ");
}

// "verstat passed and ingress trunk-1 and diverted by +3222* for busy, 2 to 5 times".
std::string WayText(const Case& written, const OriginWay& way) {
  std::vector<std::string> conditions;
  if (way.verstats != 0) {
    conditions.push_back("verstat " + BitsText<Verstat>(way.verstats, VerstatName));
  }
  std::vector<std::string> ingresses(written.ingress().begin(), written.ingress().end());
  std::sort(ingresses.begin(), ingresses.end());
  if (!ingresses.empty()) conditions.push_back("ingress " + absl::StrJoin(ingresses, " or "));
  if (!way.diverted) return absl::StrJoin(conditions, " and ");
  std::string diverted = "diverted";
  if (way.has_diverters) {
    absl::StrAppend(&diverted, " by ", absl::StrJoin(written.diverted().by(), ", "));
  }
  if (way.reasons != 0) {
    absl::StrAppend(&diverted, " for ",
                    BitsText<DiversionReason>(way.reasons, DiversionReasonName));
  }
  if (way.least_diversions > 1 || way.most_diversions < kMostDiversions) {
    absl::StrAppend(&diverted, ", ", way.least_diversions, " to ", way.most_diversions, " times");
  }
  conditions.push_back(std::move(diverted));
  return absl::StrJoin(conditions, " and ");
}

}  // namespace

WrittenOrigin ReadOriginCase(const Case& written, const std::string& path, NodeScope& scope) {
  if (IsEmpty(written)) {
    scope.Error(path, "missing",
                "a case of an origin branch needs numbers, area, kind, country, verstat, ingress "
                "or diverted, or anonymous, restricted or unavailable: true");
    return {};
  }
  WrittenOrigin origin;
  origin.calls = ReadCalls(written, path, scope);
  origin.way = ReadWay(written, path, scope);
  if (origin.way.has_value()) origin.calls.besides = WayText(written, *origin.way);
  std::vector<std::string> parts;
  if (NamesCallers(written)) parts.push_back(CallersText(written, origin.calls));
  if (origin.way.has_value()) parts.push_back(origin.calls.besides);
  origin.text = absl::StrJoin(parts, "; ");
  return origin;
}

}  // namespace libroute
