// The centre in words: who is offered what, and what becomes of it.

#include "libroute/contact/contact_center.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ContactCenter, TakesACallFromArrivalToWrapUp) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].wrap_up.time = absl::Seconds(30);
  TestCenter center(rules);
  center.Start("anna");
  EXPECT_THAT(center.News(), ElementsAre("configured", "presence anna not_ready phone of anna",
                                         "presence anna ready"));
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.News(), ElementsAre("arrived c1", "offered c1 anna sales"));
  center.Answer("anna");
  center.Arrive("c2", "sales");
  EXPECT_THAT(center.News(),
              ElementsAre("answered c1 anna sales", "arrived c2", "waiting c2 sales"));
  center.Finish("anna");
  EXPECT_THAT(center.News(), ElementsAre("wrap_up c1 anna"));
  center.Wait(absl::Seconds(29));
  EXPECT_THAT(center.News(), IsEmpty());
  center.Wait(absl::Seconds(1));
  EXPECT_THAT(center.News(),
              ElementsAre("released c1 anna", "ended c1 done", "offered c2 anna sales"));
}

TEST(ContactCenter, GivesUpWhenEverybodyIsPaused) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Arrive("c0", "sales");
  EXPECT_THAT(center.News(), ElementsAre("configured", "arrived c0", "gave_up c0 sales no_agents"));
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Arrive("c2", "sales");
  center.Answer("bert");
  center.Arrive("c3", "sales");
  center.Forget();
  // On a contact, but not there for the next one.
  center.Tell(NotReady{center.Agent("anna"), "lunch"});
  EXPECT_THAT(center.News(), ElementsAre("presence anna not_ready_pending lunch"));
  center.Tell(NotReady{center.Agent("bert"), "lunch"});
  EXPECT_THAT(center.News(),
              ElementsAre("presence bert not_ready_pending lunch", "gave_up c3 sales none_ready"));
  center.Arrive("c4", "sales");
  EXPECT_THAT(center.News(), ElementsAre("arrived c4", "gave_up c4 sales none_ready"));
  center.Finish("anna");
  EXPECT_THAT(center.News(),
              ElementsAre("released c1 anna", "ended c1 done", "presence anna not_ready lunch"));
}

TEST(ContactCenter, GivesUpWhenOneIsPausedAndTheOtherDoesNotAnswer) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Start("bert");
  center.Tell(NotReady{center.Agent("anna"), "lunch"});
  center.Arrive("c1", "sales");
  center.Forget();
  center.Wait(absl::Seconds(20));
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 bert expired", "presence bert not_ready missed",
                          "gave_up c1 sales none_ready"));
}

TEST(ContactCenter, OffersADeclinedCallOnAndNotBackAtOnce) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Decline("anna");
  EXPECT_THAT(center.News(), ElementsAre("offer_ended c1 anna declined", "offered c1 bert sales"));
  center.Decline("bert");
  EXPECT_THAT(center.News(), ElementsAre("offer_ended c1 bert declined", "waiting c1 sales"));
  // Others get through meanwhile.
  center.Arrive("c2", "sales");
  EXPECT_THAT(center.News(), ElementsAre("arrived c2", "offered c2 anna sales"));
  center.Wait(rules.refusal_rest - absl::Seconds(15));
  EXPECT_THAT(center.News(), IsEmpty());
}

TEST(ContactCenter, OffersAgainToWhoDeclinedWhenNobodyElseTakesIt) {
  CenterRules rules = OneGroup({{"anna"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Decline("anna");
  center.Forget();
  center.Wait(rules.refusal_rest);
  EXPECT_THAT(center.News(), ElementsAre("offered c1 anna sales"));
}

TEST(ContactCenter, KeepsTheAgeOfWhatWasDeclined) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Wait(absl::Seconds(1));
  center.Arrive("c2", "sales");
  center.Decline("anna");  // c1 waits, anna gets c2
  center.Forget();
  center.Arrive("c3", "sales");
  center.Start("bert");
  EXPECT_THAT(center.Offered(), ElementsAre("bert"));
  EXPECT_EQ(center.center().Look(center.Contact("c1"))->state, ContactStanding::State::kOffered);
}

TEST(ContactCenter, ABusyOrFailedPhoneIsNoMissedOffer) {
  CenterRules rules = OneGroup({{"anna"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Tell(PhoneFailed{center.Agent("anna"), center.LastToken("anna"), true});
  EXPECT_THAT(center.News(), ElementsAre("offer_ended c1 anna phone_busy", "waiting c1 sales"));
  EXPECT_EQ(center.center().Look(center.Agent("anna"))->presence, Presence::kReady);
  center.Wait(rules.phone_rest);
  EXPECT_THAT(center.News(), ElementsAre("offered c1 anna sales"));
}

TEST(ContactCenter, AcceptFirstDialsThePhoneAfterTheDesk) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].offer.style = OfferStyle::kAcceptFirst;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  EXPECT_EQ(center.center().Look(center.Contact("c1"))->state, ContactStanding::State::kConnecting);
  center.Forget();
  center.Tell(Connected{center.Agent("anna"), center.LastToken("anna")});
  EXPECT_THAT(center.News(), ElementsAre("answered c1 anna sales"));
  center.Finish("anna");
  center.Arrive("c2", "sales");
  center.Answer("anna");
  center.Forget();
  center.Wait(rules.groups[0].offer.connect_within);
  EXPECT_THAT(center.News(), ElementsAre("offer_ended c2 anna phone_failed", "waiting c2 sales"));
}

TEST(ContactCenter, RingAllIsWonByTheFirstAnswer) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}, {"carl"}});
  rules.groups[0].strategy = Strategy::kRingAll;
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  const Token late = center.LastToken("bert");
  center.Forget();
  // Who comes while it rings joins in.
  center.Start("carl");
  EXPECT_THAT(center.Offered(), ElementsAre("carl"));
  center.Answer("anna");
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 bert rescinded", "offer_ended c1 carl rescinded",
                          "answered c1 anna sales"));
  const absl::Status status = center.Try(Answer{center.Agent("bert"), late});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), HasSubstr("agent \"bert\" is ready and has no contact"));
  EXPECT_THAT(center.News(), IsEmpty());
}

TEST(ContactCenter, ProgressiveRingAddsOneAfterTheOther) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}, {"carl"}});
  rules.groups[0].strategy = Strategy::kProgressiveRing;
  rules.groups[0].offer.ring_most = 2;
  TestCenter center(rules);
  for (const char* name : {"anna", "bert", "carl"}) center.Start(name);
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
  center.Wait(absl::Seconds(10));
  EXPECT_THAT(center.Offered(), ElementsAre("bert"));
  center.Wait(absl::Seconds(9));
  EXPECT_THAT(center.Offered(), IsEmpty());
}

TEST(ContactCenter, AcceptsALowerIndexAfterAStep) {
  CenterRules rules = OneGroup({{"anna", 90}, {"bert", 40}});
  rules.groups[0].least_index = 70;
  rules.groups[0].steps = {{absl::Seconds(20), 40, ""}};
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Arrive("c2", "sales");
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
  center.Wait(absl::Seconds(19));
  EXPECT_THAT(center.Offered(), IsEmpty());
  center.Wait(absl::Seconds(1));
  EXPECT_THAT(center.Offered(), ElementsAre("bert"));
}

TEST(ContactCenter, AContactThatCannotUseAnAgentDoesNotStandInTheWay) {
  CenterRules rules = OneGroup({{"anna", 90}, {"bert", 40}});
  rules.groups[0].least_index = 70;
  rules.groups[0].steps = {{absl::Seconds(20), 40, ""}};
  GroupRules other;
  other.name = "other";
  other.members = {{"bert", 10}};
  rules.groups.push_back(other);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Arrive("c2", "sales");
  center.Start("bert");
  center.Forget();
  center.Arrive("c3", "other");
  EXPECT_THAT(center.Offered(), ElementsAre("bert"));
}

TEST(ContactCenter, AddsAGroupAfterAStep) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.agents.push_back({.name = "bert"});
  GroupRules other;
  other.name = "other";
  other.members = {{"bert", 10}};
  rules.groups.push_back(other);
  rules.groups[0].steps = {{absl::Seconds(40), 0, "other"}};
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Arrive("c2", "sales");
  center.Forget();
  center.Wait(absl::Seconds(40));
  EXPECT_THAT(center.News(), ElementsAre("offered c2 bert other"));
}

TEST(ContactCenter, AReserveAgentGetsWhatNobodyElseCanTake) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.agents[0].is_reserve = true;
  TestCenter center(rules);
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Arrive("c2", "sales");
  EXPECT_THAT(center.Offered(), ElementsAre("bert", "anna"));
}

TEST(ContactCenter, ACallInterruptsAnEmailThatGoesOnAfterwards) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("m1", "sales", Medium::kEmail);
  center.Answer("anna");
  center.Forget();
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.News(),
              ElementsAre("arrived c1", "interrupted m1 anna", "offered c1 anna sales"));
  center.Answer("anna");
  center.Arrive("m2", "sales", Medium::kEmail);
  center.Forget();
  center.Finish("anna");
  EXPECT_THAT(center.News(), ElementsAre("released c1 anna", "ended c1 done", "resumed m1 anna",
                                         "offered m2 anna sales"));
}

TEST(ContactCenter, AnEmailIsNotInterruptedWhereThatIsNotWanted) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.agents[0].calls_interrupt_emails = false;
  TestCenter center(rules);
  center.Start("anna");
  for (const char* name : {"m1", "m2", "m3", "m4"}) center.Arrive(name, "sales", Medium::kEmail);
  EXPECT_THAT(center.Offered(), ElementsAre("anna", "anna", "anna"));  // 3 * 30 of 100
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.News(), ElementsAre("arrived c1", "waiting c1 sales"));
}

TEST(ContactCenter, WrapUpTakesTheAgentFromAllGroups) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].wrap_up = {absl::Seconds(10), absl::Seconds(15)};
  rules.groups.push_back(rules.groups[0]);
  rules.groups[1].name = "support";
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Finish("anna");
  center.Arrive("c2", "support");
  center.Forget();
  const AgentId anna = center.Agent("anna");
  center.Tell(ExtendWrapUp{anna, center.LastToken("anna"), absl::Seconds(5)});
  EXPECT_FALSE(center.Try(ExtendWrapUp{anna, center.LastToken("anna"), absl::Seconds(1)}).ok());
  center.Wait(absl::Seconds(14));
  EXPECT_THAT(center.News(), ElementsAre("wrap_up c1 anna"));
  center.Tell(EndWrapUp{anna, center.LastToken("anna")});
  EXPECT_THAT(center.Offered(), ElementsAre("anna"));
}

}  // namespace
}  // namespace libroute::contact
