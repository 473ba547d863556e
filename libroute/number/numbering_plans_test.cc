#include "libroute/number/numbering_plans.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/number/regions.h"

namespace libroute {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

const PhoneNumberUtil& Util() {
  return *PhoneNumberUtil::GetInstance();
}

NumberFacts FactsOf(absl::string_view number) {
  return NumberingPlans::World().Find(number.empty() ? E164Number() : *E164Number::Parse(number));
}

NumberKind KindOf(absl::string_view number) {
  return FactsOf(number).kind;
}

std::string CountryOf(absl::string_view number) {
  return FactsOf(number).country.ToString();
}

std::string KindsText(absl::string_view prefix) {
  const NumberKindSet kinds = NumberingPlans::World().KindsUnder(*Digits::Parse(prefix));
  const bool both = kinds.Has(NumberKind::kFixedOrMobile);
  return std::string(both || kinds.Has(NumberKind::kFixed) ? "fixed " : "") +
         (both || kinds.Has(NumberKind::kMobile) ? "mobile" : "");
}

std::string FactsText(const NumberFacts& facts) {
  return absl::StrCat(facts.calling_code, " ", facts.country.ToString(), " ",
                      NumberKindName(facts.kind), facts.is_valid ? "" : " invalid");
}

NumberKind KindOfType(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
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

// Split after the calling code, not by the library's parser: that takes away
// what looks like a national prefix.
PhoneNumber Split(const std::string& digits, size_t code_length) {
  PhoneNumber number;
  number.set_country_code(std::stoi(digits.substr(0, code_length)));
  const std::string national = digits.substr(code_length);
  number.set_national_number(std::stoull(national));
  const size_t zeros = std::min(national.find_first_not_of('0'), national.size() - 1);
  number.set_italian_leading_zero(zeros > 0);
  number.set_number_of_leading_zeros(static_cast<int>(zeros));
  return number;
}

// What the library says.
NumberFacts Reference(const std::string& digits) {
  static const std::set<int>* codes = [] {
    auto* all = new std::set<int>();
    Util().GetSupportedCallingCodes(all);
    return all;
  }();
  NumberFacts facts;
  for (size_t length = 1; length <= 3; ++length) {
    if (codes->count(std::stoi(digits.substr(0, length))) == 0) continue;
    const PhoneNumber number = Split(digits, length);
    std::string region;
    Util().GetRegionCodeForNumber(number, &region);
    if (IsKnownRegion(region)) facts.country = *Country::FromCode(region);
    facts.calling_code = number.country_code();
    const PhoneNumberUtil::PhoneNumberType type = Util().GetNumberType(number);
    facts.kind = KindOfType(type);
    facts.is_valid = type != PhoneNumberUtil::UNKNOWN;
    return facts;
  }
  return facts;
}

std::string DigitsOf(const PhoneNumber& number) {
  std::string text;
  Util().Format(number, PhoneNumberUtil::E164, &text);
  return text.substr(1);
}

// The library's examples for every country and type, and for the codes of no
// country, but for those that are too short for E164Number.
std::vector<std::string> Examples() {
  std::vector<std::string> examples;
  PhoneNumber number;
  for (const std::string& region : KnownRegions()) {
    for (int type = PhoneNumberUtil::FIXED_LINE; type <= PhoneNumberUtil::VOICEMAIL; ++type) {
      if (Util().GetExampleNumberForType(
              region, static_cast<PhoneNumberUtil::PhoneNumberType>(type), &number)) {
        examples.push_back(DigitsOf(number));
      }
    }
  }
  std::set<int> codes;
  Util().GetSupportedGlobalNetworkCallingCodes(&codes);
  for (int code : codes) {
    if (Util().GetExampleNumberForNonGeoEntity(code, &number)) {
      examples.push_back(DigitsOf(number));
    }
  }
  examples.erase(std::remove_if(examples.begin(), examples.end(),
                                [](const std::string& digits) {
                                  return digits.size() < E164Number::kMinLength;
                                }),
                 examples.end());
  return examples;
}

TEST(NumberingPlans, TellsWhatANumberIsFor) {
  const struct {
    absl::string_view number;
    NumberKind kind;
    absl::string_view region;
  } kCases[] = {
      {"+3222000100", NumberKind::kFixed, "BE"},
      {"+32470123456", NumberKind::kMobile, "BE"},
      {"+3280012345", NumberKind::kFreephone, "BE"},
      {"+3290012345", NumberKind::kPremium, "BE"},
      {"+33123456789", NumberKind::kFixed, "FR"},
      {"+33612345678", NumberKind::kMobile, "FR"},
      {"+4930123456", NumberKind::kFixed, "DE"},
      {"+4915123456789", NumberKind::kMobile, "DE"},
      {"+12015550123", NumberKind::kFixedOrMobile, "US"},
      {"+18002345678", NumberKind::kFreephone, "US"},
      {"+442079460958", NumberKind::kFixed, "GB"},
      {"+447400123456", NumberKind::kMobile, "GB"},
      {"+390612345678", NumberKind::kFixed, "IT"},
      {"+393123456789", NumberKind::kMobile, "IT"},
      {"+99912345678", NumberKind::kUnknown, ""},
      {"+3211111111111", NumberKind::kUnknown, "BE"},
      {"+11111111111", NumberKind::kUnknown, ""},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(KindOf(c.number), c.kind) << c.number;
    EXPECT_EQ(CountryOf(c.number), c.region) << c.number;
  }
  EXPECT_EQ(KindOf(""), NumberKind::kUnknown);
  EXPECT_EQ(CountryOf(""), "");
}

TEST(NumberingPlans, NumbersOfNoCountryHaveNoRegion) {
  EXPECT_EQ(CountryOf("+80012345678"), "");
  EXPECT_EQ(KindOf("+80012345678"), NumberKind::kFreephone);
}

TEST(NumberingPlans, NumbersOfNoKindMayBeValid) {
  EXPECT_TRUE(FactsOf("+3278151515").is_valid);
  EXPECT_EQ(KindOf("+3278151515"), NumberKind::kUnknown);
  EXPECT_FALSE(FactsOf("+3211111111111").is_valid);
  EXPECT_FALSE(FactsOf("+99912345678").is_valid);
  EXPECT_FALSE(FactsOf("").is_valid);
}

TEST(NumberingPlans, NationalPrefixInANumberMakesItInvalid) {
  EXPECT_EQ(KindOf("+3302123456789"), NumberKind::kUnknown);
  EXPECT_EQ(KindOf("+3206470123456"), NumberKind::kUnknown);
}

TEST(NumberingPlans, AgreeWithTheLibraryOnItsExamples) {
  const std::vector<std::string> examples = Examples();
  std::set<std::string> countries;
  std::set<NumberKind> kinds;
  for (const std::string& digits : examples) {
    const NumberFacts facts = FactsOf("+" + digits);
    ASSERT_EQ(FactsText(facts), FactsText(Reference(digits))) << digits;
    countries.insert(facts.country.ToString());
    kinds.insert(facts.kind);
  }
  EXPECT_GT(examples.size(), 1000u);
  EXPECT_GT(countries.size(), 200u);
  EXPECT_EQ(kinds.size(), static_cast<size_t>(kNumberKinds));
}

// Numbers that differ from examples in some digits, or in their length: most of
// them lie where one kind of number ends and another begins.
TEST(NumberingPlans, AgreeWithTheLibraryOnRandomNumbers) {
  std::mt19937 random(20261121);
  const std::vector<std::string> examples = Examples();
  for (int i = 0; i < 60000; ++i) {
    std::string digits = examples[random() % examples.size()];
    for (size_t at = digits.size() - random() % digits.size(); at < digits.size(); ++at) {
      digits[at] = static_cast<char>('0' + random() % 10);
    }
    if (random() % 4 == 0) digits += std::to_string(random() % 1000);
    if (random() % 4 == 0) digits.resize(digits.size() - random() % 3);
    if (digits.size() < E164Number::kMinLength || digits.size() > Digits::kMaxLength) continue;
    ASSERT_EQ(FactsText(FactsOf("+" + digits)), FactsText(Reference(digits))) << digits;
  }
}

TEST(NumberingPlans, AgreeWithTheLibraryAllOverTheWorld) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 60000; ++i) {
    const int length = E164Number::kMinLength + static_cast<int>(random() % 9);
    std::string digits(1, static_cast<char>('1' + random() % 9));
    while (static_cast<int>(digits.size()) < length) digits += std::to_string(random() % 10);
    ASSERT_EQ(FactsText(FactsOf("+" + digits)), FactsText(Reference(digits))) << digits;
  }
}

TEST(NumberingPlans, TellsWhatBeginsWithAPrefix) {
  const struct {
    absl::string_view prefix;
    absl::string_view kinds;
  } kCases[] = {
      {"32", "fixed mobile"},
      {"322", "fixed "},
      {"324", "fixed mobile"},
      {"3242", "fixed "},
      {"3247", "mobile"},
      {"32470", "mobile"},
      {"3", "fixed mobile"},
      {"33", "fixed mobile"},
      {"331", "fixed "},
      {"336", "mobile"},
      {"49", "fixed mobile"},
      {"4930", "fixed "},
      {"4915", "mobile"},
      {"491", "mobile"},
      {"1", "fixed mobile"},
      {"1201", "fixed mobile"},
      {"44", "fixed mobile"},
      {"4420", "fixed "},
      {"4474", "mobile"},
      {"39", "fixed mobile"},
      {"3906", "fixed "},
      {"393", "mobile"},
      {"999", ""},
      {"800", ""},
      {"", ""},
      {"0", ""},
      {"*44", ""},
      {"32#", ""},
      {"32470123456", "mobile"},
      {"324701234567890", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(KindsText(c.prefix), std::string(c.kinds)) << c.prefix;
}

// A prefix has the kinds of all numbers that begin with it.
TEST(NumberingPlans, PrefixesHaveTheKindsOfTheirNumbers) {
  for (const std::string& digits : Examples()) {
    const NumberKind kind = KindOf("+" + digits);
    for (size_t length = 1; length <= digits.size(); ++length) {
      const Digits prefix = *Digits::Parse(digits.substr(0, length));
      ASSERT_TRUE(NumberingPlans::World().KindsUnder(prefix).Has(kind)) << digits;
    }
  }
}

TEST(NumberingPlans, CountriesHaveCallingCodes) {
  auto code_of = [](absl::string_view country) {
    return NumberingPlans::World().CallingCodeOf(*Country::FromCode(country));
  };
  EXPECT_EQ(code_of("BE"), 32);
  EXPECT_EQ(code_of("US"), 1);
  EXPECT_EQ(code_of("CA"), 1);
  EXPECT_EQ(code_of("LU"), 352);
  EXPECT_EQ(code_of("XX"), 0);
  EXPECT_EQ(NumberingPlans::World().CallingCodeOf(Country()), 0);
}

TEST(NumberKind, NamesAreReadBack) {
  for (const std::string& name : NumberKindNames()) {
    const std::optional<NumberKind> kind = NumberKindFromName(name);
    ASSERT_TRUE(kind.has_value()) << name;
    EXPECT_EQ(NumberKindName(*kind), name);
  }
  EXPECT_EQ(NumberKindFromName("fixed_or_mobile"), NumberKind::kFixedOrMobile);
  EXPECT_FALSE(NumberKindFromName("Fixed").has_value());
  EXPECT_FALSE(NumberKindFromName("").has_value());
}

TEST(Country, IsTwoCapitals) {
  EXPECT_EQ(Country::FromCode("BE")->ToString(), "BE");
  EXPECT_EQ(Country().ToString(), "");
  for (absl::string_view code : {"", "B", "be", "BEL", "B1", "001"}) {
    EXPECT_FALSE(Country::FromCode(code).has_value()) << code;
  }
}

}  // namespace
}  // namespace libroute
