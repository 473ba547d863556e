// What supervisors change of agents, do with contacts, and are told.

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

namespace libroute {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr char kSkilledPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main }
skills: { french: {} }
agents:
  anna: { skills: { french: 80 } }
  bob: {}
groups:
  desk: { agents: [anna], skilled: "french >= 50", alarms: { waiting: 2, longest_wait: 30s, ready_below: 1 } }
  second: { agents: [bob], max_wait: 90s }
contact_center: { dispositions: [sold, later] }
trees:
  main:
    agents:
      group: desk
      wait: 60s
      on_timeout: { voicemail: { mailbox: late } }
      otherwise: { voicemail: { mailbox: nobody } }
)";

class Supervisors : public testing::Test {
 protected:
  absl::StatusOr<AgentNow> Change(AgentChange::Kind kind, const std::string& agent,
                                  const std::string& name = "", int index = 0) {
    AgentChange change;
    change.kind = kind;
    change.agent = agent;
    change.name = name;
    change.index = index;
    change.by = "carla";
    return desk_.engine().ChangeAgent("acme", change, desk_.now);
  }
  absl::StatusOr<ContactEntry> Move(const CallId& call, const std::string& group,
                                    const std::string& agent = "") {
    ContactAct act;
    act.call = call;
    act.to_group = group;
    act.to_agent = agent;
    return desk_.engine().ChangeContact("acme", act, desk_.now);
  }
  absl::StatusOr<ContactEntry> GiveUp(const CallId& call) {
    ContactAct act;
    act.call = call;
    act.gives_up = true;
    return desk_.engine().ChangeContact("acme", act, desk_.now);
  }
  AgentAct Act(AgentAct::Kind kind, const std::string& agent) {
    AgentAct act;
    act.kind = kind;
    act.agent = agent;
    act.token = desk_.engine().FindAgent("acme", agent)->standing.slots.at(0).token;
    return act;
  }

  Desk desk_{kSkilledPlan};
};

TEST_F(Supervisors, GiveAnAgentASkillAndWithItTheCallThatWaits) {
  desk_.Start("anna", "+3222000201");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "anna");
  desk_.Start("bob", "+3222000202");
  Caller caller(desk_);
  EXPECT_EQ(caller.Told(), "wait desk 1");
  const absl::StatusOr<AgentNow> bob = Change(AgentChange::Kind::kSkill, "bob", "french", 60);
  ASSERT_TRUE(bob.ok()) << bob.status();
  ASSERT_EQ(bob->standing.changes.size(), 1u);
  EXPECT_EQ(bob->standing.changes[0].by, "carla");
  EXPECT_EQ(bob->standing.changes[0].at, desk_.now);
  EXPECT_EQ(caller.Ask(), "dial bob +3222000202");
}

TEST_F(Supervisors, WhatTheyChangedOutlivesAPublication) {
  desk_.Start("bob", "+3222000202");
  ASSERT_TRUE(Change(AgentChange::Kind::kSkill, "bob", "french", 60).ok());
  ASSERT_TRUE(Change(AgentChange::Kind::kMembership, "bob", "second", 0).ok());
  MustPublish(desk_.engine(), absl::StrReplaceAll(kSkilledPlan, {{"90s", "80s"}}));
  EXPECT_EQ(desk_.Group("desk").standing.ready, 1u);
  EXPECT_EQ(desk_.Group("second").standing.ready, 0u);
  ASSERT_TRUE(Change(AgentChange::Kind::kReset, "bob").ok());
  EXPECT_EQ(desk_.Group("desk").standing.ready, 0u);
  EXPECT_EQ(desk_.Group("second").standing.ready, 1u);
}

TEST_F(Supervisors, MoveWhoWaitsToAnotherGroup) {
  desk_.Start("anna", "+3222000201");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "anna");
  desk_.Start("bob", "+3222000202");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "bob");
  Caller caller(desk_);
  const absl::Time arrived = desk_.now;
  desk_.now += absl::Seconds(50);
  const absl::StatusOr<ContactEntry> moved = Move(caller.id(), "second");
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->details.group, "second");
  EXPECT_EQ(moved->details.arrived, arrived);
  EXPECT_EQ(desk_.Group("desk").standing.moved, 1u);
  // The switch hears of it, and waits as long as that group says.
  ASSERT_TRUE(caller.Hear().has_value());
  EXPECT_EQ(caller.Told(), "wait second 1");
  EXPECT_EQ(std::get<WaitDecision>(caller.decision().action).max_wait, absl::Seconds(90));
  desk_.now += absl::Seconds(80);
  EXPECT_EQ(caller.Ask(), "wait second 1");
  desk_.Do(AgentAct::Kind::kPhoneIdle, "bob");
  EXPECT_EQ(caller.Ask(), "dial bob +3222000202");
}

TEST_F(Supervisors, MoveWhatAnAgentHas) {
  desk_.Start("anna", "+3222000201");
  desk_.Start("bob", "+3222000202");
  Caller caller(desk_);
  caller.Answered();
  EXPECT_THAT(GiveUp(caller.id()).status().message(),
              HasSubstr("is with agent \"anna\"; move it, or let the agent finish"));
  ASSERT_TRUE(Move(caller.id(), "", "bob").ok());
  EXPECT_THAT(desk_.engine().FindAgent("acme", "anna")->standing.slots, IsEmpty());
  ASSERT_TRUE(caller.Hear().has_value());
  EXPECT_EQ(caller.Told(), "dial bob +3222000202");
  caller.Answered();
  EXPECT_EQ(desk_.engine().FindAgent("acme", "bob")->standing.slots.size(), 1u);
}

TEST_F(Supervisors, MoveNobodyToWhereItCouldNotWait) {
  desk_.Start("anna", "+3222000201");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "anna");
  Caller caller(desk_);
  EXPECT_THAT(Move(caller.id(), "second").status().message(),
              HasSubstr("group \"second\" has nobody who is logged in: the contact stays"));
  desk_.LogIn("bob", "+3222000202");
  EXPECT_THAT(Move(caller.id(), "second").status().message(),
              HasSubstr("group \"second\" has nobody who is ready"));
  EXPECT_THAT(Move(caller.id(), "", "bob").status().message(),
              HasSubstr("agent \"bob\" is not ready"));
  desk_.Do(AgentAct::Kind::kReady, "bob");
  GroupAct close;
  close.group = "second";
  close.opens = false;
  ASSERT_TRUE(desk_.engine().ChangeGroup("acme", close, desk_.now).ok());
  EXPECT_THAT(Move(caller.id(), "second").status().message(),
              HasSubstr("group \"second\" is closed"));
  EXPECT_EQ(caller.Ask(), "wait desk 1");
  // Where it is already, nothing happens.
  desk_.now += absl::Seconds(20);
  EXPECT_TRUE(Move(caller.id(), "desk").ok());
  EXPECT_EQ(desk_.Group("desk").standing.entered, 1u);
  desk_.now += absl::Seconds(40);
  EXPECT_EQ(caller.Ask(), "voicemail late");
}

TEST_F(Supervisors, LeaveACallWithTheAgentWhoHasIt) {
  desk_.Start("anna", "+3222000201");
  Caller caller(desk_);
  caller.Answered();
  EXPECT_THAT(Move(caller.id(), "", "anna").status().message(),
              HasSubstr("agent \"anna\" has call"));
  EXPECT_FALSE(Move(caller.id(), "second").ok());
  EXPECT_EQ(Act(AgentAct::Kind::kFinish, "anna").token,
            desk_.engine().FindAgent("acme", "anna")->standing.slots[0].token);
  caller.Report(ReportKind::kReleased);
  EXPECT_THAT(GiveUp(caller.id()).status().message(), HasSubstr("is no contact"));
}

TEST_F(Supervisors, SendACallOnThroughThePlan) {
  desk_.Start("anna", "+3222000201");
  Caller caller(desk_);
  EXPECT_EQ(caller.Told(), "dial anna +3222000201");
  ASSERT_TRUE(GiveUp(caller.id()).ok());
  EXPECT_THAT(desk_.engine().FindAgent("acme", "anna")->standing.slots, IsEmpty());
  EXPECT_EQ(caller.Ask(), "voicemail late");
  EXPECT_EQ(desk_.Group("desk").standing.gave_up, 1u);
}

TEST_F(Supervisors, SayWhatIsWrong) {
  EXPECT_EQ(Change(AgentChange::Kind::kReset, "zoe").status().message(),
            "the live plan has no agent \"zoe\"");
  EXPECT_EQ(Change(AgentChange::Kind::kMembership, "bob", "desc", 1).status().message(),
            "the live plan has no group \"desc\"");
  EXPECT_THAT(Change(AgentChange::Kind::kSkill, "bob", "frensh", 1).status().message(),
              HasSubstr("no skill \"frensh\"; did you mean \"french\"?"));
  EXPECT_THAT(GiveUp({"sw", 1, "c9"}).status().message(), HasSubstr("is no contact"));
  desk_.Start("anna", "+3222000201");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "anna");
  Caller caller(desk_);
  EXPECT_THAT(Move(caller.id(), "", "bob").status().message(),
              HasSubstr("agent \"bob\" is not logged in"));
  EXPECT_EQ(Move(caller.id(), "").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(caller.Ask(), "wait desk 1");
}

TEST_F(Supervisors, AreToldOfAlarmsAsTimePasses) {
  EXPECT_EQ(desk_.Group("desk").standing.alarms.size(), 1u);
  desk_.Start("anna", "+3222000201");
  EXPECT_THAT(desk_.Group("desk").standing.alarms, IsEmpty());
  desk_.Do(AgentAct::Kind::kPhoneBusy, "anna");
  Caller caller(desk_);
  const uint64_t seen = desk_.engine().ContactChanges("acme", 0, false)->version;
  EXPECT_EQ(desk_.engine().NextDeadline(), desk_.now + absl::Seconds(30));
  desk_.now += absl::Seconds(30);
  desk_.engine().Advance(desk_.now);
  EXPECT_THAT(desk_.Group("desk").standing.alarms,
              ElementsAre(Pair(contact::AlarmKind::kLongestWait, desk_.now)));
  // Who watches looks again.
  EXPECT_GT(desk_.engine().ContactChanges("acme", 0, false)->version, seen);
}

TEST_F(Supervisors, SeeWhatAgentsSayOfTheirContacts) {
  desk_.Start("anna", "+3222000201");
  Caller caller(desk_);
  caller.Answered();
  AgentAct act = Act(AgentAct::Kind::kDispose, "anna");
  act.disposition = "sould";
  EXPECT_THAT(desk_.Try(act).status().message(), HasSubstr("did you mean \"sold\"?"));
  act.disposition = "sold";
  EXPECT_EQ(desk_.Tell(act).standing.slots[0].disposition, "sold");
  caller.Report(ReportKind::kReleased);
  EXPECT_THAT(desk_.Group("desk").standing.dispositions, ElementsAre(Pair("sold", 1)));
}

}  // namespace
}  // namespace libroute
