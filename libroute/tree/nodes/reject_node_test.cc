#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;

struct Cause {
  absl::string_view text;
  absl::string_view words;
};

class RejectCause : public testing::TestWithParam<Cause> {};

TEST_P(RejectCause, HasItsCodes) {
  TestPlan plan(std::string(GetParam().text));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), GetParam().words);
  EXPECT_FALSE(call.decision().resumable);
  EXPECT_FALSE(call.decision().answered);
}

INSTANTIATE_TEST_SUITE_P(All, RejectCause,
                         testing::Values(Cause{"reject: {}", "reject 403/21"},
                                         Cause{"reject: { cause: busy }", "reject 486/17"},
                                         Cause{"reject: { cause: no_answer }", "reject 480/19"},
                                         Cause{"reject: { cause: unreachable }", "reject 480/20"},
                                         Cause{"reject: { cause: rejected }", "reject 403/21"},
                                         Cause{"reject: { cause: declined }", "reject 603/21"},
                                         Cause{"reject: { cause: bad_number }", "reject 404/1"},
                                         Cause{"reject: { cause: congestion }", "reject 480/42"},
                                         Cause{"reject: { cause: failure }", "reject 500/41"}));

TEST(RejectNode, ReleasesACallThatIsAnswered) {
  TestPlan plan("announce: { message: a, answering: answer, then: { reject: { cause: busy } } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("played"), "release 0/17 plan");
  EXPECT_TRUE(call.decision().answered);
  EXPECT_EQ(call.Way().back(), "trees.main.announce.then.reject reject:  (refuses with 486/17)");
}

TEST(RejectNode, TakesNoCauseThatItDoesNotKnow) {
  v1::Plan plan = ReadTestPlan("reject: {}");
  plan.mutable_trees()->at("main").mutable_reject()->set_cause(static_cast<v1::Reject::Cause>(99));
  EXPECT_THAT(IssuesOf(plan), testing::Contains("error bad-value trees.main.reject.cause"));
  EXPECT_THAT(IssuesOf("reject: {}"), ElementsAre());
}

}  // namespace
}  // namespace libroute
