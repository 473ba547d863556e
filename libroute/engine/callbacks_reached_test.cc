// Callers who are called back, from when they are reached on, and how that becomes known.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_callback.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string CallbackPlanWith(const std::string& written, const std::string& instead) {
  std::string plan = kCallbackPlan;
  return plan.replace(plan.find(written), written.size(), instead);
}

TEST_F(CallbackTest, IsReachedAlsoIfThatIsReportedBeforeTheAgentHasAnswered) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  EXPECT_TRUE(Find("c1")->standing.is_callback) << "nobody has the call";
  caller.Answered();
  EXPECT_EQ(Find("c1")->standing.state, State::kActive);
  EXPECT_FALSE(Find("c1")->standing.is_callback);
}

TEST_F(CallbackTest, WhatWasReportedOfAnEarlierDialReachesNobody) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  const AttemptId earlier = CallbackOf(caller);
  caller.Tell("no_answer");
  desk_.Do(AgentAct::Kind::kReady, "anna");
  Pass(absl::Minutes(1));
  ASSERT_EQ(caller.Ask(), "dial anna +3222000201");
  caller.Report(ReportKind::kAnswered, earlier);
  caller.Answered();
  EXPECT_TRUE(Find("c1")->standing.is_callback);
}

TEST_F(CallbackTest, AnAnsweredAttemptIsNotTakenForNotReached) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  Event answered;
  answered.kind = EventKind::kDialResult;
  answered.results.push_back({kCallbackTarget, Outcome::kAnswered});
  Call call = TestCall("+3222000100", "c1");
  call.step = caller.step() + 1;
  Decision decision;
  const auto refused =
      desk_.engine().Resume(call, caller.decision().continuation, answered, desk_.now, decision);
  EXPECT_THAT(refused.status().message(), HasSubstr("tell of it by Report"));
  EXPECT_EQ(Find("c1")->standing.state, State::kActive);
}

TEST_F(CallbackTest, MayBePromisedAgainToWhoWasReached) {
  desk_.Start("bob", "+3222000202");
  Caller bobs(desk_, "bobs");
  ASSERT_EQ(bobs.Told(), "dial bob +3222000202");
  bobs.Answered();
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  Reach(caller);
  HandOn("second");
  ASSERT_TRUE(caller.Hear().has_value());
  ASSERT_THAT(caller.Told(), HasSubstr("wait second"));
  EXPECT_EQ(WaitOf(caller).callback_key, '1');
  EXPECT_THAT(caller.Tell("callback"), HasSubstr("wait"));
  EXPECT_TRUE(Find("c1")->standing.is_callback);
  EXPECT_TRUE(Find("c1")->details.is_callback);
  EXPECT_EQ(desk_.Group("second").standing.callbacks_waiting, 1u);
  bobs.Report(ReportKind::kReleased);
  Pass(absl::Seconds(10));
  ASSERT_TRUE(caller.Hear().has_value());
  ASSERT_EQ(caller.Told(), "dial bob +3222000202");
  EXPECT_TRUE(DialOf(caller).callback.has_value());
}

TEST_F(CallbackTest, NobodyTakesWhoWasNotReachedToANumberOutside) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  for (const auto kind : {AgentAct::Kind::kTransfer, AgentAct::Kind::kConsult}) {
    AgentAct act = Act(kind);
    act.to_number = "+32475000001";
    EXPECT_THAT(desk_.Try(act).status().message(), HasSubstr("was not reached yet"));
  }
  EXPECT_EQ(Find("c1")->standing.state, State::kActive);
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  AgentAct act = Act(AgentAct::Kind::kConsult);
  act.to_number = "+32475000001";
  EXPECT_TRUE(desk_.Try(act).ok());
}

class CallbackWithoutWrapUp : public CallbackTest {
 protected:
  CallbackWithoutWrapUp() : CallbackTest(CallbackPlanWith("wrap_up: 10s, ", "")) {}
};

TEST_F(CallbackWithoutWrapUp, WhoWasReachedIsNotCalledAgainWhenTheAgentWasDoneBefore) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  other_->Report(ReportKind::kReleased);
  Reach(caller);
  desk_.Tell(Act(AgentAct::Kind::kFinish));
  ASSERT_EQ(Find("c1"), std::nullopt);
  EXPECT_EQ(caller.Tell("called_hangup"), "announce") << "it goes on at `after`";
}

class CallbackOfADay : public CallbackTest {
 protected:
  CallbackOfADay() : CallbackTest(CallbackPlanWith("within: 2h", "within: 24h")) {}
};

// That is more than EngineOptions::max_call_age.
TEST_F(CallbackOfADay, GoesOnByItsPlanHoweverLateItsCallerIsReached) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  desk_.Do(AgentAct::Kind::kNotReady, "anna");
  Pass(absl::Hours(13));
  desk_.Do(AgentAct::Kind::kReady, "anna");
  Pass(absl::Seconds(10));
  Reach(caller);
  ASSERT_EQ(caller.Tell("called_hangup"), "announce");
  ASSERT_EQ(caller.Tell("played"), "release");
  EXPECT_NE(std::get<ReleaseDecision>(caller.decision().action).reason, ReleaseReason::kStale);
}

class ConfirmedCallback : public CallbackTest {
 protected:
  ConfirmedCallback()
      : CallbackTest(
            CallbackPlanWith("agents: [anna, bob],", "agents: [anna, bob], confirm: press-one,")) {}
};

TEST_F(ConfirmedCallback, IsWithAnAgentWhoHasConfirmed) {
  desk_.Start("bob", "+32475000002");
  Caller bobs(desk_, "bobs");
  bobs.Report(ReportKind::kConfirmed, AttemptId{bobs.step(), DialOf(bobs).legs.at(0).target});
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  bobs.Report(ReportKind::kReleased);
  Pass(absl::Seconds(10));
  ASSERT_EQ(caller.Ask(), "dial bob +32475000002");
  ASSERT_TRUE(DialOf(caller).callback.has_value());
  EXPECT_EQ(DialOf(caller).legs.at(0).confirmation, "press-one");
  EXPECT_EQ(DialOf(caller).callback->confirmation, "") << "that one is whom anybody wants";
  caller.Answered();
  EXPECT_EQ(Find("c1")->standing.state, State::kOffered) << "it may be a voicemail";
  caller.Report(ReportKind::kConfirmed, AttemptId{caller.step(), DialOf(caller).legs.at(0).target});
  EXPECT_EQ(Find("c1")->standing.state, State::kActive);
  EXPECT_TRUE(Find("c1")->standing.is_callback);
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  EXPECT_FALSE(Find("c1")->standing.is_callback);
}

}  // namespace
}  // namespace libroute
