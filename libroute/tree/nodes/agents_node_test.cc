#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kTeam =
    "agents: { group: team, wait: 60s, message: music, on_timeout: { voicemail: { mailbox: late } "
    "},"
    " on_no_agents: { voicemail: { mailbox: nobody } } }";

TEST(AgentsNode, WaitsForTheGroup) {
  TestPlan plan(kTeam);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "wait team 1m");
  const auto& wait = std::get<WaitDecision>(call.decision().action);
  EXPECT_EQ(wait.message, "music");
  EXPECT_EQ(wait.poll_after, absl::Seconds(10));
  EXPECT_TRUE(call.decision().answered);
  EXPECT_TRUE(call.decision().resumable);
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kGroup));
  EXPECT_THAT(call.Comparisons(), ElementsAre("group team | takes calls | nobody is free | yes"));
  EXPECT_EQ(call.Way().back(), "trees.main.agents agents:  (waits for team)");
}

TEST(AgentsNode, PollsNoLaterThanTheWaitEnds) {
  TestPlan plan("agents: { group: team, wait: 4s }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(std::get<WaitDecision>(call.decision().action).poll_after, absl::Seconds(4));
}

TEST(AgentsNode, WaitsTwoMinutesIfNothingIsSaid) {
  TestPlan plan("agents: { group: team }");
  EXPECT_EQ(TestCall(plan).Ask(), "wait team 2m");
}

TEST(AgentsNode, GoesOnWhenNobodyWasFreeInTime) {
  TestPlan plan(kTeam);
  TestCall call(plan);
  call.Ask();
  TestCall left = call;
  EXPECT_EQ(call.Tell("timeout"), "voicemail late after unconditional");
  EXPECT_EQ(call.Way().front(), "trees.main.agents agents: on_timeout (nobody was free in time)");
  EXPECT_EQ(left.Tell("no_agents"), "voicemail nobody after unconditional");
}

TEST(AgentsNode, DoesNotWaitForAnEmptyRoom) {
  TestPlan plan(kTeam);
  plan.SetGroup("team", GroupState::kNoAgents);
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "voicemail nobody after unconditional");
  EXPECT_EQ(call.Way().front(), "trees.main.agents agents: on_no_agents (nobody is logged in)");
  EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kGroup));
  plan.SetGroup("team", GroupState::kNoneFree);
  EXPECT_EQ(TestCall(plan).Ask(), "wait team 1m");
}

// Why nobody comes, where that is known before a call waits.
struct Reason {
  const char* branch;
  const char* event;
  GroupState state;
  const char* known;
  const char* reported;
  NotTaken not_taken;
};

constexpr Reason kReasons[] = {
    {"on_no_agents", "no_agents", GroupState::kNoAgents, "nobody is logged in",
     "nobody is logged in any more", NotTaken::kNoAgents},
    {"on_none_ready", "none_ready", GroupState::kNoneReady, "all agents have a break",
     "all agents have a break by now", NotTaken::kNoneReady},
    {"on_full", "full", GroupState::kFull, "as many wait as may", "as many wait as may",
     NotTaken::kQueueFull},
    {"on_closed", "closed", GroupState::kClosed, "the group is closed", "the group was closed",
     NotTaken::kClosed},
};

constexpr absl::string_view kEachReason =
    "agents: { group: team, on_timeout: { voicemail: { mailbox: on_timeout } },"
    " on_no_agents: { voicemail: { mailbox: on_no_agents } },"
    " on_none_ready: { voicemail: { mailbox: on_none_ready } },"
    " on_full: { voicemail: { mailbox: on_full } },"
    " on_closed: { voicemail: { mailbox: on_closed } } }";

TEST(AgentsNode, DoesNotWaitWhereItIsKnownThatNobodyComes) {
  for (const Reason& reason : kReasons) {
    TestPlan plan(kEachReason);
    plan.SetGroup("team", reason.state);
    TestCall call(plan);
    EXPECT_EQ(call.Ask(), absl::StrCat("voicemail ", reason.branch, " after unconditional"));
    EXPECT_EQ(call.Way().front(),
              absl::StrCat("trees.main.agents agents: ", reason.branch, " (", reason.known, ")"));
    EXPECT_THAT(call.Comparisons(0),
                ElementsAre(absl::StrCat("group team | takes calls | ", reason.known, " | no")));
    EXPECT_THAT(call.WhyNot(0), ElementsAre(reason.not_taken));
    EXPECT_TRUE(call.decision().depends_on.Has(Dependence::kGroup));
  }
}

TEST(AgentsNode, GoesOnByTheReasonThatEndsTheWait) {
  for (const Reason& reason : kReasons) {
    TestPlan plan(kEachReason);
    TestCall call(plan);
    EXPECT_EQ(call.Ask(), "wait team 2m");
    EXPECT_EQ(call.Tell(reason.event),
              absl::StrCat("voicemail ", reason.branch, " after unconditional"));
    EXPECT_EQ(call.Way().front(), absl::StrCat("trees.main.agents agents: ", reason.branch, " (",
                                               reason.reported, ")"));
    EXPECT_TRUE(call.decision().answered);
  }
}

TEST(AgentsNode, FallsToOtherwiseWhateverIsKnownBefore) {
  for (const Reason& reason : kReasons) {
    TestPlan plan("agents: { group: team, otherwise: { voicemail: { mailbox: d } } }");
    plan.SetGroup("team", reason.state);
    EXPECT_EQ(TestCall(plan).Ask(), "voicemail d after unconditional") << reason.branch;
  }
}

TEST(AgentsNode, FallsToOtherwiseAndThenToTheDefault) {
  for (absl::string_view event : {"timeout", "no_agents", "none_ready", "full", "closed"}) {
    TestPlan otherwise("agents: { group: team, otherwise: { agents: { group: crowd } } }");
    TestCall call(otherwise);
    call.Ask();
    EXPECT_EQ(call.Tell(event), "wait crowd 2m");
    EXPECT_EQ(call.Tell(event), "release 0/31 no match");
    TestPlan defaults("agents: { group: team }",
                      "default: { otherwise: { voicemail: { mailbox: d } } }");
    TestCall defaulted(defaults);
    defaulted.Ask();
    EXPECT_EQ(defaulted.Tell(event), "voicemail d after unconditional");
  }
}

TEST(AgentsNode, RefusesOtherEvents) {
  TestPlan plan(kTeam);
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("played"),
            "INVALID_ARGUMENT: event: played cannot follow wait; expected wait_ended");
  EXPECT_THAT(call.Tell("busy"), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_EQ(call.Tell("hangup"), "release 0/16 cancelled");
}

TEST(AgentsNode, ReportsWhatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("agents: {}"), ElementsAre("error missing trees.main.agents.group"));
  EXPECT_THAT(
      IssuesOf("agents: { group: temm, wait: 5h, message: \"?\", on_timeout: {}, on_no_agents: "
               "{}, on_none_ready: {}, on_full: {}, on_closed: {}, otherwise: {} }"),
      ElementsAre(
          "error unknown-name trees.main.agents.group", "error bad-name trees.main.agents.message",
          "error dead-end trees.main.agents.otherwise",
          "error dead-end trees.main.agents.on_timeout",
          "error dead-end trees.main.agents.on_no_agents",
          "error dead-end trees.main.agents.on_none_ready",
          "error dead-end trees.main.agents.on_full", "error dead-end trees.main.agents.on_closed",
          "error bad-value trees.main.agents.wait"));
  EXPECT_THAT(IssuesOf("agents: { group: team, wait: 4h }"), IsEmpty());
}

TEST(AgentsNode, SaysHowLongWrapUpTakes) {
  TestPlan plan("agents: { group: team, wrap_up: 90s }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(std::get<WaitDecision>(call.decision().action).wrap_up, absl::Seconds(90));
  EXPECT_THAT(IssuesOf("agents: { group: team, wrap_up: 13h }"),
              ElementsAre("error bad-value trees.main.agents.wrap_up"));
  EXPECT_THAT(IssuesOf("agents: { group: team, wrap_up: 10m }"), IsEmpty());
  // The group lets wrap-up take no longer than ten minutes.
  EXPECT_THAT(IssuesOf("agents: { group: team, wrap_up: 11m }"),
              ElementsAre("warning no-effect trees.main.agents.wrap_up"));
}

TEST(AgentsNode, AsksForAPosition) {
  TestPlan plan("agents: { group: team, position: 2 }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(std::get<WaitDecision>(call.decision().action).wanted_position, 2u);
  EXPECT_THAT(IssuesOf("agents: { group: team, position: 1000 }"), IsEmpty());
  EXPECT_THAT(IssuesOf("agents: { group: team, position: 0 }"),
              ElementsAre("error bad-value trees.main.agents.position"));
  EXPECT_THAT(IssuesOf("agents: { group: team, position: 1001 }"),
              ElementsAre("error bad-value trees.main.agents.position"));
}

constexpr absl::string_view kAnnounced =
    "agents: { group: team, message: music, announcements: ["
    "{ message: busy, after: 30s, every: 60s, say: [position] },"
    " { say: [expected_wait, position] }] }";

TEST(AgentsNode, TellsWhatCallersHearMeanwhile) {
  TestPlan plan(kAnnounced);
  TestCall call(plan);
  call.Ask();
  const auto& wait = std::get<WaitDecision>(call.decision().action);
  ASSERT_EQ(wait.announcements.size(), 2u);
  EXPECT_EQ(wait.announcements[0].message, "busy");
  EXPECT_EQ(wait.announcements[0].after, absl::Seconds(30));
  EXPECT_EQ(wait.announcements[0].every, absl::Seconds(60));
  EXPECT_TRUE(wait.announcements[0].says_position);
  EXPECT_FALSE(wait.announcements[0].says_expected_wait);
  EXPECT_EQ(wait.announcements[1].message, "");
  EXPECT_EQ(wait.announcements[1].after, absl::ZeroDuration());
  EXPECT_EQ(wait.announcements[1].every, absl::ZeroDuration());
  EXPECT_TRUE(wait.announcements[1].says_position);
  EXPECT_TRUE(wait.announcements[1].says_expected_wait);
  EXPECT_EQ(wait.waited, absl::ZeroDuration()) << "nobody here knows";
}

TEST(AgentsNode, AnnouncesInTheLanguageOfTheCall) {
  TestPlan plan(
      "set: { attributes: { language: nl-BE }, then: { agents: { group: team,"
      " announcements: [{ message: busy }] } } }",
      "messages: { busy: { languages: { nl: druk }, otherwise: busy-en } }");
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(std::get<WaitDecision>(call.decision().action).announcements.at(0).message, "druk");
}

TEST(AgentsNode, AnnouncesToThoseThatWereHandedOn) {
  TestPlan plan(kAnnounced);
  TestCall call(plan);
  call.Ask();
  ContactNow contact;
  contact.group = "crowd";
  contact.max_wait = absl::Minutes(3);
  call.Stands(contact);
  Event changed;
  changed.kind = EventKind::kContactChanged;
  EXPECT_EQ(call.Tell(changed), "wait crowd 3m");
  EXPECT_EQ(std::get<WaitDecision>(call.decision().action).announcements.size(), 2u);
}

TEST(AgentsNode, ReportsAnnouncementsThatCannotBeMeant) {
  EXPECT_THAT(IssuesOf("agents: { group: team, wait: 4h, otherwise: { release: {} }, "
                       "announcements: [{ after: 5s }, { message: busy, after: 5h }, { message: "
                       "busy, every: 4s },"
                       " { message: busy, every: 2h }, { say: [position, position] },"
                       " { message: \"no name\" }, { message: busy, after: 4h, every: 5s }] }"),
              ElementsAre("error missing trees.main.agents.announcements[0]",
                          "error bad-value trees.main.agents.announcements[1].after",
                          "error bad-value trees.main.agents.announcements[2].every",
                          "error bad-value trees.main.agents.announcements[3].every",
                          "error duplicate trees.main.agents.announcements[4].say[1]",
                          "error bad-name trees.main.agents.announcements[5].message"));
  v1::Plan plan = ReadTestPlan("agents: { group: team, otherwise: { release: {} } }");
  v1::Agents& agents = *plan.mutable_trees()->at("main").mutable_agents();
  agents.add_announcements()->add_say(v1::WaitAnnouncement::SAY_UNSPECIFIED);
  for (int i = 0; i < 8; ++i) agents.add_announcements()->set_message("busy");
  EXPECT_THAT(IssuesOf(plan),
              ::testing::IsSupersetOf({"error bad-value trees.main.agents.announcements[0].say[0]",
                                       "error too-many trees.main.agents.announcements"}));
}

TEST(AgentsNode, WarnsOfAnnouncementsThatNobodyHears) {
  const auto issues = [](absl::string_view fields) {
    return IssuesOf(
        absl::StrCat("agents: { group: team, otherwise: { release: {} }, ", fields, " }"));
  };
  EXPECT_THAT(issues("wait: 30s, announcements: [{ message: busy, after: 30s }, "
                     "{ message: busy, after: 31s }]"),
              ElementsAre("warning no-effect trees.main.agents.announcements[1].after"));
  EXPECT_THAT(issues("announcements: [{ message: busy, after: 2m }, { message: busy, after: 3m }]"),
              ElementsAre("warning no-effect trees.main.agents.announcements[1].after"))
      << "two minutes if nothing is written";
  EXPECT_THAT(issues("announcements: [{ message: busy, after: 1s, say: [position] }, "
                     "{ message: busy, after: 1s }, { message: busy, after: 1s, every: 5s }, "
                     "{ say: [position], message: busy, after: 1s }]"),
              ElementsAre("warning no-effect trees.main.agents.announcements[3]"));
}

}  // namespace
}  // namespace libroute
