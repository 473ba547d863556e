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

GroupStanding SalesNow(const TestCenter& center) {
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
  EXPECT_EQ(SalesNow(center).handled, 0u);
  EXPECT_EQ(Anna(center).talk_today, absl::Seconds(60));
  EXPECT_EQ(Anna(center).hold_today, absl::Seconds(15));
  EXPECT_EQ(Anna(center).wrap_up_today, absl::ZeroDuration());
  center.Wait(absl::Seconds(30));
  EXPECT_EQ(SalesNow(center).handled, 1u);
  EXPECT_EQ(SalesNow(center).talk_time, absl::Seconds(45));
  EXPECT_EQ(SalesNow(center).hold_time, absl::Seconds(15));
  EXPECT_EQ(SalesNow(center).wrap_up_time, absl::Seconds(30));
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
  EXPECT_EQ(SalesNow(center).talk_time, absl::Seconds(10));
  EXPECT_EQ(SalesNow(center).hold_time, absl::Seconds(20));
  EXPECT_EQ(SalesNow(center).wrap_up_time, absl::ZeroDuration());
}

TEST(Figures, TheServiceLevelLeavesOutWhoHangsUpAtOnce) {
  TestCenter center(SalesWithWrapUp());
  EXPECT_EQ(SalesNow(center).ServiceLevel(), std::nullopt);
  EXPECT_EQ(SalesNow(center).ServiceLevelOfAll(), std::nullopt);
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("early", "sales");
  center.Wait(absl::Seconds(5));
  center.Tell(HangUp{center.Contact("early")});
  EXPECT_EQ(SalesNow(center).abandoned_early, 1u);
  EXPECT_EQ(SalesNow(center).ServiceLevel(), std::nullopt);
  center.Arrive("late", "sales");
  center.Wait(absl::Milliseconds(5001));
  center.Tell(HangUp{center.Contact("late")});
  EXPECT_EQ(SalesNow(center).abandoned_early, 1u);
  EXPECT_EQ(SalesNow(center).ServiceLevel(), 0.0);
  center.Arrive("served", "sales");
  // Neither does an e-mail count.
  center.Arrive("mail", "sales", Medium::kEmail);
  center.Tell(SetLine{center.Agent("anna"), Line::kIdle});
  center.Answer("anna");
  EXPECT_EQ(SalesNow(center).ServiceLevel(), 0.5);
  EXPECT_DOUBLE_EQ(*SalesNow(center).ServiceLevelOfAll(), 1.0 / 3);
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

// How long anna is in wrap-up after a call with this wish.
absl::Duration WrapUpAfter(TestCenter& center, Wish wish = {}) {
  wish.group = center.Group("sales");
  center.Tell(Arrive{"call", Medium::kCall, 0, wish});
  center.Answer("anna");
  center.Finish("anna");
  const AgentStanding anna = Anna(center);
  if (anna.slots.empty()) return absl::ZeroDuration();
  const absl::Duration time = anna.slots[0].deadline - center.now();
  center.Tell(EndWrapUp{center.Agent("anna"), center.LastToken("anna")});
  return time;
}

TEST(WrapUp, IsThatOfTheContactOrTheAgentOrTheGroup) {
  CenterRules rules = SalesWithWrapUp();
  rules.groups[0].wrap_up.most = absl::Minutes(2);
  TestCenter center(rules);
  center.Start("anna");
  EXPECT_EQ(WrapUpAfter(center), absl::Seconds(30));
  rules.agents[0].wrap_up = absl::Seconds(45);
  center.Configure(rules);
  EXPECT_EQ(WrapUpAfter(center), absl::Seconds(45));
  Wish wish;
  wish.wrap_up = absl::Seconds(90);
  EXPECT_EQ(WrapUpAfter(center, wish), absl::Seconds(90));
  // Up to what the group allows at all.
  wish.wrap_up = absl::Minutes(5);
  EXPECT_EQ(WrapUpAfter(center, wish), absl::Minutes(2));
  wish.wrap_up = absl::ZeroDuration();
  EXPECT_EQ(WrapUpAfter(center, wish), absl::ZeroDuration());
  rules.agents[0].wrap_up = absl::ZeroDuration();
  center.Configure(rules);
  EXPECT_EQ(WrapUpAfter(center), absl::ZeroDuration());
}

TEST(WrapUp, IsTheAgentsOwnWhereHeAloneWasWanted) {
  CenterRules rules = SalesWithWrapUp();
  rules.agents[0].wrap_up = absl::Minutes(20);
  TestCenter center(rules);
  center.Start("anna");
  const AgentId anna = center.Agent("anna");
  Wish wish;
  wish.agent = anna;
  center.Tell(Arrive{"c1", Medium::kCall, 0, wish});
  center.Answer("anna");
  center.Finish("anna");
  const auto slot = center.center().Look(anna)->slots.at(0);
  EXPECT_EQ(slot.state, AgentStanding::Slot::State::kWrapUp);
  EXPECT_EQ(slot.deadline, center.now() + absl::Minutes(20));
  EXPECT_EQ(center.Try(ExtendWrapUp{anna, slot.token, absl::Seconds(5)}).message(),
            "by: 5s is not above 0, or more than the 20m that a wrap-up may take in all");
}

TEST(WrapUp, OfAnEarlierGroupCountsNoMoreIfSaidSo) {
  CenterRules rules = SalesWithWrapUp();
  rules.groups[0].wrap_up.most = absl::Minutes(2);
  TestCenter center(rules);
  center.Start("anna");
  const AgentId anna = center.Agent("anna");
  for (const bool forgets : {false, true}) {
    center.Tell(SetLine{anna, Line::kBusy});
    Wish wish;
    wish.group = center.Group("sales");
    wish.wrap_up = absl::Seconds(90);
    center.Tell(Arrive{"c1", Medium::kCall, 0, wish});
    wish.wrap_up.reset();
    wish.forgets_wrap_up = forgets;
    center.Tell(Enter{center.Contact("c1"), wish});
    center.Tell(SetLine{anna, Line::kIdle});
    center.Answer("anna");
    center.Finish("anna");
    const auto slot = center.center().Look(anna)->slots.at(0);
    EXPECT_EQ(slot.deadline - center.now(), absl::Seconds(forgets ? 30 : 90));
    center.Tell(EndWrapUp{anna, slot.token});
  }
}

TEST(WrapUp, LastsUntilTheAgentEndsIt) {
  CenterRules rules = SalesWithWrapUp();
  rules.groups[0].wrap_up.most = absl::Minutes(2);
  rules.groups[0].wrap_up.is_ended_by_agent = true;
  rules.agents[0].wrap_up = absl::Seconds(45);
  TestCenter center(rules);
  center.Start("anna");
  EXPECT_EQ(WrapUpAfter(center), absl::Minutes(2));
  EXPECT_EQ(Anna(center).slots.size(), 0u);
}

TEST(WrapUp, IsNotBelowNothingOrLongerThanAnyMayBe) {
  TestCenter center(SalesWithWrapUp());
  Wish wish;
  wish.group = center.Group("sales");
  wish.wrap_up = absl::Hours(13);
  EXPECT_EQ(center.Try(Arrive{"call", Medium::kCall, 0, wish}).message(),
            "wish.wrap_up: 13h is not within 0s and 12h");
  CenterRules rules = SalesWithWrapUp();
  rules.agents[0].wrap_up = absl::Seconds(-1);
  EXPECT_EQ(center.Try(Configure{rules}).code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace libroute::contact
