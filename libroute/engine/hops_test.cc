#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

// Calls that are sent on from number to number, by a switch that asks again for
// each.
namespace libroute {
namespace {

using ::testing::HasSubstr;

// A customer whose number +32220001XX dials +32220001YY, and if that fails does
// `otherwise`.
std::string PlanOfHops(const std::string& customer, const std::string& own,
                       const std::string& other, const std::string& otherwise = "release: {}") {
  return absl::StrCat("customer: ", customer, "\nnumbers: [{ number: \"+32220001", own,
                      "\", tree: t }]\ntrees: { t: { dial: { to: \"+32220001", other,
                      "\", otherwise: { ", otherwise, " } } } }\n");
}

// The call as which a leg comes back to the switch.
Call CallOfLeg(const Call& before, const Decision& decision) {
  const Leg& leg = OnlyLeg(decision);
  Call call = before;
  call.id.reference = absl::StrCat("c", leg.diversion_count + 1);
  call.step = 0;
  call.called = leg.number;
  if (before.diverted_by.has_value()) {
    call.diverted_before.insert(call.diverted_before.begin(), before.diverted_by);
  }
  call.diversions = leg.diversion_count;
  call.diverted_by = leg.diverted_by;
  call.diverted_because = leg.diversion_reason;
  call.correlation = decision.correlation;
  return call;
}

// Follows a call until it is not sent on any more; how often it was.
int Follow(Engine& engine, Call call, bool knows_numbers, Decision& decision) {
  for (int hops = 0;; ++hops) {
    EXPECT_TRUE(engine.Route(call, kTestNow, decision).ok());
    if (!std::holds_alternative<DialDecision>(decision.action) || hops > 300) return hops;
    call = CallOfLeg(call, decision);
    if (!knows_numbers) {
      call.diverted_by = E164Number();
      call.diverted_before.clear();
    }
  }
}

TEST(Hops, ACallThatGoesRoundIsNotSentBackToWhereItWasSentOnFrom) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOfHops("a", "00", "01"));
  MustPublish(*engine, PlanOfHops("b", "01", "02"));
  MustPublish(*engine, PlanOfHops("c", "02", "00", "voicemail: { mailbox: desk }"));
  Decision decision;
  EXPECT_EQ(Follow(*engine, TestCall("+3222000100"), true, decision), 2);
  EXPECT_EQ(Mailbox(decision), "desk");
  EXPECT_EQ(decision.customer, "c");
}

TEST(Hops, WhereOnlyTheCountIsKnownItEndsAtTheLimit) {
  for (int most : {1, 10, 255}) {
    EngineOptions options = TestOptions();
    options.max_hops = most;
    auto engine = MakeEngine(options);
    MustPublish(*engine, PlanOfHops("a", "00", "01"));
    MustPublish(*engine, PlanOfHops("b", "01", "00"));
    Decision decision;
    EXPECT_EQ(Follow(*engine, TestCall("+3222000100"), false, decision), most);
    EXPECT_EQ(ActionName(decision.action), "release");
  }
}

TEST(Hops, WithoutAnotherWayTheCallIsReleasedAsALoop) {
  auto engine = MakeEngine();
  MustPublish(*engine, R"(
customer: a
numbers: [{ number: "+3222000100", tree: t }]
trees: { t: { dial: { to: "+3222000101" } } }
)");
  Call call = TestCall("+3222000100");
  call.diversions = 10;
  Decision decision;
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  const auto& release = std::get<ReleaseDecision>(decision.action);
  EXPECT_EQ(release.reason, ReleaseReason::kLoop);
  EXPECT_EQ(release.code, (ResponseCode{482, 25}));
  absl::StatusOr<Explanation> explanation = engine->Explain(call, kTestNow, decision);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->visits.at(0).comparisons.at(0).finding,
            "diverted 10 times already, at most 10: not sent on");
}

TEST(Hops, AContinuationKeepsHowOftenAndByWhomTheCallWasDiverted) {
  EngineOptions options = TestOptions();
  options.max_hops = 3;
  auto engine = MakeEngine(options);
  MustPublish(*engine, R"(
customer: a
numbers: [{ number: "+3222000100", tree: t }]
destinations: { peer: { number: "+3222000300" } }
trees:
  t: { dial: { to: called, on_busy: { dial: { ring: 5s, to: ["+3222000200", "+3222000201", "+3222000202"] } },
               otherwise: { dial: { to: peer } } } }
)");
  Call call = TestCall("+3222000100");
  call.diversions = 2;
  call.diverted_by = *E164Number::Parse("+3222000200");
  call.diverted_before = {*E164Number::Parse("+3222000201")};
  call.correlation = {7, 9};
  Decision decision;
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).trigger, Trigger::kSuppress);
  EXPECT_EQ(decision.correlation, (CorrelationId{7, 9}));
  const std::string continuation = decision.continuation;
  ASSERT_TRUE(
      engine->Resume(NextStep(call), continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).number.ToString(), "+3222000202");
  EXPECT_EQ(OnlyLeg(decision).diversion_count, 3);
  EXPECT_EQ(decision.correlation, (CorrelationId{7, 9}));
  const std::string second = decision.continuation;
  call = NextStep(NextStep(call));
  ASSERT_TRUE(engine->Resume(call, second, TestEvent("rejected"), kTestNow, decision).ok());
  const auto& release = std::get<ReleaseDecision>(decision.action);
  EXPECT_EQ(release.code, (ResponseCode{486, 17})) << "the line was busy";
  EXPECT_EQ(release.reason, ReleaseReason::kAttemptsFailed);
}

TEST(Hops, QuestionsOfCallsDivertedByOthersDiffer) {
  // A step that had an effect answers the same question only.
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Call call = TestCall("+3222000101");
  call.diversions = 2;
  Decision decision;
  absl::StatusOr<Answer> answer = engine->Route(call, kTestNow, decision);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(engine->Complete(std::get<Enter>(*answer), kTestNow, decision).ok());
  EXPECT_TRUE(engine->Route(call, kTestNow, decision).ok());
  call.diverted_before = {*E164Number::Parse("+3222000201")};
  EXPECT_EQ(engine->Route(call, kTestNow, decision).status().code(), absl::StatusCode::kAborted);
}

TEST(Hops, TheLimitHasARange) {
  for (int most : {0, 256}) {
    EngineOptions options = TestOptions();
    options.max_hops = most;
    EXPECT_THAT(std::string(Engine::Create(options).status().message()), HasSubstr("max_hops"));
  }
}

}  // namespace
}  // namespace libroute
