// Calls that agents hand on to numbers outside, and numbers that they consult.

#include <functional>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"
#include "libroute/engine/test_inventory.h"
#include "libroute/ledger/held_steps.h"
#include "libroute/record/test_record.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kOutsidePlan[] = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }, { number: "+3222000300", tree: main }]
agents: { anna: {}, bob: {}, cas: {} }
groups:
  desk: { agents: [anna, bob], wrap_up: 10s }
  second: { agents: [cas] }
contact_center: { transfer_numbers: ["+3222000300", "+32475*"] }
trees:
  main:
    agents:
      group: desk
      message: music
      otherwise: { voicemail: { mailbox: nobody } }
      on_closed: { voicemail: { mailbox: closed } }
      after: { announce: { message: goodbye } }
)";

constexpr char kNumber[] = "+32475000001";

// "" for none.
std::string NameOf(const std::optional<AttemptId>& attempt) {
  return attempt.has_value() ? attempt->ToString() : "";
}

// Anna talks with the caller.
class OutsideNumber : public testing::Test {
 protected:
  using Kind = AgentAct::Kind;
  using Slot = contact::AgentStanding::Slot;

  OutsideNumber() : desk_(kOutsidePlan) {
    desk_.Start("anna", "+3222000201");
    caller_.emplace(desk_);
    caller_->Answered();
    EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
  }

  AgentAct Act(Kind kind, const std::string& agent = "anna") {
    AgentAct act;
    act.kind = kind;
    act.agent = agent;
    const AgentNow now = *desk_.engine().FindAgent("acme", agent);
    if (!now.standing.slots.empty()) act.token = now.standing.slots[0].token;
    return act;
  }
  AgentAct ToNumber(Kind kind, const std::string& number = kNumber) {
    AgentAct act = Act(kind);
    act.to_number = number;
    return act;
  }
  AgentAct ToGroup(Kind kind, const std::string& group) {
    AgentAct act = Act(kind);
    act.to_group = group;
    return act;
  }
  std::optional<Slot::State> StateOf(const std::string& agent) {
    const AgentNow now = *desk_.engine().FindAgent("acme", agent);
    if (now.standing.slots.empty()) return std::nullopt;
    return now.standing.slots[0].state;
  }
  // Whom the agent consults outside; "" if nobody.
  std::string ConsultedBy(const std::string& agent) {
    const AgentNow now = *desk_.engine().FindAgent("acme", agent);
    return now.contacts.empty() ? "" : now.contacts[0].outside_number;
  }
  std::vector<ContactEntry> Contacts() { return *desk_.engine().ListContacts("acme"); }
  uint64_t TransferredOut() { return desk_.Group("desk").standing.transferred_out; }
  // The call is dialling the number; its leg.
  AttemptId Dialling() {
    EXPECT_EQ(caller_->Told(), absl::StrCat("dial  ", kNumber));
    return {caller_->step(), OnlyLeg(caller_->decision()).target};
  }
  void Ended(const AttemptId& attempt, Outcome outcome = Outcome::kNoAnswer) {
    AttemptEnd end;
    end.attempt = attempt;
    end.outcome = outcome;
    desk_.engine().NoteAttempt(caller_->id(), end, desk_.now);
  }
  // The leg by which the agent consults the number.
  AttemptId Consulting() {
    desk_.Tell(ToNumber(Kind::kConsult));
    const std::optional<CallNow> now = caller_->Hear();
    EXPECT_TRUE(now.has_value());
    if (!now.has_value() || now->phones.size() != 1) return {};
    EXPECT_EQ(now->agent, "anna");
    EXPECT_TRUE(now->consults);
    EXPECT_EQ(now->phones[0].agent, "");
    EXPECT_EQ(now->phones[0].number.ToString(), kNumber);
    EXPECT_FALSE(now->consulted_attempt.has_value());
    return {now->step, now->phones[0].target};
  }

  Desk desk_;
  std::optional<Caller> caller_;
};

TEST_F(OutsideNumber, ACallIsHandedOnToItAndIsDoneWhenItAnswers) {
  desk_.Start("bob", "+3222000202");
  desk_.Tell(ToNumber(Kind::kTransfer));
  EXPECT_EQ(StateOf("anna"), Slot::State::kWrapUp);
  EXPECT_EQ(ConsultedBy("anna"), "");
  ASSERT_EQ(Contacts().size(), 1u);
  EXPECT_EQ(Contacts()[0].standing.state, contact::ContactStanding::State::kOutside);
  EXPECT_EQ(Contacts()[0].details.outside_number, kNumber);
  EXPECT_EQ(Contacts()[0].details.group, "desk");
  const std::optional<CallNow> now = caller_->Hear();
  ASSERT_TRUE(now.has_value());
  EXPECT_THAT(now->agent, IsEmpty());
  const AttemptId attempt = Dialling();
  const Leg& leg = OnlyLeg(caller_->decision());
  EXPECT_EQ(leg.ring_timeout, absl::Seconds(30));
  EXPECT_EQ(leg.setup_timeout, absl::Seconds(10));
  EXPECT_EQ(leg.charged_number.ToString(), "+3222000100");
  EXPECT_EQ(leg.charge_to, "acme");
  EXPECT_EQ(leg.presented.ToString(), "+32475123456");
  EXPECT_EQ(leg.trigger, Trigger::kAllow);
  EXPECT_EQ(leg.ringback, "music");
  EXPECT_TRUE(DialsAgents(caller_->decision()));
  EXPECT_EQ(StateOf("bob"), std::nullopt) << "it waits for nobody";
  EXPECT_EQ(TransferredOut(), 0u);
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_EQ(TransferredOut(), 1u);
  EXPECT_THAT(Contacts(), IsEmpty());
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
  // The number has hung up.
  EXPECT_EQ(caller_->Tell("called_hangup"), "announce");
}

TEST_F(OutsideNumber, ASwitchThatAsksAgainIsToldOnce) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  EXPECT_EQ(caller_->Ask(), absl::StrCat("dial  ", kNumber));
  const AttemptId attempt = Dialling();
  EXPECT_EQ(caller_->Ask(), absl::StrCat("dial  ", kNumber));
  EXPECT_EQ(Dialling().ToString(), attempt.ToString());
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_EQ(caller_->Ask(), absl::StrCat("dial  ", kNumber));
  EXPECT_EQ(TransferredOut(), 1u);
}

TEST_F(OutsideNumber, WhatItWasToldIsKeptNoLongerThanOfCallsThatAreOver) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  caller_->Report(ReportKind::kAnswered, Dialling());
  caller_->Report(ReportKind::kReleased);
  desk_.now += absl::Seconds(30);
  EXPECT_EQ(caller_->Ask(), absl::StrCat("dial  ", kNumber));
  desk_.now += 2 * HeldSteps::kHold;
  desk_.engine().Advance(desk_.now);
  EXPECT_EQ(caller_->Ask(), "dial anna +3222000201") << "as if it had never come";
}

TEST_F(OutsideNumber, WithoutAnAnswerItComesBackToTheFirstAgent) {
  const absl::Time arrived = desk_.now;
  desk_.now += absl::Minutes(3);
  desk_.Start("bob", "+3222000202");
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  Ended(Dialling());
  ASSERT_TRUE(caller_->Hear().has_value());
  // Anna is in wrap-up, and is waited for.
  EXPECT_EQ(caller_->Told(), "wait desk 0");
  desk_.Tell(Act(Kind::kEndWrapUp));
  ASSERT_TRUE(caller_->Hear().has_value());
  EXPECT_EQ(caller_->Told(), "dial anna +3222000201");
  caller_->Answered();
  EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
  EXPECT_EQ(desk_.engine().FindAgent("acme", "anna")->contacts[0].arrived, arrived);
  EXPECT_EQ(TransferredOut(), 0u);
}

TEST_F(OutsideNumber, WhoAsksWithTheResultIsToldWhoTakesItBack) {
  desk_.Start("bob", "+3222000202");
  desk_.Tell(ToNumber(Kind::kTransfer));
  desk_.Tell(Act(Kind::kEndWrapUp));
  desk_.Do(Kind::kNotReady, "anna");
  caller_->Hear();
  Dialling();
  // Anna has a break: the group takes it.
  EXPECT_EQ(caller_->Tell("busy"), "dial bob +3222000202");
  EXPECT_THAT(Contacts()[0].details.outside_number, IsEmpty());
}

TEST_F(OutsideNumber, WhoIsWaitedForInVainIsReplacedAfterHalfAMinute) {
  desk_.Start("bob", "+3222000202");
  desk_.Tell(ToNumber(Kind::kTransfer));
  desk_.Tell(Act(Kind::kEndWrapUp));
  desk_.Do(Kind::kPhoneBusy, "anna");
  caller_->Hear();
  Ended(Dialling());
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "wait desk 0");
  desk_.now += absl::Seconds(30);
  desk_.engine().Advance(desk_.now);
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "dial bob +3222000202");
}

TEST_F(OutsideNumber, AGroupThatHasClosedMeanwhileDoesNotKeepItFromTheFirstAgent) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  GroupAct close;
  close.group = "desk";
  close.opens = false;
  ASSERT_TRUE(desk_.engine().ChangeGroup("acme", close, desk_.now).ok());
  desk_.Tell(Act(Kind::kEndWrapUp));
  caller_->Hear();
  Ended(Dialling());
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "dial anna +3222000201");
  desk_.Do(Kind::kNotReady, "anna");
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "voicemail nobody");
}

TEST_F(OutsideNumber, IfNothingIsHeardOfItTheContactEnds) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  Dialling();
  desk_.now += absl::Minutes(2);
  desk_.engine().Advance(desk_.now);
  EXPECT_THAT(Contacts(), IsEmpty());
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
  // The call is not lost if its switch is heard of after all.
  desk_.now += absl::Seconds(1);
  EXPECT_EQ(caller_->Tell("no_answer"), "dial anna +3222000201");
}

TEST_F(OutsideNumber, ALegThatEndsAsTheContactIsForgottenChangesNothing) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  const AttemptId attempt = Dialling();
  desk_.engine().TakeContactNews();
  // Nobody has let time pass before it.
  desk_.now += absl::Minutes(2);
  Ended(attempt);
  EXPECT_THAT(Contacts(), IsEmpty());
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
  EXPECT_THAT(desk_.engine().TakeContactNews().calls, IsEmpty());
  // There is nothing left whose time could be over.
  for (const Effect& effect : desk_.engine().Advance(desk_.now + absl::Hours(3))) {
    EXPECT_NE(effect.kind, Effect::Kind::kContactExpired);
  }
}

TEST_F(OutsideNumber, ACallerWhoHangsUpMeanwhileHasNotAbandoned) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  caller_->Report(ReportKind::kReleased);
  EXPECT_THAT(Contacts(), IsEmpty());
  EXPECT_EQ(desk_.Group("desk").standing.abandoned, 0u);
  EXPECT_EQ(TransferredOut(), 0u);
}

TEST_F(OutsideNumber, TheAgentsHangingUpIsNotTheEndOfTheCall) {
  desk_.Tell(ToNumber(Kind::kTransfer));
  EXPECT_EQ(caller_->Tell("called_hangup"), absl::StrCat("dial  ", kNumber));
  caller_->Report(ReportKind::kAnswered, Dialling());
  EXPECT_EQ(TransferredOut(), 1u);
}

TEST_F(OutsideNumber, ASupervisorMayTakeItBack) {
  desk_.Start("cas", "+3222000203");
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  ContactAct act;
  act.call = caller_->id();
  act.gives_up = true;
  EXPECT_THAT(desk_.engine().ChangeContact("acme", act, desk_.now).status().message(),
              HasSubstr("is being handed on to +32475000001"));
  act.gives_up = false;
  act.to_group = "second";
  ASSERT_TRUE(desk_.engine().ChangeContact("acme", act, desk_.now).ok());
  const AttemptId attempt = Dialling();
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "dial cas +3222000203");
  // Too late.
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_EQ(StateOf("cas"), Slot::State::kOffered);
  EXPECT_EQ(TransferredOut(), 0u);
}

TEST_F(OutsideNumber, OnlyWhereThePlanSaysSo) {
  const auto refused = [&](const std::string& number) {
    const absl::Status status = desk_.Try(ToNumber(Kind::kTransfer, number)).status();
    EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
    return std::string(status.message());
  };
  EXPECT_EQ(refused("+33140000000"),
            "number: +33140000000 is none of the plan's `contact_center.transfer_numbers`: "
            "+3222000300, +32475*");
  EXPECT_THAT(refused("112"), HasSubstr("number: "));
  AgentAct both = ToNumber(Kind::kTransfer);
  both.to_group = "desk";
  EXPECT_THAT(desk_.Try(both).status().message(), HasSubstr("to_number: stands alone"));
  MustSet(desk_.engine(),
          "network: ours\nbarred_destinations: [{ name: fraud, numbers: \"+324750*\" }]");
  EXPECT_EQ(refused(kNumber), "number: +32475000001 is barred by the carrier (fraud)");
  EXPECT_THAT(desk_.Try(ToNumber(Kind::kConsult)).status().message(), HasSubstr("barred"));
}

TEST(OutsideNumbers, NoAgentIsDialledAgainWhoHandsACallOnWhileItsSwitchIsTold) {
  std::function<void()> on_news;
  EngineOptions options = TestOptions();
  options.on_contact_news = [&] {
    if (const auto once = std::exchange(on_news, nullptr)) once();
  };
  Desk desk(kOutsidePlan, options);
  desk.Start("bob", "+3222000202");
  Caller other(desk, "c1");
  other.Answered();
  desk.Start("anna", "+3222000201");
  desk.Start("cas", "+3222000203");
  Caller caller(desk, "c2");
  ASSERT_EQ(caller.Told(), "dial anna +3222000201");
  caller.Answered();
  other.Report(ReportKind::kReleased);
  // When the call is looked at bob's wrap-up ends: just then anna hands it on.
  desk.now += absl::Seconds(10);
  on_news = [&] {
    AgentAct act;
    act.kind = AgentAct::Kind::kTransfer;
    act.agent = "anna";
    act.token = desk.engine().FindAgent("acme", "anna")->standing.slots.at(0).token;
    act.to_group = "second";
    desk.Tell(act);
  };
  const std::optional<CallNow> now = caller.Hear();
  ASSERT_TRUE(now.has_value());
  EXPECT_EQ(on_news, nullptr);
  EXPECT_EQ(now->agent, "");
  EXPECT_EQ(caller.Told(), "dial cas +3222000203");
}

TEST(OutsideNumbers, NowhereIfThePlanHasNone) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  caller.Answered();
  AgentAct act;
  act.kind = AgentAct::Kind::kConsult;
  act.agent = "anna";
  act.token = desk.engine().FindAgent("acme", "anna")->standing.slots[0].token;
  act.to_number = kNumber;
  const absl::Status status = desk.Try(act).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "number: +32475000001 cannot be called: this plan allows none; "
            "`contact_center.transfer_numbers` says where to");
}

TEST(OutsideNumbers, TheRecordHasBothWhoTalkedWithTheCaller) {
  KeptRecords kept;
  EngineOptions options = TestOptions();
  options.records = &kept;
  Desk desk(kOutsidePlan, options);
  desk.Start("anna", "+3222000201");
  Caller caller(desk);
  caller.Answered();
  AgentAct act;
  act.kind = AgentAct::Kind::kTransfer;
  act.agent = "anna";
  act.token = desk.engine().FindAgent("acme", "anna")->standing.slots[0].token;
  act.to_number = kNumber;
  desk.Tell(act);
  caller.Hear();
  caller.Answered();
  caller.Report(ReportKind::kReleased);
  const std::vector<CallRecord> records = kept.Take();
  ASSERT_EQ(records.size(), 1u);
  ASSERT_EQ(records[0].legs.size(), 2u);
  EXPECT_EQ(records[0].legs[1].number.ToString(), kNumber);
  EXPECT_EQ(records[0].legs[1].answered_at, desk.now);
}

TEST_F(OutsideNumber, ANumberOfThePlanGoesByItsOwnTree) {
  desk_.Tell(ToNumber(Kind::kTransfer, "+3222000300"));
  caller_->Hear();
  EXPECT_EQ(OnlyLeg(caller_->decision()).trigger, Trigger::kAllow);
}

TEST_F(OutsideNumber, WhoIsConsultedThereTakesTheCallOver) {
  const AttemptId attempt = Consulting();
  EXPECT_TRUE(desk_.engine().FindAgent("acme", "anna")->standing.slots[0].is_held);
  EXPECT_EQ(ConsultedBy("anna"), kNumber);
  EXPECT_THAT(desk_.Try(Act(Kind::kCompleteTransfer)).status().message(),
              HasSubstr("nobody has answered the consultation yet"));
  EXPECT_THAT(desk_.Try(ToNumber(Kind::kConsult)).status().message(),
              HasSubstr("a consultation is going on"));
  // An answer of some other leg is not that one's.
  caller_->Report(ReportKind::kAnswered, AttemptId{attempt.step, attempt.target + 1});
  EXPECT_EQ(caller_->Hear()->phones.size(), 1u);
  caller_->Report(ReportKind::kAnswered, attempt);
  std::optional<CallNow> now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_EQ(NameOf(now->consulted_attempt), attempt.ToString());
  EXPECT_THAT(now->phones, IsEmpty());
  EXPECT_TRUE(now->consults);
  desk_.Tell(Act(Kind::kCompleteTransfer));
  EXPECT_EQ(StateOf("anna"), Slot::State::kWrapUp);
  EXPECT_EQ(TransferredOut(), 1u);
  now = caller_->Hear();
  ASSERT_TRUE(now.has_value());
  EXPECT_EQ(now->agent, "");
  EXPECT_FALSE(now->consults);
  EXPECT_EQ(NameOf(now->consulted_attempt), attempt.ToString());
  EXPECT_EQ(ConsultedBy("anna"), "");
  // The switch may have to be told again, though the contact has ended.
  desk_.Tell(Act(Kind::kEndWrapUp));
  EXPECT_THAT(Contacts(), IsEmpty());
  now = caller_->Hear();
  ASSERT_TRUE(now.has_value());
  EXPECT_EQ(NameOf(now->consulted_attempt), attempt.ToString());
  Ended(attempt);
  EXPECT_EQ(caller_->Tell("called_hangup"), "announce");
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
}

TEST_F(OutsideNumber, ACallThatWasHandedOverIsForgottenWithItsCaller) {
  const AttemptId attempt = Consulting();
  caller_->Report(ReportKind::kAnswered, attempt);
  desk_.Tell(Act(Kind::kCompleteTransfer));
  desk_.Tell(Act(Kind::kEndWrapUp));
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 1);
  caller_->Report(ReportKind::kReleased);
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
  EXPECT_FALSE(caller_->Hear().has_value());
}

TEST_F(OutsideNumber, OrWhenNothingIsHeardOfIt) {
  const AttemptId attempt = Consulting();
  caller_->Report(ReportKind::kAnswered, attempt);
  desk_.Tell(Act(Kind::kCompleteTransfer));
  desk_.now += absl::Hours(48);
  desk_.engine().Advance(desk_.now);
  EXPECT_EQ(desk_.engine().GetStatistics().held_contacts, 0);
}

TEST_F(OutsideNumber, WithoutAnAnswerTheAgentGoesOnWithTheCaller) {
  Ended(Consulting(), Outcome::kBusy);
  const std::optional<CallNow> now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_FALSE(now->consults);
  EXPECT_THAT(now->phones, IsEmpty());
  EXPECT_EQ(ConsultedBy("anna"), "");
  EXPECT_EQ(StateOf("anna"), Slot::State::kActive);
  EXPECT_FALSE(desk_.engine().FindAgent("acme", "anna")->standing.slots[0].is_held);
}

TEST_F(OutsideNumber, SoAlsoWhenItHangsUpAndWhenTheAgentCancels) {
  AttemptId attempt = Consulting();
  caller_->Report(ReportKind::kAnswered, attempt);
  Ended(attempt);
  EXPECT_FALSE(caller_->Hear()->consulted_attempt.has_value());
  EXPECT_EQ(ConsultedBy("anna"), "");
  attempt = Consulting();
  desk_.Tell(Act(Kind::kCancelConsult));
  EXPECT_FALSE(caller_->Hear()->consults);
  // Whoever answers then is nobody's.
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_FALSE(caller_->Hear()->consulted_attempt.has_value());
}

TEST_F(OutsideNumber, AConsultationOfWhichNothingIsHeardEnds) {
  const AttemptId attempt = Consulting();
  desk_.now += absl::Minutes(2);
  desk_.engine().Advance(desk_.now);
  const std::optional<CallNow> now = caller_->Hear();
  EXPECT_EQ(now->agent, "anna");
  EXPECT_FALSE(now->consults);
  EXPECT_THAT(now->phones, IsEmpty());
  EXPECT_EQ(ConsultedBy("anna"), "");
  EXPECT_FALSE(desk_.engine().FindAgent("acme", "anna")->standing.slots[0].is_held);
  caller_->Report(ReportKind::kAnswered, attempt);
  EXPECT_FALSE(caller_->Hear()->consulted_attempt.has_value());
}

TEST_F(OutsideNumber, WhateverEndsTheAgentsPartLeavesNoLegBehind) {
  desk_.Start("cas", "+3222000203");
  const AttemptId attempt = Consulting();
  caller_->Report(ReportKind::kAnswered, attempt);
  desk_.Tell(ToGroup(Kind::kTransfer, "second"));
  std::optional<CallNow> now = caller_->Hear();
  EXPECT_EQ(now->agent, "");
  EXPECT_FALSE(now->consulted_attempt.has_value());
  EXPECT_EQ(caller_->Told(), "dial cas +3222000203");
  caller_->Answered();
  AgentAct act = Act(Kind::kConsult, "cas");
  act.to_number = kNumber;
  desk_.Tell(act);
  ASSERT_EQ(caller_->Hear()->phones.size(), 1u);
  desk_.Tell(Act(Kind::kFinish, "cas"));
  EXPECT_FALSE(caller_->Hear().has_value() && !caller_->Hear()->phones.empty());
  EXPECT_EQ(StateOf("cas"), std::nullopt);
}

TEST_F(OutsideNumber, AfterConsultingItMayBeHandedOnBlindAllTheSame) {
  Consulting();
  desk_.Tell(ToNumber(Kind::kTransfer));
  caller_->Hear();
  caller_->Report(ReportKind::kAnswered, Dialling());
  EXPECT_EQ(TransferredOut(), 1u);
}

TEST_F(OutsideNumber, ASupervisorMovesACallWhoseAgentConsults) {
  desk_.Start("cas", "+3222000203");
  Consulting();
  ContactAct act;
  act.call = caller_->id();
  act.to_group = "second";
  ASSERT_TRUE(desk_.engine().ChangeContact("acme", act, desk_.now).ok());
  caller_->Hear();
  EXPECT_EQ(caller_->Told(), "dial cas +3222000203");
  EXPECT_THAT(Contacts()[0].details.outside_number, IsEmpty());
}

}  // namespace
}  // namespace libroute
