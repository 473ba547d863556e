// Calls of plans, and agents who log in to take them.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Agents, AFreeAgentIsDialledAtOnce) {
  Desk desk;
  desk.Start("anna", "sip:anna@desk.example.net");
  Caller caller(desk);
  ASSERT_EQ(caller.Told(), "dial anna sip:anna@desk.example.net");
  const Leg& leg = OnlyLeg(caller.decision());
  EXPECT_EQ(leg.ring_timeout, absl::Seconds(15));
  EXPECT_EQ(leg.ringback, "music");
  EXPECT_EQ(leg.presented.ToString(), "+32475123456");
  EXPECT_EQ(leg.trigger, Trigger::kSuppress);
  EXPECT_TRUE(caller.decision().answered);
  EXPECT_TRUE(caller.decision().ask_after);
  // Asking again is the same offer.
  EXPECT_EQ(caller.Ask(), "dial anna sip:anna@desk.example.net");
  EXPECT_EQ(desk.Group("desk").standing.entered, 1u);
  EXPECT_THAT(desk.engine().FindAgent("acme", "anna")->standing.slots, testing::SizeIs(1));
}

TEST(Agents, AnAnsweredCallIsTheAgentsUntilItIsReleased) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  caller.Report(ReportKind::kAnswered);
  using State = contact::AgentStanding::Slot::State;
  auto slot = [&] { return desk.engine().FindAgent("acme", "anna")->standing.slots.at(0); };
  EXPECT_EQ(slot().state, State::kActive);
  EXPECT_EQ(desk.Group("desk").standing.answered, 1u);
  EXPECT_EQ(caller.Ask(), "dial anna +3222000201");
  Caller other(desk, "c2");
  EXPECT_EQ(other.Told(), "wait desk 1");
  caller.Report(ReportKind::kReleased);
  EXPECT_EQ(slot().state, State::kWrapUp);
  EXPECT_EQ(other.Ask(), "wait desk 1");
  desk.now += absl::Seconds(10);
  desk.engine().Advance(desk.now);
  EXPECT_THAT(desk.engine().TakeContactNews().calls, ElementsAre(CallId{"sw", 1, "c2"}));
  EXPECT_EQ(other.Ask(), "dial anna +3222000201");
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 1);
}

TEST(Agents, WhoDoesNotAnswerIsNotReadyAndTheNextOneRings) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  desk.Start("bob", "+3222000202");
  Caller caller(desk);
  ASSERT_EQ(caller.Told(), "dial anna +3222000201");
  EXPECT_EQ(caller.Tell("no_answer"), "dial bob +3222000202");
  EXPECT_EQ(desk.PresenceOf("anna"), contact::Presence::kNotReady);
  // A phone that is busy is no missed call; nobody else is there.
  EXPECT_EQ(caller.Tell("busy"), "wait desk 1");
  EXPECT_EQ(desk.PresenceOf("bob"), contact::Presence::kReady);
  desk.Do(AgentAct::Kind::kReady, "anna");
  EXPECT_EQ(caller.Ask(), "wait desk 1") << "who did not take it has a rest from it";
}

TEST(Agents, ADeclinedOfferGoesToTheNextOne) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  AgentAct decline;
  decline.kind = AgentAct::Kind::kDecline;
  decline.agent = "anna";
  decline.token = desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).token;
  desk.Tell(decline);
  EXPECT_EQ(caller.Ask(), "wait desk 1");
  desk.Start("bob", "+3222000202");
  EXPECT_EQ(caller.Ask(), "dial bob +3222000202");
  EXPECT_EQ(desk.Try(decline).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Agents, AnAnswerAfterTheOfferHasEndedCountsForNobody) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  desk.Start("bob", "+3222000202");
  Caller caller(desk);
  ASSERT_EQ(caller.Told(), "dial anna +3222000201");
  const AttemptId first = {0, OnlyLeg(caller.decision()).target};
  // The switch has not said anything for long.
  desk.now += absl::Seconds(15 + 20);
  desk.engine().Advance(desk.now);
  ASSERT_EQ(caller.Ask(), "dial bob +3222000202");
  caller.Report(ReportKind::kAnswered, first);
  EXPECT_EQ(desk.Group("desk").standing.answered, 0u);
  caller.Report(ReportKind::kAnswered, AttemptId{0, OnlyLeg(caller.decision()).target});
  EXPECT_EQ(desk.Group("desk").standing.answered, 1u);
}

TEST(Agents, NobodyLoggedInSendsTheCallOnAtOnceAsOftenAsNeeded) {
  Desk desk;
  EXPECT_EQ(Caller(desk, "a").Told(), "voicemail nobody");
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 0);
  desk.Start("cas", "+3222000203");
  Caller caller(desk, "b");
  EXPECT_EQ(caller.Told(), "dial cas +3222000203");
  EXPECT_EQ(caller.decision().node, "trees.main.agents.on_no_agents.agents");
}

TEST(Agents, EachReasonHasItsBranch) {
  Desk desk;
  desk.LogIn("anna", "+3222000201");
  EXPECT_EQ(Caller(desk, "a").Told(), "voicemail paused");
  desk.Do(AgentAct::Kind::kReady, "anna");
  Caller talking(desk, "b"), first(desk, "c"), second(desk, "d"), third(desk, "e");
  EXPECT_EQ(talking.Told(), "dial anna +3222000201");
  EXPECT_EQ(first.Told(), "wait desk 1");
  EXPECT_EQ(second.Told(), "wait desk 2");
  EXPECT_EQ(third.Told(), "voicemail full");
  talking.Report(ReportKind::kAnswered);
  desk.now += absl::Seconds(60);
  EXPECT_EQ(first.Ask(), "voicemail late");
  EXPECT_EQ(first.Ask(), "voicemail late");
  EXPECT_EQ(second.Tell("timeout"), "voicemail late");
  EXPECT_EQ(desk.Group("desk").standing.calls_waiting, 0u);
}

TEST(Agents, WhatTheSwitchGivesUpIsNotAbandoned) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "a"), waiting(desk, "b"), other(desk, "c");
  ASSERT_EQ(waiting.Told(), "wait desk 1");
  EXPECT_EQ(waiting.Tell("none_ready"), "voicemail paused");
  EXPECT_EQ(desk.Group("desk").standing.gave_up, 1u);
  EXPECT_EQ(desk.Group("desk").standing.abandoned, 0u);
  other.Report(ReportKind::kReleased);
  EXPECT_EQ(desk.Group("desk").standing.abandoned, 1u);
}

TEST(Agents, ARemovedGroupIsClosedForThoseWhoWait) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "a"), waiting(desk, "b");
  talking.Report(ReportKind::kAnswered);
  ASSERT_EQ(waiting.Told(), "wait desk 1");
  MustPublish(desk.engine(), R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
trees: { main: { voicemail: { mailbox: new } } }
)");
  EXPECT_EQ(waiting.Ask(), "voicemail closed");
  EXPECT_THAT(*desk.engine().Agents("acme"), IsEmpty());
  // Who is not in the plan any more finishes what there is.
  EXPECT_TRUE(desk.engine().FindAgent("acme", "anna").ok());
  talking.Report(ReportKind::kReleased);
  desk.now += absl::Minutes(1);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna").status().code(), absl::StatusCode::kNotFound);
}

TEST(Agents, APreferredAgentIsAskedFirst) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  desk.Start("bob", "+3222000202");
  EXPECT_EQ(Caller(desk, "a").Told(), "dial anna +3222000201");
  Caller first(desk, "b", "+3222000101");
  EXPECT_EQ(first.Told(), "dial bob +3222000202");
}

TEST(Agents, WhoAsksAgainAfterLongIsToldWhatCameOfIt) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "a");
  talking.Report(ReportKind::kAnswered);
  Caller waiting(desk, "b");
  ASSERT_EQ(waiting.Told(), "wait desk 1");
  // Longer than other steps are held.
  desk.now += absl::Seconds(119);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(waiting.Ask(), "voicemail late");
  EXPECT_EQ(desk.Group("desk").standing.entered, 2u);
}

TEST(Agents, WhoHangsUpWhileItRingsIsForgotten) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  caller.Tell("hangup");
  EXPECT_THAT(desk.engine().FindAgent("acme", "anna")->standing.slots, IsEmpty());
  EXPECT_EQ(desk.Group("desk").standing.abandoned, 1u);
  EXPECT_EQ(Caller(desk, "c2").Told(), "dial anna +3222000201");
}

TEST(Agents, TheCallGoesOnWhereTheAgentHasEndedIt) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  caller.Report(ReportKind::kAnswered);
  EXPECT_EQ(caller.Tell("called_hangup"), "announce");
  using State = contact::AgentStanding::Slot::State;
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).state, State::kWrapUp);
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 0);
}

TEST(Agents, AnAnswerCountsForAsLongAsThePhoneMayRing) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  // It took a while to ring at all.
  desk.now += absl::Seconds(19);
  desk.engine().Advance(desk.now);
  caller.Report(ReportKind::kAnswered, AttemptId{0, OnlyLeg(caller.decision()).target});
  EXPECT_EQ(desk.Group("desk").standing.answered, 1u);
}

TEST(Agents, WhosePhoneWasNeverDialledHasMissedNothing) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "a");
  talking.Report(ReportKind::kAnswered);
  Caller waiting(desk, "b");
  ASSERT_EQ(waiting.Told(), "wait desk 1");
  // The switch does not ask any more.
  desk.Start("bob", "+3222000202");
  EXPECT_THAT(desk.engine().FindAgent("acme", "bob")->standing.slots, testing::SizeIs(1));
  desk.now += absl::Seconds(40);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(desk.PresenceOf("bob"), contact::Presence::kReady);
}

TEST(Agents, WhatRingsAtThePhoneIsAcceptedThere) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  AgentAct accept;
  accept.kind = AgentAct::Kind::kAccept;
  accept.agent = "anna";
  accept.token = desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).token;
  EXPECT_EQ(desk.Try(accept).status().message(),
            absl::StrCat("contact ", accept.token,
                         " rings at the phone of \"anna\": it is accepted by answering there"));
  EXPECT_EQ(caller.Ask(), "dial anna +3222000201");
}

TEST(Agents, AQuestionOfAnEarlierStepTakesNoNewsOfTheLatest) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller late(desk);
  ASSERT_EQ(late.Told(), "dial anna +3222000201");
  Caller caller = late;
  ASSERT_EQ(caller.Tell("busy"), "wait desk 1");
  desk.Start("bob", "+3222000202");
  EXPECT_EQ(late.Ask(), "dial anna +3222000201") << "a copy that comes late";
  EXPECT_EQ(caller.Ask(), "dial bob +3222000202");
  caller.Report(ReportKind::kReleased);
  EXPECT_EQ(late.Ask(), "dial anna +3222000201");
  EXPECT_EQ(caller.Ask(), "dial bob +3222000202");
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 0) << "a copy brings no call back";
}

TEST(Agents, AStaleCallLeavesThem) {
  EngineOptions options = TestOptions();
  options.kept_revisions = 0;
  Desk desk(kCenterPlan, std::move(options));
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "a"), waiting(desk, "b");
  talking.Report(ReportKind::kAnswered);
  ASSERT_EQ(waiting.Told(), "wait desk 1");
  MustPublish(desk.engine(), absl::StrCat("description: another\n", kCenterPlan));
  desk.Start("bob", "+3222000202");
  EXPECT_EQ(waiting.Ask(), "release");
  EXPECT_THAT(desk.engine().FindAgent("acme", "bob")->standing.slots, IsEmpty());
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 1);
}

TEST(Agents, ACallWhoseContactWasGivenBackComesInAgain) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "a"), waiting(desk, "b");
  talking.Report(ReportKind::kAnswered);
  ASSERT_EQ(waiting.Told(), "wait desk 1");
  // A list that was made before the call came.
  desk.engine().KeepLive("sw", 1, {"a"}, desk.now);
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 1);
  EXPECT_EQ(waiting.Ask(), "wait desk 1");
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 2);
  // The same where the switch goes on with the next step.
  Caller rings(desk, "c");
  desk.Start("bob", "+3222000202");
  ASSERT_EQ(waiting.Ask(), "dial bob +3222000202");
  desk.engine().KeepLive("sw", 1, {"a", "c"}, desk.now);
  EXPECT_EQ(waiting.Tell("busy"), "wait desk 1");
  EXPECT_EQ(rings.Ask(), "dial bob +3222000202");
}

TEST(Agents, AnotherGroupAfterTheTalkIsEnteredAnew) {
  std::string plan = kCenterPlan;
  const std::string after = "after: { announce: { message: goodbye } }";
  plan.replace(plan.find(after), after.size(),
               "after: { agents: { group: second, otherwise: { voicemail: { mailbox: none } } } }");
  Desk desk(plan);
  desk.Start("anna", "+3222000201");
  desk.Start("cas", "+3222000203");
  Caller caller(desk);
  caller.Report(ReportKind::kAnswered);
  EXPECT_EQ(caller.Tell("called_hangup"), "dial cas +3222000203");
  using State = contact::AgentStanding::Slot::State;
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).state, State::kWrapUp);
}

TEST(Agents, ADayBeginsByThePlansClock) {
  Desk desk(absl::StrCat("time_zone: Europe/Brussels\n", kCenterPlan));
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  caller.Report(ReportKind::kAnswered);
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna")->standing.contacts_today, 1u);
  const absl::Time midnight = absl::FromUnixSeconds(1795424400) + absl::Hours(14);
  desk.now = midnight - absl::Seconds(1);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna")->standing.contacts_today, 1u);
  EXPECT_LE(desk.engine().NextDeadline(), midnight);
  desk.now = midnight;
  desk.engine().Advance(desk.now);
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna")->standing.contacts_today, 0u);
}

TEST(Agents, APhoneThatMayNotBeCalledIsRefused) {
  Desk desk;
  AgentAct act;
  act.kind = AgentAct::Kind::kLogIn;
  act.agent = "anna";
  act.phone = "+3290012345";
  EXPECT_EQ(desk.Try(act).status().message(),
            "phone: +3290012345 is not among the plan's `allowed_destinations`");
}

TEST(Agents, AnAnswerIsNoEndOfADial) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  Decision decision;
  const absl::Status status =
      desk.engine()
          .Resume(NextStep(TestCall("+3222000100")), caller.decision().continuation,
                  TestEvent("answered"), desk.now, decision)
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(Agents, RingAllRingsAllAndTheFirstAnswerWins) {
  std::string plan = kCenterPlan;
  plan.replace(plan.find("wrap_up: 10s"), 12, "strategy: ring_all");
  Desk desk(plan);
  desk.Start("anna", "+3222000201");
  desk.Start("bob", "+3222000202");
  Caller caller(desk);
  ASSERT_EQ(caller.Told(), "dial anna +3222000201 bob +3222000202");
  const auto& dial = std::get<DialDecision>(caller.decision().action);
  EXPECT_EQ(dial.order, LegOrder::kTogether);
  caller.Report(ReportKind::kAnswered, AttemptId{0, dial.legs[1].target});
  EXPECT_THAT(desk.engine().FindAgent("acme", "anna")->standing.slots, IsEmpty());
  EXPECT_THAT(desk.engine().FindAgent("acme", "bob")->standing.slots, testing::SizeIs(1));
}

TEST(Agents, AtTheDeskFirstThenOnThePhone) {
  std::string plan = kCenterPlan;
  plan.replace(plan.find("wrap_up: 10s"), 12, "offer: accept_first, connect_within: 8s");
  Desk desk(plan);
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  EXPECT_EQ(caller.Told(), "wait desk 0");
  AgentAct accept;
  accept.kind = AgentAct::Kind::kAccept;
  accept.agent = "anna";
  accept.token = desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).token;
  desk.Tell(accept);
  EXPECT_THAT(desk.engine().TakeContactNews().calls, testing::SizeIs(1));
  ASSERT_EQ(caller.Ask(), "dial anna +3222000201");
  EXPECT_EQ(OnlyLeg(caller.decision()).ring_timeout, absl::Seconds(8));
  caller.Report(ReportKind::kAnswered);
  EXPECT_EQ(desk.Group("desk").standing.answered, 1u);
}

TEST(Agents, WhatCannotBeDoneSaysWhy) {
  Desk desk;
  AgentAct act;
  act.agent = "ana";
  EXPECT_EQ(desk.Try(act).status().message(), "the live plan has no agent \"ana\"");
  act.agent = "anna";
  EXPECT_EQ(desk.Try(act).status().code(), absl::StatusCode::kFailedPrecondition);
  act.kind = AgentAct::Kind::kLogIn;
  act.phone = "anna's desk";
  EXPECT_EQ(desk.Try(act).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(desk.engine().Act("other", act, desk.now).status().code(), absl::StatusCode::kNotFound);
  auto elsewhere = MakeEngine();
  MustPublish(*elsewhere, kCenterPlan);
  EXPECT_EQ(elsewhere->Act("acme", act, kTestNow).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(Agents, ACallTakesThePositionThatThePlanWants) {
  Desk desk(R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main }
  - { number: "+3222000101", tree: first }
agents: { anna: {} }
groups: { desk: { agents: [anna], without_agents: wait } }
trees:
  main: { agents: { group: desk, otherwise: { release: {} } } }
  first: { agents: { group: desk, position: 1, otherwise: { release: {} } } }
)");
  Caller one(desk, "c1");
  Caller two(desk, "c2");
  Caller first(desk, "c3", "+3222000101");
  EXPECT_EQ(first.Told(), "wait desk 1");
  EXPECT_EQ(one.Ask(), "wait desk 2");
  EXPECT_EQ(two.Ask(), "wait desk 3");
}

TEST(Agents, ACallOrAnAgentMayNeedAnotherTimeForWrapUp) {
  Desk desk(R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main }
  - { number: "+3222000101", tree: claims }
agents: { anna: {}, bob: { wrap_up: 40s } }
groups: { desk: { agents: [anna, bob], wrap_up: 10s, strategy: top_down } }
trees:
  main: { agents: { group: desk, otherwise: { release: {} } } }
  claims: { agents: { group: desk, wrap_up: 90s, otherwise: { release: {} } } }
)");
  const auto wrap_up = [&](const std::string& agent, const std::string& called) {
    Caller caller(desk, agent + called, called);
    EXPECT_EQ(caller.Told().substr(0, 6 + agent.size()), "dial " + agent + " ");
    caller.Answered();
    caller.Report(ReportKind::kReleased);
    return desk.engine().FindAgent("acme", agent)->standing.slots.at(0).deadline - desk.now;
  };
  desk.Start("anna", "+3222000201");
  EXPECT_EQ(wrap_up("anna", "+3222000100"), absl::Seconds(10));
  desk.Start("bob", "+3222000202");
  EXPECT_EQ(wrap_up("bob", "+3222000100"), absl::Seconds(40));
  desk.now += absl::Minutes(1);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(wrap_up("anna", "+3222000101"), absl::Seconds(90));
}

}  // namespace
}  // namespace libroute
