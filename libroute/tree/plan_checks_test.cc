#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

TEST(PlanChecks, ReportsNodesThatLeadNowhere) {
  EXPECT_THAT(IssuesOf(""), ElementsAre("error dead-end trees.main"));
  EXPECT_THAT(IssuesOf("dial: { to: front, on_busy: {} }"),
              ElementsAre("error dead-end trees.main.dial.on_busy"));
  EXPECT_THAT(IssuesOf("dial: { to: front }", "default: { otherwise: {} }"),
              ElementsAre("error dead-end default.otherwise"));
}

TEST(PlanChecks, ReportsEveryCycle) {
  std::vector<std::string> issues =
      IssuesOf("dial: { to: front, otherwise: { goto: a } }",
               "tree a: { switch: { cases: [{ switch: flood, then: { goto: b } }], otherwise: { "
               "goto: main } } }\n"
               "tree b: { goto: a }\n"
               "tree self: { goto: self }");
  EXPECT_THAT(issues, UnorderedElementsAre(testing::StartsWith("error goto-cycle trees."),
                                           "error goto-cycle trees.self.goto",
                                           "warning unused trees.self"));
}

TEST(PlanChecks, NamesTheWayRoundACycle) {
  v1::Plan plan = ReadTestPlan("dial: { to: front, otherwise: { goto: a } }",
                               "tree a: { set: { attributes: { x: y }, then: { goto: main } } }");
  EXPECT_EQ(
      MessageOf(plan, "goto-cycle"),
      "this leads back to itself (trees.a.set.then.goto -> "
      "trees.main.dial.otherwise.goto), so a call could go round for ever; let one of them end "
      "elsewhere");
}

TEST(PlanChecks, ShowsTheBeginningOfALongCycle) {
  v1::Plan plan = ReadTestPlan("goto: t0");
  for (int i = 0; i < 5000; ++i) {
    (*plan.mutable_trees())[absl::StrCat("t", i)].set_goto_(absl::StrCat("t", (i + 1) % 5000));
  }
  EXPECT_THAT(MessageOf(plan, "goto-cycle"),
              HasSubstr(" -> trees.t4.goto -> ... -> trees.t4999.goto), so a call"));
}

TEST(PlanChecks, FindsCyclesThroughTheDefault) {
  EXPECT_THAT(IssuesOf("dial: { to: front }", "default: { on_busy: { goto: main } }"),
              ElementsAre("error goto-cycle default.on_busy.goto"));
}

TEST(PlanChecks, CyclesHideNoOtherProblems) {
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000100\", otherwise: { goto: main } }",
                       "tree lost: { release: {} }"),
              UnorderedElementsAre("error goto-cycle trees.main.dial.otherwise.goto",
                                   "warning own-number trees.main.dial.to[0]",
                                   "warning unused trees.lost"));
}

TEST(PlanChecks, BoundsTheTimeUnanswered) {
  // 6 s and 20 s for each of three targets, then 12 s of early announcement.
  constexpr absl::string_view kLong =
      "dial: { to: [\"+3222000301\", \"+3222000302\", \"+3222000303\"], otherwise: { announce: { "
      "message: sorry, max_duration: 13s } } }";
  v1::Plan plan = ReadTestPlan(kLong);
  plan.clear_max_unanswered();
  EXPECT_THAT(IssuesOf(plan), Contains("error unanswered-too-long trees.main.dial"));
  EXPECT_THAT(MessageOf(plan, "unanswered-too-long"),
              HasSubstr("for 1m31s, at most 1m30s are allowed (trees.main.dial 1m18s, then "
                        "trees.main.dial.otherwise.announce 13s)"));
  plan.mutable_max_unanswered()->set_seconds(91);
  EXPECT_THAT(IssuesOf(plan), Not(Contains(HasSubstr("unanswered"))));
  plan.mutable_max_unanswered()->set_seconds(301);
  EXPECT_THAT(IssuesOf(plan), Contains("error bad-value max_unanswered"));
}

// Whether a call of the plan may stay unanswered for more than a minute.
bool TooLong(absl::string_view main, absl::string_view more = "") {
  v1::Plan plan = ReadTestPlan(main, more);
  plan.mutable_max_unanswered()->set_seconds(60);
  return !MessageOf(plan, "unanswered-too-long").empty();
}

TEST(PlanChecks, CountsTimeUnansweredThroughGotoAndDefault) {
  // Each `web` takes 26 s.
  EXPECT_FALSE(TooLong("dial: { to: web, otherwise: { dial: { to: web } } }"));
  EXPECT_TRUE(TooLong(
      "dial: { to: web, otherwise: { dial: { to: web, otherwise: { dial: { to: web } } } } }"));
  EXPECT_TRUE(TooLong("dial: { to: web, on_busy: { goto: a } }",
                      "tree a: { dial: { to: web, on_no_answer: { goto: b } } }\n"
                      "tree b: { dial: { to: web } }"));
  EXPECT_TRUE(TooLong("dial: { to: web, otherwise: { dial: { to: web } } }",
                      "default: { on_rejected: { announce: { message: sorry } } }"));
}

TEST(PlanChecks, CountsTheLongestOfThoseDialledTogether) {
  EXPECT_FALSE(TooLong("dial: { to: [front, back, web], order: together }"));
  EXPECT_TRUE(TooLong("dial: { to: [front, web, \"+3222000301\"] }"));
}

TEST(PlanChecks, CountsNoTimeAfterAnAnswer) {
  constexpr absl::string_view kChain =
      "dial: { to: web, otherwise: { dial: { to: web, otherwise: { dial: { to: web } } } } }";
  EXPECT_FALSE(TooLong(
      absl::StrCat("announce: { message: hello, answering: answer, then: { ", kChain, " } }")));
  EXPECT_TRUE(TooLong(absl::StrCat("announce: { message: hello, then: { ", kChain, " } }")));
  EXPECT_FALSE(TooLong(absl::StrCat("agents: { group: team, on_timeout: { ", kChain, " } }")));
  EXPECT_TRUE(TooLong(absl::StrCat("agents: { group: team, on_no_agents: { ", kChain, " } }")));
  EXPECT_FALSE(TooLong(absl::StrCat("menu: { message: m, keys: { \"1\": { ", kChain, " } } }")));
}

TEST(PlanChecks, WarnsOfADestinationThatLeadsBack) {
  EXPECT_THAT(IssuesOf("dial: { to: [\"+3222000100\", called] }"),
              ElementsAre("warning own-number trees.main.dial.to[0]"));
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000250\" }"),
              ElementsAre("warning own-number trees.main.dial.to[0]"))
      << "a number of a block";
  EXPECT_THAT(IssuesOf("dial: { to: \"+3222000300\" }"), IsEmpty()) << "not of this plan";
}

TEST(PlanChecks, WarnsOfWaysBackThroughOtherNumbers) {
  v1::Plan plan = ReadTestPlan("dial: { to: \"+3222000401\" }",
                               "tree one: { goto: two }\n"
                               "tree two: { dial: { to: \"+3222000402\" } }\n"
                               "tree three: { voicemail: { mailbox: desk } }");
  auto serve = [&](absl::string_view number, absl::string_view tree) {
    v1::Number* served = plan.add_numbers();
    served->set_number(std::string(number));
    served->set_tree(std::string(tree));
  };
  serve("+3222000401", "one");
  serve("+3222000402", "three");
  EXPECT_THAT(IssuesOf(plan), Not(Contains(HasSubstr("loop"))));
  plan.mutable_numbers(3)->set_tree("main");
  EXPECT_THAT(IssuesOf(plan), Contains("warning loop trees.main.dial.to[0]"));
}

TEST(PlanChecks, WarnsOfWhatNobodyUses) {
  EXPECT_THAT(IssuesOf(kDesk, "tree a: { goto: b }\ntree b: { release: {} }"),
              ElementsAre("warning unused trees.a", "warning unused trees.b"));
  EXPECT_THAT(
      IssuesOf(ReadTestPlan(kDesk)),
      UnorderedElementsAre("warning unused schedules.office", "warning unused schedules.lunch",
                           "warning unused schedules.night"));
  EXPECT_THAT(IssuesOf("dial: { to: front }",
                       "default: { on_busy: { goto: b } }\ntree b: { "
                       "release: {} }"),
              IsEmpty());
}

TEST(PlanChecks, WarnsOfFixedPrefixesThatCoverMobiles) {
  auto issues = [](absl::string_view prefix) {
    return IssuesOf(absl::StrCat("origin: { cases: [{ numbers: [\"", prefix,
                                 "\"], then: { release: {} } }], otherwise: { release: {} } }"));
  };
  auto warned = ElementsAre("warning prefix-covers-mobiles trees.main.origin.cases[0].numbers[0]");
  EXPECT_THAT(issues("+324*"), warned);
  EXPECT_THAT(issues("+32475*"), IsEmpty()) << "mobiles only";
  EXPECT_THAT(issues("+322*"), IsEmpty()) << "fixed lines only";
  EXPECT_THAT(issues("+32*"), IsEmpty()) << "a country";
  EXPECT_THAT(issues("+3*"), IsEmpty()) << "several countries";
  EXPECT_THAT(issues("+1202*"), IsEmpty()) << "where numbers do not tell";
}

}  // namespace
}  // namespace libroute
