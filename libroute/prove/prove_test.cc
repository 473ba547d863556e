#include "libroute/prove/prove.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/plan/when.h"
#include "libroute/prove/test_prove.h"
#include "libroute/readers/attachment_reader.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/rehearsal/rehearsal.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Prove, RefusesAPlanWithErrors) {
  v1::Plan plan;
  EXPECT_EQ(Prove(plan, {}, {From()}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(Prove, SaysNothingOfAGoodPlan) {
  EXPECT_THAT(Found(R"yaml(
  main:
    switch:
      cases: [{ switch: meeting, then: { goto: message } }]
      otherwise:
        time:
          cases:
            - { schedule: lunch, then: { goto: message } }
            - schedule: office
              then:
                caller:
                  cases:
                    - { caller_types: chief, then: { dial: { to: front, otherwise: { goto: message } } } }
                    - { caller_types: vip, then: { agents: { group: team, otherwise: { goto: message } } } }
                  otherwise: { dial: { to: [front, back], otherwise: { goto: message } } }
          otherwise: { goto: message }
  message: { announce: { message: closed, then: { voicemail: { mailbox: desk } } } }
)yaml"),
              IsEmpty());
}

TEST(Prove, FindsADialWhoseTargetsMayAllBeDown) {
  const Finding finding = Only(R"yaml(
  main:
    switch:
      cases: [{ switch: meeting, then: { dial: { to: [front, back] } } }]
      otherwise: { voicemail: { mailbox: desk } }
)yaml");
  EXPECT_EQ(finding.issue.code, "black-hole");
  EXPECT_EQ(finding.issue.severity, Severity::kWarning);
  EXPECT_EQ(finding.issue.path, "trees.main.switch.cases[0].then.dial");
  EXPECT_EQ(finding.witness->given().switches().at("meeting"), "on");
  EXPECT_EQ(finding.witness->given().destinations().at("front"), v1::STATUS_DOWN);
  EXPECT_THAT(finding.witness->events(), IsEmpty());
}

TEST(Prove, FindsWhatIsNotReachedAfterACall) {
  EXPECT_THAT(Found(R"yaml(
  main:
    switch:
      cases:
        - switch: meeting
          then:
            dial:
              to: [front]
              after: { caller: { cases: [{ caller_types: chief, then: { caller: { cases: [{ caller_types: chief, then: { release: {} } }], otherwise: { goto: never } } } }], otherwise: { release: {} } } }
              otherwise: { goto: message }
      otherwise: { agents: { group: team, after: { goto: survey }, otherwise: { goto: message } } }
  survey: { menu: { message: survey, keys: { "1": { release: {} } } } }
  never: { release: {} }
  message: { voicemail: { mailbox: desk } }
)yaml"),
              ElementsAre("never-matches trees.main.switch.cases[0].then.dial.after.caller.cases[0]"
                          ".then.caller.otherwise"));
}

TEST(Prove, PlaysCallsThroughWhatFollowsThem) {
  const Finding finding = Only(R"yaml(
  main:
    dial:
      to: [front]
      after:
        collect:
          message: ask
          into: grade
          max_digits: 3
          patterns: "[5-9][0-9]{2}"
          then: { time: { cases: [{ schedule: office, then: { time: { cases: [{ schedule: office, then: { release: {} } }], otherwise: { goto: message } } } }], otherwise: { release: {} } } }
          otherwise: { release: {} }
      otherwise: { goto: message }
  message: { voicemail: { mailbox: desk } }
)yaml");
  EXPECT_EQ(finding.issue.code, "not-reached");
  ASSERT_EQ(finding.witness->events_size(), 2);
  EXPECT_EQ(finding.witness->events(0), "called_hangup");
  EXPECT_EQ(finding.witness->events(1), "digits:500");
}

TEST(Prove, FindsADialWhoseGatewaysMayAllBeBusy) {
  const std::shared_ptr<v1::Plan> plan = PlanWith(R"yaml(
  main:
    dial:
      to: [front, "site:north"]
      on_unreachable: { voicemail: { mailbox: desk } }
      on_busy: { voicemail: { mailbox: desk } }
      on_bad_number: { voicemail: { mailbox: desk } }
      on_rejected: { voicemail: { mailbox: desk } }
gateways: { pstn: { gateways: [{ name: g1, uri: "sip:gw1.example.net" }, { name: g2, uri: "sip:gw2.example.net" }] } }
)yaml");
  plan->mutable_sites()->at("north").set_via("pstn");
  ProveOptions options;
  options.from = From();
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*plan, {}, options);
  ASSERT_TRUE(findings.ok()) << findings.status();
  ASSERT_EQ(findings->size(), 1u);
  const Finding& finding = findings->front();
  EXPECT_EQ(finding.issue.code, "black-hole");
  EXPECT_EQ(finding.issue.path, "trees.main.dial");
  EXPECT_EQ(finding.witness->given().gateways().at("g1"), v1::STATUS_BUSY);
  EXPECT_EQ(finding.witness->given().gateways().at("g2"), v1::STATUS_BUSY);
}

TEST(Prove, KnowsTheStatusOfGatewaysThatBranchesHaveLookedAt) {
  const std::shared_ptr<v1::Plan> plan = PlanWith(R"yaml(
  main:
    status:
      cases: [{ gateway: g1, is: [down, busy], then: { voicemail: { mailbox: desk } } }]
      otherwise:
        status:
          cases: [{ gateway: g1, is: down, then: { release: {} } }]
          otherwise: { voicemail: { mailbox: desk } }
gateways: { pstn: { gateways: [{ name: g1, uri: "sip:gw1.example.net" }] } }
)yaml");
  EXPECT_THAT(Found(*plan),
              ElementsAre("never-matches trees.main.status.otherwise.status.cases[0]"));
}

TEST(Prove, IsContentWhereTheDefaultSaysWhatThen) {
  EXPECT_THAT(Found(R"yaml(
  main: { dial: { to: [front, back] } }
default: { otherwise: { voicemail: { mailbox: desk } } }
)yaml"),
              IsEmpty());
}

TEST(Prove, IsContentWhereATargetCannotBeSwitchedOff) {
  EXPECT_THAT(Found("  main: { dial: { to: [front, \"+3222000119\"] } }\n"), IsEmpty());
}

TEST(Prove, CallsItAnErrorWhereNothingCanEverBeTried) {
  EXPECT_THAT(Found(R"yaml(
  main: { release: {} }
  outside:
    destination:
      cases: [{ kind: premium, then: { dial: { to: called } } }]
      otherwise: { dial: { to: called } }
outbound: outside
numbering: { country: BE }
)yaml"),
              ElementsAre("error black-hole trees.outside.destination.cases[0].then.dial"));
}

TEST(Prove, FindsCallersWhomNoAgentTakes) {
  EXPECT_THAT(
      Found(
          "  main: { agents: { group: team, on_no_agents: { voicemail: { mailbox: desk } } } }\n"),
      ElementsAre("black-hole trees.main.agents"));
  // Each of the ways out is one.
  const std::vector<std::string> branches = {"on_timeout", "on_no_agents", "on_none_ready",
                                             "on_full", "on_closed"};
  for (size_t left_out = 0; left_out <= branches.size(); ++left_out) {
    std::string tree = "  main: { agents: { group: team";
    for (size_t i = 0; i < branches.size(); ++i) {
      if (i == left_out) continue;
      absl::StrAppend(&tree, ", ", branches[i], ": { voicemail: { mailbox: desk } }");
    }
    const std::vector<std::string> found = Found(tree + " } }\n");
    EXPECT_EQ(found.size(), left_out == branches.size() ? 0 : 1) << left_out;
  }
}

TEST(Prove, FindsTheOriginThatTheBranchAboveExcludes) {
  const Finding finding = Only(R"yaml(
  main:
    origin:
      cases:
        - numbers: ["+32*"]
          then:
            origin:
              cases:
                - { numbers: ["+33612345678"], then: { voicemail: { mailbox: french } } }
              otherwise: { voicemail: { mailbox: belgian } }
      otherwise: { voicemail: { mailbox: others } }
)yaml");
  EXPECT_EQ(finding.issue.code, "never-matches");
  EXPECT_EQ(finding.issue.path, "trees.main.origin.cases[0].then.origin.cases[0]");
  EXPECT_THAT(finding.issue.message, HasSubstr("by trees.main.origin.cases[0]"));
  EXPECT_THAT(finding.witness->call().calling(), testing::StartsWith("+32"));
}

TEST(Prove, FindsWhatEarlierCasesHaveTogether) {
  EXPECT_THAT(Found(R"yaml(
  main:
    origin:
      cases:
        - { numbers: ["+3222000000-+3222499999"], then: { release: {} } }
        - { numbers: ["+3222500000-+3222999999"], then: { release: {} } }
        - { numbers: ["+3222400000-+3222599999"], then: { voicemail: { mailbox: desk } } }
      otherwise: { release: {} }
)yaml"),
              ElementsAre("never-matches trees.main.origin.cases[2]"));
}

TEST(Prove, LooksAtKindsAndCountriesAcrossBranches) {
  EXPECT_THAT(Found(R"yaml(
  main:
    origin:
      cases:
        - kind: mobile
          country: BE
          then:
            origin:
              cases:
                - { numbers: ["+32475*"], then: { release: {} } }
                - { country: FR, then: { voicemail: { mailbox: a } } }
                - { kind: fixed, then: { voicemail: { mailbox: b } } }
                - { anonymous: true, then: { voicemail: { mailbox: c } } }
              otherwise: { release: {} }
      otherwise: { release: {} }
)yaml"),
              ElementsAre("never-matches trees.main.origin.cases[0].then.origin.cases[1]",
                          "never-matches trees.main.origin.cases[0].then.origin.cases[2]",
                          "never-matches trees.main.origin.cases[0].then.origin.cases[3]"));
}

TEST(Prove, FindsSwitchesStatusesAndTypesThatContradict) {
  EXPECT_THAT(
      Found(R"yaml(
  main:
    switch:
      cases:
        - switch: meeting
          then:
            status:
              cases:
                - site: north
                  is: down
                  then:
                    status:
                      cases: [{ destination: front, is: [up, busy], then: { voicemail: { mailbox: a } } }]
                      otherwise: { release: {} }
              otherwise: { release: {} }
      otherwise:
        when:
          cases:
            - if: { any: [{ switch: { switch: meeting } }, { all: [{ caller: { caller_types: chief } }, { not: { caller: { caller_types: vip } } }] }] }
              then: { voicemail: { mailbox: b } }
          otherwise: { release: {} }
)yaml"),
      ElementsAre(
          "never-matches trees.main.switch.cases[0].then.status.cases[0].then.status.cases[0]",
          "never-matches trees.main.switch.otherwise.when.cases[0]"));
}

TEST(Prove, AssumesThatThingsMayStandInGroupsAsIsWanted) {
  EXPECT_THAT(Found(R"yaml(
  main:
    group:
      cases: [{ group: team, waiting: { at_least: 3 }, then: { goto: message } }]
      otherwise:
        when:
          cases: [{ if: { group: { group: team, open: true } }, then: { goto: message } }]
          otherwise: { release: {} }
  message: { voicemail: { mailbox: desk } }
)yaml"),
              IsEmpty());
}

TEST(Prove, MakesWhatIsWantedOfGroupsSoInAWitness) {
  const Finding finding = Only(R"yaml(
  main:
    group:
      cases:
        - group: team
          expected_wait: { at_least: 5m }
          then:
            switch:
              cases:
                - switch: meeting
                  then:
                    switch:
                      cases: [{ switch: meeting, then: { voicemail: { mailbox: desk } } }]
                      otherwise: { release: {} }
              otherwise: { release: {} }
      otherwise: { voicemail: { mailbox: desk } }
)yaml");
  EXPECT_EQ(finding.issue.code, "never-matches");
  EXPECT_EQ(finding.issue.path,
            "trees.main.group.cases[0].then.switch.cases[0].then.switch.otherwise");
  EXPECT_EQ(finding.witness->given().group_figures().at("team").expected_wait().seconds(), 300);
}

TEST(Prove, WhatOneCallIsGivenOfAGroupIsNothingToTheNext) {
  constexpr absl::string_view kMatching =
      "{ group: { cases: [{ group: team, free: { at_least: 1 }, then: { agents: { group: team, "
      "wait: 1m } } }], otherwise: { release: {} } } }";
  // A hole for calls that come while nothing is known of the group.
  constexpr absl::string_view kUnknown =
      "{ group: { cases: [{ group: team, free: { at_most: 0 }, then: { release: {} } }], "
      "otherwise: { agents: { group: team, wait: 1m } } } }";
  const auto found = [](absl::string_view first, absl::string_view second) {
    std::shared_ptr<v1::Plan> plan =
        PlanWith(absl::StrCat("  main: ", first, "\n  next: ", second, "\n"));
    v1::Number& number = *plan->add_numbers();
    number.set_number("+3222000101");
    number.set_tree("next");
    return Found(*plan);
  };
  EXPECT_THAT(found(kMatching, kUnknown),
              ElementsAre("black-hole trees.main.group.cases[0].then.agents",
                          "black-hole trees.next.group.otherwise.agents"));
  EXPECT_THAT(found(kUnknown, kMatching),
              ElementsAre("black-hole trees.main.group.otherwise.agents",
                          "black-hole trees.next.group.cases[0].then.agents"));
  EXPECT_THAT(Found(R"yaml(
  main:
    group:
      cases:
        - { group: team, free: { at_least: 1 }, then: { agents: { group: team, wait: 1m } } }
        - { group: team, free: { at_most: 0 }, then: { release: {} } }
      otherwise: { agents: { group: team, wait: 3m } }
)yaml"),
              ElementsAre("black-hole trees.main.group.cases[0].then.agents",
                          "black-hole trees.main.group.otherwise.agents"));
}

TEST(Prove, MakesCasesOfGroupsFailThatStandBefore) {
  const auto hole_behind = [](absl::string_view before) {
    const std::vector<std::string> found = Found(absl::StrCat(
        "  main: { group: { cases: [{ group: team, ", before,
        ", then: { release: {} } }, { group: team, waiting: { at_least: 10 }, then: { agents: { "
        "group: team, wait: 1m } } }], otherwise: { release: {} } } }\n"));
    return found == std::vector<std::string>{"black-hole trees.main.group.cases[1].then.agents"};
  };
  EXPECT_TRUE(hole_behind("ready: { at_most: 1, at_least: 1 }"));
  EXPECT_TRUE(hole_behind("ready: { at_most: 1 }"));
  EXPECT_TRUE(hole_behind("logged_in: { at_most: 5 }, waiting: { at_least: 3 }"));
  EXPECT_TRUE(hole_behind("free: { at_most: 2 }, open: true"));
  EXPECT_TRUE(hole_behind("open: true"));
  EXPECT_TRUE(hole_behind("longest_wait: { at_most: 30s }"));
  EXPECT_TRUE(hole_behind("expected_wait: { at_least: 5m }"));
  EXPECT_TRUE(hole_behind("expected_wait: { at_most: 5m }"));
}

TEST(Prove, KnowsThatStatesMayChangeBetweenQuestions) {
  EXPECT_THAT(Found(R"yaml(
  main:
    switch:
      cases:
        - switch: meeting
          then:
            announce:
              message: wait
              then:
                switch:
                  cases: [{ switch: meeting, then: { release: {} } }]
                  otherwise: { voicemail: { mailbox: desk } }
      otherwise: { release: {} }
)yaml"),
              IsEmpty());
}

TEST(Prove, FollowsAttributes) {
  EXPECT_THAT(Found(R"yaml(
  main:
    caller:
      cases:
        - caller_types: vip
          then:
            match:
              attribute: level
              cases:
                - { equals: silver, then: { voicemail: { mailbox: a } } }
                - { equals: gold, then: { release: {} } }
              otherwise: { release: {} }
      otherwise:
        collect:
          message: contract
          into: contract
          max_digits: 4
          then:
            match:
              attribute: contract
              cases:
                - { prefix: "9", then: { release: {} } }
                - { prefix: "99", then: { voicemail: { mailbox: b } } }
                - { range: { from: 1, to: 500 }, then: { release: {} } }
              otherwise: { release: {} }
          otherwise: { release: {} }
)yaml"),
              ElementsAre("never-matches trees.main.caller.cases[0].then.match.cases[0]",
                          "never-matches trees.main.caller.otherwise.collect.then.match.cases[1]"));
}

TEST(Prove, TakesTogetherWhatComesToATreeByAllItsWays) {
  EXPECT_THAT(Found(R"yaml(
  main:
    switch:
      cases: [{ switch: meeting, then: { goto: next } }]
      otherwise: { set: { attributes: { level: gold }, then: { goto: next } } }
  next:
    match:
      attribute: level
      cases:
        - { equals: gold, then: { release: {} } }
        - { equals: "", then: { switch: { cases: [{ switch: meeting, then: { release: {} } }], otherwise: { voicemail: { mailbox: a } } } } }
      otherwise: { release: {} }
)yaml"),
              ElementsAre("never-matches trees.next.match.cases[1].then.switch.otherwise"));
}

TEST(Prove, FindsWhatIsNotReachedInTwoYears) {
  const Finding finding = Only(R"yaml(
  main:
    time:
      cases:
        - schedule: office
          then:
            time:
              cases:
                - { schedule: lunch, then: { release: {} } }
                - { schedule: weekend, then: { voicemail: { mailbox: a } } }
              otherwise: { release: {} }
      otherwise: { release: {} }
)yaml");
  EXPECT_EQ(finding.issue.code, "not-reached");
  EXPECT_EQ(finding.issue.path, "trees.main.time.cases[0].then.time.cases[1]");
  EXPECT_THAT(finding.issue.message, HasSubstr("from 2026-11-23 to 2028-11-23"));
}

TEST(Prove, ProvesPlansOfManyNumbers) {
  const std::shared_ptr<v1::Plan> plan = PlanWith(R"yaml(
  main:
    switch:
      cases: [{ switch: meeting, then: { dial: { to: front } } }]
      otherwise: { release: {} }
)yaml");
  for (int i = 0; i < 5000; ++i) {
    v1::Number& number = *plan->add_numbers();
    number.set_number(absl::StrCat("+32230", 10000 + 2 * i));
    number.set_tree("main");
  }
  EXPECT_THAT(Found(*plan), ElementsAre("black-hole trees.main.switch.cases[0].then.dial"));
}

TEST(Prove, CountsTheYearsFromWhereItIsTold) {
  const std::shared_ptr<v1::Plan> plan = PlanWith(R"yaml(
  main:
    time:
      cases: [{ schedule: christmas-2030, then: { voicemail: { mailbox: a } } }]
      otherwise: { release: {} }
)yaml");
  EXPECT_THAT(Found(*plan), ElementsAre("not-reached trees.main.time.cases[0]"));
  ProveOptions later;
  later.from = *ParseWhen("2029-01-01 00:00", absl::UTCTimeZone());
  EXPECT_THAT(*Prove(*plan, {}, later), IsEmpty());
}

TEST(Prove, KnowsThatNowIsTheArrivalUntilSomethingWasAsked) {
  EXPECT_THAT(Found(R"yaml(
  main:
    time:
      cases:
        - schedule: office
          then:
            time:
              use: now
              cases: [{ schedule: weekend, then: { voicemail: { mailbox: a } } }]
              otherwise:
                announce:
                  message: wait
                  then:
                    time:
                      use: now
                      cases: [{ schedule: weekend, then: { voicemail: { mailbox: b } } }]
                      otherwise: { release: {} }
      otherwise: { release: {} }
)yaml"),
              ElementsAre("not-reached trees.main.time.cases[0].then.time.cases[0]"));
}

TEST(Prove, AddsUpWhatRings) {
  const std::shared_ptr<v1::Plan> plan = PlanWith(R"yaml(
  main:
    menu:
      message: welcome
      keys:
        "1":
          dial:
            to: [front, back]
            setup: 5s
            ring: 20s
            on_busy: { dial: { to: front, ring: 30s, setup: 5s, otherwise: { voicemail: { mailbox: desk } } } }
            otherwise: { voicemail: { mailbox: desk } }
      otherwise: { voicemail: { mailbox: desk } }
)yaml");
  EXPECT_THAT(Found(*plan, absl::Seconds(85)), IsEmpty());
  EXPECT_THAT(Found(*plan, absl::Seconds(84)),
              ElementsAre("rings-too-long trees.main.menu.keys.1.dial.on_busy.dial"));
}

// With files beside them, as routectl reads them.
absl::StatusOr<std::string> TextOfFile(const std::string& path, size_t) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return absl::NotFoundError(path);
  return text.str();
}

TEST(Prove, GoesThroughLimits) {
  const std::string tree = R"yaml(
  main:
    origin:
      cases:
        - numbers: ["+32*"]
          then:
            limit:
              limit: desk
              then:
                origin:
                  cases: [{ numbers: ["+33*"], then: { voicemail: { mailbox: french } } }]
                  otherwise: { voicemail: { mailbox: in } }
              on_full: { goto: full }
      otherwise: { goto: full }
  full: { voicemail: { mailbox: full } }
)yaml";
  v1::Plan plan = *PlanWith(tree);
  (*plan.mutable_limits())["desk"].set_calls(2);
  EXPECT_THAT(Found(plan),
              ElementsAre("never-matches "
                          "trees.main.origin.cases[0].then.limit.then.origin.cases[0]"));
}

// What a line's tree does is told where the line is written.
TEST(Prove, FollowsLines) {
  v1::Plan plan = *PlanWith("  main: { voicemail: { mailbox: m } }\n");
  v1::Line& line = (*plan.mutable_lines())["ann"];
  line.set_number("+3222000301");
  line.set_phone("front");
  EXPECT_THAT(Found(plan), ElementsAre(testing::StartsWith("black-hole lines.ann")));
  line.set_voicemail("ann");
  EXPECT_THAT(Found(plan), IsEmpty());
}

TEST(Prove, AgreesWithTheExamples) {
  const std::string directory = LIBROUTE_SOURCE_DIR "/examples/plans";
  std::vector<std::string> found;
  int plans = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() != ".yaml") continue;
    ++plans;
    ReadResult read = ReadPlan(*TextOfFile(entry.path().string(), 0), entry.path().string());
    AttachmentReader reader;
    const AttachmentReading attached = reader.Read(*read.plan, directory, TextOfFile);
    const absl::StatusOr<std::vector<Finding>> findings =
        Prove(*read.plan, attached.attachments, {From()});
    ASSERT_TRUE(findings.ok()) << entry.path() << findings.status();
    for (const Finding& finding : *findings) {
      found.push_back(absl::StrCat(entry.path().stem().string(), " ", finding.issue.code, " ",
                                   finding.issue.path));
    }
  }
  EXPECT_GT(plans, 5);
  // The owner's own telephone, with nothing behind it.
  EXPECT_THAT(found, ElementsAre("small-business black-hole "
                                 "trees.owner.switch.cases[0].then.caller.cases[0].then.dial"));
}

// A plan with a switch that has values, and recovery plans.
std::shared_ptr<v1::Plan> LostPlan(absl::string_view more) {
  ReadResult read = ReadPlan(
      absl::StrCat("customer: acme\nnumbers: [{ number: \"+3222000100\", tree: main }, { number: "
                   "\"+3222000101\" }]\n"
                   "switches: { season: { values: [winter, spring, summer] } }\n"
                   "destinations: { front: { number: \"+3222000111\" } }\n",
                   more),
      "acme.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return read.plan;
}

TEST(Prove, FollowsTheValuesOfSwitches) {
  const std::shared_ptr<v1::Plan> plan = LostPlan(R"yaml(
recovery_plans: { fire: { tree: main } }
trees:
  main:
    switch:
      cases:
        - switch: season
          is: [winter, spring]
          then:
            switch:
              cases: [{ switch: season, is: [summer], then: { voicemail: { mailbox: never } } }]
              otherwise: { voicemail: { mailbox: cold } }
      otherwise:
        switch:
          cases: [{ switch: season, is: [spring, summer], then: { dial: { to: front } } }]
          otherwise: { voicemail: { mailbox: never } }
)yaml");
  EXPECT_THAT(Found(*plan),
              ElementsAre("never-matches trees.main.switch.cases[0].then.switch.cases[0]",
                          "black-hole trees.main.switch.otherwise.switch.cases[0].then.dial",
                          "never-matches trees.main.switch.otherwise.switch.otherwise"));
  ProveOptions options;
  options.from = From();
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*plan, {}, options);
  EXPECT_EQ((*findings)[1].witness->given().switches().at("season"), "summer");
}

TEST(Prove, ComesToTreesOfRecoveryPlans) {
  const std::shared_ptr<v1::Plan> plan = LostPlan(R"yaml(
recovery_plans: { fire: { tree: lost } }
trees:
  main: { voicemail: { mailbox: desk } }
  lost:
    destination:
      cases:
        - { numbers: "+3222000101", then: { dial: { to: front } } }
        - { numbers: "+3222000999", then: { voicemail: { mailbox: never } } }
      otherwise: { voicemail: { mailbox: lost } }
)yaml");
  EXPECT_THAT(Found(*plan), ElementsAre("black-hole trees.lost.destination.cases[0].then.dial",
                                        "never-matches trees.lost.destination.cases[1]"));
  ProveOptions options;
  options.from = From();
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*plan, {}, options);
  const v1::Test& witness = *findings->front().witness;
  EXPECT_EQ(witness.call().called(), "+3222000101");
  EXPECT_EQ(witness.given().recovery_plans().at("fire"), v1::RECOVERY_STATE_ON);
}

}  // namespace
}  // namespace libroute
