// Callers who hang up and are called back.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_callback.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(CallbackTest, IsPromisedAndKeepsItsPlace) {
  Caller caller(desk_, "c1");
  Caller later(desk_, "c2");
  EXPECT_EQ(WaitOf(caller).callback_key, '1');
  EXPECT_THAT(caller.Tell("callback"), HasSubstr("wait desk"));
  EXPECT_EQ(WaitOf(caller).message, "promised");
  EXPECT_EQ(WaitOf(caller).promise->number.ToString(), "+32475123456");
  EXPECT_EQ(WaitOf(caller).promise->until, desk_.now + absl::Hours(2));
  EXPECT_EQ(Find("c1")->standing.position, 1u);
  EXPECT_TRUE(Find("c1")->details.is_callback);
  EXPECT_EQ(Find("c1")->details.calling, "+32475123456");
  EXPECT_EQ(desk_.Group("desk").standing.calls_waiting, 2u);
  EXPECT_EQ(desk_.Group("desk").standing.callbacks_waiting, 1u);
  // The same question is the same promise.
  caller.Ask();
  EXPECT_EQ(desk_.Group("desk").standing.callbacks_waiting, 1u);
  EXPECT_EQ(desk_.Group("desk").standing.entered, 3u);
}

TEST_F(CallbackTest, WaitsLongerThanTheCallWouldAlsoWhenTheGroupCloses) {
  Caller caller(desk_, "c1");
  Caller later(desk_, "c2");
  caller.Tell("callback");
  GroupAct close;
  close.group = "desk";
  close.opens = false;
  close.closing = contact::Closing::kEvict;
  ASSERT_TRUE(desk_.engine().ChangeGroup("acme", close, desk_.now).ok());
  EXPECT_EQ(later.Ask(), "voicemail closed");
  Pass(absl::Minutes(90));
  EXPECT_THAT(caller.Ask(), HasSubstr("wait desk"));
  EXPECT_EQ(Find("c1")->standing.state, State::kWaiting);
}

TEST_F(CallbackTest, AnAgentAnswersThenTheCallerIsDialled) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  ASSERT_EQ(caller.Ask(), "dial anna +3222000201");
  ASSERT_TRUE(DialOf(caller).callback.has_value());
  EXPECT_EQ(DialOf(caller).callback->number.ToString(), "+32475123456");
  caller.Answered();
  EXPECT_EQ(Find("c1")->standing.state, State::kActive);
  EXPECT_TRUE(Find("c1")->standing.is_callback);
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  EXPECT_FALSE(Find("c1")->standing.is_callback);
  EXPECT_EQ(desk_.Group("desk").standing.answered, 2u);
  // From then on it is a call as any.
  caller.Report(ReportKind::kReleased);
  EXPECT_EQ(Anna().slots.at(0).state, contact::AgentStanding::Slot::State::kWrapUp);
  Pass(absl::Seconds(10));
  EXPECT_EQ(Find("c1"), std::nullopt);
}

TEST_F(CallbackTest, NoMoreCallersAreDialledThanAgentsHaveAnswered) {
  desk_.Start("bob", "+3222000202");
  Caller bobs(desk_, "bobs");
  bobs.Answered();
  std::vector<std::unique_ptr<Caller>> callers;
  for (const char* name : {"c1", "c2", "c3", "c4"}) {
    callers.push_back(std::make_unique<Caller>(desk_, name));
    callers.back()->Tell(absl::StrCat("callback:+3247512345", name + 1));
  }
  const auto dialled = [&] {
    int count = 0;
    for (const auto& caller : callers) {
      caller->Ask();
      const auto* dial = std::get_if<DialDecision>(&caller->decision().action);
      count += dial != nullptr && dial->callback.has_value();
    }
    return count;
  };
  EXPECT_EQ(dialled(), 0);
  Free();
  EXPECT_EQ(dialled(), 1);
  bobs.Report(ReportKind::kReleased);
  Pass(absl::Seconds(10));
  EXPECT_EQ(dialled(), 2) << "in their order, and one for each agent";
  EXPECT_THAT(callers[0]->Told(), HasSubstr("dial"));
  EXPECT_THAT(callers[1]->Told(), HasSubstr("dial"));
  callers[0]->Answered();
  callers[1]->Answered();
  EXPECT_EQ(dialled(), 2);
}

TEST_F(CallbackTest, RestsAfterTheCallerWasNotReachedAndIsOverInTheEnd) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  EXPECT_THAT(caller.Tell(NotReached()), HasSubstr("wait desk"));
  EXPECT_EQ(WaitOf(caller).promise->attempts_left, 1);
  EXPECT_EQ(WaitOf(caller).promise->rests_until, desk_.now + absl::Minutes(5));
  EXPECT_EQ(Find("c1")->standing.state, State::kRests);
  EXPECT_EQ(Anna().slots.at(0).state, contact::AgentStanding::Slot::State::kWrapUp);
  EXPECT_EQ(desk_.Group("desk").standing.callbacks_waiting, 0u);
  Pass(absl::Minutes(5) - absl::Seconds(1));
  EXPECT_THAT(caller.Ask(), HasSubstr("wait desk"));
  Pass(absl::Seconds(1));
  ASSERT_EQ(caller.Ask(), "dial anna +3222000201");
  caller.Answered();
  EXPECT_EQ(caller.Tell(NotReached()), "release");
  EXPECT_EQ(std::get<ReleaseDecision>(caller.decision().action).reason,
            ReleaseReason::kAttemptsFailed);
  EXPECT_EQ(Anna().slots.at(0).state, contact::AgentStanding::Slot::State::kWrapUp);
  Pass(absl::Seconds(10));
  EXPECT_EQ(Find("c1"), std::nullopt);
  EXPECT_THAT(Anna().slots, IsEmpty());
}

TEST_F(CallbackTest, IsReleasedWhenItsTimeIsOver) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Pass(absl::Hours(2));
  EXPECT_EQ(caller.Hear().has_value(), true);
  EXPECT_EQ(caller.Told(), "release");
  EXPECT_EQ(Find("c1"), std::nullopt);
}

TEST_F(CallbackTest, OutlivesPollsSessionsAndTheSwitch) {
  Caller caller(desk_, "c1");
  Caller plain(desk_, "c2");
  caller.Tell("callback");
  desk_.engine().WatchSwitch("sw", true, desk_.now);
  desk_.engine().WatchSwitch("sw", false, desk_.now);
  desk_.engine().KeepLive("sw", 1, {}, desk_.now);
  EXPECT_EQ(Find("c2"), std::nullopt);
  Restart(2);
  Pass(absl::Minutes(100));
  ASSERT_TRUE(Find("c1").has_value());
  EXPECT_EQ(Find("c1")->standing.state, State::kWaiting);
  // The session of the switch that has started anew is told of it.
  desk_.engine().TakeContactNews();
  desk_.engine().WatchSwitch("sw", true, desk_.now);
  EXPECT_THAT(desk_.engine().TakeContactNews().calls, testing::Contains(caller.id()));
  desk_.Start("bob", "+3222000202");
  ASSERT_TRUE(caller.Hear().has_value());
  EXPECT_EQ(caller.Told(), "dial bob +3222000202");
  EXPECT_TRUE(DialOf(caller).callback.has_value());
}

TEST_F(CallbackTest, AnAgentWhoWaitsForACallerOfALostSwitchIsFreeAndTheCallerIsCalledLater) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  Restart(2);
  EXPECT_EQ(Find("c1")->standing.state, State::kRests);
  Pass(absl::Minutes(5));
  ASSERT_TRUE(caller.Hear().has_value());
  EXPECT_EQ(caller.Told(), "dial anna +3222000201");
  caller.Answered();
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  Restart(3);
  Pass(absl::Seconds(10));
  EXPECT_EQ(Find("c1"), std::nullopt) << "who was reached is gone with the switch";
}

TEST_F(CallbackTest, ReleasedTakesItBack) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  caller.Report(ReportKind::kReleased);
  EXPECT_EQ(Find("c1"), std::nullopt);
  EXPECT_EQ(desk_.Group("desk").standing.abandoned, 1u);
}

TEST_F(CallbackTest, ARefusedNumberChangesNothing) {
  Caller caller(desk_, "c1");
  Decision decision;
  Call call = TestCall("+3222000100", "c1");
  call.step = 1;
  const auto refused = desk_.engine().Resume(
      call, caller.decision().continuation, TestEvent("callback:+3290212345"), desk_.now, decision);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(Find("c1")->details.is_callback);
  EXPECT_THAT(caller.Ask(), HasSubstr("wait desk 1"));
}

TEST_F(CallbackTest, SupervisorsMoveItOrSendItOn) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  desk_.Start("bob", "+3222000202");
  Caller bobs(desk_, "bobs");
  ContactAct send_on;
  send_on.call = caller.id();
  send_on.gives_up = true;
  ASSERT_TRUE(desk_.engine().ChangeContact("acme", send_on, desk_.now).ok());
  EXPECT_EQ(caller.Ask(), "release") << "it is not sent to the voicemail";
}

TEST_F(CallbackTest, AnAgentMayNeitherHandOnNorFinishWhomNobodyReached) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  AgentAct act;
  act.agent = "anna";
  act.token = Anna().slots.at(0).token;
  act.kind = AgentAct::Kind::kTransfer;
  act.to_group = "second";
  EXPECT_THAT(desk_.Try(act).status().message(), HasSubstr("was not reached yet"));
  ContactAct move;
  move.call = caller.id();
  move.to_group = "second";
  EXPECT_THAT(desk_.engine().ChangeContact("acme", move, desk_.now).status().message(),
              HasSubstr("is being called back by agent \"anna\""));
  act.kind = AgentAct::Kind::kFinish;
  desk_.Tell(act);
  EXPECT_EQ(Find("c1")->standing.state, State::kRests) << "he is called again";
}

TEST_F(CallbackTest, HandedOnItIsACallAsAny) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  desk_.Start("bob", "+3222000202");
  HandOn("second");
  ASSERT_EQ(caller.Tell("called_hangup"), "dial bob +3222000202");
  EXPECT_FALSE(DialOf(caller).callback.has_value());
}

TEST_F(CallbackTest, HandedOnToWhereNobodyIsItGoesOnThroughThePlan) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  HandOn("second");
  ASSERT_TRUE(caller.Hear().has_value());
  EXPECT_EQ(caller.Told(), "voicemail nobody") << "the caller is there";
}

TEST_F(CallbackTest, AnAgentWhoHangsUpBeforeTheCallerIsReachedHasTried) {
  Caller caller(desk_, "c1");
  caller.Tell("callback");
  Free();
  caller.Ask();
  caller.Answered();
  EXPECT_THAT(caller.Tell("called_hangup"), HasSubstr("wait desk"));
  EXPECT_EQ(WaitOf(caller).promise->attempts_left, 1);
  EXPECT_EQ(Find("c1")->standing.state, State::kRests);
}

TEST(Callback, IsNotOfferedWhereAgentsAreKeptElsewhere) {
  std::unique_ptr<Engine> engine = MakeEngine();
  MustPublish(*engine, kCallbackPlan);
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(std::get<WaitDecision>(decision.action).callback_key, 0);
}

}  // namespace
}  // namespace libroute
