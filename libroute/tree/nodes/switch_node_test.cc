#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

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

}  // namespace
}  // namespace libroute
