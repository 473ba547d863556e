// What explanations say of groups of agents.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

namespace libroute {
namespace {

using testing::IsEmpty;

TEST(AgentsExplained, OffersNothing) {
  Desk desk;
  desk.Start("anna", "+3222000201");
  Decision decision;
  ASSERT_TRUE(desk.engine().Explain(TestCall("+3222000100"), desk.now, decision).ok());
  EXPECT_TRUE(std::holds_alternative<WaitDecision>(decision.action));
  EXPECT_THAT(desk.engine().FindAgent("acme", "anna")->standing.slots, IsEmpty());
}

TEST(AgentsExplained, KnowsWhoIsThere) {
  Desk desk;
  const auto explained = [&](absl::Time at) {
    Decision decision;
    EXPECT_TRUE(desk.engine().Explain(TestCall("+3222000100"), at, decision).ok());
    const auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
    return voicemail == nullptr ? std::string(ActionName(decision.action))
                                : std::string(voicemail->mailbox);
  };
  EXPECT_EQ(explained(desk.now), "nobody");
  desk.Start("anna", "+3222000201");
  EXPECT_EQ(explained(desk.now), "wait");
  desk.Do(AgentAct::Kind::kNotReady, "anna");
  EXPECT_EQ(explained(desk.now), "paused");
  desk.Do(AgentAct::Kind::kReady, "anna");
  GroupAct close;
  close.group = "desk";
  close.opens = false;
  ASSERT_TRUE(desk.engine().ChangeGroup("acme", close, desk.now).ok());
  EXPECT_EQ(explained(desk.now), "closed");
  // It is the same that a call is told.
  Caller caller(desk);
  EXPECT_EQ(caller.Told(), "voicemail closed");
}

TEST(AgentsExplained, GoesByTheHoursOfTheTimeThatIsMeant) {
  Desk desk(R"(
customer: acme
time_zone: UTC
numbers: [{ number: "+3222000100", tree: main }]
schedules: { day: { weekly: { days: [mon], from: "08:00", to: "17:00" } } }
agents: { anna: {} }
groups: { desk: { agents: [anna], schedule: day } }
trees:
  main: { agents: { group: desk, on_closed: { voicemail: { mailbox: closed } }, otherwise: { release: {} } } }
)");
  desk.Start("anna", "+3222000201");
  Decision decision;
  ASSERT_TRUE(desk.engine().Explain(TestCall("+3222000100"), desk.now, decision).ok());
  EXPECT_TRUE(std::holds_alternative<WaitDecision>(decision.action));
  const absl::Time evening = desk.now + absl::Hours(10);
  ASSERT_TRUE(desk.engine().Explain(TestCall("+3222000100"), evening, decision).ok());
  EXPECT_TRUE(std::holds_alternative<VoicemailDecision>(decision.action));
}

}  // namespace
}  // namespace libroute
