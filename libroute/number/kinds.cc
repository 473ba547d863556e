#include "libroute/number/kinds.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <array>
#include <cstdint>
#include <list>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

constexpr int kMaxCodeLength = 3;
// How many digits after a prefix are tried, and what fills up the rest: a digit
// that may begin a local number everywhere.
constexpr int kTriedDigits = 3;
constexpr int kFiller = 2;
// Numbers that may be looked at for each count of tried digits; at 3 to 8 us
// each.
constexpr int kMaxTries = 2500;

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

bool OnlyDecimals(Digits digits) {
  for (int i = 0; i < digits.size(); ++i) {
    if (digits.digit(i) > 9) return false;
  }
  return true;
}

// How many digits the country code at the beginning of `digits` has; 0 if there
// is none. No country code begins another, so the first one found is the one.
int CodeLength(Digits digits) {
  for (int length = 1; length <= kMaxCodeLength && length <= digits.size(); ++length) {
    if (CallingCodes().count(static_cast<int>(DecimalOf(digits, 0, length))) > 0) return length;
  }
  return 0;
}

// `digits` split after the country code. (Not by the library's parser, which
// takes away what looks like a national prefix.)
PhoneNumber ToPhoneNumber(Digits digits, int code_length) {
  PhoneNumber number;
  number.set_country_code(static_cast<int>(DecimalOf(digits, 0, code_length)));
  number.set_national_number(DecimalOf(digits, code_length, digits.size()));
  int zeros = 0;
  while (code_length + zeros + 1 < digits.size() && digits.digit(code_length + zeros) == 0) ++zeros;
  if (zeros > 0) {
    number.set_italian_leading_zero(true);
    number.set_number_of_leading_zeros(zeros);
  }
  return number;
}

NumberKind KindOfDigits(Digits digits, int code_length) {
  switch (Util().GetNumberType(ToPhoneNumber(digits, code_length))) {
    case PhoneNumberUtil::FIXED_LINE:
      return NumberKind::kFixed;
    case PhoneNumberUtil::MOBILE:
      return NumberKind::kMobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return NumberKind::kFixedOrMobile;
    case PhoneNumberUtil::TOLL_FREE:
      return NumberKind::kFreephone;
    case PhoneNumberUtil::PREMIUM_RATE:
      return NumberKind::kPremium;
    case PhoneNumberUtil::SHARED_COST:
      return NumberKind::kSharedCost;
    case PhoneNumberUtil::VOIP:
      return NumberKind::kVoip;
    case PhoneNumberUtil::PERSONAL_NUMBER:
      return NumberKind::kPersonal;
    default:
      return NumberKind::kUnknown;
  }
}

Digits Filled(Digits digits, int length) {
  while (digits.size() < length) digits = digits.Append(kFiller);
  return digits;
}

// Searches what begins with one prefix for kinds of numbers.
class KindSearch {
 public:
  KindSearch(Digits prefix, int code_length) : prefix_(prefix), code_length_(code_length) {
    for (int length = code_length + 2; length <= Digits::kMaxLength; ++length) {
      const PhoneNumber any =
          ToPhoneNumber(Filled(prefix.Prefix(code_length), length), code_length);
      fixed_[length] = IsLengthOf(any, PhoneNumberUtil::FIXED_LINE);
      mobile_[length] = IsLengthOf(any, PhoneNumberUtil::MOBILE);
    }
  }

  // Fewer tried digits first: what is common is found at once.
  PrefixKinds Run() {
    TryExamples();
    int tries = 1;
    for (int tried = 0; tried <= kTriedDigits && !Done(); ++tried, tries *= 10) {
      if (tries * WantedLengths() > kMaxTries) break;
      TryAll(prefix_, tried);
    }
    return found_;
  }

 private:
  static bool IsLengthOf(const PhoneNumber& number, PhoneNumberUtil::PhoneNumberType type) {
    return Util().IsPossibleNumberForTypeWithReason(number, type) == PhoneNumberUtil::IS_POSSIBLE;
  }

  bool Done() const { return found_.fixed && found_.mobile; }

  void TryAll(Digits begin, int more) {
    if (more == 0) return TryLengths(begin);
    if (begin.size() == Digits::kMaxLength) return;
    for (int digit = 0; digit <= 9 && !Done(); ++digit) TryAll(begin.Append(digit), more - 1);
  }

  void TryLengths(Digits begin) {
    for (int length = begin.size(); length <= Digits::kMaxLength; ++length) {
      if (IsWanted(length)) Note(KindOfDigits(Filled(begin, length), code_length_));
    }
  }

  // The library has one number of each kind for each country, also where valid
  // numbers are few.
  void TryExamples() {
    std::list<std::string> regions;
    const int code = static_cast<int>(DecimalOf(prefix_, 0, code_length_));
    Util().GetRegionCodesForCountryCallingCode(code, &regions);
    for (const std::string& region : regions) {
      TryExample(region, PhoneNumberUtil::FIXED_LINE);
      TryExample(region, PhoneNumberUtil::MOBILE);
    }
  }

  void TryExample(const std::string& region, PhoneNumberUtil::PhoneNumberType type) {
    PhoneNumber example;
    if (Done() || !Util().GetExampleNumberForType(region, type, &example)) return;
    std::string text;
    Util().Format(example, PhoneNumberUtil::E164, &text);
    const absl::StatusOr<E164Number> number = E164Number::Parse(text);
    if (!number.ok() || !number->digits().StartsWith(prefix_)) return;
    Note(KindOfDigits(number->digits(), code_length_));
  }

  bool IsWanted(int length) const {
    return (fixed_[length] && !found_.fixed) || (mobile_[length] && !found_.mobile);
  }

  int WantedLengths() const {
    int wanted = 0;
    for (int length = prefix_.size(); length <= Digits::kMaxLength; ++length) {
      wanted += IsWanted(length) ? 1 : 0;
    }
    return wanted;
  }

  void Note(NumberKind kind) {
    const bool either = kind == NumberKind::kFixedOrMobile;
    found_.fixed = found_.fixed || either || kind == NumberKind::kFixed;
    found_.mobile = found_.mobile || either || kind == NumberKind::kMobile;
  }

  Digits prefix_;
  int code_length_;
  // By length with the country code: whether such numbers may be of the kind.
  std::array<bool, Digits::kMaxLength + 1> fixed_ = {};
  std::array<bool, Digits::kMaxLength + 1> mobile_ = {};
  PrefixKinds found_;
};

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

NumberKind KindOf(E164Number number) {
  const int code_length = CodeLength(number.digits());
  return code_length == 0 ? NumberKind::kUnknown : KindOfDigits(number.digits(), code_length);
}

std::string RegionOf(E164Number number) {
  const int code_length = CodeLength(number.digits());
  if (code_length == 0) return "";
  std::string region;
  Util().GetRegionCodeForNumber(ToPhoneNumber(number.digits(), code_length), &region);
  return IsKnownRegion(region) ? region : "";
}

bool IsKnownRegion(absl::string_view region) {
  return Regions().count(std::string(region)) > 0;
}

PrefixKinds KindsUnderPrefix(Digits prefix) {
  if (prefix.empty() || !OnlyDecimals(prefix)) return {};
  const int code_length = CodeLength(prefix);
  if (code_length > 0) return KindSearch(prefix, code_length).Run();
  PrefixKinds found;
  for (int code : CallingCodes()) {
    const Digits digits = *Digits::Parse(absl::StrCat(code));
    if (!digits.StartsWith(prefix)) continue;
    const PrefixKinds kinds = KindSearch(digits, digits.size()).Run();
    found.fixed = found.fixed || kinds.fixed;
    found.mobile = found.mobile || kinds.mobile;
    if (found.fixed && found.mobile) break;
  }
  return found;
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
