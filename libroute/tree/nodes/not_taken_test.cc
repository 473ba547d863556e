#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

// Why the way of a call is not another one, as Explain tells programs.
namespace libroute {
namespace {

using ::testing::ElementsAre;

// A plan that dials these, of three destinations.
v1::Plan Dialling(absl::string_view to) {
  return ReadWholePlan(absl::StrCat(R"(
customer: acme
max_unanswered: 300s
numbers: [{ number: "+3222000100", tree: main }]
destinations:
  one: { number: "+3222000211" }
  two: { number: "+3222000212", max_calls: 1 }
  three: { number: "+3222000213" }
  mobile: { number: "+32470000001" }
trees: { main: { dial: { to: [)",
                                    to, R"(], otherwise: { release: {} } } } }
)"));
}

TEST(NotTaken, OfCases) {
  TestPlan plan(
      "switch: { cases: [{ switch: flood, then: { reject: {} } }, { switch: meeting, then: { "
      "reject: {} } }, { switch: meeting, is: \"off\", then: { release: {} } }], otherwise: { "
      "release: {} } }");
  plan.SetSwitch("meeting", true);
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kNoMatch));
  EXPECT_THAT(call.Later(0), ElementsAre("cases[2]"));
  plan.SetSwitch("flood", true);
  call.Ask();
  EXPECT_THAT(call.WhyNot(0), ElementsAre());
  EXPECT_THAT(call.Later(0), ElementsAre("cases[1]", "cases[2]"));
}

TEST(NotTaken, OfTargets) {
  TestPlan plan(Dialling("one, two, three, mobile"));
  plan.SetDestination("one", Status::kDown);
  TestCall call(plan);
  call.Refuse("places of destination two").Diverted(1, "+32470000001", DiversionReason::kBusy);
  EXPECT_EQ(call.Ask(), "dial three");
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kDown, NotTaken::kAtLimit, NotTaken::kLoop));
  plan.SetDestination("one", Status::kBusy);
  call.Ask();
  EXPECT_EQ(call.WhyNot(0).front(), NotTaken::kBusy);
}

TEST(NotTaken, OfTargetsWhoseTurnIsAnother) {
  TestPlan plan(Dialling("two, one, three"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial two");
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kLaterInOrder, NotTaken::kLaterInOrder));
  EXPECT_EQ(call.Tell("busy"), "dial one, three");
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kTried));
  TestCall short_of_attempts(plan);
  EXPECT_EQ(short_of_attempts.MaxAttempts(2).Ask(), "dial two");
  EXPECT_THAT(short_of_attempts.WhyNot(0),
              ElementsAre(NotTaken::kLaterInOrder, NotTaken::kNoAttemptLeft));
}

TEST(NotTaken, OfShares) {
  TestPlan plan(
      "share: { cases: [{ weight: 1, then: { reject: {} } }, { weight: 1, then: { release: {} } }]"
      " }");
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kAnotherShare));
}

TEST(NotTaken, OfAgents) {
  TestPlan plan(
      "agents: { group: team, on_no_agents: { release: {} }, on_timeout: { release: {} } }");
  plan.SetGroup("team", GroupState::kNoAgents);
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.WhyNot(0), ElementsAre(NotTaken::kNoAgents));
}

}  // namespace
}  // namespace libroute
