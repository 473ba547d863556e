#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Cases that each lead to a mailbox of their own.
std::string Origins(absl::string_view cases) {
  return absl::StrCat("origin: { cases: [", cases, "], otherwise: { voicemail: { mailbox: x } } }");
}
std::string To(absl::string_view mailbox) {
  return absl::StrCat("then: { voicemail: { mailbox: ", mailbox, " } }");
}

std::string MailboxFor(const TestPlan& plan, absl::string_view calling) {
  TestCall call(plan);
  call.From(calling).Ask();
  return std::string(std::get<VoicemailDecision>(call.decision().action).mailbox);
}

TEST(OriginNode, TakesTheFirstCaseThatMatches) {
  TestPlan plan(Origins(absl::StrCat(
      "{ numbers: [\"+32475123456\"], ", To("a"), " }, { numbers: [\"+32475*\", \"+33*\"], ",
      To("b"), " }, { numbers: [\"+3222000100-+3222000199\"], ", To("c"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+32475123456"), "a");
  EXPECT_EQ(MailboxFor(plan, "+32475123457"), "b");
  EXPECT_EQ(MailboxFor(plan, "+33123456789"), "b");
  EXPECT_EQ(MailboxFor(plan, "+3222000100"), "c");
  EXPECT_EQ(MailboxFor(plan, "+3222000199"), "c");
  EXPECT_EQ(MailboxFor(plan, "+3222000200"), "x");
  EXPECT_EQ(MailboxFor(plan, "+3222000099"), "x");
}

TEST(OriginNode, MatchesHiddenCallersByAnonymousOnly) {
  TestPlan plan(Origins(absl::StrCat("{ numbers: [\"+32*\"], ", To("known"),
                                     " }, { anonymous: true, ", To("hidden"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+32470000000"), "known");
  EXPECT_EQ(MailboxFor(plan, ""), "hidden") << "no number";
  TestCall withheld(plan);
  EXPECT_EQ(withheld.From("+32470000000").Withheld().Ask(), "voicemail hidden after unconditional");
  EXPECT_THAT(withheld.Comparisons(0),
              ElementsAre("calling number withheld or not known | +32* | does not match | no",
                          "calling number withheld or not known | anonymous | matches | yes"));
}

TEST(OriginNode, MayMeanNumbersAndAnonymousInOneCase) {
  TestPlan plan(Origins(absl::StrCat("{ numbers: [\"+33*\"], anonymous: true, ", To("a"), " }")));
  EXPECT_EQ(MailboxFor(plan, "+33123456789"), "a");
  EXPECT_EQ(MailboxFor(plan, ""), "a");
  EXPECT_EQ(MailboxFor(plan, "+32470000000"), "x");
}

TEST(OriginNode, ExplainsWhichPatternsTheCallerHas) {
  TestPlan plan(Origins(absl::StrCat("{ numbers: [\"+33*\"], ", To("a"),
                                     " }, { numbers: [\"+32*\"], ", To("b"), " }")));
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0), ElementsAre("calling +32470000000 | +33* | does not match | no",
                                               "calling +32470000000 | +32* | matches | yes"));
  EXPECT_EQ(call.Way().front(), "trees.main.origin origin: cases[1] (the caller is one of +32*)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
}

TEST(OriginNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf(Origins(absl::StrCat("{ ", To("a"), " }"))),
              ElementsAre("error missing trees.main.origin.cases[0]"));
  EXPECT_THAT(
      IssuesOf(Origins(absl::StrCat("{ numbers: [\"0470\", \"+32*\", \"+3\"], ", To("a"), " }"))),
      ElementsAre("error bad-number trees.main.origin.cases[0].numbers[0]",
                  "error bad-number trees.main.origin.cases[0].numbers[2]"));
  EXPECT_THAT(IssuesOf("origin: { cases: [{ numbers: [\"+32*\"] }] }"),
              ElementsAre("error dead-end trees.main.origin.cases[0].then",
                          "error dead-end trees.main.origin"));
}

TEST(OriginNode, WarnsOfCasesThatNeverMatch) {
  auto issues = [](absl::string_view first, absl::string_view second) {
    return IssuesOf(
        Origins(absl::StrCat("{ ", first, ", ", To("a"), " }, { ", second, ", ", To("b"), " }")));
  };
  auto shadowed = ElementsAre("warning never-matches trees.main.origin.cases[1]");
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+322*\"]"), shadowed);
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+322*\", \"+3247000-+3247999\"]"),
              shadowed);
  EXPECT_THAT(issues("anonymous: true", "anonymous: true"), shadowed);
  EXPECT_THAT(
      issues("numbers: [\"+32*\"], anonymous: true", "numbers: [\"+322*\"], anonymous: true"),
      shadowed);
  EXPECT_THAT(issues("numbers: [\"+322*\"]", "numbers: [\"+32*\"]"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "numbers: [\"+322*\"], anonymous: true"), IsEmpty());
  EXPECT_THAT(issues("numbers: [\"+32*\"]", "anonymous: true"), IsEmpty());
  EXPECT_THAT(issues("anonymous: true", "numbers: [\"bad\"]"),
              ElementsAre("error bad-number trees.main.origin.cases[1].numbers[0]"));
}

}  // namespace
}  // namespace libroute
