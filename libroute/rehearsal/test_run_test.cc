#include "libroute/rehearsal/test_run.h"

#include "absl/strings/str_cat.h"
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

// A plan whose e-mails wait, are answered, sent on and discarded; with this one test.
TestResult RunOfEmail(const std::string& test) {
  const ReadResult read = ReadPlan(absl::StrCat(R"yaml(
customer: acme
time_zone: Europe/Brussels
mailboxes: [{ addresses: ["support@acme.example"], tree: mail }, { addresses: ["@old.acme.example"], tree: stays }]
schedules: { hours: { weekly: [{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:00" }] } }
caller_types: { blocked: { callers: ["@spam.example"] } }
agents: { ann: {} }
groups: { team: { agents: [ann] } }
trees:
  mail:
    caller:
      cases: [{ caller_types: blocked, then: { discard: {} } }]
      otherwise:
        match:
          cases: [{ attribute: call.subject, prefix: "Invoice", then: { forward_email: { to: "books@example.com" } } }]
          otherwise:
            time:
              cases: [{ schedule: hours, then: { agents: { group: team, wait: 4h, on_timeout: { auto_reply: { message: patience } } } } }]
              otherwise: { auto_reply: { message: closed } }
  stays: { agents: { group: team, after: { release: {} } } }
tests: [)yaml",
                                                test, "]\n"),
                                   "mail.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  const absl::StatusOr<std::vector<TestResult>> results = RunTests(*read.plan);
  EXPECT_TRUE(results.ok()) << results.status();
  return results.ok() && results->size() == 1 ? results->front() : TestResult();
}

std::string EmailTest(absl::string_view to, absl::string_view more, absl::string_view rest) {
  return absl::StrCat("{ email: { to: \"", to, "\", at: \"2026-11-23 10:00\", ", more, " }, ", rest,
                      " }");
}

TEST(RunTests, TriesEmailsOut) {
  const auto passes = [](absl::string_view more, absl::string_view rest) {
    const TestResult result = RunOfEmail(EmailTest("support@acme.example", more, rest));
    EXPECT_EQ(result.problem, "") << more;
    return result.passed;
  };
  const std::string anna = "from: \"Anna@example.com\"";
  EXPECT_TRUE(passes(anna, "expect: { wait: { group: team, max_wait: 4h } }"));
  EXPECT_TRUE(passes(anna, "events: timeout, expect: { auto_reply: { message: patience } }"));
  EXPECT_TRUE(passes(anna, "events: full, expect: { release: {} }"));
  EXPECT_TRUE(passes(anna, "given: { groups: { team: full } }, expect: { release: {} }"));
  // It waits on where a call does not.
  for (const char* state : {"closed", "no_agents", "none_ready"}) {
    EXPECT_TRUE(passes(anna, absl::StrCat("given: { groups: { team: ", state,
                                          " } }, expect: { wait: { group: team } }")))
        << state;
  }
  EXPECT_TRUE(passes("from: \"x@spam.example\"", "expect: { discard: { reason: plan } }"));
  EXPECT_TRUE(passes(anna + ", subject: Invoice 7",
                     "expect: { forward_email: { to: \"books@example.com\" } }"));
  EXPECT_TRUE(
      passes(anna + ", automatic: true", "expect: { discard: { reason: auto_submitted } }"));
  EXPECT_TRUE(passes("from: \"\"", "expect: { discard: { reason: bounce } }"));
  EXPECT_FALSE(passes(anna, "expect: { forward_email: {} }"));
}

TEST(RunTests, ShowsTheWayOfAnEmail) {
  const TestResult result =
      RunOfEmail(EmailTest("support@acme.example", "from: \"anna@example.com\"",
                           "events: timeout, expect: { wait: {} }"));
  ASSERT_THAT(result.steps, SizeIs(2));
  ASSERT_THAT(result.steps[0].explanation->visits(), SizeIs(4));
  EXPECT_EQ(result.steps[0].explanation->visits(0).kind(), "caller");
  EXPECT_EQ(result.steps[0].explanation->visits(0).branch(), "otherwise");
  EXPECT_EQ(result.steps[1].event, "timeout");
  EXPECT_EQ(result.steps[1].explanation->visits(0).branch(), "on_timeout");
}

TEST(RunTests, SayWhatCannotHappenToAnEmail) {
  const auto problem = [](absl::string_view to, absl::string_view rest) {
    return RunOfEmail(EmailTest(to, "from: \"anna@example.com\"",
                                absl::StrCat(rest, ", expect: { wait: {} }")))
        .problem;
  };
  for (const char* event : {"\"digits:1\"", "busy", "played", "hangup", "called_hangup"}) {
    EXPECT_THAT(problem("support@acme.example", absl::StrCat("events: ", event)),
                HasSubstr("cannot follow wait of an e-mail; expected timeout or full"))
        << event;
    EXPECT_THAT(problem("x@old.acme.example", absl::StrCat("events: ", event)),
                HasSubstr("tests[0].events[0]: "))
        << event;
  }
  for (const char* event : {"no_agents", "none_ready", "closed"}) {
    EXPECT_THAT(problem("support@acme.example", absl::StrCat("events: ", event)),
                HasSubstr("an e-mail waits on then; only timeout and full end its waiting"))
        << event;
  }
  EXPECT_EQ(problem("support@acme.example", "events: [timeout, timeout]"),
            "tests[0].events[1]: nothing comes of the event \"timeout\": auto_reply is the end of "
            "it");
}

}  // namespace
}  // namespace libroute
