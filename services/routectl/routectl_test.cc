// What the other commands print.

#include <string>

#include "absl/strings/str_cat.h"
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

TEST_F(RoutectlTest, RouteTakesWhatIsGivenInBraces) {
  Write("acme.yaml", kPlan);
  const std::string call = "route acme.yaml --called +3222000100 --at '2026-11-23 10:00' --given ";
  EXPECT_THAT(Run(call + "'{switches: {meeting: on}}'").out, HasSubstr("voicemail    meeting"));
  const Outcome bad = Run(call + "'{switches: {meting: on}}'");
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("--given: switches.meting"));
}

TEST_F(RoutectlTest, ReadsTheFilesThatAPlanNames) {
  Write("plans/acme.yaml", R"yaml(customer: acme
time_zone: Europe/Brussels
numbers: [{ number: "+3222000100", tree: desk }]
caller_types: { vip: { file: vip.csv, column: number } }
calendars: { holidays: { ics: lists/be.ics } }
schedules:
  hours: { weekly: [{ days: [thu, fri], from: "09:00", to: "17:00" }], except: holidays }
trees:
  desk:
    caller:
      cases: [{ caller_types: vip, then: { release: {} } }]
      otherwise:
        time:
          cases: [{ schedule: hours, then: { voicemail: { mailbox: open } } }]
          otherwise: { reject: { cause: busy } }
tests:
  - name: listed
    call: { called: "+3222000100", calling: "+32475123456", at: "2026-12-24 10:00" }
    expect: { caller_type: vip }
  - name: holiday
    call: { called: "+3222000100", at: "2026-12-25 10:00" }
    expect: { reject: {} }
)yaml");
  Write("plans/vip.csv", "name,number\nAnn,+32475123456\n");
  Write("plans/lists/be.ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR\n");
  EXPECT_EQ(Run("check plans/acme.yaml").out, "");
  const Outcome tested = Run("test plans/acme.yaml");
  EXPECT_EQ(tested.exit_code, 0) << tested.out << tested.err;
  EXPECT_THAT(Run("schedule plans/acme.yaml hours --from 2026-12-24 --to 2026-12-27").out,
              AllOf(HasSubstr("2026-12-24 09:00"), Not(HasSubstr("2026-12-25 09:00"))));
  Write("plans/vip.csv", "name,number\nAnn,0475123456\n");
  fs::remove(directory_ / "plans/lists/be.ics");
  const Outcome outcome = Run("check plans/acme.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(
      outcome.out,
      AllOf(StartsWith("plans/acme.yaml:5:"), HasSubstr("lists/be.ics: No such file"),
            HasSubstr("\nplans/vip.csv:2:5: error: caller_types.vip.file: \"0475123456\"")));
  EXPECT_EQ(Run("check --output json plans/acme.yaml").exit_code, 1);
}

TEST_F(RoutectlTest, TestShowsExpectedAgainstActualAndTheWay) {
  Write("acme.yaml", absl::StrReplaceAll(kPlan, {{"2026-11-23 10:00", "2026-11-23 08:00"}}));
  const Outcome outcome = Run("test acme.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, StartsWith("FAIL  acme.yaml:17: open\n"
                                      "  action: expected dial, actual reject\n"
                                      "  step 0\n"));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("schedule hours: closed until Mon 2026-11-23 09:00\n"),
                                 HasSubstr("-> otherwise: no schedule is open\n"),
                                 HasSubstr("reject       SIP 486, cause 17\n")));
  EXPECT_EQ(outcome.err, "1 test: 0 passed, 1 failed\n");
}

TEST_F(RoutectlTest, TestIsShortAboutWhatPassesUnlessAsked) {
  Write("acme.yaml", kPlan);
  Outcome outcome = Run("test acme.yaml");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "1 test: 1 passed, 0 failed\n");
  outcome = Run("test --verbose acme.yaml");
  EXPECT_THAT(outcome.out, AllOf(StartsWith("ok    acme.yaml:17: open\n  step 0\n"),
                                 HasSubstr("dial         +3222000111, setup 6s, ring 20s")));
}

TEST_F(RoutectlTest, TestGivesResultsAsData) {
  Write("acme.yaml", absl::StrReplaceAll(kPlan, {{"2026-11-23 10:00", "2026-11-23 08:00"}}));
  const Outcome outcome = Run("test --output json acme.yaml");
  EXPECT_THAT(outcome.out, AllOf(StartsWith("[\n  {\"file\": \"acme.yaml\", \"line\": 17, "),
                                 HasSubstr("\"passed\": false, \"problem\": \"\""),
                                 HasSubstr("{\"field\": \"action\", \"expected\": \"dial\", "
                                           "\"actual\": \"reject\"}")));
}

TEST_F(RoutectlTest, TestLeavesOutPlansWithErrors) {
  Write("plans/bad.yaml", absl::StrReplaceAll(kPlan, {{"schedule: hours", "schedule: hour"}}));
  Write("plans/good.yaml", absl::StrReplaceAll(kPlan, {{"customer: acme", "customer: beta"}}));
  const Outcome outcome = Run("test plans");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("plans/bad.yaml:13:21: error: "),
                    HasSubstr("1 test: 1 passed, 0 failed; 1 plan with errors not tested\n")));
}

TEST_F(RoutectlTest, RoutePrintsEveryStep) {
  Write("acme.yaml", kPlan);
  const Outcome outcome =
      Run("route acme.yaml --called +3222000100 --calling +32470000000 --at '2026-11-23 10:00' "
          "--events busy");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out,
              AllOf(StartsWith("step 0\n  dial         +3222000111, setup 6s, ring 20s, "
                               "diverted by +3222000100 (unconditional), fixed in BE\n"),
                    HasSubstr("  holds until  Mon 2026-11-23 17:00:00 CET\n\n"
                              "step 1: busy\n  voicemail    desk (busy)\n")));
}

TEST_F(RoutectlTest, RouteGivesDecisionsAsOneDocument) {
  Write("acme.yaml", kPlan);
  const Outcome outcome =
      Run("route . --called +3222000100 --at 2026-11-23T10:00:00+01:00 --events busy "
          "--output json");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, AllOf(StartsWith("[\n  {\"event\": \"\", \"decision\": {\"dial\":"),
                                 HasSubstr("\n  {\"event\": \"busy\", \"decision\": "
                                           "{\"voicemail\":{\"mailbox\":\"desk\""),
                                 testing::EndsWith("}}\n]\n")));
}

TEST_F(RoutectlTest, RouteTakesAGivenState) {
  Write("acme.yaml", kPlan);
  Write("given", "switches: { meeting: on }\n");
  Outcome outcome =
      Run("route acme.yaml --called +3222000100 --at '2026-11-23 10:00' --given given");
  EXPECT_THAT(outcome.out, HasSubstr("voicemail    meeting"));
  Write("given", "switches: { meting: on }\n");
  outcome = Run("route acme.yaml --called +3222000100 --given given");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("given: switches.meting: "), HasSubstr("\"meeting\"")));
}

TEST_F(RoutectlTest, RouteStopsAtAnEventThatDoesNotFit) {
  Write("acme.yaml", kPlan);
  const Outcome outcome =
      Run("route acme.yaml --called +3222000100 --at '2026-11-23 10:00' --events digits:1");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, StartsWith("step 0\n"));
  EXPECT_THAT(outcome.err, HasSubstr("digits cannot follow dial"));
}

TEST_F(RoutectlTest, RouteTakesHowTheCallCame) {
  Write("acme.yaml", R"yaml(customer: acme
numbers: [{ number: "+3222000100", tree: desk }]
trees:
  desk:
    origin:
      cases:
        - { verstat: passed, attestation: a, then: { voicemail: { mailbox: trusted } } }
        - { ingress: trunk-1, unavailable: true, then: { voicemail: { mailbox: unknown } } }
        - diverted: { by: "+3222000199", reason: busy, at_least: 2 }
          then: { voicemail: { mailbox: diverted } }
        - { country: BE, then: { voicemail: { mailbox: belgian } } }
      otherwise: { voicemail: { mailbox: other } }
)yaml");
  const std::string call = "route acme.yaml --called +3222000100 ";
  EXPECT_THAT(Run(call + "--verstat passed --attestation A").out,
              HasSubstr("voicemail    trusted"));
  EXPECT_THAT(Run(call + "--ingress trunk-1 --calling +33123456789 --unavailable").out,
              HasSubstr("voicemail    unknown"));
  EXPECT_THAT(Run(call + "--diverted-by :no_answer --diverted-by tel:+3222000199:busy").out,
              HasSubstr("voicemail    diverted"));
  EXPECT_THAT(Run("route acme.yaml --country BE --called '02 200 01 00' --calling 0470000000").out,
              HasSubstr("voicemail    belgian"));
  EXPECT_THAT(Run(call + "--diverted-by +3222000199:bussy").err,
              HasSubstr("--diverted-by: no reason \"bussy\"; did you mean \"busy\"?"));
  EXPECT_EQ(Run(call + "--verstat maybe").exit_code, 2);
  EXPECT_THAT(Run(call + "--country XX").err, HasSubstr("--country: \"XX\" is not a country"));
}

TEST_F(RoutectlTest, RouteKnowsNumbersThatNobodyHoldsAndEmergencyNumbers) {
  Write("acme.yaml", kPlan);
  EXPECT_THAT(Run("route acme.yaml --called +3222999999").out,
              HasSubstr("pass through  not_subscribed"));
  EXPECT_THAT(Run("route acme.yaml --called 112").out, HasSubstr("pass through  emergency"));
}

TEST_F(RoutectlTest, ExplainShowsTheReasons) {
  Write("acme.yaml", kPlan);
  const std::string call = "--called +3222000100 --at '2026-11-22 10:00'";
  EXPECT_THAT(Run("explain acme.yaml " + call).out,
              AllOf(HasSubstr("schedule hours: closed until Mon 2026-11-23 09:00"),
                    HasSubstr("reject       SIP 486, cause 17")));
  EXPECT_THAT(Run("explain acme.yaml --output json " + call).out,
              HasSubstr("{\"event\": \"\", \"explanation\": {\"visits\":[{\"path\":"));
}

TEST_F(RoutectlTest, RefusesOptionsThatDoNotGoTogether) {
  Write("acme.yaml", kPlan);
  const std::string call = " --called +3222000100 ";
  const std::string server = " --server 127.0.0.1:1 ";
  EXPECT_THAT(Run("route" + server + call + "--at '2026-11-23 10:00'").err,
              HasSubstr("--at does not go with route --server"));
  EXPECT_THAT(
      Run("explain" + server + call + "--at '2026-11-23 10:00'").err,
      HasSubstr("--at: \"2026-11-23 10:00\" is a local time, but a server does not tell the "
                "plan's time zone; write it with its offset"));
  EXPECT_EQ(Run("explain" + server + call + "--at 2026-11-23T10:00:00").exit_code, 2);
  EXPECT_EQ(Run("explain" + server + call + "--at 2026-11-23T10:00:00Z").exit_code, 3);
  EXPECT_THAT(Run("explain" + server + call + "--given x").err,
              HasSubstr("--given goes with plan files only"));
  EXPECT_THAT(Run("route acme.yaml" + server + call).err, HasSubstr("not both"));
  for (const char* wrong :
       {"", "frobnicate", "check", "check no-such-file.yaml", "route", "route acme.yaml",
        "route --called +3222000100", "route acme.yaml --called 0470123456",
        "route acme.yaml --called +3222000100 --at tomorrow", "check --output xml acme.yaml",
        "schedule acme.yaml hours --from x",
        "route --called +3222000100 --server 127.0.0.1:1 --tls-key x"}) {
    const Outcome outcome = Run(wrong);
    EXPECT_EQ(outcome.exit_code, 2) << wrong;
    EXPECT_THAT(outcome.err, Not(IsEmpty())) << wrong;
    EXPECT_EQ(outcome.out, "") << wrong;
  }
}

TEST_F(RoutectlTest, SaysThatAServerCannotBeReached) {
  const Outcome outcome = Run("route --server unix:nobody.sock --called +3222000100");
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, StartsWith("routectl: "));
}

TEST_F(RoutectlTest, GraphWritesDotAndSvg) {
  Write("acme.yaml", kPlan);
  EXPECT_THAT(Run("graph acme.yaml desk").out, StartsWith("digraph \"desk\" {\n"));
  EXPECT_THAT(Run("graph acme.yaml").out, StartsWith("digraph \"acme\" {\n"));
  EXPECT_EQ(Run("graph acme.yaml dsek").exit_code, 1);
  if (Shell("command -v dot").exit_code != 0) GTEST_SKIP() << "Graphviz is not installed";
  EXPECT_THAT(Run("graph acme.yaml --output svg").out, HasSubstr("<svg "));
  EXPECT_EQ(Run("graph acme.yaml desk --output svg -o desk.svg").out, "");
  EXPECT_THAT(TextOf(directory_ / "desk.svg"), HasSubstr("</svg>"));
}

TEST_F(RoutectlTest, GraphSaysThatDotIsMissing) {
  Write("acme.yaml", kPlan);
  const Outcome outcome = Shell("PATH=/nonexistent " ROUTECTL " graph acme.yaml --output svg");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("which is not installed"));
}

constexpr char kLinePlan[] = R"yaml(customer: acme
lines:
  ann:
    number: "+3222000301"
    ring: 15s
    forward: { busy: "+32470000001" }
    voicemail: ann
)yaml";

TEST_F(RoutectlTest, ShowWritesLinesOutAsAPlanThatDecidesTheSame) {
  Write("acme.yaml", kLinePlan);
  const Outcome expanded = Run("show acme.yaml --expanded");
  EXPECT_EQ(expanded.exit_code, 0);
  EXPECT_THAT(expanded.out,
              AllOf(HasSubstr("numbers: [{ number: \"+3222000301\", tree: line-ann }]"),
                    HasSubstr("      on_busy: { goto: line-ann-busy }\n")));
  Write("again.yaml", expanded.out);
  EXPECT_EQ(Run("check again.yaml").err, "1 plan: 0 errors, 0 warnings\n");
  const std::string call =
      " --called +3222000301 --calling +3225550001 --events busy --at "
      "2026-11-23T10:00:00Z";
  // All but the revision.
  const auto way = [this, &call](const std::string& file) {
    return Shell(ROUTECTL " route " + file + call + " | sed 's/, revision .*//'").out;
  };
  EXPECT_THAT(way("acme.yaml"), HasSubstr("dial         +32470000001"));
  EXPECT_EQ(way("again.yaml"), way("acme.yaml"));
}

TEST_F(RoutectlTest, ShowWritesAPlanAsItIsRead) {
  Write("acme.yaml", kLinePlan);
  const Outcome shown = Run("show acme.yaml");
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.out, AllOf(HasSubstr("number: \"+3222000301\""), Not(HasSubstr("line-ann"))));
  EXPECT_THAT(Run("show acme.yaml --output json").out, StartsWith("{\"customer\":\"acme\""));
  Write("acme.yaml", absl::StrReplaceAll(kLinePlan, {{"15s", "15h"}}));
  const Outcome refused = Run("show acme.yaml --expanded");
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(Run("show none.yaml").exit_code, 2);
}

TEST_F(RoutectlTest, CheckSaysWhatIsWrongWithALineWhereItIsWritten) {
  Write("acme.yaml", absl::StrReplaceAll(kLinePlan, {{"\"+32470000001\"", "mobil"}}));
  EXPECT_EQ(
      Run("check acme.yaml").out,
      "acme.yaml:6:16: error: lines.ann.forward.busy: no destination \"mobil\"; define it, or "
      "use one that the plan has\n");
}

TEST_F(RoutectlTest, GraphDrawsLinesAsTrees) {
  Write("acme.yaml", kLinePlan);
  EXPECT_THAT(Run("graph acme.yaml line-ann").out, HasSubstr("line-ann-busy"));
}

TEST_F(RoutectlTest, ScheduleListsIntervals) {
  Write("acme.yaml", kPlan);
  const std::string window = " --from 2026-11-23 --to 2026-11-30";
  EXPECT_EQ(Shell("LC_ALL=C " ROUTECTL " schedule acme.yaml hours" + window).out,
            "                0     3     6     9     12    15    18    21    24\n"
            "Mon 2026-11-23  ..................################..............\n"
            "Tue 2026-11-24  ..................################..............\n"
            "Wed 2026-11-25  ................................................\n"
            "Thu 2026-11-26  ................................................\n"
            "Fri 2026-11-27  ................................................\n"
            "Sat 2026-11-28  ................................................\n"
            "Sun 2026-11-29  ................................................\n"
            "\n"
            "Mon 2026-11-23 09:00 - 17:00\n"
            "Tue 2026-11-24 09:00 - 17:00\n");
  EXPECT_EQ(
      Run("schedule acme.yaml hours --output json" + window).out,
      "{\"intervals\": [\n"
      "  {\"start\": \"2026-11-23T09:00:00+01:00\", \"end\": \"2026-11-23T17:00:00+01:00\"},\n"
      "  {\"start\": \"2026-11-24T09:00:00+01:00\", \"end\": \"2026-11-24T17:00:00+01:00\"}\n"
      "]}\n");
  EXPECT_THAT(Run("schedule acme.yaml hours").out, HasSubstr("Sun 2"));
}

TEST_F(RoutectlTest, ScheduleWritesACalendar) {
  Write("acme.yaml", kPlan);
  EXPECT_THAT(Run("schedule acme.yaml hours --from 2026-11-23 --to 2026-11-24 --output ics").out,
              AllOf(StartsWith("BEGIN:VCALENDAR\r\n"),
                    HasSubstr("DTSTART:20261123T080000Z\r\nDTEND:20261123T160000Z\r\n")));
  EXPECT_EQ(Run("schedule acme.yaml hours --at 2026-11-23 --output ics").exit_code, 2);
}

TEST_F(RoutectlTest, ScheduleReckonsInOpenHours) {
  Write("acme.yaml", kPlan);
  const std::string at = "schedule acme.yaml hours --at '2026-11-23 15:59' ";
  EXPECT_EQ(Run(at + "--add-open 8h").out, "Tue 2026-11-24 15:59:00\n");
  EXPECT_EQ(Run(at + "--add-open 8h --output json").out,
            "{\"time\": \"2026-11-24T15:59:00+01:00\"}\n");
  EXPECT_EQ(Run(at + "--cutoff 16:00").out, "Tue 2026-11-24\n");
  EXPECT_EQ(Run(at + "--cutoff 15:59").out, "Mon 2026-11-30\n");
  EXPECT_EQ(Run(at + "--cutoff 15:59 --output json").out, "{\"day\": \"2026-11-30\"}\n");
  // More than ten years have: they have some 8350 of these hours.
  EXPECT_EQ(Run(at + "--add-open 9000h").exit_code, 1);
  for (const char* wrong :
       {"--add-open 0s", "--add-open x", "--cutoff 25:00", "--add-open 8h --cutoff 16:00"}) {
    EXPECT_EQ(Run(at + wrong).exit_code, 2) << wrong;
  }
  EXPECT_EQ(Run("schedule acme.yaml hours --add-open 8h").exit_code, 2);
}

TEST_F(RoutectlTest, ScheduleSaysWhetherItIsOpen) {
  Write("acme.yaml", kPlan);
  EXPECT_EQ(Run("schedule acme.yaml hours --at '2026-11-23 16:59'").out,
            "open until Mon 2026-11-23 17:00\n");
  EXPECT_EQ(Run("schedule acme.yaml hours --at '2026-11-24 17:00' --output json").out,
            "{\"open\": false, \"until\": \"2026-11-30T09:00:00+01:00\"}\n");
  const Outcome outcome = Run("schedule acme.yaml hors");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "routectl: no schedule \"hors\"; did you mean \"hours\"?\n");
}

TEST_F(RoutectlTest, ConferenceWritesWhatIsSent) {
  Write("rooms.yaml", R"yaml(customer: acme
numbers: [{ number: "+3222000100", tree: rooms }]
conferences:
  board: { number: "200", codes: [{ code: "271828", name: chair }, { code: "173205", role: listener }] }
trees:
  rooms: { conference_access: { message: m, code_message: c, otherwise: { release: {} } } }
)yaml");
  const Outcome all = Run("conference rooms.yaml board");
  EXPECT_EQ(all.exit_code, 0) << all.err;
  EXPECT_THAT(all.out, AllOf(StartsWith("---- chair\nYou are invited to the conference board.\n"),
                             HasSubstr("Enter  200#, then your code 271828#\n---- code 173205\n")));
  const Outcome one = Run("conference rooms.yaml board --of chair --output json");
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_THAT(one.out, AllOf(HasSubstr("\"access\": ["), HasSubstr("\"+3222000100\""),
                             HasSubstr("\"code\": \"271828\""), Not(HasSubstr("173205"))));
  const Outcome none = Run("conference rooms.yaml bord");
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.err, HasSubstr("no conference \"bord\"; did you mean \"board\"?"));
  EXPECT_EQ(Run("conference rooms.yaml board --of x").exit_code, 1);
}

TEST_F(RoutectlTest, CompletionCompletesCommandsAndOptions) {
  const Outcome outcome = Shell(
      "bash --norc -c 'set -eu; source <(" ROUTECTL
      " completion bash); COMP_WORDS=(routectl sch); COMP_CWORD=1; _routectl; echo "
      "\"${COMPREPLY[*]}\"; COMP_WORDS=(routectl check --out); COMP_CWORD=2; _routectl; echo "
      "\"${COMPREPLY[*]}\"; COMP_WORDS=(routectl graph x --output s); COMP_CWORD=4; _routectl; "
      "echo \"${COMPREPLY[*]}\"'");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "schedule\n--output\nsvg\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(RoutectlTest, HelpSaysHowAndWhatTheExitCodesMean) {
  for (const char* command :
       {"", "check", "test", "route", "explain", "graph", "schedule", "completion"}) {
    const Outcome outcome = Run(absl::StrCat(command, " --help"));
    EXPECT_EQ(outcome.exit_code, 0) << command;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("Example"), HasSubstr("Exit code: 0"))) << command;
  }
  EXPECT_THAT(Run("--version").out, StartsWith("routectl "));
}

TEST_F(RoutectlTest, FindsNothingWrongWithTheExamples) {
  Outcome outcome = Run("check " LIBROUTE_SOURCE_DIR "/examples/plans");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "12 plans: 0 errors, 0 warnings\n");
  outcome = Run("test " LIBROUTE_SOURCE_DIR "/examples/plans");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_THAT(outcome.err, HasSubstr(" 0 failed\n"));
}

}  // namespace
}  // namespace libroute
