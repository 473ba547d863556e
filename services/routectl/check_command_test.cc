// `routectl check`.

#include <string>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/routectl/test_routectl.h"

namespace libroute {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST_F(RoutectlTest, CheckProvesAndPrintsACommandThatShowsIt) {
  Write("acme.yaml", R"yaml(customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: desk }]
switches: { meeting: {} }
destinations: { front: { number: "+3222000111" } }
trees:
  desk:
    switch:
      cases: [{ switch: meeting, then: { dial: { to: front } } }]
      otherwise:
        switch:
          cases: [{ switch: meeting, then: { voicemail: { mailbox: desk } } }]
          otherwise: { release: {} }
)yaml");
  EXPECT_THAT(Run("check acme.yaml").out, IsEmpty());
  const Outcome proved = Run("check --prove --from 2026-11-23 acme.yaml");
  EXPECT_EQ(proved.exit_code, 0);
  EXPECT_THAT(
      proved.out,
      AllOf(HasSubstr("acme.yaml:9:42: warning: trees.desk.switch.cases[0].then.dial: when "
                      "none of these targets can be tried"),
            HasSubstr("acme.yaml:12:19: warning: trees.desk.switch.otherwise.switch.cases[0]: "
                      "this case never matches: its switch never stands so")));
  EXPECT_THAT(proved.err, HasSubstr("0 errors, 2 warnings"));
  // The first command, as a shell takes it.
  const size_t begin = proved.out.find("  routectl ") + std::string("  routectl ").size();
  const Outcome shown = Run(proved.out.substr(begin, proved.out.find('\n', begin) - begin));
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("release"));
  EXPECT_THAT(shown.out, HasSubstr("decided by   default"));
}

TEST_F(RoutectlTest, CheckGivesTheWitnessAsData) {
  Write("acme.yaml", kPlan);
  const Outcome proved =
      Run("check --prove --from 2026-11-23 --max-ringing 10s --output json acme.yaml");
  EXPECT_EQ(proved.exit_code, 0) << proved.err;
  EXPECT_THAT(proved.out, AllOf(HasSubstr("\"code\": \"rings-too-long\""),
                                HasSubstr("\"witness\": {\"call\": {\"called\":\"+3222000100\""),
                                HasSubstr("\"events\": [\"no_answer\"], \"command\": \"routectl "
                                          "route acme.yaml --called +3222000100 ")));
}

TEST_F(RoutectlTest, CheckProvesOnlyWhatItCanRead) {
  Write("acme.yaml", kPlan);
  EXPECT_EQ(Run("check --prove --max-ringing long acme.yaml").exit_code, 2);
  EXPECT_EQ(Run("check --prove --from soon acme.yaml").exit_code, 2);
  EXPECT_EQ(Run("check --max-ringing 10s acme.yaml").exit_code, 2);
  Write("bad.yaml", "customer: bad\ntrees: { t: { goto: nowhere } }\n");
  EXPECT_EQ(Run("check --prove bad.yaml").exit_code, 1);
}

TEST_F(RoutectlTest, CheckIsSilentAboutASoundPlan) {
  Write("acme.yaml", kPlan);
  const Outcome outcome = Run("check acme.yaml");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "1 plan: 0 errors, 0 warnings\n");
}

TEST_F(RoutectlTest, CheckPrintsEveryProblemWithItsPlaceByLine) {
  Write("acme.yaml", absl::StrReplaceAll(kPlan, {{"schedule: hours", "schedule: hour"},
                                                 {"mailbox: meeting", "mailbx: meeting"},
                                                 {"+3222000111", "+3222"}}));
  const Outcome outcome = Run("check acme.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out,
            "acme.yaml:10:55: error: "
            "trees.desk.switch.cases[0].then.voicemail.mailbx: no field \"mailbx\" in Voicemail; "
            "did you mean \"mailbox\"?\n"
            "acme.yaml:13:21: error: trees.desk.switch.otherwise.time.cases[0].schedule: "
            "no schedule \"hour\"; did you mean \"hours\"?\n"
            "acme.yaml:13:57: error: trees.desk.switch.otherwise.time.cases[0].then.dial.to[0]: "
            "\"+3222\" is not an E.164 number: it does not have 7 to 15 digits; write '+', the "
            "country code and the number, e.g. +3222000100\n");
  EXPECT_EQ(outcome.err, "1 plan: 3 errors, 0 warnings\n");
}

TEST_F(RoutectlTest, CheckGoesOnAfterAFileThatCannotBeUnderstood) {
  Write("plans/a.yaml", "customer: [\n");
  Write("plans/b.yml", absl::StrReplaceAll(kPlan, {{"schedule: hours", "schedule: hour"}}));
  Write("plans/deep/c.json", R"({"customer": "c", "numbers": []})");
  Write("plans/notes.txt", "no plan\n");
  const Outcome outcome = Run("check plans");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("plans/a.yaml:"), HasSubstr("plans/b.yml:13:21: error"),
                                 HasSubstr("plans/deep/c.json:"), HasSubstr("warning: numbers: "),
                                 Not(HasSubstr("notes.txt"))));
  EXPECT_THAT(outcome.err, StartsWith("3 plans: "));
}

TEST_F(RoutectlTest, CheckFindsWhatTwoPlansBothWant) {
  Write("plans/1.yaml", kPlan);
  Write("plans/2.yaml", absl::StrReplaceAll(kPlan, {{"customer: acme", "customer: beta"}}));
  Write("plans/3.yaml", absl::StrReplaceAll(kPlan, {{"+3222000100", "+3222000300"}}));
  const Outcome outcome = Run("check plans");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("plans/2.yaml:3:"), HasSubstr("acme"),
                                 HasSubstr("plans/3.yaml:1:1: error: customer: customer \"acme\" "
                                           "has a plan in plans/1.yaml already")));
  EXPECT_EQ(outcome.err, "3 plans: 2 errors, 0 warnings\n");
}

constexpr char kLoopPlan[] = R"yaml(customer: CUSTOMER
numbers: [{ number: "OWN", tree: desk }]
destinations: { peer: { number: "OTHER" } }
trees:
  desk: { dial: { to: [called, peer], otherwise: { voicemail: { mailbox: desk } } } }
tests:
  - name: a call that was diverted often is not sent on
    call: { called: "OWN", at: "2026-11-23 10:00", diversions: { number: "OTHER", count: 12 } }
    events: [busy]
    expect: { voicemail: { mailbox: desk } }
  - name: another one is
    call: { called: "OWN", at: "2026-11-23 10:00", diversions: { number: "+3222000900" } }
    events: [busy]
    expect: { dial: { legs: [{ destination: peer, diversion: { count: 2 } }] } }
)yaml";

TEST_F(RoutectlTest, CheckFindsCallsThatGoRoundBetweenPlans) {
  Write("plans/1.yaml",
        absl::StrReplaceAll(
            kLoopPlan, {{"CUSTOMER", "acme"}, {"OWN", "+3222000100"}, {"OTHER", "+3222000200"}}));
  Write("plans/2.yaml",
        absl::StrReplaceAll(
            kLoopPlan, {{"CUSTOMER", "other"}, {"OWN", "+3222000200"}, {"OTHER", "+3222000100"}}));
  Outcome outcome = Run("check plans");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(
      outcome.out,
      "plans/2.yaml:5:32: warning: trees.desk.dial.to[1]: a call to +3222000200 may come back "
      "to it (+3222000200 (other: trees.desk.dial.to[1]) -> +3222000100 (acme: "
      "trees.desk.dial.to[1]) -> +3222000200) and go round until it was diverted as often as "
      "calls may; let one of these end elsewhere, in a voicemail for example\n");
  EXPECT_EQ(outcome.err, "2 plans: 0 errors, 1 warning\n");
  EXPECT_EQ(Run("check plans/1.yaml").out, "") << "alone it is fine";
  outcome = Run("test plans");
  EXPECT_EQ(outcome.err, "4 tests: 4 passed, 0 failed\n") << outcome.out;
}

TEST_F(RoutectlTest, CheckLooksAtTheCarriersInventory) {
  Write("acme.yaml", kPlan);
  Write("carrier.yaml",
        "network: ours\nnumbers: [{ number: \"+32*\", network: theirs, cnip: displayed }]\n");
  Outcome outcome = Run("check --inventory carrier.yaml acme.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr(".number: +3222000100 is in the network \"theirs\", not in "
                              "the carrier's own"),
                    HasSubstr("warning: numbers[0].number: +3222000100 has its calling "
                              "name displayed (CNIP)")));
  Write("carrier.yaml", "network: ours\nnumbers:\n  - { number: x }\n");
  outcome = Run("check --inventory carrier.yaml acme.yaml");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("carrier.yaml:3:7: error: numbers[0].number: "));
}

TEST_F(RoutectlTest, CheckGivesIssuesAsData) {
  Write("acme.yaml", absl::StrReplaceAll(kPlan, {{"schedule: hours", "schedule: hour"}}));
  const Outcome outcome = Run("check --output json acme.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out,
            "[\n"
            "  {\"severity\": \"warning\", \"file\": \"acme.yaml\", \"line\": 5, \"column\": 3, "
            "\"path\": \"schedules.hours\", \"code\": \"unused\", "
            "\"message\": \"schedule \\\"hours\\\" is used by no tree\"},\n"
            "  {\"severity\": \"error\", \"file\": \"acme.yaml\", \"line\": 13, \"column\": 21, "
            "\"path\": \"trees.desk.switch.otherwise.time.cases[0].schedule\", "
            "\"code\": \"unknown-name\", "
            "\"message\": \"no schedule \\\"hour\\\"; did you mean \\\"hours\\\"?\"}\n]\n");
  EXPECT_EQ(Run("check --output json nothing-wrong.json").exit_code, 2);
  Write("good.yaml", kPlan);
  EXPECT_EQ(Run("check --output json good.yaml").out, "[]\n");
}

}  // namespace
}  // namespace libroute
