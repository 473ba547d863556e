#include "libroute/number/regions.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <cstdint>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

constexpr int kMaxCodeLength = 3;
// A digit that may begin a local number everywhere.
constexpr int kFiller = 2;

const PhoneNumberUtil& Util() {
  return *PhoneNumberUtil::GetInstance();
}

const std::set<int>& CallingCodes() {
  static const auto* codes = [] {
    auto* all = new std::set<int>();
    Util().GetSupportedCallingCodes(all);
    return all;
  }();
  return *codes;
}

const std::set<std::string>& Regions() {
  static const auto* regions = [] {
    auto* all = new std::set<std::string>();
    Util().GetSupportedRegions(all);
    return all;
  }();
  return *regions;
}

uint64_t DecimalOf(Digits digits, int begin, int end) {
  uint64_t decimal = 0;
  for (int i = begin; i < end; ++i) decimal = 10 * decimal + digits.digit(i);
  return decimal;
}

// How many digits the country code at the beginning of `digits` has; 0 if there
// is none. No country code begins another, so the first one found is the one.
int CodeLength(Digits digits) {
  for (int length = 1; length <= kMaxCodeLength && length <= digits.size(); ++length) {
    if (CallingCodes().count(static_cast<int>(DecimalOf(digits, 0, length))) > 0) return length;
  }
  return 0;
}

Digits Filled(Digits digits, int length) {
  while (digits.size() < length) digits = digits.Append(kFiller);
  return digits;
}

const ShortNumberInfo& ShortNumbers() {
  static const auto* info = new ShortNumberInfo();
  return *info;
}

// Whether short numbers of this length may exist in `region`.
bool HasShortNumbers(const std::string& region, int length) {
  PhoneNumber number;
  number.set_country_code(Util().GetCountryCodeForRegion(region));
  number.set_national_number(DecimalOf(Filled(Digits(), length), 0, length));
  return ShortNumbers().IsPossibleShortNumberForRegion(number, region);
}

// Adds to `found` those emergency numbers of `region` that have `length` digits
// and begin with `begin`.
void FindEmergencyNumbers(const std::string& region, Digits begin, int length,
                          std::set<Digits>& found) {
  if (begin.size() < length) {
    for (int digit = 0; digit <= 9; ++digit) {
      FindEmergencyNumbers(region, begin.Append(digit), length, found);
    }
  } else if (ShortNumbers().IsEmergencyNumber(begin.ToString(), region)) {
    found.insert(begin);
  }
}

}  // namespace

absl::StatusOr<E164Number> ParseNumber(absl::string_view text) {
  absl::StatusOr<E164Number> number = E164Number::Parse(text);
  if (!number.ok() || CodeLength(number->digits()) > 0) return number;
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", text, "\" is not an E.164 number: no country code begins it (",
      number->digits().Prefix(kMaxCodeLength).ToString(),
      " is not in use); write '+', the country code and the number, e.g. +3222000100"));
}

bool IsKnownRegion(absl::string_view region) {
  return Regions().count(std::string(region)) > 0;
}

std::vector<std::string> KnownRegions() {
  return std::vector<std::string>(Regions().begin(), Regions().end());
}

std::vector<Digits> EmergencyNumbers(absl::string_view region) {
  std::set<Digits> found = {*Digits::Parse("112")};
  if (IsKnownRegion(region)) {
    const std::string name(region);
    for (int length = 2; length <= 5; ++length) {
      if (HasShortNumbers(name, length)) FindEmergencyNumbers(name, Digits(), length, found);
    }
    FindEmergencyNumbers(name, *Digits::Parse("116"), 6, found);
  }
  return std::vector<Digits>(found.begin(), found.end());
}

}  // namespace libroute
