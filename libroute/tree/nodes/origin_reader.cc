#include "libroute/tree/nodes/origin_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/number_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using Case = v1::OriginBranch::Case;

constexpr int kMostDiversions = 255;

static_assert(static_cast<int>(Verstat::kNoValidation) == v1::VERSTAT_NO_VALIDATION);
static_assert(static_cast<int>(Attestation::kC) == v1::ATTESTATION_C);
static_assert(static_cast<int>(DiversionReason::kUnknown) == v1::DIVERSION_REASON_UNKNOWN);

bool NamesCallers(const Case& written) {
  return !written.numbers().empty() || !written.area().empty() || !written.kind().empty() ||
         !written.country().empty() || written.anonymous() || written.restricted() ||
         written.unavailable();
}

// Whether it says how the call came.
bool NamesWay(const Case& written) {
  return !written.verstat().empty() || !written.attestation().empty() ||
         !written.ingress().empty() || !written.location().empty() || written.has_diverted();
}

bool IsEmpty(const Case& written) {
  return !NamesCallers(written) && !NamesWay(written);
}

OriginCalls MakeCalls(const Case& written, WrittenNumbers numbers) {
  OriginCalls calls;
  calls.numbers = std::move(numbers.numbers);
  calls.kinds = numbers.kinds;
  calls.countries = std::move(numbers.countries);
  calls.known = !calls.numbers.empty() || !calls.kinds.empty() || !calls.countries.empty();
  calls.restricted = written.restricted() || written.anonymous() || !NamesCallers(written);
  calls.unavailable = written.unavailable() || written.anonymous() || !NamesCallers(written);
  calls.known |= !NamesCallers(written) && !IsEmpty(written);
  return calls;
}

// "+324*, area liege and kind fixed and country BE or FR, anonymous".
std::string CallersText(const std::string& numbers, const OriginCalls& calls) {
  std::vector<std::string> either;
  if (!numbers.empty()) either.push_back(numbers);
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

// Places, in order; "*" at the end of one is what it begins with.
std::vector<std::string> ReadLocations(const Case& written, const std::string& path,
                                       NodeScope& scope) {
  std::vector<std::string> locations;
  for (int i = 0; i < written.location_size(); ++i) {
    const std::string& text = written.location(i);
    const size_t star = text.find('*');
    const bool is_fit = NetworkLocation::Parse(text).has_value() && star != 0 &&
                        (star == std::string::npos || star == text.size() - 1);
    if (is_fit) {
      locations.push_back(text);
      continue;
    }
    scope.Error(IndexPath(path, i), "bad-value",
                absl::StrCat(Quoted(text), " is no location: 1 to ", NetworkLocation::kMaxLength,
                             " characters without spaces, with * at its end for all that begin "
                             "so, e.g. \"20801*\""));
  }
  std::sort(locations.begin(), locations.end());
  return locations;
}

std::optional<OriginWay> ReadWay(const Case& written, const std::string& path, NodeScope& scope) {
  if (!NamesWay(written)) return std::nullopt;
  OriginWay way;
  way.verstats = ReadBits(written.verstat(), v1::Verstat_MAX, path + ".verstat", scope);
  way.attestations =
      ReadBits(written.attestation(), v1::Attestation_MAX, path + ".attestation", scope);
  for (int i = 0; i < written.ingress_size(); ++i) {
    way.ingresses.push_back(scope.Ingress(written.ingress(i), IndexPath(path + ".ingress", i)));
  }
  std::sort(way.ingresses.begin(), way.ingresses.end());
  way.locations = ReadLocations(written, path + ".location", scope);
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
  if (way.attestations != 0) {
    conditions.push_back("attestation " + BitsText<Attestation>(way.attestations, AttestationName));
  }
  std::vector<std::string> ingresses(written.ingress().begin(), written.ingress().end());
  std::sort(ingresses.begin(), ingresses.end());
  if (!ingresses.empty()) conditions.push_back("ingress " + absl::StrJoin(ingresses, " or "));
  if (!way.locations.empty()) {
    conditions.push_back("location " + absl::StrJoin(way.locations, " or "));
  }
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

bool WarnOfContradiction(const OriginCalls& calls, const std::string& path, NodeScope& scope) {
  if (!ContradictsItself(calls) || calls.restricted || calls.unavailable) return false;
  scope.Warn(path, "never-matches",
             "this case never matches: none of its numbers is of its kind and country; change "
             "or remove it");
  return true;
}

WrittenOrigin ReadOriginCase(const Case& written, const std::string& path, NodeScope& scope) {
  if (IsEmpty(written)) {
    scope.Error(path, "missing",
                "a case of an origin branch needs numbers, area, kind, country, verstat, "
                "attestation, ingress, location or diverted, or anonymous, restricted or unavailable: true");
    return {};
  }
  WrittenOrigin origin;
  WrittenNumbers numbers = ReadNumbers(NumberFieldsOf(written), path, scope);
  const std::string numbers_text = numbers.text;
  origin.calls = MakeCalls(written, std::move(numbers));
  origin.way = ReadWay(written, path, scope);
  if (origin.way.has_value()) origin.calls.besides = WayText(written, *origin.way);
  std::vector<std::string> parts;
  if (NamesCallers(written)) parts.push_back(CallersText(numbers_text, origin.calls));
  if (origin.way.has_value()) parts.push_back(origin.calls.besides);
  origin.text = absl::StrJoin(parts, "; ");
  return origin;
}

}  // namespace libroute
