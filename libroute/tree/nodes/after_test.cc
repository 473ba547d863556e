// What follows when the called side has ended the call.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kSurvey =
    "after: { menu: { message: survey, keys: { \"1\": { voicemail: { mailbox: praise } } } } }";

std::string Dial(absl::string_view fields) {
  return absl::StrCat("dial: { ", fields, ", otherwise: { voicemail: { mailbox: desk } } }");
}

Event CalledReleased(int target) {
  Event event;
  event.kind = EventKind::kCalledReleased;
  AttemptResult answered;
  answered.target = target;
  answered.outcome = Outcome::kAnswered;
  event.results.push_back(answered);
  return event;
}

TEST(After, FollowsADialThatWasAnswered) {
  TestPlan plan(Dial(absl::StrCat("to: front, ", kSurvey)));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "dial front, asks after");
  EXPECT_FALSE(call.decision().answered);
  EXPECT_EQ(call.Tell("called_hangup"), "menu survey 1 (3 tries)");
  EXPECT_TRUE(call.decision().answered);
  EXPECT_TRUE(call.state().talked);
  EXPECT_THAT(call.Way().front(), HasSubstr("dial: after (the called side has ended the call)"));
  EXPECT_EQ(call.Tell("digits:1"), "voicemail praise after unconditional");
}

TEST(After, FollowsAnAgentWhoEndsTheCall) {
  TestPlan plan(absl::StrCat("agents: { group: team, ", kSurvey, ", otherwise: { release: {} } }"));
  TestCall call(plan);
  EXPECT_EQ(call.Ask(), "wait team 2m, asks after");
  EXPECT_EQ(call.Tell("called_hangup"), "menu survey 1 (3 tries)");
  EXPECT_THAT(call.Way().front(), HasSubstr("agents: after (the agent has ended the call)"));
}

TEST(After, IsNotAskedAboutWhereNothingIsWritten) {
  TestPlan dial(Dial("to: front"));
  TestCall call(dial);
  EXPECT_EQ(call.Ask(), "dial front");
  EXPECT_EQ(call.Tell("called_hangup"),
            "INVALID_ARGUMENT: event: called_hangup cannot follow dial; expected the results of "
            "its attempts");
  TestPlan agents("agents: { group: team, otherwise: { release: {} } }");
  TestCall waiting(agents);
  waiting.Ask();
  EXPECT_EQ(waiting.Tell("called_hangup"),
            "INVALID_ARGUMENT: event: called_hangup cannot follow wait; expected wait_ended");
  TestPlan menu(
      "menu: { message: m, keys: { \"1\": { release: {} } }, otherwise: { release: {} } }");
  TestCall choosing(menu);
  choosing.Ask();
  EXPECT_THAT(choosing.Tell("called_hangup"), HasSubstr("expected digits or no_input"));
}

TEST(After, SaysWhatElseIsExpected) {
  TestPlan plan(Dial(absl::StrCat("to: front, ", kSurvey)));
  TestCall call(plan);
  call.Ask();
  EXPECT_THAT(call.Tell("digits:1"),
              HasSubstr("expected the results of its attempts, or called_released"));
  TestPlan agents(
      absl::StrCat("agents: { group: team, ", kSurvey, ", otherwise: { release: {} } }"));
  TestCall waiting(agents);
  waiting.Ask();
  EXPECT_THAT(waiting.Tell("digits:1"), HasSubstr("expected wait_ended or called_released"));
}

TEST(After, EndsNormallyWhateverFailedBefore) {
  TestPlan plan(
      "dial: { to: front, on_busy: { dial: { to: back, after: { menu: { message: survey, "
      "retries: 0, keys: { \"1\": { release: {} } } } } } } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("sip:600");
  EXPECT_EQ(call.Tell("called_hangup"), "menu survey 1 (1 tries)");
  EXPECT_EQ(call.Tell("no_input"), "release 0/16 plan");
  EXPECT_THAT(call.Way(), Contains(HasSubstr("ends the call after it was talked on")));
}

TEST(After, HasItsReasonsFromWhatIsTriedLater) {
  TestPlan plan(
      "dial: { to: front, on_busy: { dial: { to: back, after: { dial: { to: front, on_no_answer: "
      "{ voicemail: { mailbox: late } } } } } } }");
  TestCall call(plan);
  call.Ask();
  call.Tell("busy");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kBusy);
  EXPECT_EQ(call.Tell("called_hangup"), "dial front");
  EXPECT_EQ(call.leg(0).diversion_reason, DiversionReason::kUnconditional);
  EXPECT_TRUE(call.decision().answered);
  TestCall silent = call;
  EXPECT_EQ(silent.Tell("no_answer"), "voicemail late after no answer");
  EXPECT_EQ(call.Tell("busy"), "release 0/17 attempts failed");
}

TEST(After, GivesPlacesBackAndLearnsThatItWasReached) {
  v1::Plan written = ReadTestPlan(Dial(absl::StrCat("to: front, ", kSurvey)));
  written.mutable_destinations()->at("front").set_max_calls(2);
  written.mutable_destinations()->at("front").mutable_watch();
  TestPlan limited(written);
  TestCall call(limited);
  call.Ask();
  call.Tell("called_hangup");
  std::vector<Claim::Kind> kinds;
  for (const Claim& claim : call.decision().claims) kinds.push_back(claim.kind);
  EXPECT_THAT(kinds, ElementsAre(Claim::Kind::kReached, Claim::Kind::kLeave));
}

TEST(After, LearnsNothingWhereItIsNotSaidWhoAnswered) {
  v1::Plan written = ReadTestPlan(Dial(absl::StrCat("to: [front, back], ", kSurvey)));
  for (const char* name : {"front", "back"}) {
    written.mutable_destinations()->at(name).mutable_watch();
  }
  TestPlan plan(written);
  TestCall call(plan);
  call.Ask();
  TestCall said = call;
  TestCall one_left = call;
  call.Tell("called_hangup");
  EXPECT_THAT(call.decision().claims, IsEmpty());
  EXPECT_EQ(said.Tell(CalledReleased(1)), "menu survey 1 (3 tries)");
  EXPECT_EQ(said.decision().claims.size(), 1u);
  one_left.Tell("busy");
  one_left.Tell("called_hangup");
  EXPECT_EQ(one_left.decision().claims.size(), 1u);
}

TEST(After, RefusesALegThatCannotHaveAnswered) {
  TestPlan plan(Dial(absl::StrCat("to: [front, back], ", kSurvey)));
  TestCall call(plan);
  call.Ask();
  EXPECT_EQ(call.Tell("busy"), "dial back, asks after");
  EXPECT_THAT(call.Tell(CalledReleased(0)), HasSubstr("not of a leg of the last decision"));
  EXPECT_THAT(call.Tell(CalledReleased(7)), HasSubstr("INVALID_ARGUMENT"));
  EXPECT_EQ(call.Tell(CalledReleased(1)), "menu survey 1 (3 tries)");
}

TEST(After, IsChecked) {
  EXPECT_THAT(IssuesOf("dial: { to: front, after: {}, otherwise: { release: {} } }"),
              ElementsAre("error dead-end trees.main.dial.after"));
  EXPECT_THAT(
      IssuesOf("dial: { to: front, after: { pass_through: {} }, otherwise: { release: {} } }"),
      ElementsAre("error pass-through-too-late trees.main.dial.after.pass_through"));
  EXPECT_THAT(
      IssuesOf("agents: { group: team, after: { goto: main }, otherwise: { release: {} } }"),
      Contains(HasSubstr("error goto-cycle")));
  EXPECT_THAT(IssuesOf("dial: { to: front, after: { goto: more }, otherwise: { release: {} } }",
                       "tree more: { release: {} }"),
              IsEmpty());
  EXPECT_THAT(IssuesOf("dial: { to: front, after: { dial: { to: \"+3222000100\" } }, otherwise: { "
                       "release: {} } }"),
              ElementsAre("warning own-number trees.main.dial.after.dial.to[0]"));
}

TEST(After, IsNoTimeUnanswered) {
  const std::string long_ring =
      "dial: { to: front, ring: 250s, after: { dial: { to: back, ring: 250s, setup: 6s } }, "
      "otherwise: { release: {} } }";
  EXPECT_THAT(IssuesOf(long_ring), IsEmpty());
}

}  // namespace
}  // namespace libroute
