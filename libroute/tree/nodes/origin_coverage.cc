#include "libroute/tree/nodes/origin_coverage.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"

namespace libroute {
namespace {

constexpr absl::string_view kAny = "any";
// Beyond this many, the warning is not worth its time.
constexpr size_t kMostPatterns = 1'000'000;

std::vector<std::string> KindKeys(NumberKindSet kinds) {
  std::vector<std::string> keys;
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto kind = static_cast<NumberKind>(i);
    if (kinds.Has(kind)) keys.emplace_back(NumberKindName(kind));
  }
  if (keys.empty()) keys.emplace_back(kAny);
  return keys;
}

std::vector<std::string> CountryKeys(const std::vector<Country>& countries) {
  std::vector<std::string> keys;
  for (Country country : countries) keys.push_back(country.ToString());
  if (keys.empty()) keys.emplace_back(kAny);
  return keys;
}

std::string KeyOf(absl::string_view kind, absl::string_view country, absl::string_view besides) {
  return absl::StrCat(kind, " ", country, " ", besides);
}

bool Has(const std::set<std::string>& taken, const std::string& besides) {
  return taken.count("") > 0 || taken.count(besides) > 0;
}

// Every number, where no numbers are named.
std::vector<NumberPattern> NumbersOf(const OriginCalls& calls) {
  if (!calls.numbers.empty()) return calls.numbers;
  std::vector<NumberPattern> all;
  for (int digit = 1; digit <= 9; ++digit) {
    all.push_back(NumberPattern::Prefix(Digits().Append(digit)));
  }
  return all;
}

bool MayBeOfKind(const NumberPattern& pattern, NumberKindSet kinds) {
  const NumberingPlans& world = NumberingPlans::World();
  if (pattern.kind() == NumberPattern::Kind::kExact) {
    return kinds.Has(world.Find(E164Number::FromDigits(pattern.first())).kind);
  }
  const std::vector<Digits> prefixes = pattern.Prefixes();
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](Digits prefix) { return world.KindsUnder(prefix).HasAnyOf(kinds); });
}

bool MayBeOfCountry(const NumberPattern& pattern, const std::vector<Country>& countries) {
  return std::any_of(countries.begin(), countries.end(), [&](Country country) {
    const int code = NumberingPlans::World().CallingCodeOf(country);
    return NumberPattern::Prefix(*Digits::Parse(absl::StrCat(code))).Overlaps(pattern);
  });
}

}  // namespace

bool OriginCoverage::AddAndTestShadowed(const OriginCalls& calls) {
  bool shadowed = calls.known || calls.restricted || calls.unavailable;
  if (calls.restricted) shadowed &= Has(restricted_, calls.besides);
  if (calls.unavailable) shadowed &= Has(unavailable_, calls.besides);
  if (calls.restricted) restricted_.insert(calls.besides);
  if (calls.unavailable) unavailable_.insert(calls.besides);
  if (!calls.known) return shadowed;
  const std::vector<std::string> kinds = KindKeys(calls.kinds);
  const std::vector<std::string> countries = CountryKeys(calls.countries);
  const std::vector<NumberPattern> numbers = NumbersOf(calls);
  if (kinds.size() * countries.size() * numbers.size() > kMostPatterns) return false;
  for (const std::string& kind : kinds) {
    for (const std::string& country : countries) {
      bool taken = false;
      for (const std::string& other : {calls.besides, std::string()}) {
        taken |= numbers_[KeyOf(kind, country, other)].Shadow(numbers) ||
                 numbers_[KeyOf(kind, kAny, other)].Shadow(numbers) ||
                 numbers_[KeyOf(kAny, country, other)].Shadow(numbers) ||
                 numbers_[KeyOf(kAny, kAny, other)].Shadow(numbers);
      }
      shadowed &= taken;
      numbers_[KeyOf(kind, country, calls.besides)].Add(numbers);
    }
  }
  return shadowed;
}

bool ContradictsItself(const OriginCalls& calls) {
  if (calls.numbers.empty() || (calls.kinds.empty() && calls.countries.empty())) return false;
  return std::none_of(
      calls.numbers.begin(), calls.numbers.end(), [&](const NumberPattern& pattern) {
        return (calls.kinds.empty() || MayBeOfKind(pattern, calls.kinds)) &&
               (calls.countries.empty() || MayBeOfCountry(pattern, calls.countries));
      });
}

}  // namespace libroute
