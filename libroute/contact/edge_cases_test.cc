#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/test_center.h"

// Where several things happen at once, or in an order that nobody expects.
namespace libroute::contact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

// Wants the agent first, for ten minutes.
void ArriveFor(TestCenter& center, const std::string& name, const std::string& agent) {
  Wish wish;
  wish.group = center.Group("sales");
  wish.agent = center.Agent(agent);
  wish.agent_wait = absl::Minutes(10);
  wish.max_wait = absl::Hours(1);
  center.Tell(Arrive{name, Medium::kCall, 0, wish});
}

TEST(EdgeCases, NobodyWaitsForAnAgentWhoHasLeftMissedOrDeclined) {
  for (int way = 0; way < 4; ++way) {
    TestCenter center(OneGroup({{"anna"}, {"bert"}}));
    center.Start("anna");
    center.Start("bert");
    ArriveFor(center, "c1", "anna");
    EXPECT_THAT(center.Offered(), ElementsAre("anna"));
    if (way == 0) center.Tell(NotReady{center.Agent("anna"), "lunch"});
    if (way == 1) center.Tell(LogOut{center.Agent("anna")});
    if (way == 2) center.Decline("anna");
    if (way == 3) center.Wait(absl::Seconds(20));
    EXPECT_THAT(center.Offered(), ElementsAre("bert")) << way;
  }
}

TEST(EdgeCases, NobodyWaitsForAnAgentWhoseDeskIsNotHeardOf) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  ArriveFor(center, "c1", "anna");
  center.Answer("anna");
  ArriveFor(center, "c2", "anna");
  center.Start("bert");
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
  center.Tell(Disconnected{center.Agent("anna")});
  EXPECT_THAT(center.Offered(), ElementsAre("bert"));
}

TEST(EdgeCases, AnotherEmailGoesToWhoHasNone) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}, {"cleo"}}));
  for (const char* agent : {"anna", "bert", "cleo"}) center.Start(agent);
  for (const char* email : {"m1", "m2", "m3", "m4"}) {
    center.Arrive(email, "sales", Medium::kEmail);
  }
  EXPECT_THAT(center.Offered(), ElementsAre("anna", "bert", "cleo", "anna"));
}

TEST(EdgeCases, ACallGoesToWhoIsIdleBeforeItInterruptsAnEmail) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Start("bert");
  center.Arrive("m1", "sales", Medium::kEmail);
  center.Answer("anna");
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.Offered(), ElementsAre("anna", "bert"));
}

TEST(EdgeCases, RoundRobinPassesByWhoseOfferWasWithdrawn) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.groups[0].strategy = Strategy::kRoundRobin;
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Tell(HangUp{center.Contact("c1")});
  center.Arrive("c2", "sales");
  EXPECT_THAT(center.Offered(), ElementsAre("anna", "bert"));
}

TEST(EdgeCases, AnOfferKeepsItsStyleWhenTheRulesChange) {
  CenterRules rules = OneGroup({{"anna"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  rules.groups[0].offer.style = OfferStyle::kAcceptFirst;
  center.Configure(rules);
  center.Forget();
  center.Answer("anna");
  EXPECT_THAT(center.News(), ElementsAre("answered c1 anna sales"));
  center.Finish("anna");
  center.Arrive("c2", "sales");
  center.Forget();
  center.Answer("anna");
  EXPECT_THAT(center.News(), ElementsAre("connect c2 anna"));
}

TEST(EdgeCases, WhatFallsTogetherIsServedInItsOrder) {
  CenterRules rules = OneGroup({{"anna", 100}, {"bert", 50}});
  rules.groups[0].least_index = 80;
  rules.groups[0].steps.push_back({absl::Seconds(20), 40, ""});
  TestCenter center(rules);
  center.Start("anna");
  // Slots that are used again stand in another order than the contacts.
  center.Arrive("old-1", "sales");
  center.Arrive("old-2", "sales");
  center.Tell(HangUp{center.Contact("old-1")});
  center.Tell(HangUp{center.Contact("old-2")});
  center.Tell(NotReady{center.Agent("anna"), "lunch"});
  center.Tell(Ready{center.Agent("anna")});
  center.Arrive("c0", "sales");
  center.Answer("anna");
  center.Arrive("c1", "sales");
  center.Arrive("c2", "sales");
  center.Start("bert");
  center.Forget();
  center.Wait(absl::Seconds(20));
  EXPECT_THAT(center.News(), ElementsAre("offered c1 bert sales"));
}

TEST(EdgeCases, ADirectCallIsNoMissedOffer) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 anna phone_busy", "offered c1 bert sales"));
  EXPECT_EQ(center.center().Look(center.Agent("anna"))->presence, Presence::kReady);
}

TEST(EdgeCases, WhoLosesThePhoneLosesTheCallThatIsConnectedThere) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.groups[0].offer.style = OfferStyle::kAcceptFirst;
  rules.groups[0].gives_up_with_none_ready = false;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  const Token token = center.LastToken("anna");
  center.Forget();
  center.Tell(LogIn{center.Agent("bert"), "phone of anna"});
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 anna withdrawn", "presence anna logged_out phone of anna",
                          "presence bert not_ready phone of anna", "waiting c1 sales"));
  EXPECT_EQ(center.Try(Connected{center.Agent("anna"), token}).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(EdgeCases, AnotherPhoneIsTold) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Forget();
  center.Tell(LogIn{center.Agent("anna"), "at home"});
  EXPECT_THAT(center.News(), ElementsAre("presence anna ready at home"));
}

TEST(EdgeCases, AnEmailDoesNotStayWithWhoIsGone) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Arrive("m1", "sales", Medium::kEmail);
  center.Answer("anna");
  center.Start("bert");
  center.Tell(Disconnected{center.Agent("anna")});
  center.Forget();
  center.Wait(absl::Seconds(64));
  EXPECT_THAT(center.News(),
              ElementsAre("presence anna not_ready_pending disconnected", "released m1 anna",
                          "offered m1 bert sales", "presence anna logged_out disconnected"));
  EXPECT_EQ(center.center().Look(center.Group("sales"))->entered, 2u);
}

TEST(EdgeCases, AnEmailGoesBackToItsOwnGroupAfterAConsultationElsewhere) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.groups.push_back({.name = "level-2"});
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("m1", "sales", Medium::kEmail);
  center.Answer("anna");
  Wish wish;
  wish.group = center.Group("level-2");
  center.Tell(Consult{center.Agent("anna"), center.LastToken("anna"), wish});
  center.Start("bert");
  center.Tell(Disconnected{center.Agent("anna")});
  center.Forget();
  center.Wait(absl::Seconds(64));
  EXPECT_THAT(center.News(), IsSupersetOf({"released m1 anna", "offered m1 bert sales"}));
}

TEST(EdgeCases, AnInterruptedEmailThatIsDoneNeedsNoWrapUp) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].wrap_up.time = absl::Seconds(30);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("m1", "sales", Medium::kEmail);
  const Token email = center.LastToken("anna");
  center.Answer("anna");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Tell(Finish{center.Agent("anna"), email});
  EXPECT_THAT(center.News(), ElementsAre("released m1 anna", "ended m1 done"));
}

TEST(EdgeCases, TheConsultedAgentWrapsUp) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.groups[0].wrap_up.time = absl::Seconds(30);
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  Wish wish;
  wish.group = center.Group("sales");
  center.Tell(Consult{center.Agent("anna"), center.LastToken("anna"), wish});
  center.Answer("bert");
  center.Wait(absl::Seconds(10));
  center.Forget();
  center.Finish("bert");
  EXPECT_THAT(center.News(), ElementsAre("wrap_up c1 bert", "consult_ended c1 anna done"));
  EXPECT_EQ(center.center().Look(center.Agent("bert"))->talk_today, absl::Seconds(10));
}

TEST(EdgeCases, AConsultationAboutAnEmailEnds) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].gives_up_with_none_ready = false;
  rules.groups[0].max_wait = absl::Seconds(40);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("m1", "sales", Medium::kEmail);
  center.Answer("anna");
  Wish wish;
  wish.group = center.Group("sales");
  center.Tell(Consult{center.Agent("anna"), center.LastToken("anna"), wish});
  center.Forget();
  center.Wait(absl::Seconds(40));
  EXPECT_THAT(center.News(), ElementsAre("consult_ended m1 anna timeout"));
}

TEST(EdgeCases, AClosedGroupKeepsNobodyWhoWaitsForAnAgentFirst) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  ArriveFor(center, "c1", "anna");
  center.Answer("anna");
  ArriveFor(center, "c2", "anna");
  center.Forget();
  center.Tell(CloseGroup{center.Group("sales"), Closing::kEvict});
  EXPECT_THAT(center.News(), ElementsAre("closed sales", "gave_up c2 sales closed"));
}

TEST(EdgeCases, WhoIsNoMemberAnyMoreKeepsNoOffer) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Forget();
  rules.groups[0].members.erase(rules.groups[0].members.begin());
  center.Configure(rules);
  EXPECT_THAT(center.News(),
              ElementsAre("configured", "offer_ended c1 anna withdrawn", "offered c1 bert sales"));
}

TEST(EdgeCases, ATimeThatIsNoneDoesNothing) {
  ContactCenter center;
  Effects effects;
  for (const absl::Time now : {absl::InfiniteFuture(), absl::InfinitePast()}) {
    EXPECT_EQ(center.Apply(NewDay{}, now, effects).code(), absl::StatusCode::kInvalidArgument);
    center.Advance(now, effects);
  }
  EXPECT_TRUE(center.Apply(NewDay{}, absl::FromUnixSeconds(1'800'000'000), effects).ok());
}

}  // namespace
}  // namespace libroute::contact
