#include "libroute/rehearsal/test_run.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/rehearsal/test_plan.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// The result of one test, written as an entry of `tests:`.
TestResult RunOne(const std::string& test) {
  absl::StatusOr<std::vector<TestResult>> results = RunTests(DeskPlan("tests: [" + test + "]\n"));
  EXPECT_TRUE(results.ok()) << results.status();
  if (!results.ok() || results->size() != 1) return {};
  return results->front();
}

TEST(RunTests, PassesWhenTheLastDecisionIsAsExpected) {
  TestResult result = RunOne(R"({
      name: busy goes on to the mobile,
      call: { called: "+3222000100", at: "2026-11-23 10:00" }, events: [busy],
      expect: { dial: { legs: [{ number: "+32470000001" }] } } })");
  EXPECT_TRUE(result.passed) << result.problem;
  EXPECT_EQ(result.name, "busy goes on to the mobile");
  EXPECT_EQ(result.path, "tests[0]");
  EXPECT_THAT(result.steps, SizeIs(2));
  EXPECT_EQ(result.steps[1].event, "busy");
}

TEST(RunTests, ShowsHowADecisionDiffers) {
  TestResult result = RunOne(R"({
      call: { called: "+3222000100", at: "2026-11-23 08:59" }, expect: { dial: {} } })");
  EXPECT_FALSE(result.passed);
  EXPECT_EQ(result.name, "tests[0]");
  EXPECT_EQ(result.problem, "");
  ASSERT_THAT(result.differences, SizeIs(1));
  EXPECT_EQ(result.differences[0].field, "action");
  EXPECT_EQ(result.differences[0].expected, "dial");
  EXPECT_EQ(result.differences[0].actual, "reject");
  EXPECT_THAT(result.steps, SizeIs(1));
}

TEST(RunTests, TakesTimesInThePlansZone) {
  EXPECT_TRUE(RunOne(R"({ call: { called: "+3222000100", at: "2026-11-23 09:00" },
                       expect: { dial: {} } })")
                  .passed);
  EXPECT_TRUE(RunOne(R"({ call: { called: "+3222000100", at: "2026-11-23T07:59:59Z" },
                       expect: { reject: {} } })")
                  .passed);
}

TEST(RunTests, SetsWhatIsGivenForThatTestOnly) {
  absl::StatusOr<std::vector<TestResult>> results = RunTests(DeskPlan(R"(
tests:
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    given: { switches: { meeting: on } }
    expect: { wait: { group: team } }
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    expect: { dial: {} }
)"));
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_THAT(*results, SizeIs(2));
  EXPECT_TRUE((*results)[0].passed) << (*results)[0].problem;
  EXPECT_TRUE((*results)[1].passed) << (*results)[1].problem;
}

TEST(RunTests, KnowsHowThingsStandInGroupsAsIsGiven) {
  v1::Plan plan = DeskPlan(R"(
tests:
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    given: { group_figures: { team: { ready: 2, waiting: 12, expected_wait: 300s } } }
    expect: { voicemail: { mailbox: many } }
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    given: { group_figures: { team: { waiting: 9, expected_wait: 90s } } }
    expect: { voicemail: { mailbox: long } }
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    given: { group_figures: { team: { waiting: 9 } } }
    expect:
      wait:
        group: team
        announcements: [{ message: busy, after: 30s, every: 60s, says_position: true }]
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    expect: { wait: { announcements: [{ message: busy, after: 31s }] } }
)");
  ReadResult tree = ReadPlan(R"({ trees: { desk: { group: {
      cases: [{ group: team, waiting: { at_least: 10 }, then: { voicemail: { mailbox: many } } },
              { group: team, expected_wait: { at_least: 60s },
                then: { voicemail: { mailbox: long } } }],
      otherwise: { agents: { group: team, announcements: { message: busy, after: 30s, every: 60s,
                                                           say: position } } } } } } })",
                             "tree.yaml");
  (*plan.mutable_trees())["desk"] = tree.plan->trees().at("desk");
  absl::StatusOr<std::vector<TestResult>> results = RunTests(plan);
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_THAT(*results, SizeIs(4));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE((*results)[i].passed) << i << (*results)[i].problem;
  }
  ASSERT_THAT((*results)[3].differences, SizeIs(1));
  EXPECT_EQ((*results)[3].differences[0].field, "wait.announcements[0].after");
}

TEST(RunTests, TestsEmergencyCalls) {
  EXPECT_TRUE(RunOne(R"({ call: { called: "112", at: "2026-11-23 10:00" },
                       expect: { pass_through: { reason: emergency } } })")
                  .passed);
}

TEST(RunTests, SaysWhichEventDoesNotFitAndKeepsTheWayThere) {
  TestResult result = RunOne(R"({
      call: { called: "+3222000100", at: "2026-11-23 10:00" }, events: [busy, "digits:1"],
      expect: { dial: {} } })");
  EXPECT_FALSE(result.passed);
  EXPECT_THAT(result.problem, HasSubstr("tests[0].events[1]: "));
  EXPECT_THAT(result.steps, SizeIs(2));
  EXPECT_THAT(result.differences, IsEmpty());
}

TEST(RunTests, FailsATestThatExpectsNothing) {
  TestResult result = RunOne(R"({ call: { called: "+3222000100", at: "2026-11-23 10:00" } })");
  EXPECT_FALSE(result.passed);
  EXPECT_THAT(result.problem, HasSubstr("tests[0].expect: nothing is expected"));
}

TEST(RunTests, RefusesAPlanWithErrors) {
  absl::StatusOr<std::vector<TestResult>> results = RunTests(DeskPlan("max_unanswered: 1000s\n"));
  EXPECT_EQ(results.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(results.status().message(), HasSubstr("max_unanswered"));
}

}  // namespace
}  // namespace libroute
