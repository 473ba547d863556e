#include "libroute/number/number_profile.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/number/regions.h"

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// No digits for what is too long to be a prefix.
Digits DecimalDigits(absl::string_view text) {
  std::string digits;
  for (char c : text) {
    if (absl::ascii_isdigit(static_cast<unsigned char>(c))) digits.push_back(c);
  }
  return Digits::Parse(digits).value_or(Digits());
}

// What `region` dials before a country code: read off how it writes a number of
// another country, of which the library formats any digits alike.
Digits InternationalPrefix(const std::string& region, int country_code) {
  constexpr int kBelgium = 32;
  constexpr int kFrance = 33;
  PhoneNumber abroad;
  abroad.set_country_code(country_code == kBelgium ? kFrance : kBelgium);
  abroad.set_national_number(country_code == kBelgium ? 123456789 : 22000100);
  std::string text;
  PhoneNumberUtil::GetInstance()->FormatOutOfCountryCallingNumber(abroad, region, &text);
  if (absl::StartsWith(text, "+")) return Digits();
  std::string digits = DecimalDigits(text).ToString();
  const std::string rest =
      absl::StrCat(abroad.country_code(), static_cast<uint64_t>(abroad.national_number()));
  if (!absl::EndsWith(digits, rest)) return Digits();
  return DecimalDigits(absl::string_view(digits).substr(0, digits.size() - rest.size()));
}

absl::Status Bad(absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", why));
}

bool IsDecimal(Digits digits) {
  for (int i = 0; i < digits.size(); ++i) {
    if (digits.digit(i) > 9) return false;
  }
  return true;
}

absl::Status CheckDecimal(const NumberProfile& profile) {
  const struct {
    absl::string_view field;
    Digits digits;
  } kFields[] = {{"country_code", profile.country_code},
                 {"national_prefix", profile.national_prefix},
                 {"international_prefix", profile.international_prefix},
                 {"routing_prefix", profile.routing_prefix}};
  for (const auto& [field, digits] : kFields) {
    if (!IsDecimal(digits)) {
      return Bad(field, absl::StrCat("\"", digits.ToString(), "\" has more than digits 0 to 9"));
    }
  }
  return absl::OkStatus();
}

// Whether `code` is a whole calling code.
bool IsCallingCode(Digits code) {
  const int wanted = code.empty() ? 0 : std::stoi(code.ToString());
  Digits number = code;
  while (number.size() < E164Number::kMinLength) number = number.Append(0);
  return wanted != 0 &&
         NumberingPlans::World().Find(E164Number::FromDigits(number)).calling_code == wanted;
}

// Those of the main country of its code, 112 and 911.
std::vector<Digits> EmergencyNumbersOf(const NumberProfile& profile) {
  std::string region;
  if (!profile.country_code.empty()) {
    PhoneNumberUtil::GetInstance()->GetRegionCodeForCountryCode(
        std::stoi(profile.country_code.ToString()), &region);
  }
  std::vector<Digits> numbers = EmergencyNumbers(region);
  numbers.push_back(DecimalDigits("911"));
  return numbers;
}

absl::Status CheckRoutingPrefix(const NumberProfile& profile) {
  const Digits routing = profile.routing_prefix;
  if (routing.empty()) return absl::OkStatus();
  const auto hides = [routing](absl::string_view what, Digits hidden) {
    return Bad("routing_prefix",
               absl::StrCat("\"", routing.ToString(), "\" would be taken away from ", what, " \"",
                            hidden.ToString(), "\"; write one that does not begin it"));
  };
  if (profile.national_prefix.StartsWith(routing)) {
    return hides("the national prefix", profile.national_prefix);
  }
  if (profile.international_prefix.StartsWith(routing)) {
    return hides("the international prefix", profile.international_prefix);
  }
  for (Digits emergency : EmergencyNumbersOf(profile)) {
    if (emergency.StartsWith(routing)) return hides("the emergency number", emergency);
  }
  return absl::OkStatus();
}

}  // namespace

NumberProfile NationalProfile(absl::string_view region) {
  NumberProfile profile;
  if (!IsKnownRegion(region)) return profile;
  const std::string name(region);
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  const int country_code = util.GetCountryCodeForRegion(name);
  profile.country_code = DecimalDigits(absl::StrCat(country_code));
  std::string national;
  util.GetNddPrefixForRegion(name, /*strip_non_digits=*/true, &national);
  profile.national_prefix = DecimalDigits(national);
  profile.international_prefix = InternationalPrefix(name, country_code);
  if (profile.national_prefix.empty()) profile.unprefixed = NumberProfile::Unprefixed::kNational;
  return profile;
}

absl::Status CheckNumberProfile(const NumberProfile& profile) {
  if (absl::Status status = CheckDecimal(profile); !status.ok()) return status;
  const bool reads_national = !profile.national_prefix.empty() ||
                              profile.unprefixed == NumberProfile::Unprefixed::kNational;
  if (profile.country_code.empty() && reads_national) {
    return Bad("country_code", "is missing: national numbers cannot be read without it, e.g. 32");
  }
  if (!profile.country_code.empty() && !IsCallingCode(profile.country_code)) {
    return Bad("country_code", absl::StrCat("\"", profile.country_code.ToString(),
                                            "\" is no country code that is in use, e.g. 32"));
  }
  const Digits international = profile.international_prefix;
  if (!international.empty() && !profile.national_prefix.empty() &&
      profile.national_prefix.StartsWith(international)) {
    return Bad("national_prefix",
               absl::StrCat("\"", profile.national_prefix.ToString(),
                            "\" begins with the international prefix \"", international.ToString(),
                            "\": no number would be read as national"));
  }
  return CheckRoutingPrefix(profile);
}

}  // namespace libroute
