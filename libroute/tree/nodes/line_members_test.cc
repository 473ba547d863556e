#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

// Lines that another tree dials: as one of a group, or because a call is forwarded there.
namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kGroup =
    "dial: { to: [ann, \"+3222000302\", back], otherwise: { voicemail: { mailbox: desk } } }";
constexpr absl::string_view kLineTeam =
    "destinations: { ann: { number: \"+3222000301\" }, back: { number: \"+3222000112\" } }\n"
    "feature_codes: {}\n"
    "lines: { ann: { number: \"+3222000301\", voicemail: ann, forward: { always: back } },"
    " bob: { number: \"+3222000302\", voicemail: bob, do_not_disturb: { during: night, except: vip "
    "}"
    " } }";

// With destinations of its own.
v1::Plan TeamPlan(absl::string_view main) {
  v1::Plan plan = ReadTestPlan(main, "");
  const v1::Plan team = ReadWholePlan(kLineTeam);
  plan.MergeFrom(team);
  return plan;
}

TEST(LineMembers, JustRing) {
  TestPlan plan(TeamPlan(kGroup));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial ann, +3222000302, back");
  EXPECT_EQ(call.leg(0).trigger, Trigger::kSuppress);
  EXPECT_EQ(call.leg(1).trigger, Trigger::kSuppress);
  EXPECT_EQ(call.leg(2).trigger, Trigger::kAllow);
  EXPECT_EQ(call.leg(0).diverted_by.ToString(), "+3222000100");
}

TEST(LineMembers, AreLeftOutWhileTheyAreNotToBeDisturbed) {
  TestPlan plan(TeamPlan(kGroup));
  EXPECT_EQ(TestCall(plan).At("2026-11-23 23:00").Ask(), "dial ann, back");
  EXPECT_EQ(TestCall(plan).At("2026-11-23 23:00").From("+32475000001").Ask(),
            "dial ann, +3222000302, back");
  plan.SetLine("bob", LineFeature::kDoNotDisturb, {FeatureSetting::State::kOff, {}});
  EXPECT_EQ(TestCall(plan).At("2026-11-23 23:00").Ask(), "dial ann, +3222000302, back");
  plan.SetLine("ann", LineFeature::kDoNotDisturb, {FeatureSetting::State::kOn, {}});
  EXPECT_EQ(TestCall(plan).Ask(), "dial +3222000302, back");
}

TEST(LineMembers, ExplainsWhyOneIsLeftOut) {
  TestPlan plan(TeamPlan("dial: { to: ann, on_busy: { voicemail: { mailbox: desk } } }"));
  plan.SetLine("ann", LineFeature::kDoNotDisturb, {FeatureSetting::State::kOn, {}});
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail desk after busy");
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("destination ann | can be tried | line ann is not to be disturbed: left "
                          "out as busy | no"));
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
}

TEST(LineMembers, FollowTheirOwnRulesWhereCallsAreForwarded) {
  TestPlan plan(TeamPlan(
      "dial: { to: [ann, \"+3222000302\"], forwarding: true, otherwise: { release: {} } }"));
  plan.SetLine("ann", LineFeature::kDoNotDisturb, {FeatureSetting::State::kOn, {}});
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial ann, +3222000302");
  EXPECT_EQ(call.leg(0).trigger, Trigger::kAllow);
  EXPECT_EQ(call.leg(1).trigger, Trigger::kAllow);
}

TEST(LineMembers, LeadNowhereElse) {
  constexpr absl::string_view kToMain =
      "lines: { ann: { number: \"+3222000301\", forward: { always: \"+3222000100\" } } }";
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000301\", otherwise: { release: {} } }", kToMain),
              IsEmpty());
  EXPECT_THAT(
      IssuesOf("dial: { to: \"+3222000301\", forwarding: true, otherwise: { release: {} } }",
               kToMain),
      ElementsAre("warning loop lines.ann.forward.always"));
}

}  // namespace
}  // namespace libroute
