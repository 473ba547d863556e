#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

TEST(ConferenceNode, IsTheEndOfTheTree) {
  TestPlan plan("conference: { conference: monday }");
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "conference monday");
  EXPECT_TRUE(call.decision().answered);
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_EQ(call.Way().back(), "trees.main.conference conference:  (conference monday)");
}

TEST(ConferenceNode, NeedsAName) {
  EXPECT_THAT(IssuesOf("conference: {}"),
              ElementsAre("error missing trees.main.conference.conference"));
  EXPECT_THAT(IssuesOf("conference: { conference: \"a b\" }"),
              ElementsAre("error bad-name trees.main.conference.conference"));
}

}  // namespace
}  // namespace libroute
