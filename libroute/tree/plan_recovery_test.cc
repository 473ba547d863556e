#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A plan with these recovery plans and further trees.
std::string RecoveryText(absl::string_view recovery_plans, absl::string_view trees = "") {
  return absl::StrCat(R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main, holder: ann }
  - { number: "+32220002*" }
  - { number: "+3222000250-+3222000259", tree: main }
sites: { north: {}, south: {} }
destinations:
  front: { number: "+3222000111", site: north }
  spare: { number: "+3222000112", site: south }
caller_types: { testers: { callers: "+32475*" } }
trees:
  main: { dial: { to: front, otherwise: { release: {} } } }
  lost: { dial: { to: spare, otherwise: { goto: end } } }
  end: { voicemail: { mailbox: lost } }
)",
                      trees, "recovery_plans: { ", recovery_plans, " }\n");
}

v1::Plan RecoveryPlanOf(absl::string_view recovery_plans, absl::string_view trees = "") {
  return ReadWholePlan(RecoveryText(recovery_plans, trees));
}

constexpr absl::string_view kFire =
    "fire: { tree: lost, replaces: north, drill_callers: [testers, \"+3246*\"] }";

TEST(RecoveryPlans, LeadCallsToTheirTreeWhileTheyAreOn) {
  TestPlan plan(RecoveryPlanOf(kFire));
  TestCall off(plan);
  EXPECT_EQ(off.Ask(), "dial front");
  EXPECT_EQ(off.decision().recovery_plan, "");
  EXPECT_TRUE(off.decision().depends_on.Has(Dependence::kStatus));
  TestCall on(plan);
  on.Recovered("fire");
  EXPECT_EQ(on.Ask(), "dial spare");
  EXPECT_EQ(on.decision().recovery_plan, "fire");
  EXPECT_FALSE(on.decision().recovery_drill);
  EXPECT_EQ(on.decision().holder, "ann");
  EXPECT_EQ(on.Way().front(),
            "recovery_plans.fire recovery_plan: tree (the recovery plan is on: the call follows "
            "tree lost)");
  // It is said of every decision of the call.
  EXPECT_EQ(on.Tell("busy"), "voicemail lost after busy");
  EXPECT_EQ(on.decision().recovery_plan, "fire");
}

TEST(RecoveryPlans, LeadOnlySomeCallersToTheirTreeInADrill) {
  TestPlan plan(RecoveryPlanOf(kFire));
  EXPECT_EQ(TestCall(plan).Recovered("fire", true).Ask(), "dial front");
  EXPECT_EQ(TestCall(plan).From("+32475000001").Withheld().Recovered("fire", true).Ask(),
            "dial front");
  EXPECT_EQ(TestCall(plan).From("+32460000001").Recovered("fire", true).Ask(), "dial spare");
  TestCall tester(plan);
  tester.From("+32475000001").Recovered("fire", true);
  EXPECT_EQ(tester.Ask(), "dial spare");
  EXPECT_TRUE(tester.decision().recovery_drill);
  EXPECT_TRUE(tester.decision().depends_on.Has(Dependence::kCall));
  EXPECT_THAT(tester.Comparisons(0),
              ElementsAre("calling +32475000001 | drill_callers | takes part in the drill | yes"));
  EXPECT_EQ(tester.Tell("busy"), "voicemail lost after busy");
  EXPECT_TRUE(tester.decision().recovery_drill);
}

TEST(RecoveryPlans, ComeAfterWhatCallingNumbersMustBe) {
  v1::Plan written = RecoveryPlanOf(kFire);
  written.mutable_caller_identity()->set_invalid(v1::CallerIdentity::TREATMENT_REJECT);
  TestPlan rejecting(written);
  TestCall refused(rejecting);
  refused.Unreadable().Recovered("fire");
  EXPECT_EQ(refused.Ask(), "reject 403/21");
  EXPECT_EQ(refused.decision().recovery_plan, "");
}

TEST(RecoveryPlans, LetNumbersWithoutATreePassThroughWhileNoneIsOn) {
  TestPlan plan(RecoveryPlanOf(kFire));
  TestCall off(plan);
  off.To("+3222000222");
  EXPECT_EQ(off.Ask(), "pass_through");
  EXPECT_EQ(std::get<PassThroughDecision>(off.decision().action).reason,
            PassThroughReason::kContinuityOff);
  EXPECT_TRUE(off.decision().depends_on.Has(Dependence::kStatus));
  EXPECT_EQ(off.decision().number.ToString(), "+3222000222");
  EXPECT_EQ(TestCall(plan).To("+3222000222").Recovered("fire").Ask(), "dial spare");
}

TEST(RecoveryPlans, NeedNamesThatThereAre) {
  EXPECT_THAT(IssuesOf(RecoveryPlanOf("fire: { tree: lst, replaces: nort, drill_callers: [tester, "
                                      "\"+32x\"] }")),
              ElementsAre("error unknown-name recovery_plans.fire.tree",
                          "error unknown-name recovery_plans.fire.replaces[0]",
                          "error unknown-name recovery_plans.fire.drill_callers[0]",
                          "error bad-number recovery_plans.fire.drill_callers[1]",
                          "warning unused trees.end", "warning unused trees.lost"));
  EXPECT_THAT(IssuesOf(RecoveryPlanOf(absl::StrCat(std::string(41, 'x'), ": { tree: lost }"))),
              ElementsAre(absl::StrCat("error too-long recovery_plans.", std::string(41, 'x'))));
}

TEST(RecoveryPlans, AreForWholeEntriesOfNumbers) {
  EXPECT_THAT(IssuesOf(RecoveryPlanOf("fire: { tree: lost, numbers: [\"+32220002*\"] }")),
              IsEmpty());
  // The range lies within the block, and is an entry of its own.
  EXPECT_THAT(IssuesOf(RecoveryPlanOf("fire: { tree: lost, numbers: [\"+3222*\"] }")), IsEmpty());
  EXPECT_THAT(
      IssuesOf(RecoveryPlanOf("fire: { tree: lost, numbers: [\"+3222000100\", \"+32220002*\", "
                              "\"+3222000251\", \"+322200022*\", \"+33*\"] }")),
      ElementsAre("error recovery-numbers recovery_plans.fire.numbers[2]",
                  "error recovery-numbers recovery_plans.fire.numbers[3]",
                  "error recovery-numbers recovery_plans.fire.numbers[4]"));
  // All of the range, but a part of the block around it.
  EXPECT_THAT(
      IssuesOf(RecoveryPlanOf("fire: { tree: lost, numbers: [\"+3222000240-+3222000260\"] }, "
                              "all: { tree: lost }")),
      ElementsAre("error recovery-numbers recovery_plans.fire.numbers[0]"));
}

TEST(RecoveryPlans, AloneLetNumbersGoWithoutATree) {
  EXPECT_THAT(IssuesOf(RecoveryPlanOf("fire: { tree: lost, numbers: \"+3222000100\" }")),
              ElementsAre("error missing numbers[1].tree"));
}

TEST(RecoveryPlans, DoNotDialWhatTheyStandInFor) {
  EXPECT_THAT(IssuesOf(RecoveryPlanOf("fire: { tree: main, replaces: [south, north] }")),
              ElementsAre("error replaced-site recovery_plans.fire.replaces[1]",
                          "warning unused trees.end", "warning unused trees.lost"));
  const v1::Plan far =
      RecoveryPlanOf("fire: { tree: far, replaces: north }",
                     "  far: { announce: { message: a, then: { goto: main } } }\n");
  EXPECT_THAT(MessageOf(far, "replaced-site"),
              AllOf(HasSubstr("dials destination \"front\" at site \"north\""),
                    HasSubstr("(trees.far.announce.then.goto -> trees.main.dial.to[0])")));
}

TEST(RecoveryPlans, AreWarnedOfTheirOwnNumbers) {
  EXPECT_THAT(IssuesOf(RecoveryPlanOf(
                  "fire: { tree: back, numbers: \"+32220002*\" }",
                  "  back: { dial: { to: \"+3222000201\", otherwise: { goto: lost } } }\n")),
              ElementsAre("warning own-number trees.back.dial.to[0]"));
}

TEST(RecoveryPlans, TimesUnansweredAreBoundedInTheirTrees) {
  EXPECT_THAT(IssuesOf(RecoveryPlanOf(
                  "fire: { tree: slow }",
                  "  slow: { dial: { to: [spare, \"+3222000999\"], ring: 60s, otherwise: { goto: "
                  "lost } } }\n")),
              ElementsAre("error unanswered-too-long trees.slow.dial"));
}

TEST(RecoveryPlans, AreAFew) {
  std::string many;
  for (int i = 0; i < 33; ++i)
    absl::StrAppend(&many, i == 0 ? "" : ", ", "r", i, ": { tree: lost }");
  EXPECT_THAT(IssuesOf(RecoveryPlanOf(many)), testing::Contains("error too-long recovery_plans"));
}

}  // namespace
}  // namespace libroute
