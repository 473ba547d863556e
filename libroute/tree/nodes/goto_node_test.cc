#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

TEST(GotoNode, GoesOnAtTheOtherTree) {
  TestPlan plan("goto: other", "tree other: { dial: { to: front } }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front");
  EXPECT_EQ(call.decision().node, "trees.other.dial");
  EXPECT_THAT(call.Way(), ElementsAre("trees.main.goto goto:  (goes on at tree other)",
                                      "trees.other.dial dial:  (dials one target)"));
}

TEST(GotoNode, ManyMayLeadToTheSameTree) {
  TestPlan plan(
      "time: { cases: [{ schedule: office, then: { goto: other } }], otherwise: { goto: other } }",
      "tree other: { voicemail: { mailbox: desk } }");
  EXPECT_EQ(TestCall(plan).Ask(), "voicemail desk after unconditional");
  EXPECT_EQ(TestCall(plan).At("2026-11-22 10:00").Ask(), "voicemail desk after unconditional");
}

TEST(GotoNode, ChainsMayBeLong) {
  v1::Plan plan = ReadTestPlan("goto: t1");
  constexpr int kTrees = 5000;
  for (int i = 1; i < kTrees; ++i) {
    (*plan.mutable_trees())[absl::StrCat("t", i)].set_goto_(absl::StrCat("t", i + 1));
  }
  (*plan.mutable_trees())[absl::StrCat("t", kTrees)].mutable_conference()->set_conference("c");
  TestPlan compiled(plan);
  EXPECT_EQ(TestCall(compiled).Ask(), "conference c");
}

TEST(GotoNode, ReportsATreeThatIsNotThere) {
  CompileResult result = CompileForTest(ReadTestPlan("goto: ohter", "tree other: { release: {} }"));
  ASSERT_FALSE(result.issues.empty());
  EXPECT_EQ(result.issues[0].path, "trees.main.goto");
  EXPECT_EQ(result.issues[0].message, "no tree \"ohter\"; did you mean \"other\"?");
  EXPECT_THAT(IssuesOf("goto: \"\""), ElementsAre("error missing trees.main.goto"));
}

}  // namespace
}  // namespace libroute
