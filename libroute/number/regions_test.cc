#include "libroute/number/regions.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

std::vector<std::string> EmergencyTexts(absl::string_view region) {
  std::vector<std::string> texts;
  for (Digits digits : EmergencyNumbers(region)) texts.push_back(digits.ToString());
  return texts;
}

TEST(Regions, RefusesCountryCodesThatAreNotInUse) {
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

TEST(Regions, KnowsCountries) {
  for (absl::string_view region : {"BE", "FR", "DE", "US", "GB", "IT"}) {
    EXPECT_TRUE(IsKnownRegion(region)) << region;
  }
  for (absl::string_view region : {"", "be", "XX", "ZZ", "001", "BEL"}) {
    EXPECT_FALSE(IsKnownRegion(region)) << region;
  }
}

TEST(Regions, ListsEmergencyNumbers) {
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
