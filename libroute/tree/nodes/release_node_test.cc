#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

TEST(ReleaseNode, EndsTheCallNormally) {
  TestPlan plan("release: {}");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "release 480/16 plan");
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_FALSE(call.decision().answered);
  EXPECT_EQ(call.Way().back(), "trees.main.release release:  (ends the call)");
}

TEST(ReleaseNode, WrittenInThePlanItIsNormalAfterAttemptsToo) {
  TestPlan plan("dial: { to: front, otherwise: { release: {} } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "release 480/16 plan");
}

TEST(ReleaseNode, TheEndOfThePlanHasTheBestResponse) {
  TestPlan plan("dial: { to: front }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("bad_number"), "release 404/1 attempts failed");
  EXPECT_EQ(call.decision().node, "default");
  EXPECT_EQ(call.Way().back(), "default release:  (every attempt failed: the best response)");
}

TEST(ReleaseNode, TheEndOfThePlanWithoutAttemptsIsNoMatch) {
  TestPlan plan("menu: { message: a, retries: 0, keys: { \"1\": { release: {} } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("no_input"), "release 0/31 no match");
  EXPECT_EQ(call.Way().back(), "default release:  (nothing in the plan applies)");
}

TEST(ReleaseNode, HasNothingToComplainAbout) {
  EXPECT_THAT(IssuesOf("release: {}"), ElementsAre());
}

}  // namespace
}  // namespace libroute
