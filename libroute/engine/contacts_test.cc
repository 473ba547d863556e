#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

// Asks about a call to the agents and completes the answer.
absl::Status AskAgents(Engine& engine, const Call& call, absl::Time now, Decision& decision) {
  absl::StatusOr<Answer> answer = engine.Route(call, now, decision);
  if (!answer.ok()) return answer.status();
  if (const Enter* enter = std::get_if<Enter>(&*answer)) {
    return engine.Complete(*enter, now, decision);
  }
  return absl::OkStatus();
}

uint64_t Contact(const Decision& decision) {
  return std::get<WaitDecision>(decision.action).contact;
}

TEST(Contacts, AskingAgainDoesNotEnterTwice) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow, decision).ok());
  EXPECT_EQ(Contact(decision), 1u);
  std::string continuation = decision.continuation;
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow + absl::Seconds(10), decision).ok());
  EXPECT_EQ(Contact(decision), 1u);
  EXPECT_EQ(decision.continuation, continuation);
  EXPECT_EQ(engine->GetStatistics().held_contacts, 1);
}

TEST(Contacts, AnotherQuestionForAHeldStepIsAborted) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow, decision).ok());
  Call changed = call;
  changed.called = *E164Number::Parse("+3222000100");
  EXPECT_EQ(AskAgents(*engine, changed, kTestNow, decision).code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Contact(decision), 1u);
  // A pure question has no effect to protect.
  Call pure = TestCall("+3222000100", "c2");
  ASSERT_TRUE(engine->Route(pure, kTestNow, decision).ok());
  pure.calling = E164Number();
  EXPECT_TRUE(engine->Route(pure, kTestNow, decision).ok());
}

TEST(Contacts, ACallThatStopsWaitingLeavesItsContact) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  call = NextStep(call);
  absl::StatusOr<Answer> answer =
      engine->Resume(call, continuation, TestEvent("timeout"), kTestNow, decision);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(std::holds_alternative<Enter>(*answer));
  ASSERT_TRUE(engine->Complete(std::get<Enter>(*answer), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "desk");
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
  // Leaving is an effect: the same question again is answered as before, and
  // another one is not.
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("timeout"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "desk");
  EXPECT_EQ(
      engine->Resume(call, continuation, TestEvent("hangup"), kTestNow, decision).status().code(),
      absl::StatusCode::kAborted);
}

TEST(Contacts, AStaleCallLeavesItsContact) {
  EngineOptions options = TestOptions();
  options.max_call_age = absl::Minutes(1);
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow, decision).ok());
  const std::string continuation = decision.continuation;
  call = NextStep(call);
  const absl::Time late = kTestNow + absl::Minutes(2);
  absl::StatusOr<Answer> answer =
      engine->Resume(call, continuation, TestEvent("timeout"), late, decision);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(std::holds_alternative<Enter>(*answer));
  ASSERT_TRUE(engine->Complete(std::get<Enter>(*answer), late, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).reason, ReleaseReason::kStale);
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
}

TEST(Contacts, WhoAsksAgainKeepsItsContactAlive) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  const Call call = TestCall("+3222000101");
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow, decision).ok());
  const absl::Duration wait_and_grace = absl::Seconds(60 + 64);
  const absl::Time last_asked = kTestNow + absl::Seconds(50);
  ASSERT_TRUE(AskAgents(*engine, call, last_asked, decision).ok());
  EXPECT_TRUE(engine->Advance(kTestNow + wait_and_grace).empty());
  EXPECT_EQ(engine->GetStatistics().held_contacts, 1);
  EXPECT_EQ(engine->Advance(last_asked + wait_and_grace).size(), 1u);
}

TEST(Contacts, AnEmergencyCallIsNotHeldUpByAHeldStep) {
  EngineOptions options = TestOptions();
  options.ingresses = {{"north", "BE", "Gent"}};
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  call.ingress = "north";
  ASSERT_TRUE(AskAgents(*engine, call, kTestNow, decision).ok());
  call.called = E164Number();
  call.dialled = *Digits::Parse("112");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  EXPECT_EQ(std::get<PassThroughDecision>(decision.action).reason, PassThroughReason::kEmergency);
}

TEST(Contacts, OfTwoQuestionsOfOneStepTheFirstToBeCompletedStands) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision first, second;
  Call call = TestCall("+3222000101");
  absl::StatusOr<Answer> one = engine->Route(call, kTestNow, first);
  call.calling = E164Number();
  absl::StatusOr<Answer> two = engine->Route(call, kTestNow, second);
  ASSERT_TRUE(engine->Complete(std::get<Enter>(*one), kTestNow, first).ok());
  EXPECT_EQ(engine->Complete(std::get<Enter>(*two), kTestNow, second).code(),
            absl::StatusCode::kAborted);
  EXPECT_EQ(Contact(second), Contact(first));
}

TEST(Contacts, ContactsEndByReportByListAndByTime) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  for (const char* reference : {"a", "b", "c", "d"}) {
    ASSERT_TRUE(AskAgents(*engine, TestCall("+3222000101", reference), kTestNow, decision).ok());
  }
  ASSERT_TRUE(engine->Report({ReportKind::kReleased, {"sw", 1, "a"}}, kTestNow).ok());
  ASSERT_TRUE(engine->Report({ReportKind::kReleased, {"sw", 1, "a"}}, kTestNow).ok());
  EXPECT_EQ(engine->GetStatistics().held_contacts, 3);
  Engine::LiveCalls live = engine->KeepLive("sw", 1, {"b", "c"}, kTestNow + absl::Seconds(60));
  EXPECT_EQ(live.held, 2);
  EXPECT_EQ(live.given_back, 1);
  EXPECT_EQ(engine->KeepLive("other", 1, {}, kTestNow).given_back, 0);
  absl::Time deadline = kTestNow + absl::Seconds(60 + 60 + 64);
  EXPECT_TRUE(engine->Advance(deadline - absl::Seconds(1)).empty());
  EXPECT_EQ(engine->Advance(deadline).size(), 2u);
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
}

TEST(Contacts, ARestartedSwitchGivesBackItsContacts) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  ASSERT_TRUE(AskAgents(*engine, TestCall("+3222000101"), kTestNow, decision).ok());
  ASSERT_TRUE(engine->Report({ReportKind::kSwitchRestarted, {"sw", 1, ""}}, kTestNow).ok());
  EXPECT_EQ(engine->GetStatistics().held_contacts, 1);
  ASSERT_TRUE(engine->Report({ReportKind::kSwitchRestarted, {"sw", 2, ""}}, kTestNow).ok());
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
}

}  // namespace
}  // namespace libroute
