// Agents' phones off the net, where a person has to confirm that it is no voicemail.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using Slot = contact::AgentStanding::Slot;

constexpr char kConfirmPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main, language: fr }
  - { number: "+32220002*", tree: main }
  - { number: "+32475000009", tree: main }
agents: { anna: {}, bob: {}, cas: {} }
messages: { press-one: { otherwise: press-one, languages: { fr: appuyez } } }
groups:
  desk: { agents: [anna], confirm: press-one, answer_within: 15s }
  both: { agents: [anna, bob], confirm: press-one, strategy: ring_all }
  unasked: { agents: [anna] }
  second: { agents: [cas], confirm: press-one, offer: accept_first }
trees:
  main: { agents: { group: GROUP, otherwise: { voicemail: { mailbox: nobody } } } }
)";

std::string PlanFor(const std::string& group) {
  std::string plan = kConfirmPlan;
  return plan.replace(plan.find("GROUP"), 5, group);
}

std::optional<Slot::State> StateOf(Desk& desk, const std::string& agent) {
  const AgentNow now = *desk.engine().FindAgent("acme", agent);
  if (now.standing.slots.empty()) return std::nullopt;
  return now.standing.slots[0].state;
}

constexpr char kMobile[] = "+32475000001";

TEST(PhoneConfirmation, WhoAnswersAPhoneOffTheNetHasToConfirm) {
  Desk desk(PlanFor("desk"));
  desk.Start("anna", kMobile);
  Caller caller(desk);
  const Leg leg = OnlyLeg(caller.decision());
  EXPECT_EQ(leg.confirmation, "appuyez") << "in the language of the call";
  caller.Answered();
  EXPECT_EQ(StateOf(desk, "anna"), Slot::State::kOffered);
  EXPECT_EQ(caller.Ask(), absl::StrCat("dial anna ", kMobile)) << "nothing new";
  caller.Report(ReportKind::kConfirmed, AttemptId{caller.step(), leg.target});
  EXPECT_EQ(StateOf(desk, "anna"), Slot::State::kActive);
}

TEST(PhoneConfirmation, IsAskedByTheRuleOfDial) {
  for (const auto& [phone, is_asked] :
       {std::pair("+3222000201", false), std::pair("+3224000000", true),
        std::pair("+32475000009", true), std::pair("sip:anna@acme.example", false)}) {
    Desk desk(PlanFor("desk"));
    desk.Start("anna", phone);
    Caller caller(desk);
    EXPECT_EQ(!OnlyLeg(caller.decision()).confirmation.empty(), is_asked) << phone;
    caller.Answered();
    EXPECT_EQ(StateOf(desk, "anna"), is_asked ? Slot::State::kOffered : Slot::State::kActive);
  }
  Desk desk(PlanFor("unasked"));
  desk.Start("anna", kMobile);
  Caller caller(desk);
  EXPECT_THAT(OnlyLeg(caller.decision()).confirmation, IsEmpty());
  caller.Answered();
  EXPECT_EQ(StateOf(desk, "anna"), Slot::State::kActive);
}

TEST(PhoneConfirmation, AReportThatNamesNoLegConfirmsTheOneThatIsAsked) {
  Desk desk(PlanFor("both"));
  desk.Start("anna", kMobile);
  desk.Start("bob", "+3222000202");
  Caller caller(desk);
  ASSERT_EQ(std::get<DialDecision>(caller.decision().action).legs.size(), 2u);
  caller.Report(ReportKind::kConfirmed);
  EXPECT_EQ(StateOf(desk, "anna"), Slot::State::kActive);
  EXPECT_EQ(StateOf(desk, "bob"), std::nullopt);
}

TEST(PhoneConfirmation, OfSeveralTheFirstWhoIsAPersonHasIt) {
  Desk desk(PlanFor("both"));
  desk.Start("anna", kMobile);
  desk.Start("bob", "+3222000202");
  Caller caller(desk);
  const auto& legs = std::get<DialDecision>(caller.decision().action).legs;
  // Anna's voicemail is the first to answer.
  for (size_t leg : {size_t{0}, size_t{1}}) {
    if (legs[leg].agent == "anna") caller.Answered(leg);
  }
  EXPECT_EQ(StateOf(desk, "bob"), Slot::State::kOffered);
  for (size_t leg : {size_t{0}, size_t{1}}) {
    if (legs[leg].agent == "bob") caller.Answered(leg);
  }
  EXPECT_EQ(StateOf(desk, "bob"), Slot::State::kActive);
  EXPECT_EQ(StateOf(desk, "anna"), std::nullopt);
  EXPECT_EQ(desk.PresenceOf("anna"), contact::Presence::kReady) << "nothing was missed";
}

TEST(PhoneConfirmation, WhoDoesNotConfirmHasMissedTheCall) {
  Desk desk(PlanFor("desk"));
  desk.Start("anna", kMobile);
  Caller caller(desk);
  caller.Answered();
  caller.Tell("not_confirmed");
  EXPECT_EQ(StateOf(desk, "anna"), std::nullopt);
  EXPECT_EQ(desk.PresenceOf("anna"), contact::Presence::kNotReady);
}

TEST(PhoneConfirmation, WhoIsTooSlowHasMissedTheCall) {
  Desk desk(PlanFor("desk"));
  desk.Start("anna", kMobile);
  Caller caller(desk);
  const AttemptId attempt{caller.step(), OnlyLeg(caller.decision()).target};
  caller.Answered();
  // The switch lets it ring for 15 s, and has 20 more to say so; 15 are for the confirmation.
  desk.now += absl::Seconds(50);
  desk.engine().Advance(desk.now);
  EXPECT_EQ(StateOf(desk, "anna"), std::nullopt);
  EXPECT_EQ(desk.PresenceOf("anna"), contact::Presence::kNotReady);
  caller.Report(ReportKind::kConfirmed, attempt);
  EXPECT_EQ(StateOf(desk, "anna"), std::nullopt);
}

TEST(PhoneConfirmation, HasTimeOfItsOwn) {
  Desk desk(PlanFor("desk"));
  desk.Start("anna", kMobile);
  Caller caller(desk);
  const Leg leg = OnlyLeg(caller.decision());
  EXPECT_EQ(leg.ring_timeout, absl::Seconds(15));
  // Answered late, and it takes some seconds to hear what to press.
  desk.now += absl::Seconds(34);
  caller.Answered();
  desk.now += absl::Seconds(15);
  desk.engine().Advance(desk.now);
  caller.Report(ReportKind::kConfirmed, AttemptId{caller.step(), leg.target});
  EXPECT_EQ(StateOf(desk, "anna"), Slot::State::kActive);
}

TEST(PhoneConfirmation, SoDoesWhoHasAcceptedAtTheDesk) {
  Desk desk(PlanFor("second"));
  desk.Start("cas", kMobile);
  Caller caller(desk);
  AgentAct accept;
  accept.kind = AgentAct::Kind::kAccept;
  accept.agent = "cas";
  accept.token = desk.engine().FindAgent("acme", "cas")->standing.slots[0].token;
  desk.Tell(accept);
  EXPECT_EQ(caller.Ask(), absl::StrCat("dial cas ", kMobile));
  EXPECT_EQ(OnlyLeg(caller.decision()).confirmation, "appuyez");
  caller.Answered();
  EXPECT_EQ(StateOf(desk, "cas"), Slot::State::kConnecting);
  caller.Report(ReportKind::kConfirmed);
  EXPECT_EQ(StateOf(desk, "cas"), Slot::State::kActive);
}

TEST(PhoneConfirmation, SoDoesWhoIsConsulted) {
  Desk desk(PlanFor("desk"));
  desk.Start("anna", "+3222000201");
  desk.Start("bob", kMobile);
  Caller caller(desk);
  caller.Answered();
  AgentAct consult;
  consult.kind = AgentAct::Kind::kConsult;
  consult.agent = "anna";
  consult.token = desk.engine().FindAgent("acme", "anna")->standing.slots[0].token;
  consult.to_group = "both";
  desk.Tell(consult);
  std::optional<CallNow> now = caller.Hear();
  ASSERT_TRUE(now.has_value());
  ASSERT_EQ(now->phones.size(), 1u);
  EXPECT_EQ(now->phones[0].confirmation, "appuyez");
  const AttemptId attempt{now->step, now->phones[0].target};
  caller.Report(ReportKind::kAnswered, attempt);
  EXPECT_EQ(caller.Hear()->consulted, "");
  caller.Report(ReportKind::kConfirmed, attempt);
  EXPECT_EQ(caller.Hear()->consulted, "bob");
}

}  // namespace
}  // namespace libroute
