#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

// Calls that were diverted before: how often they are sent on, and whereto.
namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::string_view kToFrontOrVoicemail =
    "dial: { to: front, otherwise: { voicemail: { mailbox: desk } } }";

TEST(DialHops, ACallIsSentOnUntilItWasDivertedAsOftenAsAllowed) {
  TestPlan plan(kToFrontOrVoicemail);
  TestCall last(plan);
  EXPECT_EQ(last.Diverted(9, "+3222000999", DiversionReason::kBusy).Ask(), "dial front");
  EXPECT_EQ(last.leg(0).diversion_count, 10);
  for (int often : {10, 11, 255}) {
    TestCall call(plan);
    EXPECT_EQ(call.Diverted(often, "+3222000999", DiversionReason::kBusy).Ask(),
              "voicemail desk after unreachable")
        << often;
    EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kCall));
  }
}

TEST(DialHops, TheLimitIsTheServers) {
  TestPlan plan(kToFrontOrVoicemail);
  for (int most : {1, 5, 255}) {
    TestCall below(plan);
    EXPECT_EQ(below.MaxHops(most).Diverted(most - 1, "", DiversionReason::kNone).Ask(),
              "dial front");
    TestCall at(plan);
    EXPECT_EQ(at.MaxHops(most).Diverted(most, "", DiversionReason::kNone).Ask(),
              "voicemail desk after unreachable");
  }
}

TEST(DialHops, TheReasonIsToldInWords) {
  TestPlan plan("dial: { to: [front, back, called], otherwise: { voicemail: { mailbox: desk } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Diverted(11, "+3222000999", DiversionReason::kBusy).Ask(), "dial +3222000100");
  EXPECT_THAT(
      call.Comparisons(),
      ElementsAre("destination front | can be tried | diverted 11 times already, at most 10: not "
                  "sent on | no",
                  "destination back | can be tried | diverted 11 times already, at most 10: not "
                  "sent on | no",
                  "the called line +3222000100 | can be tried | nothing speaks against it | yes"));
}

TEST(DialHops, TheCalledLineItselfIsNoHop) {
  TestPlan plan(
      "dial: { to: [called, \"+3222000100\"], order: together, otherwise: { dial: { to: front } } }");
  TestCall call(plan);
  EXPECT_EQ(call.Diverted(255, "+3222000999", DiversionReason::kBusy).Ask(),
            "dial +3222000100, +3222000100 together");
  EXPECT_EQ(call.leg(0).trigger, Trigger::kSuppress);
  EXPECT_EQ(call.Tell("busy"), "release 486/17 attempts failed")
      << "what the line said says more than that front was not dialled";
}

TEST(DialHops, WithoutAnythingElseTheCallEndsAsALoop) {
  TestPlan plan("dial: { to: [front, web] }");
  TestCall call(plan);
  EXPECT_EQ(call.Diverted(10, "", DiversionReason::kNone).Ask(), "release 482/25 loop");
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(), "default release:  (the call goes round)");
  EXPECT_EQ(call.state().attempts, 0);
}

TEST(DialHops, AnAnsweredCallThatGoesRoundHasNoSipStatus) {
  TestPlan plan(
      "announce: { message: hello, answering: answer, then: { dial: { to: front } } }");
  TestCall call(plan);
  call.Diverted(10, "", DiversionReason::kNone).Ask();
  EXPECT_EQ(call.Tell("played"), "release 0/25 loop");
}

TEST(DialHops, TheBranchOfAFailureIsTaken) {
  TestPlan plan(absl::StrCat("dial: { to: front, ", On("on_failure"), ", ", On("on_busy"), " }"));
  TestCall call(plan);
  EXPECT_EQ(call.Diverted(10, "", DiversionReason::kNone).Ask(), "announce on_failure 30s");
}

TEST(DialHops, WhatIsKnownOfATargetIsSaidFirst) {
  TestPlan plan(absl::StrCat("dial: { to: front, ", On("on_failure"), ", ", On("on_busy"), " }"));
  plan.SetDestination("front", Status::kBusy);
  TestCall call(plan);
  EXPECT_EQ(call.Diverted(10, "", DiversionReason::kNone).Ask(), "announce on_busy 30s");
  EXPECT_THAT(call.Comparisons(0), ElementsAre(HasSubstr("known to be busy")));
}

TEST(DialHops, NothingIsSentBackToANumberThatHasDivertedTheCall) {
  TestPlan plan(
      "dial: { to: [front, \"+3222000998\", back], otherwise: { voicemail: { mailbox: desk } } }");
  TestCall call(plan);
  call.Diverted(3, "+3222000998", DiversionReason::kBusy).DivertedBefore("+3222000111");
  EXPECT_EQ(call.Ask(), "dial back");
  EXPECT_THAT(call.Comparisons(),
              ElementsAre("destination front | can be tried | +3222000111 has diverted this call: "
                          "not sent back | no",
                          "+3222000998 | can be tried | +3222000998 has diverted this call: not "
                          "sent back | no",
                          "destination back | can be tried | nothing speaks against it | yes"));
  TestCall other(plan);
  EXPECT_EQ(other.Ask(), "dial front, +3222000998, back");
  TestCall unknown(plan);
  EXPECT_EQ(unknown.Diverted(3, "", DiversionReason::kBusy).Ask(), "dial front, +3222000998, back")
      << "of a diversion by nobody knows whom only the count matters";
}

TEST(DialHops, WhatLinesDialBesidesTheNumbersOfThePlanIsNoDiversion) {
  TestPlan plan(kToFrontOrVoicemail,
                "outbound: out\nnumbering: { country: BE }\ntree out: { dial: { to: back } }");
  CallState state;
  state.direction = Direction::kOutbound;
  state.called = *E164Number::Parse("+33123456789");
  state.diversions = 255;
  EvaluationContext outbound = {plan.plan(), plan.facts(), *plan.plan().RouteOf(state)};
  Decision decision;
  Evaluate(outbound, state, decision);
  EXPECT_EQ(Words(decision), "dial back");
}

}  // namespace
}  // namespace libroute
