#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

TEST(PassThroughNode, HandsTheCallBack) {
  TestPlan plan("pass_through: {}");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "pass_through");
  EXPECT_EQ(std::get<PassThroughDecision>(call.decision().action).reason, PassThroughReason::kPlan);
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_FALSE(call.decision().answered);
  EXPECT_EQ(call.Way().back(),
            "trees.main.pass_through pass_through:  (hands the call back to the network)");
}

TEST(PassThroughNode, MayFollowBranches) {
  EXPECT_THAT(IssuesOf("time: { cases: [{ schedule: office, then: { set: { attributes: { a: b }, "
                       "then: { pass_through: {} } } } }], otherwise: { pass_through: {} } }"),
              ElementsAre());
}

TEST(PassThroughNode, MayNotFollowWhatWasTriedOrPlayed) {
  auto then = [](absl::string_view action) {
    return IssuesOf(absl::StrCat(action, ": { pass_through: {} } }"));
  };
  EXPECT_THAT(then("dial: { to: front, on_busy"),
              ElementsAre("error pass-through-too-late trees.main.dial.on_busy.pass_through"));
  EXPECT_THAT(then("announce: { message: a, then"),
              ElementsAre("error pass-through-too-late trees.main.announce.then.pass_through"));
  EXPECT_THAT(then("menu: { message: a, keys: { \"1\": { release: {} } }, otherwise"),
              ElementsAre("error pass-through-too-late trees.main.menu.otherwise.pass_through"));
  EXPECT_THAT(then("agents: { group: team, on_timeout"),
              ElementsAre("error pass-through-too-late trees.main.agents.on_timeout.pass_through"));
}

TEST(PassThroughNode, IsFoundThroughGotoBranchesAndDefault) {
  EXPECT_THAT(
      IssuesOf("dial: { to: front, otherwise: { goto: other } }",
               "tree other: { switch: { cases: [{ switch: flood, then: { pass_through: {} } }], "
               "otherwise: { release: {} } } }"),
      ElementsAre("error pass-through-too-late "
                  "trees.other.switch.cases[0].then.pass_through"));
  EXPECT_THAT(IssuesOf("dial: { to: front }", "default: { on_busy: { pass_through: {} } }"),
              ElementsAre("error pass-through-too-late default.on_busy.pass_through"));
}

TEST(PassThroughNode, MayNotStandInTheDefault) {
  for (absl::string_view branch : {"on_busy", "on_failure", "otherwise"}) {
    EXPECT_THAT(
        IssuesOf("release: {}", absl::StrCat("default: { ", branch, ": { pass_through: {} } }")),
        ElementsAre(
            absl::StrCat("error pass-through-too-late default.", branch, ".pass_through")));
  }
  EXPECT_THAT(IssuesOf("release: {}",
                       "default: { otherwise: { goto: back_out } }\n"
                       "tree back_out: { pass_through: {} }"),
              ElementsAre("error pass-through-too-late trees.back_out.pass_through"));
}

TEST(PassThroughNode, MayStandForAGroupThatIsAway) {
  EXPECT_THAT(
      IssuesOf("agents: { group: team, on_timeout: { release: {} }, on_no_agents: { "
               "pass_through: {} } }"),
      ElementsAre("error pass-through-too-late trees.main.agents.on_no_agents.pass_through"))
      << "agents may also log out while the call waits, answered";
}

}  // namespace
}  // namespace libroute
