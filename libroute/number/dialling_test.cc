#include "libroute/number/dialling.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/number/regions.h"

namespace libroute {
namespace {

const Dialling& In(absl::string_view country) {
  return Dialling::Of(*Country::FromCode(country));
}

absl::string_view KindIn(absl::string_view country, absl::string_view dialled) {
  return SpecialKindName(In(country).Find(*Digits::Parse(dialled)));
}

std::string ClashIn(absl::string_view country, absl::string_view first, absl::string_view last) {
  auto clash = In(country).FindClash(*Digits::Parse(first), *Digits::Parse(last));
  return clash.has_value() ? clash->internal.ToString() + " " + clash->with : "";
}

TEST(Dialling, KnowsSpecialNumbers) {
  struct Case {
    absl::string_view country;
    absl::string_view dialled;
    absl::string_view kind;
  };
  const Case cases[] = {{"FR", "112", "emergency"},    {"FR", "15", "emergency"},
                        {"FR", "17", "emergency"},     {"FR", "18", "emergency"},
                        {"FR", "118218", "directory"}, {"FR", "118008", "directory"},
                        {"FR", "3900", "short"},       {"FR", "3631", "short"},
                        {"FR", "1014", "short"},       {"FR", "116000", "short"},
                        {"FR", "501410", "none"},      {"FR", "0800123456", "none"},
                        {"FR", "*44", "none"},         {"FR", "", "none"},
                        {"FR", "1", "none"},           {"BE", "100", "emergency"},
                        {"BE", "112", "emergency"},    {"BE", "1207", "short"},
                        {"DE", "110", "emergency"},    {"DE", "11833", "directory"},
                        {"GB", "999", "emergency"},    {"GB", "118500", "directory"},
                        {"AQ", "112", "emergency"},    {"AQ", "15", "none"}};
  for (const Case& each : cases) {
    EXPECT_EQ(KindIn(each.country, each.dialled), each.kind) << each.country << " " << each.dialled;
  }
}

// Text messages alone reach it.
TEST(Dialling, LeavesOutNumbersForTextMessages) {
  EXPECT_EQ(KindIn("FR", "36117"), "none");
  EXPECT_EQ(KindIn("FR", "61234"), "none");
}

TEST(Dialling, NumbersThatAreNoLinesAreServices) {
  for (int kind = 0; kind < kNumberKinds; ++kind) {
    const auto each = static_cast<NumberKind>(kind);
    const bool service = each == NumberKind::kFreephone || each == NumberKind::kSharedCost ||
                         each == NumberKind::kPremium;
    EXPECT_EQ(SpecialKindOf(each), service ? SpecialKind::kService : SpecialKind::kNone);
  }
}

TEST(Dialling, InternalNumbersClashWithWhatBeginsAlike) {
  EXPECT_EQ(ClashIn("FR", "501410", "502499"), "");
  EXPECT_EQ(ClashIn("FR", "001410", "001499"), "001410 numbers outside, which begin with 0");
  EXPECT_EQ(ClashIn("FR", "390000", "390009"), "390000 the short number 3900");
  EXPECT_EQ(ClashIn("FR", "111000", "113000"), "112000 the emergency number 112");
  EXPECT_EQ(ClashIn("FR", "11821", "11822"), "11821 the directory service 118210");
  // No national prefix: the numbers themselves are dialled.
  EXPECT_EQ(ClashIn("DK", "501410", "501499"),
            "501410 national numbers, which are dialled as they are");
  EXPECT_NE(ClashIn("US", "201410", "201499"), "");
}

TEST(Dialling, EmergencyNumbersAreThoseOfTheLibrary) {
  for (const char* country : {"FR", "BE", "DE", "GB", "ES", "IT", "NL", "CH", "US", "AQ"}) {
    for (Digits number : EmergencyNumbers(country)) {
      EXPECT_EQ(KindIn(country, number.ToString()), "emergency") << country << number.ToString();
    }
  }
}

// The library's own answers, one number at a time.
TEST(Dialling, ShortNumbersAreValidOnesOfTheLibrary) {
  using i18n::phonenumbers::PhoneNumber;
  i18n::phonenumbers::ShortNumberInfo info;
  for (const char* country : {"FR", "BE", "GB"}) {
    const int code =
        i18n::phonenumbers::PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(country);
    int found = 0;
    for (int i = 10; i < 130000; i = i < 10000 ? i + 1 : i + 7) {
      PhoneNumber number;
      number.set_country_code(code);
      number.set_national_number(i);
      if (KindIn(country, std::to_string(i)) == "none") continue;
      ++found;
      EXPECT_TRUE(info.IsValidShortNumberForRegion(number, country)) << country << " " << i;
    }
    EXPECT_GT(found, 50) << country;
  }
}

TEST(Dialling, CountriesHaveTables) {
  const std::vector<std::string> regions = KnownRegions();
  for (size_t i = 0; i < regions.size(); i += 8) {
    EXPECT_EQ(KindIn(regions[i], "112"), "emergency") << regions[i];
  }
}

}  // namespace
}  // namespace libroute
