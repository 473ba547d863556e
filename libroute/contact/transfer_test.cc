// Hang-up, transfer and consultation; new rules; what is refused.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The two-level desk: anna at level 1, lea at level 2.
CenterRules TwoLevels() {
  CenterRules rules = OneGroup({{"anna"}});
  rules.agents.push_back({.name = "lea"});
  GroupRules second;
  second.name = "level-2";
  second.members = {{"lea", 100}};
  rules.groups.push_back(second);
  return rules;
}

Wish ToGroup(const TestCenter& center, const std::string& group) {
  Wish wish;
  wish.group = center.Group(group);
  return wish;
}

TEST(Transfer, BlindKeepsTheAgeOfTheContact) {
  TestCenter center(TwoLevels());
  center.Start("anna");
  center.Start("lea");
  center.Tell(SetLine{center.Agent("lea"), Line::kBusy});
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Wait(absl::Seconds(10));
  center.Arrive("c2", "level-2");
  center.Forget();
  center.Tell(Transfer{center.Agent("anna"), center.LastToken("anna"), ToGroup(center, "level-2")});
  EXPECT_THAT(center.News(), ElementsAre("released c1 anna", "waiting c1 level-2"));
  center.Tell(SetLine{center.Agent("lea"), Line::kIdle});
  EXPECT_THAT(center.News(), ElementsAre("offered c1 lea level-2"));
}

TEST(Transfer, AfterConsultingTheOtherGoesOnAlone) {
  TestCenter center(TwoLevels());
  center.Start("anna");
  center.Start("lea");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  const AgentId anna = center.Agent("anna");
  const Token token = center.LastToken("anna");
  center.Forget();
  center.Tell(Consult{anna, token, ToGroup(center, "level-2")});
  EXPECT_FALSE(center.Try(CompleteTransfer{anna, token}).ok());
  EXPECT_TRUE(center.center().Look(anna)->slots[0].is_held);
  center.Answer("lea");
  EXPECT_THAT(center.News(), ElementsAre("offered c1 lea level-2", "answered c1 lea level-2",
                                         "consulting c1 anna"));
  center.Tell(CompleteTransfer{anna, token});
  center.Finish("lea");
  EXPECT_THAT(center.News(), ElementsAre("handed_over c1 lea", "released c1 anna",
                                         "released c1 lea", "ended c1 done"));
}

TEST(Transfer, AFailedConsultationReturnsToTheFirstAgent) {
  TestCenter center(TwoLevels());
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  const AgentId anna = center.Agent("anna");
  const Token token = center.LastToken("anna");
  center.Forget();
  center.Tell(Consult{anna, token, ToGroup(center, "level-2")});
  EXPECT_THAT(center.News(), ElementsAre("consult_ended c1 anna no_agents"));
  center.Start("lea");
  center.Tell(Consult{anna, token, ToGroup(center, "level-2")});
  center.Forget();
  center.Tell(CancelConsult{anna, token});
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 lea withdrawn", "consult_ended c1 anna cancelled"));
  EXPECT_FALSE(center.center().Look(anna)->slots[0].is_held);
  center.Wait(absl::Hours(2));
  EXPECT_THAT(center.News(), IsEmpty());
}

TEST(HangUp, EndsTheContactAtAnyMoment) {
  TestCenter center(TwoLevels());
  center.Start("anna");
  center.Start("lea");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Tell(HangUp{center.Contact("c1")});
  EXPECT_THAT(center.News(), ElementsAre("offer_ended c1 anna withdrawn", "ended c1 abandoned"));
  center.Arrive("c2", "sales");
  center.Answer("anna");
  center.Arrive("c3", "sales");
  center.Forget();
  center.Tell(HangUp{center.Contact("c3")});
  EXPECT_THAT(center.News(), ElementsAre("ended c3 abandoned"));
  center.Tell(Consult{center.Agent("anna"), center.LastToken("anna"), ToGroup(center, "level-2")});
  center.Answer("lea");
  center.Forget();
  center.Tell(HangUp{center.Contact("c2")});
  EXPECT_THAT(center.News(), ElementsAre("released c2 lea", "released c2 anna", "ended c2 done"));
}

TEST(NewRules, ReachThoseWhoWait) {
  CenterRules rules = OneGroup({{"anna", 40}});
  rules.groups[0].least_index = 70;
  rules.groups[0].steps = {{absl::Seconds(300), 40, ""}};
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Forget();
  rules.groups[0].steps[0].after = absl::Seconds(20);
  center.Wait(absl::Seconds(15));
  center.Configure(rules);
  EXPECT_THAT(center.News(), ElementsAre("configured"));
  center.Wait(absl::Seconds(5));
  EXPECT_THAT(center.News(), ElementsAre("offered c1 anna sales"));
}

TEST(NewRules, SendTheContactsOfARemovedGroupAway) {
  CenterRules rules = TwoLevels();
  TestCenter center(rules);
  center.Start("anna");
  center.Start("lea");
  center.Arrive("c1", "level-2");
  center.Arrive("c2", "level-2");
  center.Forget();
  rules.groups.pop_back();
  center.Configure(rules);
  EXPECT_THAT(center.News(), ElementsAre("configured", "offer_ended c1 lea withdrawn",
                                         "gave_up c1 (gone) closed", "gave_up c2 (gone) closed"));
}

TEST(NewRules, LetARemovedAgentFinish) {
  CenterRules rules = TwoLevels();
  TestCenter center(rules);
  center.Start("lea");
  center.Arrive("c1", "level-2");
  center.Answer("lea");
  center.Forget();
  rules.agents.pop_back();
  rules.groups[1].members.clear();
  center.Configure(rules);
  EXPECT_THAT(center.News(), ElementsAre("configured", "presence lea logging_out removed"));
  const AgentId lea = center.Agent("lea");
  center.Finish("lea");
  EXPECT_EQ(center.center().Look(lea), std::nullopt);
  EXPECT_FALSE(center.center().FindAgent("lea").ok());
}

TEST(Refused, SaysWhatTheStateReallyIs) {
  TestCenter center(TwoLevels());
  const AgentId anna = center.Agent("anna");
  EXPECT_THAT(center.Try(Ready{anna}).message(), HasSubstr("agent \"anna\" is not logged in"));
  EXPECT_EQ(center.Try(Ready{AgentId{77, 1}}).code(), absl::StatusCode::kNotFound);
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Forget();
  const Token token = center.LastToken("anna");
  EXPECT_THAT(center.Try(Finish{anna, token}).message(),
              HasSubstr("is not active; agent \"anna\" is ready and has offered 1"));
  EXPECT_THAT(center.Try(Answer{anna, token + 1}).message(),
              HasSubstr("was never given to anybody"));
  EXPECT_EQ(center.Try(Arrive{"c1", Medium::kCall, 0, ToGroup(center, "sales")}).code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(center.Try(Arrive{"c9", Medium::kCall, 0, {}}).message(),
              HasSubstr("a group or an agent is wanted"));
  EXPECT_THAT(center.News(), IsEmpty());
  center.Answer("anna");
  EXPECT_THAT(center.Try(Enter{center.Contact("c1"), ToGroup(center, "level-2")}).message(),
              HasSubstr("contact \"c1\" is with agent \"anna\": a transfer is wanted"));
}

TEST(Refused, AnAnswerToAnExpiredOffer) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].offer.missed_limit = 0;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  const Token token = center.LastToken("anna");
  center.Wait(absl::Seconds(20));
  EXPECT_THAT(center.Try(Answer{center.Agent("anna"), token}).message(),
              HasSubstr("is not this agent's, or over, and not offered; agent \"anna\" is ready"));
}

}  // namespace
}  // namespace libroute::contact
