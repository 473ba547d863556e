#include "libroute/number/number_profile.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/number/number_text.h"
#include "libroute/number/regions.h"

namespace libroute {
namespace {

using Unprefixed = NumberProfile::Unprefixed;

Digits D(absl::string_view text) {
  return *Digits::Parse(text);
}

// "32 0 00 local".
std::string Text(const NumberProfile& profile) {
  constexpr absl::string_view kNames[] = {"local", "national", "international"};
  return absl::StrCat(profile.country_code.ToString(), " ", profile.national_prefix.ToString(), " ",
                      profile.international_prefix.ToString(), " ",
                      kNames[static_cast<int>(profile.unprefixed)]);
}

TEST(NumberProfile, OfACountryIsHowItDials) {
  const struct {
    absl::string_view region;
    absl::string_view expected;
  } kCases[] = {
      {"BE", "32 0 00 local"}, {"FR", "33 0 00 local"},   {"DE", "49 0 00 local"},
      {"US", "1 1 011 local"}, {"ES", "34  00 national"}, {"IT", "39  00 national"},
      {"RU", "7 8 810 local"}, {"JP", "81 0 010 local"},  {"DK", "45  00 national"},
      {"XX", "   local"},      {"SG", "65   national"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Text(NationalProfile(c.region)), std::string(c.expected)) << c.region;
  }
}

TEST(NumberProfile, OfEveryCountryIsGood) {
  for (const std::string& region : KnownRegions()) {
    const NumberProfile profile = NationalProfile(region);
    EXPECT_TRUE(CheckNumberProfile(profile).ok())
        << region << " " << Text(profile) << ": " << CheckNumberProfile(profile);
    EXPECT_FALSE(profile.country_code.empty()) << region;
  }
}

TEST(NumberProfile, ReadsNumbersAsTheCountryWritesThem) {
  EXPECT_EQ(ReadNumberText("0612345678", NationalProfile("FR")).number.ToString(), "+33612345678");
  EXPECT_EQ(ReadNumberText("0669812345", NationalProfile("IT")).number.ToString(), "+390669812345");
  EXPECT_EQ(ReadNumberText("81032220001000", NationalProfile("RU")).number.ToString(),
            "+32220001000");
}

TEST(NumberProfile, IsRefusedWithItsFault) {
  const struct {
    NumberProfile profile;
    absl::string_view complaint;
  } kCases[] = {
      {{D("32"), D("*0"), D("00"), D(""), Unprefixed::kLocal},
       "national_prefix: \"*0\" has more than digits 0 to 9"},
      {{D("999"), D("0"), D("00"), D(""), Unprefixed::kLocal},
       "country_code: \"999\" is no country code"},
      {{D("322"), D("0"), D("00"), D(""), Unprefixed::kLocal},
       "country_code: \"322\" is no country code"},
      {{D("3"), D("0"), D("00"), D(""), Unprefixed::kLocal}, "country_code: \"3\" is no"},
      {{D("320000000"), D("0"), D("00"), D(""), Unprefixed::kLocal}, "country_code: \"320000000\""},
      {{D(""), D("0"), D("00"), D(""), Unprefixed::kLocal}, "country_code: is missing"},
      {{D(""), D(""), D("00"), D(""), Unprefixed::kNational}, "country_code: is missing"},
      {{D("32"), D("00"), D("0"), D(""), Unprefixed::kLocal},
       "national_prefix: \"00\" begins with the international prefix \"0\""},
      {{D("32"), D("0"), D("0"), D(""), Unprefixed::kLocal}, "national_prefix: \"0\" begins with"},
      {{D(""), D(""), D("00"), D("#9"), Unprefixed::kInternational}, "routing_prefix: \"#9\""},
      {{D("32"), D("0"), D("00"), D("00"), Unprefixed::kLocal},
       "routing_prefix: \"00\" would be taken away from the international prefix \"00\""},
      {{D("32"), D("0"), D("00"), D("0"), Unprefixed::kLocal},
       "routing_prefix: \"0\" would be taken away from the national prefix \"0\""},
      {{D("32"), D("0"), D("00"), D("112"), Unprefixed::kLocal},
       "routing_prefix: \"112\" would be taken away from the emergency number"},
      {{D("32"), D("0"), D("00"), D("9"), Unprefixed::kLocal},
       "routing_prefix: \"9\" would be taken away from the emergency number \"911\""},
      {{D("33"), D("0"), D("00"), D("15"), Unprefixed::kLocal},
       "routing_prefix: \"15\" would be taken away from the emergency number \"15\""},
  };
  for (const auto& c : kCases) {
    const absl::Status status = CheckNumberProfile(c.profile);
    EXPECT_TRUE(absl::StartsWith(status.message(), c.complaint)) << c.complaint << "\n" << status;
  }
  EXPECT_TRUE(CheckNumberProfile({}).ok());
  EXPECT_TRUE(CheckNumberProfile({D("32"), D("0"), D("00"), D("99"), Unprefixed::kLocal}).ok());
  EXPECT_TRUE(CheckNumberProfile({D(""), D(""), D("00"), D(""), Unprefixed::kInternational}).ok());
}

}  // namespace
}  // namespace libroute
