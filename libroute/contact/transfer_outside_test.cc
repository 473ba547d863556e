// Calls that agents send to numbers outside, and numbers that they consult.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Anna has the call c1.
class Outside : public testing::Test {
 protected:
  Outside() : center_(OneGroup({{"anna"}, {"bob"}})) {
    center_.Start("anna");
    center_.Arrive("c1", "sales");
    center_.Answer("anna");
    anna_ = center_.Agent("anna");
    token_ = center_.LastToken("anna");
    center_.Forget();
  }
  ContactStanding Standing() { return *center_.center().Look(center_.Contact("c1")); }
  GroupStanding Sales() { return *center_.center().Look(center_.Group("sales")); }

  TestCenter center_;
  AgentId anna_;
  Token token_ = 0;
};

TEST_F(Outside, ACallThatIsSentOutIsWithNobodyUntilTheNumberAnswers) {
  center_.Tell(SendOut{anna_, token_});
  EXPECT_THAT(center_.News(), ElementsAre("released c1 anna"));
  EXPECT_EQ(Standing().state, ContactStanding::State::kOutside);
  EXPECT_FALSE(Standing().agent);
  // Who is free is not offered it.
  center_.Start("bob");
  center_.Forget();
  center_.Wait(absl::Seconds(30));
  EXPECT_THAT(center_.News(), IsEmpty());
  EXPECT_EQ(Sales().transferred_out, 0u);
  center_.Tell(AnsweredOutside{center_.Contact("c1")});
  EXPECT_THAT(center_.News(), ElementsAre("ended c1 done"));
  EXPECT_EQ(Sales().transferred_out, 1u);
  EXPECT_EQ(Sales().answered, 1u);
}

TEST_F(Outside, ItMayComeBackToWhoHasSentIt) {
  center_.Tell(SendOut{anna_, token_});
  center_.Forget();
  Wish back;
  back.agent = anna_;
  back.group = center_.Group("sales");
  center_.Tell(Enter{center_.Contact("c1"), back});
  EXPECT_THAT(center_.News(), ElementsAre("offered c1 anna sales"));
  EXPECT_EQ(Sales().transferred_out, 0u);
  EXPECT_EQ(Sales().moved, 0u);
}

TEST_F(Outside, ItEndsWhenNothingIsHeard) {
  center_.Tell(SendOut{anna_, token_, absl::Seconds(40)});
  center_.Forget();
  center_.Wait(absl::Seconds(39));
  EXPECT_THAT(center_.News(), IsEmpty());
  center_.Wait(absl::Seconds(1));
  EXPECT_THAT(center_.News(), ElementsAre("ended c1 forgotten"));
}

TEST_F(Outside, ACallerWhoHangsUpThenWasAnswered) {
  center_.Tell(SendOut{anna_, token_});
  center_.Forget();
  center_.Tell(HangUp{center_.Contact("c1")});
  EXPECT_THAT(center_.News(), ElementsAre("ended c1 done"));
  EXPECT_EQ(Sales().abandoned, 0u);
}

TEST_F(Outside, ASupervisorCannotSendItOn) {
  center_.Tell(SendOut{anna_, token_});
  EXPECT_THAT(center_.Try(SendOn{center_.Contact("c1")}).message(),
              HasSubstr("was handed on to a number outside"));
}

TEST_F(Outside, WhoIsConsultedTakesTheCallOver) {
  center_.Tell(ConsultOutside{anna_, token_});
  EXPECT_TRUE(Standing().is_consulting);
  EXPECT_TRUE(center_.center().Look(anna_)->slots[0].is_held);
  EXPECT_THAT(center_.Try(CompleteTransfer{anna_, token_}).message(),
              HasSubstr("nobody has answered the consultation yet"));
  center_.Tell(AnsweredOutside{center_.Contact("c1")});
  EXPECT_THAT(center_.News(), ElementsAre("consulting c1 anna"));
  EXPECT_THAT(center_.Try(AnsweredOutside{center_.Contact("c1")}).message(),
              HasSubstr("it has answered"));
  center_.Tell(CompleteTransfer{anna_, token_});
  EXPECT_THAT(center_.News(), ElementsAre("released c1 anna", "ended c1 done"));
  EXPECT_EQ(Sales().transferred_out, 1u);
}

TEST_F(Outside, WithoutSuccessTheAgentGoesOn) {
  center_.Tell(ConsultOutside{anna_, token_});
  center_.Tell(CancelConsult{anna_, token_});
  EXPECT_THAT(center_.News(), ElementsAre("consult_ended c1 anna cancelled"));
  EXPECT_FALSE(center_.center().Look(anna_)->slots[0].is_held);
  EXPECT_FALSE(Standing().is_consulting);
  EXPECT_THAT(center_.Try(AnsweredOutside{center_.Contact("c1")}).message(),
              HasSubstr("no number outside is called for it"));
}

TEST_F(Outside, AConsultationOfWhichNothingIsHeardEnds) {
  center_.Tell(ConsultOutside{anna_, token_, absl::Seconds(40)});
  center_.Wait(absl::Seconds(39));
  EXPECT_THAT(center_.News(), IsEmpty());
  center_.Wait(absl::Seconds(1));
  EXPECT_THAT(center_.News(), ElementsAre("consult_ended c1 anna timeout"));
  EXPECT_EQ(Standing().state, ContactStanding::State::kActive);
  EXPECT_FALSE(center_.center().Look(anna_)->slots[0].is_held);
  // Who has answered is talked with for as long as it takes.
  center_.Tell(ConsultOutside{anna_, token_, absl::Seconds(40)});
  center_.Tell(AnsweredOutside{center_.Contact("c1")});
  center_.Forget();
  center_.Wait(absl::Hours(1));
  EXPECT_THAT(center_.News(), IsEmpty());
  EXPECT_TRUE(Standing().is_consulting);
}

TEST_F(Outside, ThereIsOneConsultationAtATime) {
  center_.Start("bob");
  center_.Tell(ConsultOutside{anna_, token_});
  Wish sales;
  sales.group = center_.Group("sales");
  for (const absl::Status& refused :
       {center_.Try(ConsultOutside{anna_, token_}), center_.Try(Consult{anna_, token_, sales})}) {
    EXPECT_THAT(refused.message(), HasSubstr("a consultation is going on"));
  }
  center_.Tell(CancelConsult{anna_, token_});
  center_.Tell(Consult{anna_, token_, sales});
  EXPECT_THAT(center_.Try(ConsultOutside{anna_, token_}).message(),
              HasSubstr("a consultation is going on"));
}

TEST_F(Outside, WhateverEndsTheAgentsPartDropsTheConsultation) {
  center_.Start("bob");
  Wish sales;
  sales.group = center_.Group("sales");
  center_.Tell(ConsultOutside{anna_, token_});
  center_.Forget();
  center_.Tell(Transfer{anna_, token_, sales});
  EXPECT_THAT(center_.News(), ElementsAre("consult_ended c1 anna cancelled", "released c1 anna",
                                          "offered c1 bob sales"));
  center_.Answer("bob");
  const AgentId bob = center_.Agent("bob");
  center_.Tell(ConsultOutside{bob, center_.LastToken("bob")});
  center_.Forget();
  center_.Finish("bob");
  EXPECT_THAT(center_.News(),
              ElementsAre("consult_ended c1 bob done", "released c1 bob", "ended c1 done"));
}

TEST_F(Outside, TheCallersHangingUpEndsAConsultation) {
  center_.Tell(ConsultOutside{anna_, token_});
  center_.Tell(HangUp{center_.Contact("c1")});
  EXPECT_THAT(center_.News(), ElementsAre("released c1 anna", "ended c1 done"));
}

TEST_F(Outside, EmailsAndWhatIsNoTimeAreRefused) {
  EXPECT_THAT(center_.Try(SendOut{anna_, token_, absl::Hours(2)}).message(),
              HasSubstr("within: 2h is not within 1s and 1h"));
  EXPECT_THAT(center_.Try(ConsultOutside{anna_, token_, absl::ZeroDuration()}).message(),
              HasSubstr("within: 0 is not within 1s and 1h"));
  center_.Finish("anna");
  center_.Arrive("m1", "sales", Medium::kEmail);
  center_.Answer("anna");
  const Token email = center_.LastToken("anna");
  EXPECT_THAT(center_.Try(SendOut{anna_, email}).message(), HasSubstr("is an e-mail"));
  EXPECT_THAT(center_.Try(ConsultOutside{anna_, email}).message(), HasSubstr("is an e-mail"));
}

}  // namespace
}  // namespace libroute::contact
