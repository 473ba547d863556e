// Waiting in words: places, preferences, giving up, closing; and desks that are
// lost.

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/contact_center.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Waiting, PriorityIsTimeThatHasBeenWaited) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("c0", "sales");
  center.Answer("anna");
  center.Arrive("old", "sales");
  center.Wait(absl::Seconds(31));
  center.Arrive("equal", "sales", Medium::kCall, 1);
  center.Arrive("vip", "sales", Medium::kCall, 2);
  EXPECT_EQ(center.center().Look(center.Contact("vip"))->position, 1u);
  EXPECT_EQ(center.center().Look(center.Contact("old"))->position, 2u);
  EXPECT_EQ(center.center().Look(center.Contact("equal"))->position, 3u);
}

// Which of those who wait in sales comes first, second, ...
std::vector<std::string> InOrder(const TestCenter& center, std::vector<std::string> names) {
  std::sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    return center.center().Look(center.Contact(a))->position <
           center.center().Look(center.Contact(b))->position;
  });
  return names;
}

void ArriveAt(TestCenter& center, const std::string& name, int position, int priority = 0) {
  Wish wish;
  wish.group = center.Group("sales");
  wish.position = position;
  center.Tell(Arrive{name, Medium::kCall, priority, wish});
}

TEST(Waiting, APositionIsTakenAmongThoseOfTheSamePriority) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("vip", "sales", Medium::kCall, 10);
  for (const char* name : {"c1", "c2", "c3"}) {
    center.Wait(absl::Seconds(1));
    center.Arrive(name, "sales");
  }
  center.Wait(absl::Seconds(1));
  ArriveAt(center, "second", 2);
  ArriveAt(center, "first", 1);
  // As many do not wait.
  ArriveAt(center, "last", 9);
  EXPECT_THAT(InOrder(center, {"vip", "c1", "c2", "c3", "first", "second", "last"}),
              ElementsAre("vip", "first", "c1", "second", "c2", "c3", "last"));
  // Its age is what it is.
  EXPECT_EQ(center.center().Look(center.Contact("first"))->arrived, center.now());
  EXPECT_EQ(center.center().Look(center.Contact("first"))->waited, absl::ZeroDuration());
}

TEST(Waiting, APositionDoesNotMakeAnybodyWaitLonger) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups.push_back(rules.groups[0]);
  rules.groups[1].name = "support";
  TestCenter center(rules);
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("old", "support");
  for (const char* name : {"c1", "c2", "c3"}) {
    center.Wait(absl::Seconds(1));
    center.Arrive(name, "sales");
  }
  Wish wish;
  wish.group = center.Group("sales");
  wish.position = 3;
  center.Tell(Enter{center.Contact("old"), wish});
  EXPECT_EQ(center.center().Look(center.Contact("old"))->position, 1u);
  // Where it comes next, it stands as it came.
  ArriveAt(center, "first", 1);
  EXPECT_EQ(center.center().Look(center.Contact("first"))->position, 1u);
  center.Arrive("there", "support");
  wish = Wish();
  wish.group = center.Group("support");
  center.Tell(Enter{center.Contact("first"), wish});
  EXPECT_EQ(center.center().Look(center.Contact("there"))->position, 2u);
  center.Wait(absl::Seconds(1));
  center.Tell(Enter{center.Contact("old"), wish});
  EXPECT_EQ(center.center().Look(center.Contact("old"))->position, 1u);
}

TEST(Waiting, APositionIsNeverBeforeAHigherPriority) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("aged", "sales");
  center.Wait(absl::Seconds(1));
  center.Arrive("aged too", "sales");
  center.Wait(absl::Seconds(19));
  center.Arrive("old", "sales");
  // The first two have waited for longer than its priority counts.
  center.Wait(absl::Seconds(21));
  center.Arrive("vip", "sales", Medium::kCall, 1);
  center.Wait(absl::Seconds(1));
  center.Arrive("young", "sales");
  center.Arrive("low", "sales", Medium::kCall, -1);
  for (const char* name : {"first", "once more"}) {
    center.Wait(absl::Seconds(1));
    ArriveAt(center, name, 1);
  }
  EXPECT_THAT(
      InOrder(center, {"low", "young", "old", "first", "vip", "once more", "aged", "aged too"}),
      ElementsAre("aged", "aged too", "vip", "first", "once more", "old", "young", "low"));
  // Who came before it does not either.
  Wish wish;
  wish.group = center.Group("sales");
  wish.position = 1;
  center.Tell(Enter{center.Contact("old"), wish});
  EXPECT_THAT(InOrder(center, {"first", "old", "vip", "aged"}),
              ElementsAre("aged", "vip", "first", "old"));
}

TEST(Waiting, APositionMustBeOneOfAGroup) {
  TestCenter center(OneGroup({{"anna"}}));
  Wish wish;
  wish.group = center.Group("sales");
  wish.position = -1;
  EXPECT_EQ(center.Try(Arrive{"c1", Medium::kCall, 0, wish}).message(),
            "wish.position: -1 is not within 1 and 1000, nor 0 for none");
  wish = Wish();
  wish.agent = center.Agent("anna");
  wish.position = 1;
  EXPECT_EQ(center.Try(Arrive{"c1", Medium::kCall, 0, wish}).message(),
            "wish.position: is one in a group, and none is wanted");
}

TEST(Waiting, AnAgentsPreferenceDecidesUntilTheOtherHasWaitedLonger) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups.push_back(rules.groups[0]);
  rules.groups[1].name = "support";
  rules.agents[0].preferences = {{"sales", 2}};
  TestCenter center(rules);
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("older", "sales");
  center.Wait(absl::Minutes(4));
  center.Arrive("younger", "support");
  center.Forget();
  center.Tell(SetLine{center.Agent("anna"), Line::kIdle});
  EXPECT_THAT(center.News(), ElementsAre("offered younger anna support"));
}

TEST(Waiting, TheGroupFurthestFromItsServiceLevelComesFirst) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups.push_back(rules.groups[0]);
  rules.groups[1].name = "support";
  rules.groups[0].service_level = {50, absl::Minutes(5)};
  rules.groups[1].service_level = {95, absl::Minutes(5)};
  rules.choice = ContactChoice::kServiceLevel;
  TestCenter center(rules);
  center.Start("anna");
  center.Tell(SetLine{center.Agent("anna"), Line::kBusy});
  center.Arrive("older", "sales");
  center.Wait(absl::Seconds(1));
  center.Arrive("younger", "support");
  center.Forget();
  center.Tell(SetLine{center.Agent("anna"), Line::kIdle});
  EXPECT_THAT(center.News(), ElementsAre("offered younger anna support"));
}

TEST(Waiting, AWantedAgentComesFirstForABoundedTime) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Answer("anna");
  Wish wish;
  wish.group = center.Group("sales");
  wish.agent = center.Agent("anna");
  wish.agent_wait = absl::Seconds(15);
  center.Forget();
  center.Tell(Arrive{"c2", Medium::kCall, 0, wish});
  EXPECT_THAT(center.News(), ElementsAre("arrived c2", "waiting c2 anna"));
  center.Wait(absl::Seconds(15));
  EXPECT_THAT(center.News(), ElementsAre("offered c2 bert sales"));
  // Nobody waits for one who is not there.
  center.Tell(NotReady{center.Agent("anna"), ""});
  center.Forget();
  center.Tell(Arrive{"c3", Medium::kCall, 0, wish});
  EXPECT_THAT(center.News(), ElementsAre("arrived c3", "waiting c3 sales"));
}

TEST(Waiting, TheOneIdleLongestIsChosenAmongAllThatTheStepsLetIn) {
  CenterRules rules = OneGroup({{"anna", 90}, {"bert", 40}, {"carl", 40}});
  rules.groups[0].least_index = 70;
  rules.groups[0].steps = {{absl::Seconds(20), 40, ""}};
  TestCenter center(rules);
  center.Start("bert");
  center.Arrive("c1", "sales");
  center.Wait(absl::Seconds(20));
  center.Start("carl");
  center.Start("anna");
  center.Decline("bert");
  EXPECT_THAT(center.Offered(), ElementsAre("bert", "carl"));
}

TEST(Waiting, GivesUpByItsReason) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].max_waiting = 1;
  rules.groups[0].max_wait = absl::Seconds(60);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c0", "sales");
  center.Answer("anna");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Arrive("c2", "sales");
  EXPECT_THAT(center.News(), ElementsAre("arrived c2", "gave_up c2 sales full"));
  center.Wait(absl::Seconds(60));
  EXPECT_THAT(center.News(), ElementsAre("gave_up c1 sales timeout"));
  center.Wait(rules.grace);
  EXPECT_THAT(center.News(), ElementsAre("ended c2 forgotten", "ended c1 forgotten"));
}

TEST(Waiting, AGroupSaysHowLongItsFirstHasWaitedAndANewOneWill) {
  TestCenter center(OneGroup({{"anna"}}));
  const auto look = [&] { return *center.center().Look(center.Group("sales")); };
  EXPECT_EQ(look().waiting_since, absl::InfiniteFuture());
  EXPECT_EQ(look().median_wait, absl::InfiniteDuration());
  center.Start("anna");
  EXPECT_EQ(look().median_wait, absl::ZeroDuration());
  EXPECT_EQ(look().bound_wait, absl::ZeroDuration());
  center.Arrive("c0", "sales");
  center.Answer("anna");
  const absl::Time first_came = center.now();
  center.Arrive("c1", "sales");
  center.Wait(absl::Seconds(10));
  center.Arrive("c2", "sales");
  EXPECT_EQ(look().waiting_since, first_came);
  EXPECT_EQ(look().median_wait, absl::InfiniteDuration());
  // Four that have waited, one each ten seconds: the rate is known.
  for (int i = 3; i < 8; ++i) {
    center.Finish("anna");
    center.Answer("anna");
    center.Wait(absl::Seconds(10));
    center.Arrive(absl::StrCat("c", i), "sales");
  }
  EXPECT_EQ(look().calls_waiting, 2);
  // The third from now, after three tens of seconds, but for chance.
  EXPECT_GT(look().median_wait, absl::Seconds(15));
  EXPECT_LT(look().median_wait, absl::Seconds(45));
  EXPECT_GT(look().bound_wait, look().median_wait);
}

TEST(Waiting, AClosedGroupDrainsEvictsOrKeeps) {
  for (Closing closing : {Closing::kDrain, Closing::kEvict, Closing::kKeep}) {
    TestCenter center(OneGroup({{"anna"}}));
    center.Start("anna");
    center.Arrive("c0", "sales");
    center.Answer("anna");
    center.Arrive("c1", "sales");
    center.Forget();
    center.Tell(CloseGroup{center.Group("sales"), closing, absl::Seconds(30)});
    center.Arrive("c2", "sales");
    center.Wait(absl::Seconds(30));
    const std::vector<std::string> news = center.News();
    if (closing == Closing::kDrain) {
      EXPECT_THAT(news, ElementsAre("closed sales", "arrived c2", "gave_up c2 sales closed",
                                    "gave_up c1 sales closed"));
    } else if (closing == Closing::kEvict) {
      EXPECT_THAT(news, ElementsAre("closed sales", "gave_up c1 sales closed", "arrived c2",
                                    "gave_up c2 sales closed"));
    } else {
      EXPECT_THAT(news, ElementsAre("closed sales", "arrived c2", "gave_up c2 sales closed"));
    }
  }
}

TEST(Waiting, TheNewerLogInAtAPhoneWins) {
  TestCenter center(OneGroup({{"anna"}, {"bert"}}));
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Forget();
  center.Tell(LogIn{center.Agent("bert"), "phone of anna"});
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 anna withdrawn", "presence anna logged_out phone of anna",
                          "presence bert not_ready phone of anna", "gave_up c1 sales none_ready"));
}

TEST(Waiting, ALostDeskHasAGraceTime) {
  CenterRules rules = OneGroup({{"anna"}});
  TestCenter center(rules);
  center.Start("anna");
  center.Tell(Disconnected{center.Agent("anna")});
  center.Arrive("c1", "sales");
  center.Forget();
  center.Wait(rules.grace - absl::Seconds(1));
  EXPECT_THAT(center.News(), IsEmpty());
  center.Tell(Reconnected{center.Agent("anna")});
  EXPECT_THAT(center.News(), ElementsAre("offered c1 anna sales"));
  center.Answer("anna");
  center.Tell(Disconnected{center.Agent("anna")});
  center.Forget();
  center.Wait(rules.grace);
  EXPECT_THAT(center.News(), ElementsAre("presence anna logging_out disconnected"));
}

}  // namespace
}  // namespace libroute::contact
