#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

// Calls that go on when the called side has ended them.
namespace libroute {
namespace {

constexpr char kSurveyPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: agents }
destinations: { front: { number: "+3222000200", max_calls: 1, watch: { failures: 1 } } }
groups: { level-1: { agents: [anna] } }
agents: { anna: {} }
trees:
  desk: { dial: { to: [front], on_busy: { voicemail: { mailbox: busy } }, on_failure: { voicemail: { mailbox: down } }, after: { goto: survey }, otherwise: { release: {} } } }
  agents: { agents: { group: level-1, after: { goto: survey }, otherwise: { release: {} } } }
  survey: { menu: { message: survey, retries: 0, keys: { "1": { voicemail: { mailbox: praise } } } } }
)";

class AfterACall : public testing::Test {
 protected:
  AfterACall() { MustPublish(*engine_, kSurveyPlan); }

  // Completes what enters or leaves the contact centre.
  void Finish(const absl::StatusOr<Answer>& answer, Decision& decision) {
    ASSERT_TRUE(answer.ok()) << answer.status();
    const Enter* enter = std::get_if<Enter>(&*answer);
    if (enter != nullptr) {
      ASSERT_TRUE(engine_->Complete(*enter, kTestNow, decision).ok());
    }
  }
  Decision Ask(const Call& call) {
    Decision decision;
    Finish(engine_->Route(call, kTestNow, decision), decision);
    return decision;
  }
  Decision Tell(const Call& call, const Decision& before, const std::string& event,
                absl::Time at = kTestNow) {
    Decision decision;
    Finish(engine_->Resume(call, before.continuation, TestEvent(event), at, decision), decision);
    return decision;
  }

  std::unique_ptr<Engine> engine_ = MakeEngine();
};

TEST_F(AfterACall, ThePlaceOfTheCalledSideIsFree) {
  const Call first = TestCall("+3222000100", "first");
  const Decision dial = Ask(first);
  EXPECT_TRUE(dial.ask_after);
  EXPECT_EQ(Mailbox(Ask(TestCall("+3222000100", "second"))), "busy");
  const Decision survey = Tell(NextStep(first), dial, "called_hangup");
  EXPECT_EQ(ActionName(survey.action), "menu");
  EXPECT_TRUE(survey.answered);
  EXPECT_FALSE(survey.holds_places);
  EXPECT_TRUE(Ask(TestCall("+3222000100", "third")).ask_after);
}

TEST_F(AfterACall, TheSameQuestionAgainHasTheSameAnswer) {
  const Call call = TestCall("+3222000100");
  const Decision dial = Ask(call);
  const Decision survey = Tell(NextStep(call), dial, "called_hangup");
  EXPECT_EQ(Tell(NextStep(call), dial, "called_hangup").continuation, survey.continuation);
  Decision other;
  EXPECT_EQ(engine_->Resume(NextStep(call), dial.continuation, TestEvent("busy"), kTestNow, other)
                .status()
                .code(),
            absl::StatusCode::kAborted);
}

TEST_F(AfterACall, WhatWasReachedIsUpAgain) {
  const Call failed = TestCall("+3222000100", "failed");
  EXPECT_EQ(Mailbox(Tell(NextStep(failed), Ask(failed), "sip:503")), "down");
  EXPECT_EQ(Mailbox(Ask(TestCall("+3222000100", "next"))), "down");
  // The one call that tries it is answered, and nobody reports that.
  Call call = TestCall("+3222000100", "try");
  Decision decision;
  const absl::Time later = kTestNow + absl::Minutes(1);
  ASSERT_TRUE(engine_->Route(call, later, decision).ok());
  ASSERT_TRUE(decision.ask_after);
  Tell(NextStep(call), decision, "called_hangup", later);
  ASSERT_TRUE(engine_->Route(TestCall("+3222000100", "last"), later, decision).ok());
  EXPECT_TRUE(decision.ask_after);
}

TEST_F(AfterACall, TheContactHasLeft) {
  const Call call = TestCall("+3222000101");
  const Decision wait = Ask(call);
  EXPECT_TRUE(wait.ask_after);
  EXPECT_EQ(engine_->GetStatistics().held_contacts, 1);
  EXPECT_EQ(ActionName(Tell(NextStep(call), wait, "called_hangup").action), "menu");
  EXPECT_EQ(engine_->GetStatistics().held_contacts, 0);
}

TEST_F(AfterACall, ItEndsNormallyFromAContinuation) {
  const Call call = TestCall("+3222000100");
  const Call second = NextStep(call);
  const Decision survey = Tell(second, Ask(call), "called_hangup");
  const Decision end = Tell(NextStep(second), survey, "no_input");
  const auto& release = std::get<ReleaseDecision>(end.action);
  EXPECT_EQ(release.code.q850_cause, 16);
  EXPECT_EQ(release.code.sip_status, 0);
  EXPECT_EQ(release.reason, ReleaseReason::kPlan);
}

TEST_F(AfterACall, AStaleCallEndsNormallyToo) {
  EngineOptions options = TestOptions();
  options.max_call_age = absl::Minutes(1);
  engine_ = MakeEngine(std::move(options));
  MustPublish(*engine_, kSurveyPlan);
  const Call call = TestCall("+3222000100");
  const Decision end =
      Tell(NextStep(call), Ask(call), "called_hangup", kTestNow + absl::Minutes(2));
  const auto& release = std::get<ReleaseDecision>(end.action);
  EXPECT_EQ(release.reason, ReleaseReason::kStale);
  EXPECT_EQ(release.code.q850_cause, 16);
  EXPECT_EQ(release.code.sip_status, 0);
}

TEST_F(AfterACall, ItIsExplained) {
  const Call call = TestCall("+3222000100");
  Decision decision;
  const Decision dial = Ask(call);
  const absl::StatusOr<Explanation> explanation = engine_->ExplainResume(
      NextStep(call), dial.continuation, TestEvent("called_hangup"), kTestNow, decision);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->visits.front().branch, "after");
  EXPECT_EQ(explanation->visits.back().kind, "menu");
}

}  // namespace
}  // namespace libroute
