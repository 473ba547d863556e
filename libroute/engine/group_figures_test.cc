// Plans that choose by how things stand in groups, and what callers hear who wait there.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"
#include "libroute/tree/explanation.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr char kBusyPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main }
  - { number: "+3222000101", tree: long }
  - { number: "+3222000102", tree: staffed }
mailboxes: [{ addresses: ["support@acme.example"], tree: emails }]
agents: { anna: {}, cas: {} }
groups:
  desk: { agents: [anna], wrap_up: 0s, missed_limit: 0 }
  second: { agents: [cas] }
trees:
  main:
    group:
      cases: [{ group: desk, waiting: { at_least: 2 }, then: { voicemail: { mailbox: many } } }]
      otherwise: { goto: wait }
  long:
    when:
      cases:
        - if: { group: { group: desk, longest_wait: { at_least: 60s } } }
          then: { voicemail: { mailbox: long } }
      otherwise: { goto: wait }
  staffed:
    group:
      cases:
        - { group: desk, open: false, then: { voicemail: { mailbox: closed } } }
        - { group: desk, logged_in: { at_most: 0 }, then: { voicemail: { mailbox: nobody } } }
        - { group: desk, ready: { at_most: 0 }, then: { voicemail: { mailbox: paused } } }
        - group: desk
          free: { at_least: 1 }
          expected_wait: { at_most: 0s }
          then: { voicemail: { mailbox: free } }
      otherwise: { goto: wait }
  emails:
    group:
      cases: [{ group: desk, waiting: { at_least: 1 }, then: { auto_reply: { message: later } } }]
      otherwise: { agents: { group: desk } }
  wait:
    agents:
      group: desk
      wait: 1h
      otherwise: { voicemail: { mailbox: late } }
      announcements:
        - { message: busy, after: 30s, every: 60s, say: position }
        - { message: soon, after: 2m }
)";

// Anna talks with the first caller, so that others wait.
class GroupFiguresTest : public testing::Test {
 protected:
  GroupFiguresTest() {
    desk_.Start("anna", "+3222000201");
    talking_.emplace(desk_, "c0");
    EXPECT_EQ(talking_->Told(), "dial anna +3222000201");
    talking_->Answered();
  }
  AgentAct HandOnTo(const std::string& group) {
    AgentAct act;
    act.kind = AgentAct::Kind::kTransfer;
    act.agent = "anna";
    act.token = desk_.engine().FindAgent("acme", "anna")->standing.slots.at(0).token;
    act.to_group = group;
    return act;
  }

  Desk desk_{kBusyPlan};
  std::optional<Caller> talking_;
};

TEST_F(GroupFiguresTest, ACallTakesAnotherWayWhileManyWait) {
  Caller first(desk_, "c1");
  Caller second(desk_, "c2");
  EXPECT_EQ(first.Told(), "wait desk 1");
  EXPECT_EQ(second.Told(), "wait desk 2");
  Caller third(desk_, "c3");
  EXPECT_EQ(third.Told(), "voicemail many");
  EXPECT_TRUE(third.decision().depends_on.Has(Dependence::kGroup));
  first.Report(ReportKind::kReleased);
  EXPECT_EQ(Caller(desk_, "c4").Told(), "wait desk 2");
}

TEST_F(GroupFiguresTest, TheFirstWaitsForLongerAsTimePasses) {
  Caller first(desk_, "c1");
  desk_.now += absl::Seconds(59);
  EXPECT_EQ(Caller(desk_, "c2", "+3222000101").Told(), "wait desk 2");
  desk_.now += absl::Seconds(1);
  // Nothing but the question tells the engine that it is later.
  EXPECT_EQ(Caller(desk_, "c3", "+3222000101").Told(), "voicemail long");
  first.Report(ReportKind::kReleased);
  EXPECT_EQ(Caller(desk_, "c4", "+3222000101").Told(), "wait desk 2");
}

TEST_F(GroupFiguresTest, KnowsWhoIsThere) {
  EXPECT_EQ(Caller(desk_, "c1", "+3222000102").Told(), "wait desk 1") << "anna has a call";
  Desk desk(kBusyPlan);
  EXPECT_EQ(Caller(desk, "c1", "+3222000102").Told(), "voicemail nobody");
  desk.LogIn("anna", "+3222000201");
  EXPECT_EQ(Caller(desk, "c2", "+3222000102").Told(), "voicemail paused");
  desk.Do(AgentAct::Kind::kReady, "anna");
  EXPECT_EQ(Caller(desk, "c3", "+3222000102").Told(), "voicemail free");
  GroupAct close;
  close.group = "desk";
  close.opens = false;
  ASSERT_TRUE(desk.engine().ChangeGroup("acme", close, desk.now).ok());
  EXPECT_EQ(Caller(desk, "c4", "+3222000102").Told(), "voicemail closed");
}

TEST_F(GroupFiguresTest, IsExplained) {
  Caller first(desk_, "c1");
  Caller second(desk_, "c2");
  Decision decision;
  const absl::StatusOr<Explanation> why =
      desk_.engine().Explain(TestCall("+3222000100", "c9"), desk_.now, decision);
  ASSERT_TRUE(why.ok()) << why.status();
  EXPECT_EQ(why->visits.at(0).why, "group desk: 2 wait, at least 2 wanted");
  EXPECT_EQ(why->visits.at(0).kind, "group");
}

TEST_F(GroupFiguresTest, EmailsGoByThemToo) {
  Email email;
  email.connector = "imap-1";
  email.message_id = "<1@x>";
  email.sender = "someone@example.com";
  email.recipients = {"support@acme.example"};
  Decision decision;
  ASSERT_TRUE(desk_.engine().Submit(email, desk_.now, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "wait");
  EXPECT_TRUE(std::get<WaitDecision>(decision.action).announcements.empty());
  Caller first(desk_, "c1");
  email.message_id = "<2@x>";
  ASSERT_TRUE(desk_.engine().Submit(email, desk_.now, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "auto_reply");
}

TEST_F(GroupFiguresTest, ThereIsNothingToStateWhereAgentsLogIn) {
  const absl::Status status = desk_.engine().SetGroupFigures("acme", "desk", GroupFigures());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
}

TEST(StatedFiguresTest, WithoutAgentsWhatIsStatedCounts) {
  std::unique_ptr<Engine> engine = MakeEngine();
  MustPublish(*engine, kBusyPlan);
  const auto ask = [&](const std::string& reference) {
    Decision decision;
    EXPECT_TRUE(engine->Route(TestCall("+3222000100", reference), kTestNow, decision).ok());
    return std::string(ActionName(decision.action));
  };
  EXPECT_EQ(ask("c1"), "wait") << "nothing is known";
  GroupFigures figures;
  figures.waiting = 2;
  ASSERT_TRUE(engine->SetGroupFigures("acme", "desk", figures).ok());
  EXPECT_EQ(ask("c2"), "voicemail");
  figures.waiting = 1;
  ASSERT_TRUE(engine->SetGroupFigures("acme", "desk", figures).ok());
  EXPECT_EQ(ask("c3"), "wait");
  absl::Status unknown = engine->SetGroupFigures("acme", "desq", figures);
  EXPECT_EQ(unknown.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(unknown.message(), HasSubstr("did you mean \"desk\"?"));
  EXPECT_EQ(engine->SetGroupFigures("nobody", "desk", figures).code(), absl::StatusCode::kNotFound);
  figures.waiting = 2;
  ASSERT_TRUE(engine->SetGroupFigures("acme", "desk", figures).ok());
  EXPECT_EQ(ask("c4"), "voicemail");
  ASSERT_TRUE(engine->ClearGroupFigures("acme", "desk").ok());
  EXPECT_EQ(ask("c5"), "wait") << "nothing is known any more";
  ASSERT_TRUE(engine->ClearGroupFigures("acme", "desk").ok());
  EXPECT_EQ(engine->ClearGroupFigures("acme", "desq").code(), absl::StatusCode::kNotFound);
}

const WaitDecision& WaitOf(const Caller& caller) {
  return std::get<WaitDecision>(caller.decision().action);
}

void ExpectAnnouncements(const Caller& caller) {
  const WaitDecision& wait = WaitOf(caller);
  ASSERT_EQ(wait.announcements.size(), 2u);
  EXPECT_EQ(wait.announcements[0].message, "busy");
  EXPECT_EQ(wait.announcements[0].every, absl::Seconds(60));
  EXPECT_TRUE(wait.announcements[0].says_position);
  EXPECT_EQ(wait.announcements[1].message, "soon");
  EXPECT_EQ(wait.announcements[1].after, absl::Minutes(2));
}

TEST_F(GroupFiguresTest, WhoWaitsIsToldForHowLongAndHearsTheSame) {
  Caller caller(desk_, "c1");
  EXPECT_EQ(WaitOf(caller).waited, absl::ZeroDuration());
  ExpectAnnouncements(caller);
  for (int polls = 1; polls <= 4; ++polls) {
    desk_.now += absl::Seconds(10);
    EXPECT_EQ(caller.Ask(), "wait desk 1");
    EXPECT_EQ(WaitOf(caller).waited, absl::Seconds(10) * polls);
    EXPECT_EQ(WaitOf(caller).poll_after, absl::Seconds(10));
    ExpectAnnouncements(caller);
  }
  desk_.now += absl::Seconds(5);
  ASSERT_TRUE(caller.Hear().has_value());
  EXPECT_EQ(WaitOf(caller).waited, absl::Seconds(45));
  ExpectAnnouncements(caller);
}

TEST_F(GroupFiguresTest, TimeGoesOnWhileAPhoneRings) {
  Caller caller(desk_, "c1");
  desk_.now += absl::Seconds(20);
  talking_->Report(ReportKind::kReleased);
  EXPECT_EQ(caller.Ask(), "dial anna +3222000201");
  desk_.now += absl::Seconds(20);
  EXPECT_EQ(caller.Tell("no_answer"), "wait desk 1");
  EXPECT_EQ(WaitOf(caller).waited, absl::Seconds(40));
  ExpectAnnouncements(caller);
}

TEST_F(GroupFiguresTest, WhoIsHandedOnHearsThemTooAndBeginsToWaitAnew) {
  // Cas is there, but talks to somebody else.
  desk_.Start("cas", "+3222000203");
  desk_.Do(AgentAct::Kind::kPhoneBusy, "cas");
  desk_.now += absl::Minutes(3);
  desk_.Tell(HandOnTo("second"));
  ASSERT_TRUE(talking_->Hear().has_value());
  EXPECT_EQ(talking_->Told(), "wait second 1");
  EXPECT_EQ(WaitOf(*talking_).waited, absl::ZeroDuration());
  ExpectAnnouncements(*talking_);
  desk_.now += absl::Seconds(15);
  ASSERT_TRUE(talking_->Hear().has_value());
  EXPECT_EQ(WaitOf(*talking_).waited, absl::Seconds(15));
  ExpectAnnouncements(*talking_);
}

TEST(Announcements, AreThereWhereAgentsAreKeptElsewhere) {
  std::unique_ptr<Engine> engine = MakeEngine();
  MustPublish(*engine, kBusyPlan);
  Decision decision;
  const absl::StatusOr<Answer> answer = engine->Route(TestCall("+3222000100"), kTestNow, decision);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(engine->Complete(std::get<Enter>(*answer), kTestNow, decision).ok());
  const absl::Time later = kTestNow + absl::Seconds(30);
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), later, decision).ok());
  const auto& wait = std::get<WaitDecision>(decision.action);
  EXPECT_EQ(wait.announcements.size(), 2u);
  EXPECT_EQ(wait.waited, absl::ZeroDuration());
}

}  // namespace
}  // namespace libroute
