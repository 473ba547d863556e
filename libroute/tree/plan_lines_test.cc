#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr FeatureSetting kOn = {FeatureSetting::State::kOn, {}};
constexpr FeatureSetting kOff = {FeatureSetting::State::kOff, {}};

// Calls +3222000301, which is the line of `written`.
class LineCall {
 public:
  explicit LineCall(absl::string_view written, absl::string_view more = "")
      : plan_(ReadTestPlan(kDesk, absl::StrCat("lines: { ann: { number: \"+3222000301\", ", written,
                                               " } }\n", more))) {}

  TestPlan& plan() { return plan_; }
  TestCall Call() {
    TestCall call(plan_);
    call.To("+3222000301");
    return call;
  }
  // What becomes of a call that ends so at the line.
  std::string After(absl::string_view event) {
    TestCall call = Call();
    call.Ask();
    return call.Tell(event);
  }

 private:
  TestPlan plan_;
};

TEST(Lines, RingAndGoToVoicemailAsLastResort) {
  LineCall line("voicemail: ann, ring: 15s");
  TestCall call = line.Call();
  EXPECT_EQ(call.Ask(), "dial +3222000301");
  EXPECT_EQ(call.leg(0).trigger, Trigger::kSuppress);
  EXPECT_EQ(call.leg(0).ring_timeout, absl::Seconds(15));
  EXPECT_EQ(call.Tell("no_answer"), "voicemail ann after no answer");
  EXPECT_EQ(line.After("busy"), "voicemail ann after busy");
}

TEST(Lines, ForwardByHowTheyEnd) {
  LineCall line(
      "voicemail: ann, forward: { busy: back, no_answer: \"+32470000001\", unreachable: front }");
  EXPECT_EQ(line.After("busy"), "dial back");
  EXPECT_EQ(line.After("sip:603"), "dial back");
  EXPECT_EQ(line.After("no_answer"), "dial +32470000001");
  EXPECT_EQ(line.After("unreachable"), "dial front");
  EXPECT_EQ(line.After("bad_number"), "dial front");
  EXPECT_EQ(line.After("congestion"), "dial front");
  EXPECT_EQ(line.After("failure"), "voicemail ann after unreachable");
  TestCall call = line.Call();
  call.Ask();
  call.Tell("busy");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kBusy);
  EXPECT_EQ(call.leg(0).diverted_by.ToString(), "+3222000301");
  EXPECT_EQ(call.Tell("no_answer"), "voicemail ann after no answer");
}

TEST(Lines, ForwardAlwaysWithoutRinging) {
  LineCall line("forward: { always: back }");
  TestCall call = line.Call();
  EXPECT_EQ(call.Ask(), "dial back");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kUnconditional);
  EXPECT_EQ(call.Tell("busy"), "release 486/17 attempts failed");
}

TEST(Lines, ForwardSomeByCallerAndTime) {
  LineCall line(
      "forward: { always: voicemail, selective: [{ from: [vip, \"+3233*\"], during: office, to:"
      " back }, { during: lunch, to: front }] }, voicemail: ann");
  EXPECT_EQ(line.Call().From("+32475000001").Ask(), "dial back");
  EXPECT_EQ(line.Call().From("+3233000000").Ask(), "dial back");
  EXPECT_EQ(line.Call().From("+32475000001").At("2026-11-23 20:00").Ask(),
            "voicemail ann after unconditional");
  EXPECT_EQ(line.Call().At("2026-11-23 12:30").Ask(), "dial front");
  EXPECT_EQ(line.Call().Ask(), "voicemail ann after unconditional");
}

TEST(Lines, RejectWhoWithholdsTheNumber) {
  LineCall line("reject_anonymous: true");
  EXPECT_EQ(line.Call().Withheld().Ask(), "reject 403/21");
  EXPECT_EQ(line.Call().Ask(), "dial +3222000301");
  EXPECT_EQ(line.Call().From("").Ask(), "dial +3222000301");
}

TEST(Lines, MarkUnwantedCallsAndGoOn) {
  LineCall line("mark_unwanted: { from: [supplier], text: advertising }, voicemail: ann");
  TestCall call = line.Call().From("+32471000000");
  EXPECT_EQ(call.Ask(), "dial +3222000301");
  ASSERT_EQ(call.decision().attributes.size(), 1u);
  EXPECT_EQ(call.decision().attributes[0].first, "unwanted");
  EXPECT_EQ(call.decision().attributes[0].second, "advertising");
  TestCall other = line.Call().From("+3222999999");
  EXPECT_EQ(other.Ask(), "dial +3222000301");
  EXPECT_THAT(other.decision().attributes, IsEmpty());
}

TEST(Lines, AreBusyWhenNotToBeDisturbed) {
  LineCall line("do_not_disturb: { during: night, except: vip }, forward: { busy: back }");
  EXPECT_EQ(line.Call().Ask(), "dial +3222000301");
  EXPECT_EQ(line.Call().At("2026-11-23 23:00").Ask(), "dial back");
  EXPECT_EQ(line.Call().At("2026-11-23 23:00").From("+32475000001").Ask(), "dial +3222000301");
  EXPECT_EQ(LineCall("do_not_disturb: { always: true }").Call().Ask(), "reject 486/17");
  EXPECT_EQ(LineCall("do_not_disturb: { always: true }, voicemail: ann").Call().Ask(),
            "voicemail ann after unconditional");
  EXPECT_EQ(LineCall("do_not_disturb: { always: true }",
                     "default: { on_busy: { announce: {"
                     " message: sorry } } }")
                .Call()
                .Ask(),
            "announce sorry 30s");
}

TEST(Lines, RingSeveralTelephones) {
  EXPECT_EQ(LineCall("ring_also: [front, back]").Call().Ask(),
            "dial +3222000301, front, back together");
  LineCall line("ring_then: [front, back], phone: web, voicemail: ann");
  TestCall call = line.Call();
  EXPECT_EQ(call.Ask(), "dial web, front, back");
  EXPECT_EQ(call.Tell("no_answer"), "dial front, back");
  // The person says no for all telephones.
  EXPECT_EQ(call.Tell("sip:603"), "voicemail ann after deflected");
}

TEST(Lines, FollowWhatTheirOwnersSwitch) {
  LineCall line("forward: { always: back, busy: back }, voicemail: ann", "feature_codes: {}");
  EXPECT_EQ(line.Call().Ask(), "dial back");
  line.plan().SetLine("ann", LineFeature::kForwardAlways, kOff);
  EXPECT_EQ(line.Call().Ask(), "dial +3222000301");
  EXPECT_EQ(line.After("busy"), "dial back");
  EXPECT_EQ(line.After("no_answer"), "voicemail ann after no answer");
  const FeatureSetting to = {FeatureSetting::State::kOn, *E164Number::Parse("+32470000001")};
  line.plan().SetLine("ann", LineFeature::kForwardNoAnswer, to);
  EXPECT_EQ(line.After("no_answer"), "dial line-ann-no-answer");
  TestCall call = line.Call();
  call.Ask();
  call.Tell("no_answer");
  EXPECT_EQ(call.leg(0).number.ToString(), "+32470000001");
  line.plan().SetLine("ann", LineFeature::kForwardBusy, kOff);
  EXPECT_EQ(line.After("busy"), "voicemail ann after busy");
  line.plan().SetLine("ann", LineFeature::kDoNotDisturb, kOn);
  EXPECT_EQ(line.Call().Ask(), "voicemail ann after unconditional");
  line.plan().SetLine("ann", LineFeature::kForwardAlways, to);
  EXPECT_EQ(line.Call().Ask(), "dial line-ann-always");
}

TEST(Lines, ExplainsWhatIsSwitched) {
  LineCall line("forward: { always: back }", "feature_codes: {}");
  line.plan().SetLine("ann", LineFeature::kForwardAlways, kOff);
  TestCall call = line.Call();
  call.Ask();
  EXPECT_THAT(call.Comparisons(0),
              ElementsAre("line ann, forward_always | on | is switched off | no",
                          "line ann, forward_always | off | is switched off | yes"));
  EXPECT_THAT(
      call.Comparisons(1),
      ElementsAre("line ann, do_not_disturb | on | is not switched; it may be disturbed now "
                  "| no"));
}

// A tree of the plan's own that forwards by what was said.
v1::Plan ForwardsOf(absl::string_view forward_of, absl::string_view more) {
  v1::Plan plan = ReadTestPlan(
      "dial: { to: front, on_bad_number: { release: {} }, otherwise: { voicemail: {"
      " mailbox: desk } } }",
      absl::StrCat("lines: { ann: { number: \"+3222000301\" } }\n", more));
  const v1::Plan destination =
      ReadWholePlan(absl::StrCat("destinations: { front: { forward_of: { ", forward_of, " } } }"));
  (*plan.mutable_destinations())["front"] = destination.destinations().at("front");
  return plan;
}

TEST(ForwardOf, IsNoNumberAsLongAsNoneWasSaid) {
  TestPlan plan(ForwardsOf("line: ann, feature: forward_busy", "feature_codes: {}"));
  EXPECT_EQ(TestCall(plan).Ask(), "release 480/16 plan");
  plan.SetLine("ann", LineFeature::kForwardBusy,
               {FeatureSetting::State::kOn, *E164Number::Parse("+32470000001")});
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front");
  EXPECT_EQ(call.leg(0).number.ToString(), "+32470000001");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kStatus));
}

TEST(ForwardOf, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf(ForwardsOf("line: an, feature: do_not_disturb", "feature_codes: {}")),
              testing::IsSupersetOf({"error unknown-name destinations.front.forward_of.line",
                                     "error bad-value destinations.front.forward_of.feature"}));
  EXPECT_THAT(IssuesOf(ForwardsOf("line: ann, feature: forward_busy", "")),
              testing::Contains("error missing destinations.front.forward_of"));
}

TEST(FeatureCodesSection, ReportsWhatCannotBeMeant) {
  constexpr absl::string_view kAnn = "lines: { ann: { number: \"+3222000301\" } }\n";
  EXPECT_THAT(IssuesOf(kDesk, absl::StrCat(kAnn,
                                           "feature_codes: { forward_busy: \"2\", forward_all:"
                                           " \"21\", do_not_disturb: none, accepted: \"a b\","
                                           " refused: no }\ndial_strings: { \"*61\": main }")),
              ElementsAre("error bad-value feature_codes.forward_busy",
                          "error duplicate-code feature_codes.forward_all",
                          "error bad-name feature_codes.accepted",
                          "error number-overlap dial_strings[\"*61\"]"));
  EXPECT_THAT(IssuesOf(kDesk, "feature_codes: {}"), ElementsAre("warning no-effect feature_codes"));
  EXPECT_THAT(IssuesOf(kDesk, absl::StrCat(kAnn, "feature_codes: {}")), IsEmpty());
}

TEST(LineConditions, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(
      IssuesOf("when: { cases: [{ if: { line: { line: an, feature: do_not_disturb } }, then: {"
               " release: {} } }, { if: { line: { line: ann } }, then: { release: {} } }],"
               " otherwise: { release: {} } }",
               "lines: { ann: { number: \"+3222000301\" } }"),
      ElementsAre("error unknown-name trees.main.when.cases[0].if.line.line",
                  "error missing trees.main.when.cases[1].if.line.feature"));
}

}  // namespace
}  // namespace libroute
