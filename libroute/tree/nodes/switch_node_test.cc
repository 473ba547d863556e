#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kBySwitch =
    "switch: { cases: [{ switch: flood, then: { announce: { message: flood } } },"
    " { switch: meeting, then: { voicemail: { mailbox: desk } } }],"
    " otherwise: { dial: { to: front } } }";

TEST(SwitchNode, TakesTheFirstSwitchThatIsOn) {
  TestPlan plan(kBySwitch);
  EXPECT_EQ(TestCall(plan).Ask(), "dial front");
  plan.SetSwitch("meeting", true);
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail desk after unconditional");
  plan.SetSwitch("flood", true);
  EXPECT_EQ(TestCall(plan).Ask(), "announce flood 30s");
  plan.SetSwitch("meeting", false);
  plan.SetSwitch("flood", false);
  EXPECT_EQ(TestCall(plan).Ask(), "dial front");
}

TEST(SwitchNode, ExplainsWhichSwitchIsOn) {
  TestPlan plan(kBySwitch);
  plan.SetSwitch("meeting", true);
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("switch flood | on | is off | no", "switch meeting | on | is on | yes"));
  EXPECT_EQ(call.Way().front(), "trees.main.switch switch: cases[1] (meeting is on)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
  plan.SetSwitch("meeting", false);
  call.Ask();
  EXPECT_EQ(call.Way().front(), "trees.main.switch switch: otherwise (no switch is on)");
}

TEST(SwitchNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("switch: { cases: [{ switch: flod, then: { release: {} } }, { switch: flood "
                       "}, { switch: flood, then: { release: {} } }] }"),
              ElementsAre("error unknown-name trees.main.switch.cases[0].switch",
                          "error dead-end trees.main.switch.cases[1].then",
                          "warning never-matches trees.main.switch.cases[2]",
                          "error dead-end trees.main.switch"));
}

// A plan with a switch that has values, whose number follows `main`.
v1::Plan SeasonPlan(absl::string_view main) {
  return ReadWholePlan(
      absl::StrCat("customer: acme\n"
                   "numbers: [{ number: \"+3222000100\", tree: main }]\n"
                   "switches: { season: { values: [winter, spring, summer] }, "
                   "flood: {} }\ntrees: { main: { ",
                   main, " } }\n"));
}

constexpr absl::string_view kBySeason =
    "switch: { cases: [{ switch: season, is: [spring, summer], then: { announce: { message: warm }"
    " } }, { switch: flood, is: off, then: { announce: { message: cold } } }], otherwise: { "
    "release:"
    " {} } }";

TEST(SwitchNode, TakesTheFirstCaseWhoseSwitchStandsSo) {
  TestPlan plan(SeasonPlan(kBySeason));
  EXPECT_EQ(TestCall(plan).Ask(), "announce cold 30s");
  plan.SetSwitchTo("season", "summer");
  EXPECT_EQ(TestCall(plan).Ask(), "announce warm 30s");
  plan.SetSwitchTo("season", "winter");
  plan.SetSwitch("flood", true);
  EXPECT_EQ(TestCall(plan).Ask(), "release 480/16 plan");
}

TEST(SwitchNode, ExplainsWhereASwitchStands) {
  TestPlan plan(SeasonPlan(kBySeason));
  plan.SetSwitchTo("season", "summer");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("switch season | spring or summer | is summer | yes"));
  EXPECT_EQ(call.Way().front(), "trees.main.switch switch: cases[0] (season is summer)");
  plan.SetSwitchTo("season", "winter");
  plan.SetSwitch("flood", true);
  call.Ask();
  EXPECT_EQ(call.Way().front(), "trees.main.switch switch: otherwise (no switch stands so)");
}

TEST(SwitchNode, HoldsAsACondition) {
  TestPlan plan(SeasonPlan(
      "when: { cases: [{ if: { not: { switch: { switch: season, is: winter } } }, then: { announce:"
      " { message: warm } } }], otherwise: { announce: { message: cold } } }"));
  EXPECT_EQ(TestCall(plan).Ask(), "announce cold 30s");
  plan.SetSwitchTo("season", "spring");
  EXPECT_EQ(TestCall(plan).Ask(), "announce warm 30s");
}

TEST(SwitchNode, ReportsValuesThatCannotBeMeant) {
  EXPECT_THAT(IssuesOf(SeasonPlan(
                  "switch: { cases: [{ switch: season, is: [sumer], then: { release: {} } }, "
                  "{ switch: season, then: { release: {} } }, "
                  "{ switch: flood, is: summer, then: { release: {} } }], "
                  "otherwise: { release: {} } }")),
              ElementsAre("error unknown-name trees.main.switch.cases[0].is[0]",
                          "error missing trees.main.switch.cases[1].is",
                          "error unknown-name trees.main.switch.cases[2].is[0]"));
  EXPECT_EQ(MessageOf(SeasonPlan("switch: { cases: [{ switch: season, is: sumer, then: { release: "
                                 "{} } }], otherwise: { release: {} } }"),
                      "unknown-name"),
            "switch \"season\" has no value \"sumer\"; did you mean \"summer\"?; it has winter, "
            "spring, summer");
}

TEST(SwitchNode, WarnsOfWhatEarlierCasesLeaveNothing) {
  EXPECT_THAT(IssuesOf(SeasonPlan(
                  "switch: { cases: [{ switch: season, is: [winter, spring], then: { release: {} } "
                  "}, { switch: season, is: spring, then: { release: {} } }, "
                  "{ switch: season, is: [spring, summer], then: { release: {} } }, "
                  "{ switch: flood, then: { release: {} } }], otherwise: { release: {} } }")),
              ElementsAre("warning never-matches trees.main.switch.cases[1]",
                          "warning never-matches trees.main.switch.cases[3]",
                          "warning never-matches trees.main.switch.otherwise"));
  // Nothing is left for `otherwise`, and none is wanted.
  EXPECT_THAT(IssuesOf(SeasonPlan(
                  "switch: { cases: [{ switch: flood, is: [on, off], then: { release: {} } }] }")),
              IsEmpty());
}

TEST(SwitchNode, ValuesOfASwitchAreAFewDifferentNames) {
  v1::Plan plan = SeasonPlan(kBySeason);
  v1::Switch& season = (*plan.mutable_switches())["season"];
  season.add_values("spring");
  season.add_values("not a name");
  season.add_values(std::string(41, 'x'));
  EXPECT_THAT(IssuesOf(plan), ElementsAre("error duplicate switches.season.values[3]",
                                          "error bad-name switches.season.values[4]",
                                          "error too-long switches.season.values[5]"));
  season.clear_values();
  season.add_values("summer");
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-value switches.season.values"));
  for (int i = 0; i < 16; ++i) season.add_values(absl::StrCat("v", i));
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-value switches.season.values"));
}

}  // namespace
}  // namespace libroute
