#include "libroute/number/kinds.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

E164Number N(absl::string_view text) {
  return *E164Number::Parse(text);
}

std::string KindsText(absl::string_view prefix) {
  const PrefixKinds kinds = KindsUnderPrefix(*Digits::Parse(prefix));
  return std::string(kinds.fixed ? "fixed " : "") + (kinds.mobile ? "mobile" : "");
}

std::vector<std::string> EmergencyTexts(absl::string_view region) {
  std::vector<std::string> texts;
  for (Digits digits : EmergencyNumbers(region)) texts.push_back(digits.ToString());
  return texts;
}

TEST(NumberKinds, TellsWhatANumberIsFor) {
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
    EXPECT_EQ(KindOf(N(c.number)), c.kind) << c.number;
    EXPECT_EQ(RegionOf(N(c.number)), std::string(c.region)) << c.number;
  }
  EXPECT_EQ(KindOf(E164Number()), NumberKind::kUnknown);
  EXPECT_EQ(RegionOf(E164Number()), "");
}

TEST(NumberKinds, NumbersOfNoCountryHaveNoRegion) {
  EXPECT_EQ(RegionOf(N("+80012345678")), "");
  EXPECT_EQ(KindOf(N("+80012345678")), NumberKind::kFreephone);
}

TEST(NumberKinds, NationalPrefixInANumberMakesItInvalid) {
  EXPECT_EQ(KindOf(N("+3302123456789")), NumberKind::kUnknown);
  EXPECT_EQ(KindOf(N("+3206470123456")), NumberKind::kUnknown);
}

TEST(NumberKinds, RefusesCountryCodesThatAreNotInUse) {
  EXPECT_TRUE(ParseNumber("+3222000100").ok());
  EXPECT_TRUE(ParseNumber("+80012345678").ok());
  for (absl::string_view text : {"+9991234567", "+21012345678"}) {
    const auto number = ParseNumber(text);
    ASSERT_EQ(number.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(absl::StrContains(number.status().message(), text)) << number.status();
    EXPECT_TRUE(absl::StrContains(number.status().message(), "no country code begins it"));
  }
  EXPECT_FALSE(ParseNumber("+0123456789").ok());
  EXPECT_FALSE(ParseNumber("3222000100").ok());
  EXPECT_FALSE(ParseNumber("").ok());
}

TEST(NumberKinds, TellsWhatBeginsWithAPrefix) {
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

TEST(NumberKinds, KnowsCountries) {
  for (absl::string_view region : {"BE", "FR", "DE", "US", "GB", "IT"}) {
    EXPECT_TRUE(IsKnownRegion(region)) << region;
  }
  for (absl::string_view region : {"", "be", "XX", "ZZ", "001", "BEL"}) {
    EXPECT_FALSE(IsKnownRegion(region)) << region;
  }
}

TEST(NumberKinds, ListsEmergencyNumbers) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(EmergencyTexts("BE"), (Texts{"100", "101", "112"}));
  EXPECT_EQ(EmergencyTexts("FR"), (Texts{"112", "15", "17", "18"}));
  EXPECT_EQ(EmergencyTexts("DE"), (Texts{"110", "112"}));
  EXPECT_EQ(EmergencyTexts("US"), (Texts{"112", "911"}));
  EXPECT_EQ(EmergencyTexts("GB"), (Texts{"112", "999"}));
  EXPECT_EQ(EmergencyTexts("IT"), (Texts{"112", "113", "115", "118"}));
  EXPECT_EQ(EmergencyTexts("SE"), (Texts{"112", "90000"}));
  EXPECT_EQ(EmergencyTexts("XX"), (Texts{"112"}));
}

}  // namespace
}  // namespace libroute
