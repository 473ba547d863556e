// Contacts that agents hand on, and what is told of all this as it happens.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Anna talks with the caller.
class HandingOn : public testing::Test {
 protected:
  HandingOn() {
    desk_.Start("anna", "+3222000201");
    caller_.emplace(desk_);
    EXPECT_EQ(caller_->Told(), "dial anna +3222000201");
    caller_->Answered();
    EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
  }

  using Slot = contact::AgentStanding::Slot;

  AgentAct Act(AgentAct::Kind kind, const std::string& agent = "anna") {
    AgentAct act;
    act.kind = kind;
    act.agent = agent;
    const AgentNow now = *desk_.engine().FindAgent("acme", agent);
    if (!now.standing.slots.empty()) act.token = now.standing.slots[0].token;
    return act;
  }
  AgentAct ToGroup(AgentAct::Kind kind, const std::string& group) {
    AgentAct act = Act(kind);
    act.to_group = group;
    return act;
  }
  std::optional<Slot::State> StateOf(const std::string& agent) {
    const AgentNow now = *desk_.engine().FindAgent("acme", agent);
    if (now.standing.slots.empty()) return std::nullopt;
    return now.standing.slots[0].state;
  }

  Desk desk_;
  std::optional<Caller> caller_;
};

TEST_F(HandingOn, TheCallGoesToTheNextGroupAndKeepsItsAge) {
  desk_.Start("cas", "+3222000203");
  const absl::Time arrived = desk_.now;
  desk_.now += absl::Minutes(5);
  desk_.Tell(ToGroup(AgentAct::Kind::kTransfer, "second"));
  EXPECT_EQ(StateOf("anna"), Slot::State::kWrapUp);
  const std::optional<CallNow> now = caller_->Hear();
  ASSERT_TRUE(now.has_value());
  EXPECT_THAT(now->agent, IsEmpty());
  EXPECT_EQ(now->step, 0u);
  EXPECT_EQ(caller_->Told(), "dial cas +3222000203");
  const AgentNow cas = *desk_.engine().FindAgent("acme", "cas");
  ASSERT_EQ(cas.contacts.size(), 1u);
  EXPECT_EQ(cas.contacts[0].arrived, arrived);
  EXPECT_EQ(cas.contacts[0].group, "second");
  EXPECT_EQ(cas.contacts[0].calling, "+32475123456");
  EXPECT_EQ(cas.contacts[0].called, "+3222000100");
  caller_->Answered();
  EXPECT_EQ(StateOf("cas"), Slot::State::kActive);
  caller_->Report(ReportKind::kReleased);
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
  EXPECT_EQ(desk_.Group("second").standing.answered, 1u);
}

TEST_F(HandingOn, WhoIsHandedOnWaitsByTheOtherGroupsRules) {
  desk_.Start("cas", "+3222000203");
  Caller other(desk_, "c2");
  // Cas is busy with a call that no plan has sent.
  desk_.Do(AgentAct::Kind::kPhoneBusy, "cas");
  desk_.Tell(ToGroup(AgentAct::Kind::kTransfer, "second"));
  ASSERT_TRUE(caller_->Hear().has_value());
  EXPECT_EQ(caller_->Told(), "wait second 1");
  EXPECT_EQ(std::get<WaitDecision>(caller_->decision().action).max_wait, absl::Minutes(10));
  desk_.Do(AgentAct::Kind::kPhoneIdle, "cas");
  ASSERT_TRUE(caller_->Hear().has_value());
  EXPECT_EQ(caller_->Told(), "dial cas +3222000203");
}

TEST_F(HandingOn, WhoWaitsTooLongGoesOnThroughTheTree) {
  desk_.Start("cas", "+3222000203");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "cas");
  desk_.Tell(ToGroup(AgentAct::Kind::kTransfer, "second"));
  desk_.now += absl::Minutes(10);
  desk_.engine().Advance(desk_.now);
  ASSERT_TRUE(caller_->Hear().has_value());
  EXPECT_EQ(caller_->Told(), "voicemail late");
}

TEST_F(HandingOn, TheAgentsHangingUpIsNotTheEndOfACallThatIsHandedOn) {
  desk_.Start("cas", "+3222000203");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "cas");
  desk_.Tell(ToGroup(AgentAct::Kind::kTransfer, "second"));
  // Before the switch has heard of it, the agent puts the phone down.
  EXPECT_EQ(caller_->Tell("called_hangup"), "wait second 1");
  desk_.Do(AgentAct::Kind::kPhoneIdle, "cas");
  EXPECT_EQ(caller_->Ask(), "dial cas +3222000203");
  caller_->Answered();
  EXPECT_EQ(StateOf("cas"), Slot::State::kActive);
  // Now it is.
  EXPECT_EQ(caller_->Tell("called_hangup"), "announce");
}

TEST_F(HandingOn, ToAnAgentWhoIsNotThereItComesBackToTheTree) {
  AgentAct act = Act(AgentAct::Kind::kTransfer);
  act.to_agent = "bob";
  EXPECT_THAT(desk_.Try(act).status().message(), HasSubstr("agent \"bob\" is not logged in"));
  EXPECT_EQ(StateOf("anna"), Slot::State::kActive) << "what is refused changes nothing";
  EXPECT_EQ(caller_->Hear()->agent, "anna");
  desk_.Start("bob", "+3222000202");
  desk_.Tell(act);
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "dial bob +3222000202");
}

TEST_F(HandingOn, ToAnAgentAloneTheCallGoesOnThoughTheFirstOneHangsUp) {
  desk_.Start("bob", "+3222000202");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "bob");
  AgentAct act = Act(AgentAct::Kind::kTransfer);
  act.to_agent = "bob";
  desk_.Tell(act);
  EXPECT_EQ(caller_->Tell("called_hangup"), "wait  0");
  desk_.Do(AgentAct::Kind::kPhoneIdle, "bob");
  EXPECT_EQ(caller_->Ask(), "dial bob +3222000202");
  caller_->Answered();
  EXPECT_EQ(StateOf("bob"), Slot::State::kActive);
}

TEST_F(HandingOn, WhoTakesItKeepsItThoughTheFirstOneHangsUpOnlyThen) {
  desk_.Start("cas", "+3222000203");
  desk_.Tell(ToGroup(AgentAct::Kind::kTransfer, "second"));
  caller_->Hear();
  ASSERT_EQ(caller_->Told(), "dial cas +3222000203");
  const AttemptId attempt{caller_->step(), OnlyLeg(caller_->decision()).target};
  // Anna's leg is down before cas has answered, by the decision of the step before.
  caller_->Tell("called_hangup");
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_EQ(StateOf("cas"), Slot::State::kActive);
  EXPECT_EQ(caller_->Hear()->agent, "cas");
}

TEST_F(HandingOn, NeedsSomewhereToGoAndSomethingToHandOn) {
  EXPECT_THAT(desk_.Try(Act(AgentAct::Kind::kTransfer)).status().message(),
              HasSubstr("expected a group, an agent, or both"));
  EXPECT_THAT(desk_.Try(ToGroup(AgentAct::Kind::kTransfer, "third")).status().message(),
              HasSubstr("no group \"third\""));
  AgentAct stale = ToGroup(AgentAct::Kind::kTransfer, "second");
  stale.token += 1;
  EXPECT_FALSE(desk_.Try(stale).ok());
  EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
}

TEST_F(HandingOn, WhoIsConsultedIsRungForTheAgentAndThenHasTheCall) {
  desk_.Start("cas", "+3222000203");
  desk_.Tell(ToGroup(AgentAct::Kind::kConsult, "second"));
  std::optional<CallNow> now = caller_->Hear();
  ASSERT_TRUE(now.has_value());
  EXPECT_EQ(now->agent, "anna");
  EXPECT_TRUE(now->consults);
  ASSERT_EQ(now->phones.size(), 1u);
  EXPECT_EQ(now->phones[0].agent, "cas");
  // The caller's own question is answered as before.
  EXPECT_EQ(caller_->Told(), "dial anna +3222000201");
  caller_->Report(ReportKind::kAnswered, AttemptId{now->step, now->phones[0].target});
  now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_EQ(now->consulted, "cas");
  EXPECT_TRUE(now->consults);
  EXPECT_THAT(now->phones, IsEmpty());
  desk_.Tell(Act(AgentAct::Kind::kCompleteTransfer));
  now = caller_->Hear();
  EXPECT_EQ(now->agent, "cas");
  EXPECT_FALSE(now->consults);
  EXPECT_EQ(StateOf("anna"), Slot::State::kWrapUp);
  EXPECT_EQ(StateOf("cas"), Slot::State::kActive);
  caller_->Report(ReportKind::kReleased);
  EXPECT_EQ(StateOf("cas"), std::nullopt);
}

TEST_F(HandingOn, AConsultationThatFailsOrIsCancelledLeavesTheCallWhereItWas) {
  desk_.Start("cas", "+3222000203");
  desk_.Tell(ToGroup(AgentAct::Kind::kConsult, "second"));
  std::optional<CallNow> now = caller_->Hear();
  ASSERT_EQ(now->phones.size(), 1u);
  AttemptEnd busy;
  busy.attempt = {now->step, now->phones[0].target};
  busy.outcome = Outcome::kBusy;
  desk_.engine().NoteAttempt(caller_->id(), busy, desk_.now);
  now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_THAT(now->phones, IsEmpty());
  EXPECT_TRUE(now->consults) << "somebody else of the group may come";
  desk_.Tell(Act(AgentAct::Kind::kCancelConsult));
  now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_FALSE(now->consults);
  EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
  EXPECT_FALSE(desk_.Try(Act(AgentAct::Kind::kCancelConsult)).ok());
}

TEST_F(HandingOn, WhoIsConsultedAndHangsUpLeavesTheCallWhereItWas) {
  desk_.Start("cas", "+3222000203");
  desk_.Tell(ToGroup(AgentAct::Kind::kConsult, "second"));
  std::optional<CallNow> now = caller_->Hear();
  ASSERT_EQ(now->phones.size(), 1u);
  const AttemptId attempt{now->step, now->phones[0].target};
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_EQ(caller_->Hear()->consulted, "cas");
  AttemptEnd other;
  other.attempt = {now->step, attempt.target + 1};
  desk_.engine().NoteAttempt(caller_->id(), other, desk_.now);
  EXPECT_EQ(caller_->Hear()->consulted, "cas");
  AttemptEnd ended;
  ended.attempt = attempt;
  desk_.engine().NoteAttempt(caller_->id(), ended, desk_.now);
  now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_EQ(now->consulted, "");
  EXPECT_FALSE(now->consults);
  EXPECT_EQ(StateOf("cas"), std::nullopt);
  EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
}

TEST_F(HandingOn, TheLegOfAConsultationIsNotTheCallsThatItHasBecome) {
  desk_.Start("cas", "+3222000203");
  desk_.Tell(ToGroup(AgentAct::Kind::kConsult, "second"));
  std::optional<CallNow> now = caller_->Hear();
  ASSERT_EQ(now->phones.size(), 1u);
  AttemptEnd ended;
  ended.attempt = {now->step, now->phones[0].target};
  caller_->Report(ReportKind::kAnswered, ended.attempt);
  desk_.Tell(Act(AgentAct::Kind::kCompleteTransfer));
  desk_.engine().NoteAttempt(caller_->id(), ended, desk_.now);
  EXPECT_EQ(caller_->Hear()->agent, "cas");
  EXPECT_EQ(StateOf("cas"), Slot::State::kActive);
}

TEST_F(HandingOn, ACallerOnHoldIsShownSo) {
  caller_->Report(ReportKind::kHold);
  EXPECT_TRUE(desk_.engine().FindAgent("acme", "anna")->standing.slots[0].is_held);
  caller_->Report(ReportKind::kResumed);
  EXPECT_FALSE(desk_.engine().FindAgent("acme", "anna")->standing.slots[0].is_held);
  desk_.Tell(Act(AgentAct::Kind::kHold));
  EXPECT_TRUE(desk_.engine().FindAgent("acme", "anna")->standing.slots[0].is_held);
}

TEST_F(HandingOn, ContactsAreListedAsTheyCame) {
  desk_.now += absl::Seconds(1);
  Caller second(desk_, "c0");
  const std::vector<ContactEntry> contacts = *desk_.engine().ListContacts("acme");
  ASSERT_EQ(contacts.size(), 2u);
  EXPECT_EQ(contacts[0].details.call, caller_->id());
  EXPECT_EQ(contacts[0].standing.state, contact::ContactStanding::State::kActive);
  EXPECT_EQ(contacts[0].agent, "anna");
  EXPECT_EQ(contacts[1].details.call, second.id());
  EXPECT_EQ(contacts[1].standing.state, contact::ContactStanding::State::kWaiting);
  EXPECT_EQ(contacts[1].standing.position, 1u);
  EXPECT_EQ(contacts[1].details.group, "desk");
}

TEST_F(HandingOn, AGroupIsClosedAndOpenedByHand) {
  Caller second(desk_, "c2");
  EXPECT_EQ(second.Told(), "wait desk 1");
  GroupAct act;
  act.group = "desk";
  act.opens = false;
  act.closing = contact::Closing::kEvict;
  EXPECT_FALSE(desk_.engine().ChangeGroup("acme", act, desk_.now)->standing.is_open);
  EXPECT_EQ(second.Ask(), "voicemail closed");
  EXPECT_EQ(Caller(desk_, "c3").Told(), "voicemail closed");
  act.opens = true;
  EXPECT_TRUE(desk_.engine().ChangeGroup("acme", act, desk_.now)->standing.is_open);
  EXPECT_EQ(Caller(desk_, "c4").Told(), "wait desk 1");
  act.group = "third";
  EXPECT_THAT(desk_.engine().ChangeGroup("acme", act, desk_.now).status().message(),
              HasSubstr("no group \"third\""));
}

// -- News

std::vector<std::string> NamesOf(const CenterChanges& changes) {
  std::vector<std::string> names;
  for (const AgentNow& agent : changes.agents) names.push_back(agent.name);
  return names;
}

TEST_F(HandingOn, ChangesAreThoseOfAgentsThatHaveChanged) {
  CenterChanges changes = *desk_.engine().ContactChanges("acme", 0, true);
  EXPECT_TRUE(changes.is_full);
  EXPECT_THAT(NamesOf(changes), UnorderedElementsAre("anna", "bob", "cas"));
  EXPECT_EQ(changes.groups.size(), 2u);
  desk_.Start("bob", "+3222000202");
  CenterChanges more = *desk_.engine().ContactChanges("acme", changes.version, false);
  EXPECT_FALSE(more.is_full);
  EXPECT_THAT(NamesOf(more), ElementsAre("bob"));
  EXPECT_THAT(more.groups, IsEmpty());
  EXPECT_GT(more.version, changes.version);
  EXPECT_THAT(NamesOf(*desk_.engine().ContactChanges("acme", more.version, false)), IsEmpty());
  // What another server has said of its own is not known here.
  EXPECT_TRUE(desk_.engine().ContactChanges("acme", more.version + 1'000'000, false)->is_full);
  caller_->Report(ReportKind::kReleased);
  EXPECT_THAT(NamesOf(*desk_.engine().ContactChanges("acme", more.version, false)),
              ElementsAre("anna"));
  MustPublish(desk_.engine(), absl::StrCat(kCenterPlan, "description: another\n"));
  EXPECT_TRUE(desk_.engine().ContactChanges("acme", more.version, false)->is_full);
}

TEST(ContactNews, WhoeverWantsToKnowIsToldThatThereIsSomething) {
  int told = 0;
  EngineOptions options = TestOptions();
  options.on_contact_news = [&told] { ++told; };
  Desk desk(kCenterPlan, std::move(options));
  desk.engine().TakeContactNews();
  told = 0;
  desk.Start("anna", "+3222000201");
  EXPECT_GT(told, 0);
  Engine::ContactNews news = desk.engine().TakeContactNews();
  EXPECT_THAT(news.customers, ElementsAre("acme"));
  EXPECT_THAT(news.calls, IsEmpty());
  EXPECT_THAT(desk.engine().TakeContactNews().customers, IsEmpty());
}

TEST(ContactNews, ASwitchThatIsLostHasAMinuteToComeBackOrAsk) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller talking(desk, "c1");
  talking.Answered();
  Caller waiting(desk, "c2");
  Caller asking(desk, "c3");
  desk.engine().TakeContactNews();
  desk.engine().WatchSwitch("sw", false, desk.now);
  desk.now += absl::Seconds(40);
  asking.Ask();
  desk.now += absl::Seconds(24);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(desk.engine().GetStatistics().held_contacts, 2) << "who neither came nor asked is gone";
  EXPECT_FALSE(waiting.Hear().has_value());
  EXPECT_EQ(talking.Hear()->agent, "anna");
  // It comes back in time.
  Caller fourth(desk, "c4");
  desk.engine().WatchSwitch("sw", false, desk.now);
  desk.engine().TakeContactNews();
  desk.engine().WatchSwitch("sw", true, desk.now);
  EXPECT_THAT(desk.engine().TakeContactNews().calls,
              UnorderedElementsAre(talking.id(), asking.id(), fourth.id()));
  desk.now += absl::Seconds(65);
  desk.engine().Advance(desk.now);
  EXPECT_TRUE(fourth.Hear().has_value());
}

TEST(Agents, TheWrapUpOfANodeThatACallHasLeftCountsNoMore) {
  Desk desk(R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, cas: {} }
groups: { first: { agents: [cas] }, desk: { agents: [anna], wrap_up: 10s } }
trees:
  main:
    agents:
      group: first
      wait: 10s
      wrap_up: 90s
      otherwise: { release: {} }
      on_timeout: { agents: { group: desk, otherwise: { release: {} } } }
)");
  desk.Start("anna", "+3222000201");
  desk.Start("cas", "+3222000203");
  desk.Do(AgentAct::Kind::kPhoneBusy, "cas");
  Caller caller(desk);
  EXPECT_EQ(caller.Told(), "wait first 1");
  desk.now += absl::Seconds(10);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(caller.Ask(), "dial anna +3222000201");
  caller.Answered();
  caller.Report(ReportKind::kReleased);
  EXPECT_EQ(desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).deadline,
            desk.now + absl::Seconds(10));
}

TEST(Agents, OfASwitchThatIsGoneThoseAreFreeFirstWhoHadTheFirstCalls) {
  const std::vector<std::string> agents = {"ann", "ben", "cas", "dan", "eva", "fay", "gus", "hal"};
  for (const bool restarts : {true, false}) {
    Desk desk(R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { ann: {}, ben: {}, cas: {}, dan: {}, eva: {}, fay: {}, gus: {}, hal: {} }
groups: { desk: { agents: [ann, ben, cas, dan, eva, fay, gus, hal] } }
trees: { main: { agents: { group: desk, otherwise: { release: {} } } } }
)");
    for (size_t i = 0; i < agents.size(); ++i) {
      desk.Start(agents[i], absl::StrCat("+322200020", i));
      Caller(desk, agents[i]).Answered();
    }
    if (restarts) {
      CallReport restarted;
      restarted.kind = ReportKind::kSwitchRestarted;
      restarted.call = {"sw", 2, ""};
      ASSERT_TRUE(desk.engine().Report(restarted, desk.now).ok());
    } else {
      desk.engine().KeepLive("sw", 1, {}, desk.now);
    }
    for (size_t i = 0; i < agents.size(); ++i) {
      const Caller next(desk, "after " + agents[i]);
      EXPECT_EQ(next.Told(), absl::StrCat("dial ", agents[i], " +322200020", i)) << restarts;
    }
  }
}

}  // namespace
}  // namespace libroute
