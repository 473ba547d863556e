// The figures by which a centre lives: exact at every instant.

#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

CenterRules SalesWithWrapUp() {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].wrap_up.time = absl::Seconds(30);
  rules.groups[0].service_level.within = absl::Seconds(20);
  return rules;
}

GroupStanding Sales(const TestCenter& center) {
  return *center.center().Look(center.Group("sales"));
}
AgentStanding Anna(const TestCenter& center) {
  return *center.center().Look(center.Agent("anna"));
}

TEST(Figures, HandleTimeIsTalkingHoldAndWrapUp) {
  TestCenter center(SalesWithWrapUp());
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Wait(absl::Seconds(40));
  center.Tell(Hold{center.Agent("anna"), center.LastToken("anna"), true});
  // Once more is the same.
  center.Wait(absl::Seconds(5));
  center.Tell(Hold{center.Agent("anna"), center.LastToken("anna"), true});
  center.Wait(absl::Seconds(10));
  center.Tell(Hold{center.Agent("anna"), center.LastToken("anna"), false});
  center.Wait(absl::Seconds(5));
  center.Finish("anna");
  // Only what agents are done with counts.
  EXPECT_EQ(Sales(center).handled, 0u);
  EXPECT_EQ(Anna(center).talk_today, absl::Seconds(60));
  EXPECT_EQ(Anna(center).hold_today, absl::Seconds(15));
  EXPECT_EQ(Anna(center).wrap_up_today, absl::ZeroDuration());
  center.Wait(absl::Seconds(30));
  EXPECT_EQ(Sales(center).handled, 1u);
  EXPECT_EQ(Sales(center).talk_time, absl::Seconds(45));
  EXPECT_EQ(Sales(center).hold_time, absl::Seconds(15));
  EXPECT_EQ(Sales(center).wrap_up_time, absl::Seconds(30));
  EXPECT_EQ(Anna(center).wrap_up_today, absl::Seconds(30));
  center.Tell(NewDay{});
  EXPECT_EQ(Anna(center).hold_today, absl::ZeroDuration());
  EXPECT_EQ(Anna(center).wrap_up_today, absl::ZeroDuration());
}

TEST(Figures, ACallerWhoIsOnHoldToTheEndWasOnHold) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Wait(absl::Seconds(10));
  center.Tell(Hold{center.Agent("anna"), center.LastToken("anna"), true});
  center.Wait(absl::Seconds(20));
  center.Tell(HangUp{center.Contact("c1")});
  EXPECT_EQ(Sales(center).talk_time, absl::Seconds(10));
  EXPECT_EQ(Sales(center).hold_time, absl::Seconds(20));
  EXPECT_EQ(Sales(center).wrap_up_time, absl::ZeroDuration());
}

TEST(Figures, TheServiceLevelLeavesOutWhoHangsUpAtOnce) {
  TestCenter center(SalesWithWrapUp());
  EXPECT_EQ(Sales(center).ServiceLevel(), std::nullopt);
  EXPECT_EQ(Sales(center).ServiceLevelOfAll(), std::nullopt);
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("early", "sales");
  center.Wait(absl::Seconds(5));
  center.Tell(HangUp{center.Contact("early")});
  EXPECT_EQ(Sales(center).abandoned_early, 1u);
  EXPECT_EQ(Sales(center).ServiceLevel(), std::nullopt);
  center.Arrive("late", "sales");
  center.Wait(absl::Milliseconds(5001));
  center.Tell(HangUp{center.Contact("late")});
  EXPECT_EQ(Sales(center).abandoned_early, 1u);
  EXPECT_EQ(Sales(center).ServiceLevel(), 0.0);
  center.Arrive("served", "sales");
  // Neither does an e-mail count.
  center.Arrive("mail", "sales", Medium::kEmail);
  center.Tell(SetLine{center.Agent("anna"), Line::kIdle});
  center.Answer("anna");
  EXPECT_EQ(Sales(center).ServiceLevel(), 0.5);
  EXPECT_DOUBLE_EQ(*Sales(center).ServiceLevelOfAll(), 1.0 / 3);
}

TEST(Figures, OccupancyIsOfTheLastHalfHour) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  EXPECT_EQ(Anna(center).occupancy_per_mille, 0u);
  center.Wait(absl::Minutes(30));
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Wait(absl::Minutes(15));
  // Also while it lasts.
  EXPECT_NEAR(Anna(center).occupancy_per_mille, 500, 100);
  center.Wait(absl::Minutes(30));
  EXPECT_EQ(Anna(center).occupancy_per_mille, 1000u);
  center.Finish("anna");
  center.Wait(absl::Minutes(35));
  EXPECT_EQ(Anna(center).occupancy_per_mille, 0u);
}

}  // namespace
}  // namespace libroute::contact
