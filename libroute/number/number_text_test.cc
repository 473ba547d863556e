#include "libroute/number/number_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using Unprefixed = NumberProfile::Unprefixed;

Digits D(absl::string_view text) {
  return *Digits::Parse(text);
}

const NumberProfile kBelgium = {D("32"), D("0"), D("00"), D(""), Unprefixed::kLocal};
const NumberProfile kAmerica = {D("1"), D("1"), D("011"), D(""), Unprefixed::kNational};
const NumberProfile kSpain = {D("34"), D(""), D("00"), D(""), Unprefixed::kNational};
const NumberProfile kTrunk = {D("32"), D("0"), D("00"), D("99"), Unprefixed::kInternational};
const NumberProfile kNoCountry;

// The number, or in angle brackets why there is none.
std::string Read(absl::string_view text, const NumberProfile& profile = kBelgium) {
  const NumberText read = ReadNumberText(text, profile);
  EXPECT_EQ(read.number.has_value(), read.reason == UnknownReason::kNone) << text;
  if (read.number.has_value()) return read.number.ToString();
  return absl::StrCat("<", UnknownReasonText(read.reason), ">");
}

TEST(NumberText, ReadsWhatIsDialledByTheProfile) {
  const struct {
    absl::string_view text;
    const NumberProfile& profile;
    absl::string_view expected;
  } kCases[] = {
      {"+3222000100", kBelgium, "+3222000100"},
      {"+32 2 200 01 00", kBelgium, "+3222000100"},
      {"+32 (2) 200.01-00", kBelgium, "+3222000100"},
      {" +3222000100 ", kBelgium, "+3222000100"},
      {"022000100", kBelgium, "+3222000100"},
      {"02 200 01 00", kBelgium, "+3222000100"},
      {"003222000100", kBelgium, "+3222000100"},
      {"0033123456789", kBelgium, "+33123456789"},
      {"22000100", kBelgium, "<local number>"},
      {"3222000100", kBelgium, "<local number>"},
      {"112", kBelgium, "<local number>"},
      {"12015550123", kAmerica, "+12015550123"},
      {"2015550123", kAmerica, "+12015550123"},
      {"0113222000100", kAmerica, "+3222000100"},
      {"911", kAmerica, "<fewer than 7 or more than 15 digits>"},
      {"912345678", kSpain, "+34912345678"},
      {"003222000100", kSpain, "+3222000100"},
      {"3222000100", kTrunk, "+3222000100"},
      {"99003222000100", kTrunk, "+3222000100"},
      {"99022000100", kTrunk, "+3222000100"},
      {"993222000100", kTrunk, "+3222000100"},
      {"022000100", kTrunk, "+3222000100"},
      {"+9932220001", kTrunk, "+9932220001"},
      {"+3222000100", kNoCountry, "+3222000100"},
      {"022000100", kNoCountry, "<local number>"},
      {"003222000100", kNoCountry, "<local number>"},
      {"", kBelgium, "<missing>"},
      {"  ", kBelgium, "<missing>"},
      {"+", kBelgium, "<not a number>"},
      {"--", kBelgium, "<not a number>"},
      {"alice", kBelgium, "<not a number>"},
      {"+32 2 200 01 0x", kBelgium, "<not a number>"},
      {"+32+2200010", kBelgium, "<not a number>"},
      {"*4422000100", kBelgium, "<not a number>"},
      {"+32212", kBelgium, "<fewer than 7 or more than 15 digits>"},
      {"+3222000100123456", kBelgium, "<fewer than 7 or more than 15 digits>"},
      {"+9991234567", kBelgium, "<no country code begins it>"},
      {"+0222000100", kBelgium, "<no country code begins it>"},
      {"00", kBelgium, "<fewer than 7 or more than 15 digits>"},
      {"anonymous", kBelgium, "<anonymous>"},
      {"Unavailable", kBelgium, "<unavailable>"},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(Read(c.text, c.profile), std::string(c.expected)) << c.text;
  EXPECT_EQ(Read(std::string("+3222000100\0", 12)), "<not a number>");
  EXPECT_EQ(Read("+" + std::string(5000, '1')), "<not a number>");
  EXPECT_EQ(Read("+" + std::string(900, '1')), "<fewer than 7 or more than 15 digits>");
}

// The examples of RFC 3966 sections 5.1.5 and 6, and more.
TEST(NumberText, ReadsTelephoneUris) {
  const struct {
    absl::string_view text;
    const NumberProfile& profile;
    absl::string_view expected;
  } kCases[] = {
      {"tel:+1-201-555-0123", kBelgium, "+12015550123"},
      {"tel:+358-555-1234567", kBelgium, "+3585551234567"},
      {"TEL:+1(201)555.0123", kBelgium, "+12015550123"},
      {"tel:7042;phone-context=example.com", kBelgium, "<local number>"},
      {"tel:863-1234;phone-context=+1-914-555", kBelgium, "<local number>"},
      {"tel:863-1234;phone-context=+1-914-555", kAmerica, "<local number>"},
      {"tel:911;phone-context=+1", kAmerica, "<fewer than 7 or more than 15 digits>"},
      {"tel:022000100;phone-context=+32", kBelgium, "+3222000100"},
      {"tel:022000100;PHONE-CONTEXT=+32", kBelgium, "+3222000100"},
      {"tel:022000100;phone-context=+33", kBelgium, "<local number>"},
      {"tel:022000100;phone-context=", kBelgium, "<local number>"},
      {"tel:022000100;phone-context=+", kNoCountry, "<local number>"},
      {"tel:+3222000100;phone-context=+33", kBelgium, "+3222000100"},
      {"tel:+3222000100;ext=12;isub=12345", kBelgium, "+3222000100"},
      {"tel:022000100", kBelgium, "+3222000100"},
      {"tel:", kBelgium, "<not a number>"},
      {"tel:;npdi", kBelgium, "<not a number>"},
      {"tel:+32 2 200 01 00", kBelgium, "<not a number>"},
      {"tel:*21;phone-context=+32", kBelgium, "<not a number>"},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(Read(c.text, c.profile), std::string(c.expected)) << c.text;
}

// RFC 3261 section 19.1.6, RFC 3323 section 4.1.1.3, and more.
TEST(NumberText, ReadsSipUris) {
  const struct {
    absl::string_view text;
    absl::string_view expected;
  } kCases[] = {
      {"sip:+358-555-1234567;postd=pp22@foo.com;user=phone", "+3585551234567"},
      {"sip:+358-555-1234567;phone-context=foo;postd=pp22@foo.com;user=phone", "+3585551234567"},
      {"sip:+1-212-555-1212:1234@gateway.com;user=phone", "+12125551212"},
      {"sips:+12125551212@[2001:db8::1]:5061;user=phone?subject=x", "+12125551212"},
      {"SIP:%2B3222000100@example.com", "+3222000100"},
      {"sip:022000100@example.com;user=phone", "+3222000100"},
      {"sip:022000100@example.com", "+3222000100"},
      {"sip:022000100;phone-context=+33@example.com;user=phone", "<local number>"},
      {"sip:022000100;phone-context=+32@example.com;user=phone", "+3222000100"},
      {"sip:022000100@example.com;user=ip", "<not a number>"},
      {"sip:022000100@example.com;user=dialstring", "<not a number>"},
      {"sip:1212@gateway.com", "<local number>"},
      {"sip:alice@example.com", "<not a number>"},
      {"sip:alice;day=tuesday@atlanta.com", "<not a number>"},
      {"sip:anonymous@anonymous.invalid", "<anonymous>"},
      {"sip:Anonymous@Anonymous.invalid;user=phone", "<anonymous>"},
      {"sip:x@anonymous.invalid:5060", "<anonymous>"},
      {"sip:anonymous@example.com", "<anonymous>"},
      {"sip:unavailable@unknown.invalid", "<unavailable>"},
      {"sip:+3222000100", "<not a number>"},
      {"sip:+3222000100@", "<not a number>"},
      {"sip:@example.com", "<not a number>"},
      {"sip:%2@example.com", "<not a number>"},
      {"sip:%zz3222000100@example.com", "<not a number>"},
      {"sip:", "<not a number>"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Read(c.text), std::string(c.expected)) << c.text;
}

// The examples of RFC 4694 section 7 among them.
TEST(NumberText, APortedNumberIsThePlainOne) {
  const struct {
    absl::string_view text;
    absl::string_view routing_number;
    bool portability_known;
  } kCases[] = {
      {"tel:+1-202-533-1234", "", false},
      {"tel:+1-202-533-1234;npdi", "", true},
      {"tel:+1-202-533-1234;rn=+1-202-000-0000;npdi", "+12020000000", true},
      {"tel:+1-202-533-1234;npdi;rn=+1-202-544-0000", "+12025440000", true},
      {"tel:+1-202-533-1234;NPDI=;RN=2025440000;rn-context=+1", "2025440000", true},
      {"tel:+1-202-533-1234;rn=C00a", "C00A", false},
      {"tel:+1-202-533-1234;rn=;npdi", "", true},
      {"tel:+1-202-533-1234;rn=x!;cic=+1-6789", "", false},
      {"tel:+1-202-533-1234;rn=111111111111111", "111111111111111", false},
      {"tel:+1-202-533-1234;rn=1111111111111111", "", false},
      {"sip:+12025331234;npdi;rn=+12025440000@host;user=phone", "+12025440000", true},
      {"sip:+12025331234@host;user=phone;rn=+12025440000;npdi", "", false},
  };
  for (const auto& c : kCases) {
    const NumberText read = ReadNumberText(c.text, kBelgium);
    EXPECT_EQ(read.number.ToString(), "+12025331234") << c.text;
    EXPECT_EQ(read.routing_number.ToString(), std::string(c.routing_number)) << c.text;
    EXPECT_EQ(read.portability_known, c.portability_known) << c.text;
  }
}

TEST(NumberText, LeavesTheTrunkZeroInBracketsOut) {
  const std::pair<absl::string_view, absl::string_view> kCases[] = {
      {"+32 (0)2 200 01 00", "+3222000100"},
      {"0032 (0)2 200 01 00", "+3222000100"},
      {"tel:+32(0)22000100", "+3222000100"},
      {"+39 (0)6 6981 2345", "+390669812345"},
      {"+32 (0)99 999 99 99", "<no number of its country>"},
      {"(0)2 200 01 00", "+3222000100"},
      {"+32 2 (0)", "<fewer than 7 or more than 15 digits>"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(Read(text), std::string(expected)) << text;
}

TEST(NumberText, DoesNotGuessNationalNumbersThatTheCountryHasNot) {
  const NumberProfile argentina = NationalProfile("AR");
  const NumberProfile brazil = NationalProfile("BR");
  EXPECT_EQ(Read("01115512345678", argentina), "<no number of its country>");
  EXPECT_EQ(Read("01123456789", argentina), "+541123456789");
  EXPECT_EQ(Read("01511987654321", brazil), "<no number of its country>");
  EXPECT_EQ(Read("011987654321", brazil), "+5511987654321");
  EXPECT_EQ(Read("0999999999", kBelgium), "<no number of its country>");
  // What is international already is no guess.
  EXPECT_EQ(Read("+32999999999", kBelgium), "+32999999999");
  EXPECT_EQ(Read("0032999999999", kBelgium), "+32999999999");
}

// RFC 3261 section 20.10.
TEST(NumberText, ReadsNamesWithAnAddress) {
  const std::pair<absl::string_view, absl::string_view> kCases[] = {
      {"\"Bob\" <sip:+3222000100@h;user=phone>", "+3222000100"},
      {"<sip:+3222000100@h;user=phone>;tag=1928301774", "+3222000100"},
      {"Bob <tel:+32-2-200-01-00>", "+3222000100"},
      {"\"a \\\" <sip:+3233@x>\" <sip:+3222000100@h>", "+3222000100"},
      {"\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=x", "<anonymous>"},
      {"anonymous@anonymous.invalid", "<anonymous>"},
      {"x@anonymous.invalid", "<anonymous>"},
      {"\"Bob\"", "<not a number>"},
      {"\"Bob <sip:+3222000100@h>", "<not a number>"},
      {"Bob <sip:+3222000100@h", "<not a number>"},
      {"<>", "<not a number>"},
      {"bob@example.com", "<not a number>"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(Read(text), std::string(expected)) << text;
  EXPECT_EQ(ReadDialText("<sip:112@h;user=phone>", kBelgium).ToString(), "112");
}

TEST(NumberText, AnEscapedSeparatorSeparatesNothing) {
  for (absl::string_view text :
       {"sip:+3222000100%3Brn=C0FFEE@h;user=phone", "sip:+3222000100%3brn%3DC0FFEE@h;user=phone"}) {
    const NumberText read = ReadNumberText(text, kBelgium);
    EXPECT_EQ(read.reason, UnknownReason::kNotANumber) << text;
    EXPECT_EQ(read.routing_number.ToString(), "") << text;
  }
  EXPECT_EQ(ReadNumberText("sip:%2B3222000100;rn=%43@h", kBelgium).routing_number.ToString(), "C");
}

TEST(NumberText, TellsDialStringsInWhateverTheyAreWritten) {
  const struct {
    absl::string_view text;
    absl::string_view expected;
  } kCases[] = {
      {"112", "112"},
      {"1-1-2", "112"},
      {"tel:112;phone-context=+32", "112"},
      {"TEL:112", "112"},
      {"sip:112@host;user=phone", "112"},
      {"sips:112;phone-context=+32:x@host", "112"},
      {"sip:%31%312@host", "112"},
      {"99112", "112"},
      {"tel:99501410;phone-context=+32", "501410"},
      {"501410", "501410"},
      {"sip:112", ""},
      {"sip:%1@host", ""},
      {"+112", "112"},
      {"tel:+112", "112"},
      {"sip:+112@host;user=phone", "112"},
      {"+11-22", "1122"},
      {"+320112", "320112"},
      {"+3200112", ""},
      {"+3222000100", ""},
      {"++112", ""},
      {"1", ""},
      {"1234567", ""},
      {"*44", ""},
      {"alice", ""},
      {"", ""},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ReadDialText(c.text, kTrunk).ToString(), std::string(c.expected)) << c.text;
  }
  EXPECT_EQ(ReadDialText("99112", kBelgium).ToString(), "99112");
  EXPECT_TRUE(ReadDialText(std::string(5000, '-') + "112", kBelgium).empty());
}

}  // namespace
}  // namespace libroute
