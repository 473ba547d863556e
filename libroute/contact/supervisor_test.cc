// What supervisors do and see: changes of agents, contacts sent on, alarms, and what
// agents say of contacts.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/contact/test_center.h"

namespace libroute::contact {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

// Anna speaks French, bert does not; sales is anna's, french that of whoever speaks it.
CenterRules TwoGroups() {
  CenterRules rules = OneGroup({{"anna", 80}});
  rules.skills = {"french"};
  rules.agents[0].skills = {{"french", 70}};
  rules.agents.push_back({.name = "bert"});
  GroupRules french;
  french.name = "french";
  french.members_by_skill = "french >= 50";
  rules.groups.push_back(french);
  return rules;
}

std::vector<std::string> ChangesOf(const TestCenter& center, const std::string& agent) {
  std::vector<std::string> changes;
  const AgentStanding standing = *center.center().Look(center.Agent(agent));
  for (const auto& change : standing.changes) {
    changes.push_back(
        absl::StrCat(change.skill, change.group, "=", change.index, " by ", change.by));
  }
  return changes;
}

TEST(Adjusting, ASkillGivesAnAgentAtOnceWhatWaits) {
  TestCenter center(TwoGroups());
  center.Start("bert");
  center.Start("anna");
  center.Arrive("c1", "french");
  center.Answer("anna");
  center.Arrive("c2", "french");
  center.Forget();
  center.Tell(AdjustSkill{center.Agent("bert"), "french", 60, "carla"});
  EXPECT_THAT(center.News(), ElementsAre("adjusted bert", "offered c2 bert french"));
  EXPECT_THAT(ChangesOf(center, "bert"), ElementsAre("french=60 by carla"));
  // Not good enough any more: what rings goes to others.
  center.Tell(AdjustSkill{center.Agent("bert"), "french", 49, "carla"});
  EXPECT_THAT(center.News(),
              ElementsAre("adjusted bert", "offer_ended c2 bert withdrawn", "waiting c2 french"));
  EXPECT_EQ(center.center().Look(center.Group("french"))->ready, 1);
}

TEST(Adjusting, AnIndexMakesAMemberAndTakesOneOut) {
  TestCenter center(TwoGroups());
  center.Start("anna");
  center.Start("bert");
  center.Tell(AdjustIndex{center.Agent("bert"), center.Group("sales"), 90, ""});
  center.Tell(AdjustIndex{center.Agent("anna"), center.Group("sales"), 0, ""});
  EXPECT_EQ(center.center().Look(center.Group("sales"))->ready, 1);
  center.Forget();
  center.Arrive("c1", "sales");
  EXPECT_THAT(center.Offered(), ElementsAre("bert"));
  // Back to what is written: nothing is changed any more.
  center.Tell(AdjustIndex{center.Agent("anna"), center.Group("sales"), 80, ""});
  EXPECT_THAT(ChangesOf(center, "anna"), IsEmpty());
  EXPECT_EQ(center.center().Look(center.Group("sales"))->ready, 2);
}

TEST(Adjusting, WhoIsNoMemberByNameMayBeOneBySkill) {
  CenterRules rules = TwoGroups();
  rules.groups[1].members = {{"anna", 20}};
  TestCenter center(rules);
  center.Start("anna");
  center.Tell(AdjustIndex{center.Agent("anna"), center.Group("french"), 0, ""});
  EXPECT_EQ(center.center().Look(center.Group("french"))->ready, 1);
  center.Tell(AdjustSkill{center.Agent("anna"), "french", 0, ""});
  EXPECT_EQ(center.center().Look(center.Group("french"))->ready, 0);
  center.Tell(ResetAgent{center.Agent("anna")});
  EXPECT_THAT(ChangesOf(center, "anna"), IsEmpty());
  EXPECT_EQ(center.center().Look(center.Group("french"))->ready, 1);
}

TEST(Adjusting, StaysUntilRulesWriteThatVeryThingAnew) {
  CenterRules rules = TwoGroups();
  TestCenter center(rules);
  center.Tell(AdjustSkill{center.Agent("anna"), "french", 20, "carla"});
  center.Tell(AdjustIndex{center.Agent("anna"), center.Group("sales"), 30, "carla"});
  rules.groups[0].max_waiting = 3;
  center.Configure(rules);
  EXPECT_THAT(ChangesOf(center, "anna"), ElementsAre("french=20 by carla", "sales=30 by carla"));
  center.Start("anna");
  EXPECT_EQ(center.center().Look(center.Group("french"))->ready, 0);
  rules.agents[0].skills[0].index = 71;
  center.Configure(rules);
  EXPECT_THAT(ChangesOf(center, "anna"), ElementsAre("sales=30 by carla"));
  EXPECT_EQ(center.center().Look(center.Group("french"))->ready, 1);
  // Neither group nor agent: nothing is left of it when they come back.
  CenterRules without = rules;
  without.groups.erase(without.groups.begin());
  center.Configure(without);
  center.Configure(rules);
  EXPECT_THAT(ChangesOf(center, "anna"), IsEmpty());
}

TEST(Adjusting, SaysWhatIsWrong) {
  TestCenter center(TwoGroups());
  const AgentId anna = center.Agent("anna");
  EXPECT_THAT(center.Try(AdjustSkill{anna, "frensh", 5, ""}).message(),
              HasSubstr("no skill \"frensh\"; did you mean \"french\"?"));
  EXPECT_THAT(center.Try(AdjustSkill{anna, "french", 101, ""}).message(),
              HasSubstr("index: 101 is not within 0 and 100"));
  EXPECT_EQ(center.Try(AdjustIndex{anna, {77, 1}, 5, ""}).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(center.Try(ResetAgent{{77, 1}}).code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(ChangesOf(center, "anna"), IsEmpty());
}

TEST(SendingOn, AContactGoesOnAsIfItsTimeWereOver) {
  TestCenter center(OneGroup({{"anna"}}));
  center.Start("anna");
  center.Arrive("c1", "sales");
  center.Arrive("c2", "sales");
  center.Forget();
  center.Tell(SendOn{center.Contact("c2")});
  EXPECT_THAT(center.News(), ElementsAre("gave_up c2 sales timeout"));
  EXPECT_THAT(center.Try(SendOn{center.Contact("c2")}).message(), HasSubstr("waits no more"));
  center.Tell(SendOn{center.Contact("c1")});
  EXPECT_THAT(center.News(),
              ElementsAre("offer_ended c1 anna withdrawn", "gave_up c1 sales timeout"));
  center.Arrive("c3", "sales");
  center.Answer("anna");
  EXPECT_THAT(center.Try(SendOn{center.Contact("c3")}).message(),
              HasSubstr("\"c3\" is with agent \"anna\""));
  EXPECT_EQ(center.center().Look(center.Group("sales"))->gave_up, 2);
}

using Alarms = std::vector<std::pair<AlarmKind, absl::Time>>;

TEST(AlarmsOfGroups, AreRaisedAndClearedAsThingsStand) {
  CenterRules rules = OneGroup({{"anna"}, {"bert"}});
  rules.groups[0].alarms = {.waiting = 2, .longest_wait = absl::Seconds(30), .ready_below = 1};
  rules.groups[0].gives_up_with_none_ready = false;
  TestCenter center(rules);
  EXPECT_THAT(center.News(), ElementsAre("configured", "alarm_raised sales"));
  center.Start("anna");
  EXPECT_THAT(center.News(), ElementsAre("presence anna not_ready phone of anna",
                                         "presence anna ready", "alarm_cleared sales"));
  center.Arrive("c1", "sales");
  center.Answer("anna");
  center.Arrive("c2", "sales");
  center.Forget();
  center.Wait(absl::Seconds(29));
  EXPECT_THAT(center.News(), IsEmpty());
  center.Wait(absl::Seconds(1));
  EXPECT_THAT(center.News(), ElementsAre("alarm_raised sales"));
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms,
            Alarms({{AlarmKind::kLongestWait, center.now()}}));
  center.Arrive("c3", "sales");
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms.size(), 2);
  // The next one has waited for no time.
  center.Start("bert");
  EXPECT_THAT(center.center().Look(center.Group("sales"))->alarms, IsEmpty());
}

TEST(AlarmsOfGroups, LookAtWhoHasWaitedLongestThereNotAtWhoIsFirst) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups.push_back(rules.groups[0]);
  rules.groups[1].name = "other";
  rules.groups[0].alarms.longest_wait = absl::Seconds(30);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("talks", "sales");
  center.Answer("anna");
  center.Arrive("older", "other");
  center.Wait(absl::Seconds(10));
  center.Arrive("c1", "sales");
  const absl::Time came = center.now();
  center.Wait(absl::Seconds(30));
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms.size(), 1);
  // It comes before c1, but has not waited here.
  Wish wish;
  wish.group = center.Group("sales");
  center.Tell(Enter{center.Contact("older"), wish});
  EXPECT_EQ(center.center().Look(center.Contact("older"))->position, 1);
  EXPECT_EQ(center.center().Look(center.Group("sales"))->waiting_since, came);
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms.size(), 1);
  center.Tell(HangUp{center.Contact("c1")});
  EXPECT_THAT(center.center().Look(center.Group("sales"))->alarms, IsEmpty());
}

TEST(AlarmsOfGroups, AreClearedWhenAllAreAnsweredInTimeAgain) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].alarms.answered_in_time_below = 100;
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("lost", "sales");
  center.Tell(HangUp{center.Contact("lost")});
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms.size(), 1);
  for (int i = 0; i < 1000; ++i) {
    center.Arrive(absl::StrCat("c", i), "sales");
    center.Answer("anna");
    center.Finish("anna");
  }
  EXPECT_THAT(center.center().Look(center.Group("sales"))->alarms, IsEmpty());
}

TEST(WhyNot, SaysWhyAContactWouldGiveUpAtOnce) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].max_waiting = 1;
  TestCenter center(rules);
  Wish group;
  group.group = center.Group("sales");
  Wish agent;
  agent.agent = center.Agent("anna");
  const auto why = [&](const Wish& wish, Medium medium = Medium::kCall) {
    return center.center().WhyNot(wish, medium);
  };
  EXPECT_EQ(why(group), Reason::kNoAgents);
  EXPECT_EQ(why(agent), Reason::kNoAgents);
  EXPECT_EQ(why(group, Medium::kEmail), std::nullopt);
  center.Tell(LogIn{center.Agent("anna"), "p"});
  EXPECT_EQ(why(group), Reason::kNoneReady);
  EXPECT_EQ(why(agent), Reason::kNoneReady);
  center.Tell(Ready{center.Agent("anna")});
  EXPECT_EQ(why(group), std::nullopt);
  EXPECT_EQ(why(agent), std::nullopt);
  center.Arrive("c1", "sales");
  center.Answer("anna");
  EXPECT_EQ(why(group), std::nullopt);
  center.Arrive("c2", "sales");
  EXPECT_EQ(why(group), Reason::kFull);
  center.Tell(CloseGroup{group.group});
  EXPECT_EQ(why(group), Reason::kClosed);
}

TEST(AlarmsOfGroups, KnowWhoWasAnsweredInTime) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.groups[0].alarms.answered_in_time_below = 99;
  TestCenter center(rules);
  center.Start("anna");
  EXPECT_THAT(center.center().Look(center.Group("sales"))->alarms, IsEmpty());
  center.Arrive("c1", "sales");
  center.Tell(HangUp{center.Contact("c1")});
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms,
            Alarms({{AlarmKind::kAnsweredInTimeBelow, center.now()}}));
  // While it is closed nothing is wrong; and none is raised that is not written any more.
  center.Tell(CloseGroup{center.Group("sales")});
  EXPECT_THAT(center.center().Look(center.Group("sales"))->alarms, IsEmpty());
  center.Tell(OpenGroup{center.Group("sales")});
  EXPECT_EQ(center.center().Look(center.Group("sales"))->alarms.size(), 1);
  rules.groups[0].alarms = {};
  center.Configure(rules);
  EXPECT_THAT(center.center().Look(center.Group("sales"))->alarms, IsEmpty());
}

TEST(Dispositions, TheLastWordCountsWhenTheAgentIsDone) {
  CenterRules rules = OneGroup({{"anna"}});
  rules.dispositions = {"sold", "later"};
  rules.groups[0].wrap_up.time = absl::Seconds(30);
  TestCenter center(rules);
  center.Start("anna");
  center.Arrive("c1", "sales");
  const Token token = center.LastToken("anna");
  EXPECT_THAT(center.Try(Dispose{center.Agent("anna"), token, "sold"}).message(),
              HasSubstr("is not active or in wrap-up"));
  center.Answer("anna");
  center.Tell(Dispose{center.Agent("anna"), token, "later"});
  EXPECT_THAT(center.Try(Dispose{center.Agent("anna"), token, "solt"}).message(),
              HasSubstr("no disposition \"solt\"; did you mean \"sold\"?"));
  center.Finish("anna");
  EXPECT_EQ(center.center().Look(center.Agent("anna"))->slots[0].disposition, "later");
  center.Tell(Dispose{center.Agent("anna"), token, "sold"});
  center.Forget();
  center.Tell(EndWrapUp{center.Agent("anna"), token});
  EXPECT_THAT(center.News(),
              ElementsAre("disposed c1 anna sales", "released c1 anna", "ended c1 done"));
  EXPECT_THAT(center.center().Look(center.Group("sales"))->dispositions,
              ElementsAre(Pair("sold", 1)));
  // A word that the rules have no more is counted no more, nor will be.
  center.Arrive("c2", "sales");
  center.Answer("anna");
  center.Tell(Dispose{center.Agent("anna"), center.LastToken("anna"), "sold"});
  rules.dispositions = {"later"};
  center.Configure(rules);
  EXPECT_THAT(center.center().Look(center.Group("sales"))->dispositions, IsEmpty());
  center.Finish("anna");
  center.Wait(absl::Seconds(30));
  EXPECT_THAT(center.center().Look(center.Group("sales"))->dispositions, IsEmpty());
}

}  // namespace
}  // namespace libroute::contact
