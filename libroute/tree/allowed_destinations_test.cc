#include "libroute/tree/allowed_destinations.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Refusal = AllowedDestinations::Refusal;

E164Number N(absl::string_view text) {
  return *E164Number::Parse(text);
}

TEST(AllowedDestinations, AreAllButCostlyOnesByThemselves) {
  const AllowedDestinations usual;
  for (absl::string_view number : {"+3222000100", "+32470000000", "+3280012345", "+33123456789",
                                   "+12025550123", "+80012345678", "+3299999999"}) {
    EXPECT_EQ(usual.Check(N(number)), Refusal::kNone) << number;
  }
  EXPECT_EQ(usual.Check(N("+3290012345")), Refusal::kKind);
  for (absl::string_view excess : {"1", "12", "1234"}) {
    EXPECT_EQ(usual.Check(N(absl::StrCat("+3290012345", excess))), Refusal::kKind) << excess;
  }
  EXPECT_EQ(usual.Check(N("+3247000000012")), Refusal::kNone) << "unknown, but not costly";
  EXPECT_EQ(usual.Check(N("+498001234567")), Refusal::kNone);
  EXPECT_EQ(usual.Check(N("+4918012345678")), Refusal::kKind) << "shared cost";
  EXPECT_EQ(RefusalText(N("+3290012345"), Refusal::kKind), "a number of kind premium");
}

TEST(AllowedDestinations, MayBeSomeKindsInSomeCountries) {
  NumberKindSet kinds;
  kinds.Add(NumberKind::kFixed);
  const std::vector<Country> countries = {*Country::FromCode("BE"), *Country::FromCode("US")};
  auto one_number = [] { return NumberSet({*NumberPattern::Parse("+3290012345")}); };
  const AllowedDestinations fixed(kinds, countries, one_number());
  EXPECT_EQ(fixed.Check(N("+3222000100")), Refusal::kNone);
  EXPECT_EQ(fixed.Check(N("+32470000000")), Refusal::kKind);
  EXPECT_EQ(fixed.Check(N("+33123456789")), Refusal::kCountry);
  EXPECT_EQ(fixed.Check(N("+80012345678")), Refusal::kCountry);
  EXPECT_EQ(fixed.Check(N("+12024561111")), Refusal::kKind) << "fixed or mobile";
  EXPECT_EQ(fixed.Check(N("+3290012345")), Refusal::kNone) << "by its number";
  EXPECT_EQ(fixed.Check(N("+3290012346")), Refusal::kKind);
  kinds.Add(NumberKind::kMobile);
  EXPECT_EQ(AllowedDestinations(kinds, countries, one_number()).Check(N("+12024561111")),
            Refusal::kNone);
  EXPECT_EQ(RefusalText(N("+33123456789"), Refusal::kCountry), "a number of FR");
  EXPECT_EQ(RefusalText(N("+80012345678"), Refusal::kCountry), "a number of no country");
}

std::vector<std::string> IssuesWith(absl::string_view allowed, absl::string_view to) {
  return IssuesOf(absl::StrCat("dial: { to: \"", to, "\" }"),
                  allowed.empty() ? "" : absl::StrCat("allowed_destinations: ", allowed));
}

TEST(AllowedDestinations, AreCheckedWhereAPlanDials) {
  auto refused = ElementsAre("error destination-not-allowed trees.main.dial.to[0]");
  EXPECT_THAT(IssuesWith("", "+32470000000"), IsEmpty());
  EXPECT_THAT(IssuesWith("", "+3290012345"), refused);
  EXPECT_THAT(IssuesWith("", "sip:+3290012345@gw.example.net;user=phone"), refused);
  EXPECT_THAT(IssuesWith("", "sip:desk@example.net"), IsEmpty());
  EXPECT_THAT(IssuesWith("{ premium: true }", "+3290012345"), IsEmpty());
  EXPECT_THAT(IssuesWith("{ numbers: \"+32900*\" }", "+3290012345"), IsEmpty());
  EXPECT_THAT(IssuesWith("{ kinds: [fixed, premium] }", "+3290012345"), IsEmpty());
  EXPECT_THAT(IssuesWith("{ kinds: fixed, premium: true, countries: BE }", "+3290012345"),
              IsEmpty());
  EXPECT_THAT(IssuesWith("{ countries: [BE] }", "+33123456789"), refused);
}

TEST(AllowedDestinations, AreCheckedWithinUris) {
  auto refused = ElementsAre("error destination-not-allowed trees.main.dial.to[0]");
  EXPECT_THAT(IssuesWith("", "SIP:0033899123456@gw.example.net"), refused);
  EXPECT_THAT(IssuesWith("", "sip:0899123456@gw;user=phone"), IsEmpty()) << "of no country";
  auto in_france = [](absl::string_view uri) {
    return IssuesOf(absl::StrCat("dial: { to: \"", uri, "\" }"), "numbering: { country: FR }");
  };
  EXPECT_THAT(in_france("sip:0899123456@gw;user=phone"), refused);
  EXPECT_THAT(in_france("sips:0033899123456@gw"), refused);
  EXPECT_THAT(in_france("sip:0145670411@gw"), IsEmpty());
}

TEST(AllowedDestinations, OfAPlanAreChecked) {
  EXPECT_THAT(IssuesWith("{ countries: [be], numbers: \"1\" }", "+3222000111"),
              testing::IsSupersetOf({"error unknown-name allowed_destinations.countries[0]",
                                     "error bad-number allowed_destinations.numbers[0]"}));
}

TEST(AllowedDestinations, AreCheckedWhereADestinationIsDefined) {
  const std::string plan = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
destinations: { chat: { number: "+3290012345" }, desk: { number: "+3222000111" } }
trees: { main: { dial: { to: [chat, desk, called] } } }
)";
  EXPECT_THAT(IssuesOf(ReadWholePlan(plan)),
              ElementsAre("error destination-not-allowed destinations.chat.number"));
  EXPECT_THAT(MessageOf(ReadWholePlan(plan), "destination-not-allowed"),
              HasSubstr("+3290012345 may not be called: it is a number of kind premium"));
}

}  // namespace
}  // namespace libroute
