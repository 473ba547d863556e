#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What is found in a plan whose only test is `test`.
std::vector<std::string> IssuesOfTest(absl::string_view test) {
  return IssuesOf("release: {}", absl::StrCat("tests: [{ ", test, " }]"));
}

std::vector<std::string> IssuesAt(absl::string_view at) {
  return IssuesOfTest(absl::StrCat("call: { called: \"112\", at: \"", at, "\" }"));
}

constexpr absl::string_view kCall = "call: { called: \"+3222000100\", at: \"2026-11-23 10:00\" }, ";

TEST(PlanTests, FindsNothingWrongWithAGoodTest) {
  EXPECT_THAT(IssuesOfTest("call: { called: \"+3222000100\", calling: \"+32475000001\", at: "
                           "\"2026-11-23 10:00\" }, given: { destinations: { front: busy }, sites: "
                           "{ north: down }, switches: { flood: on }, groups: { team: no_agents } "
                           "}, events: [busy, \"sip:486\", \"digits:1\", hangup]"),
              ElementsAre());
}

TEST(PlanTests, NeedACallWithANumberAndATime) {
  EXPECT_THAT(IssuesOfTest("name: empty"), ElementsAre("error missing tests[0].call"));
  EXPECT_THAT(IssuesOfTest("call: { anonymous: true }"),
              ElementsAre("error missing tests[0].call.called", "error missing tests[0].call.at"));
}

TEST(PlanTests, NeedNumbersThatCanBeRead) {
  EXPECT_THAT(IssuesOfTest("call: { called: \"1\", calling: \"0475\", at: \"2026-11-23 10:00\" }"),
              ElementsAre("error bad-number tests[0].call.called",
                          "error bad-number tests[0].call.calling"));
  EXPECT_THAT(IssuesOfTest("call: { called: \"1234567\", at: \"2026-11-23 10:00\" }"),
              ElementsAre("error bad-number tests[0].call.called"));
}

TEST(PlanTests, MaySayHowTheCallCame) {
  auto issues = [](absl::string_view call) {
    return IssuesOfTest(
        absl::StrCat("call: { called: \"tel:+3222000100;npdi\", at: "
                     "\"2026-11-23 10:00\", ",
                     call, " }"));
  };
  EXPECT_THAT(issues("calling: \"sip:+32470000000@host\", verstat: passed, attestation: a, "
                     "ingress: trunk-1, unavailable: true, "
                     "diversions: { number: \"+3222000199\", reason: busy }"),
              ElementsAre());
  EXPECT_THAT(
      issues("calling: \"sip:desk@host\", ingress: \"a b\", "
             "diversions: [{ reason: busy, count: 255 }, { number: \"1\", count: 256 }]"),
      ElementsAre("error bad-number tests[0].call.calling", "error bad-name tests[0].call.ingress",
                  "error bad-number tests[0].call.diversions[1].number",
                  "error bad-value tests[0].call.diversions[1].count"));
}

TEST(PlanTests, OfLinesNeedALineAndMayDialAnything) {
  auto found = [](absl::string_view call) {
    return IssuesOfTest(absl::StrCat("call: { ", call, ", at: \"2026-11-23 10:00\" }"));
  };
  EXPECT_THAT(found("direction: internal, line: \"+3222000101\", called: \"*44\""), ElementsAre());
  EXPECT_THAT(found("direction: outbound, line: \"+3222000101\", called: \"0475123456\""),
              ElementsAre());
  EXPECT_THAT(found("direction: internal, called: \"*44\""),
              ElementsAre("error missing tests[0].call.line"));
  EXPECT_THAT(found("direction: internal, line: \"501410\", called: \"*44\""),
              ElementsAre("error bad-number tests[0].call.line"));
  EXPECT_THAT(found("line: \"+3222000101\", called: \"+3222000100\""),
              ElementsAre("error bad-value tests[0].call.line"));
  EXPECT_THAT(found("direction: inbound, called: \"*44\""),
              ElementsAre("error bad-number tests[0].call.called"));
}

TEST(PlanTests, NeedTimesThatCanBeRead) {
  for (absl::string_view good : {"2026-11-23 10:00", "2026-11-23 10:00:59", "2026-11-23T10:00",
                                 "2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00.5Z"}) {
    EXPECT_THAT(IssuesAt(good), ElementsAre()) << good;
  }
  for (absl::string_view bad : {"tomorrow", "2026-11-23", "2026-02-30 10:00", "infinite-future",
                                " 2026-11-23 10:00", "2026-11-23 10:00 "}) {
    EXPECT_THAT(IssuesAt(bad), ElementsAre("error bad-time tests[0].call.at")) << bad;
  }
}

TEST(PlanTests, NeedEventsThatCanBeRead) {
  EXPECT_THAT(
      IssuesOfTest(absl::StrCat(kCall, "events: [busy, bussy, \"sip:99999\"]")),
      ElementsAre("error bad-event tests[0].events[1]", "error bad-event tests[0].events[2]"));
}

TEST(PlanTests, MayGiveOnlyWhatThePlanHas) {
  v1::Plan plan = ReadTestPlan(
      "release: {}", absl::StrCat("tests: [{ ", kCall,
                                  "given: { destinations: { frnt: up }, sites: { front: up }, "
                                  "switches: { team: on }, groups: { flood: no_agents } } }]"));
  std::vector<std::string> found;
  for (const Issue& issue : CompileForTest(plan).issues) {
    if (issue.severity != Severity::kError) continue;
    found.push_back(absl::StrCat(issue.code, " ", issue.path, " ", issue.message));
  }
  EXPECT_THAT(found,
              ElementsAre(HasSubstr("unknown-name tests[0].given.destinations.frnt no destination "
                                    "\"frnt\"; did you mean \"front\"?"),
                          HasSubstr("unknown-name tests[0].given.sites.front"),
                          HasSubstr("unknown-name tests[0].given.switches.team"),
                          HasSubstr("unknown-name tests[0].given.groups.flood")));
}

TEST(PlanTests, GiveStates) {
  v1::Plan plan = ReadTestPlan("release: {}", absl::StrCat("tests: [{ ", kCall, " name: n }]"));
  v1::Given& given = *plan.mutable_tests(0)->mutable_given();
  (*given.mutable_destinations())["front"] = v1::STATUS_UNSPECIFIED;
  (*given.mutable_sites())["north"] = static_cast<v1::Status>(77);
  (*given.mutable_switches())["flood"] = "perhaps";
  (*given.mutable_groups())["team"] = static_cast<v1::GroupState>(-1);
  std::vector<std::string> errors = IssuesOf(plan);
  std::erase_if(errors, [](const std::string& text) { return text.starts_with("warning"); });
  EXPECT_THAT(errors, ElementsAre("error bad-value tests[0].given.destinations.front",
                                  "error bad-value tests[0].given.sites.north",
                                  "error bad-value tests[0].given.switches.flood",
                                  "error bad-value tests[0].given.groups.team"));
}

TEST(PlanTests, GiveFiguresOfGroups) {
  const std::string given =
      "given: { group_figures: { team: { open: false, ready: 2, waiting: 12, expected_wait: 300s },"
      " crowd: { waiting: 1000001, longest_wait: 25h, expected_wait: 25h }, teem: {} } }";
  const v1::Plan plan =
      ReadTestPlan("release: {}", absl::StrCat("tests: [{ ", kCall, " name: n, ", given, " }]"));
  std::vector<std::string> errors = IssuesOf(plan);
  std::erase_if(errors, [](const std::string& text) { return text.starts_with("warning"); });
  EXPECT_THAT(errors,
              ElementsAre("error bad-value tests[0].given.group_figures.crowd.waiting",
                          "error bad-value tests[0].given.group_figures.crowd.longest_wait",
                          "error bad-value tests[0].given.group_figures.crowd.expected_wait",
                          "error unknown-name tests[0].given.group_figures.teem"));
}

TEST(PlanTests, GiveValuesOfSwitchesAndRecoveryPlansThatThereAre) {
  EXPECT_THAT(IssuesOf(ReadWholePlan(R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
switches: { season: { values: [winter, summer] }, flood: {} }
recovery_plans: { fire: { tree: main } }
trees: { main: { release: {} } }
tests:
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    given: { switches: { season: summer, flood: off }, recovery_plans: { fire: on } }
  - call: { called: "+3222000100", at: "2026-11-23 10:00" }
    given: { switches: { season: on, flood: summer }, recovery_plans: { fire: drill, fir: on } }
)")),
              ElementsAre("error bad-value tests[1].given.switches.flood",
                          "error bad-value tests[1].given.switches.season",
                          "error unknown-name tests[1].given.recovery_plans.fir",
                          "error bad-value tests[1].given.recovery_plans.fire"));
}

// What is found in a plan with mailboxes whose only test is `test`: code, path, message.
std::vector<std::string> FoundInMailTest(absl::string_view test) {
  std::vector<std::string> found;
  const v1::Plan plan = ReadWholePlan(absl::StrCat(R"(
customer: acme
mailboxes: [{ addresses: ["support@acme.example", "@old.acme.example"], tree: mail }]
trees: { mail: { discard: {} } }
tests: [{ )",
                                                   test, " }]"));
  for (const Issue& issue : CompileForTest(plan).issues) {
    found.push_back(absl::StrCat(issue.code, " ", issue.path, " ", issue.message));
  }
  return found;
}

TEST(PlanTests, MayBeOfEmails) {
  EXPECT_THAT(FoundInMailTest("email: { to: \"Support@ACME.example\", at: \"2026-11-23 10:00\" }"),
              ElementsAre());
  EXPECT_THAT(FoundInMailTest("email: { to: \"who@old.acme.example\", from: \"a@b.example\", "
                              "automatic: true, subject: hello, at: \"2026-11-23 10:00\" }, "
                              "events: [timeout]"),
              ElementsAre());
}

TEST(PlanTests, AreOfACallOrOfAnEmail) {
  EXPECT_THAT(
      IssuesOfTest(absl::StrCat(kCall, "email: { to: \"a@b.example\", at: \"2026-11-23 10:00\" }")),
      ElementsAre("error bad-value tests[0].email", "error unknown-address tests[0].email.to"));
  EXPECT_THAT(FoundInMailTest("name: neither"),
              ElementsAre(HasSubstr("missing tests[0].call a test needs a call, with `called` and "
                                    "`at`, or an email, with `to` and `at`")));
}

TEST(PlanTests, OfEmailsNeedAnAddressOfThePlanAndATime) {
  EXPECT_THAT(FoundInMailTest("email: { automatic: true }"),
              ElementsAre(HasSubstr("missing tests[0].email.at a test needs the time at which the "
                                    "e-mail arrives"),
                          HasSubstr("missing tests[0].email.to")));
  EXPECT_THAT(
      FoundInMailTest("email: { to: support, from: \"@acme.example\", at: noon }"),
      ElementsAre(
          HasSubstr("bad-time tests[0].email.at \"noon\" is not a time; write e.g."),
          HasSubstr("bad-address tests[0].email.from \"@acme.example\" is a domain; write an "
                    "address there, e.g. name@acme.example"),
          HasSubstr("bad-address tests[0].email.to")));
  EXPECT_THAT(FoundInMailTest("email: { to: \"suport@acme.example\", at: \"2026-11-23 10:00\" }"),
              ElementsAre(HasSubstr("unknown-address tests[0].email.to no mailbox of the plan has "
                                    "the address suport@acme.example; did you mean "
                                    "\"support@acme.example\"?")));
  EXPECT_THAT(FoundInMailTest("email: { to: \"boss@example.com\", at: \"2026-11-23 10:00\" }"),
              ElementsAre(HasSubstr("; it has support@acme.example, @old.acme.example")));
}

TEST(PlanTests, OfEmailsAreSuchAsAServerTakes) {
  const auto found = [](absl::string_view field) {
    return FoundInMailTest(
        absl::StrCat("email: { to: \"support@acme.example\", at: \"2026-11-23 "
                     "10:00\", ",
                     field, " }"));
  };
  EXPECT_THAT(found("message_id: \"<1@example.com>\""), ElementsAre());
  EXPECT_THAT(found("message_id: \"<>\""),
              ElementsAre(HasSubstr("bad-value tests[0].email.message_id \"<>\" names no e-mail")));
  EXPECT_THAT(found(absl::StrCat("subject: ", std::string(998, 'a'))), ElementsAre());
  EXPECT_THAT(found(absl::StrCat("subject: ", std::string(999, 'a'))),
              ElementsAre(HasSubstr("too-long tests[0].email.subject has 999 bytes")));
}

}  // namespace
}  // namespace libroute
