#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kByLine =
    "destination: { cases: [{ numbers: [\"+3222000100\"], then: { voicemail: { mailbox: main } } },"
    " { numbers: [\"+3222000250-+3222000259\"], then: { voicemail: { mailbox: block } } }],"
    " otherwise: { voicemail: { mailbox: other } } }";

TEST(DestinationNode, TakesTheCaseOfTheCalledNumber) {
  TestPlan plan(kByLine);
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail main after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000250").Ask(), "voicemail block after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000259").Ask(), "voicemail block after unconditional");
  EXPECT_EQ(TestCall(plan).To("+3222000260").Ask(), "voicemail other after unconditional");
}

TEST(DestinationNode, ExplainsTheCalledNumber) {
  TestPlan plan(kByLine);
  TestCall call(plan);
  call.To("+3222000250").Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("called +3222000250 | +3222000100 | does not match | no",
                          "called +3222000250 | +3222000250-+3222000259 | matches | yes"));
  EXPECT_EQ(call.Way().front(),
            "trees.main.destination destination: cases[1] (the called number is one of "
            "+3222000250-+3222000259)");
  call.To("+3222000299").Ask();
  EXPECT_EQ(call.Way().front(),
            "trees.main.destination destination: otherwise (no case has the called number)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(DestinationNode, TakesTheCaseOfKindCountryAndArea) {
  const std::string numbers = R"(numbers: [{ number: "+3*", tree: main }]
areas: { liege: { numbers: ["+324*"] } })";
  const v1::Plan plan = ReadWholePlan("customer: acme\n" + numbers + R"(
trees:
  main:
    destination:
      cases:
        - { area: liege, kind: fixed, then: { voicemail: { mailbox: liege } } }
        - { kind: mobile, country: [BE, LU], then: { voicemail: { mailbox: mobile } } }
        - { country: FR, then: { voicemail: { mailbox: france } } }
      otherwise: { voicemail: { mailbox: other } }
)");
  TestPlan compiled(plan);
  auto to = [&](absl::string_view number) { return TestCall(compiled).To(number).Ask(); };
  EXPECT_EQ(to("+3242000100"), "voicemail liege after unconditional");
  EXPECT_EQ(to("+32470000000"), "voicemail mobile after unconditional");
  EXPECT_EQ(to("+33612345678"), "voicemail france after unconditional");
  EXPECT_EQ(to("+33123456789"), "voicemail france after unconditional");
  EXPECT_EQ(to("+3222000100"), "voicemail other after unconditional");
  TestCall call(compiled);
  call.To("+33612345678").Ask();
  EXPECT_THAT(
      call.Comparisons(0),
      ElementsAre("called +33612345678, kind mobile | area liege and kind fixed | does not match | no",
                  "called +33612345678, kind mobile, country FR | kind mobile and country BE or LU "
                  "| is of another country | no",
                  "called +33612345678, country FR | country FR | matches | yes"));
}

TEST(DestinationNode, WarnsOfKindsAndCountriesThatCannotMatch) {
  auto issues = [](absl::string_view first, absl::string_view second) {
    return IssuesOf(absl::StrCat("destination: { cases: [{ ", first,
                                 ", then: { release: {} } }, { ", second,
                                 ", then: { release: {} } }], otherwise: { release: {} } }"));
  };
  EXPECT_THAT(issues("kind: mobile", "kind: mobile, country: BE"),
              ElementsAre("warning never-matches trees.main.destination.cases[1]"));
  EXPECT_THAT(issues("kind: mobile, country: BE", "kind: mobile"), IsEmpty());
  EXPECT_THAT(issues("country: FR", "numbers: \"+33*\", country: BE"),
              ElementsAre("warning never-matches trees.main.destination.cases[1]"));
  EXPECT_THAT(issues("country: XX", "area: nowhere"),
              ElementsAre("error unknown-name trees.main.destination.cases[0].country[0]",
                          "error unknown-name trees.main.destination.cases[1].area[0]"));
}

TEST(DestinationNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("destination: { cases: [{ then: { release: {} } }, { numbers: [\"32\"], "
                       "then: { release: {} } }, { numbers: [\"+32*\"] }] }"),
              ElementsAre("error missing trees.main.destination.cases[0]",
                          "error bad-number trees.main.destination.cases[1].numbers[0]",
                          "error dead-end trees.main.destination.cases[2].then",
                          "error dead-end trees.main.destination"));
  EXPECT_THAT(IssuesOf("destination: { cases: [{ numbers: [\"+322*\", \"+33*\"], then: { release: "
                       "{} } }, { numbers: [\"+3222000100\", \"+331*\"], then: { release: {} } }],"
                       " otherwise: { release: {} } }"),
              ElementsAre("warning never-matches trees.main.destination.cases[1]"));
}

}  // namespace
}  // namespace libroute
