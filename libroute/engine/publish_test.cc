#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

// Plans that take effect, and the calls that were begun before.
namespace libroute {
namespace {

using ::testing::HasSubstr;

std::string OneNumberPlan(const std::string& customer, const std::string& number,
                          const std::string& mailbox) {
  return absl::StrCat("customer: ", customer, "\nnumbers: [{ number: \"", number,
                      "\", tree: t }]\ntrees: { t: { dial: { to: [\"+3222000900\"], otherwise: { "
                      "voicemail: { mailbox: ",
                      mailbox, " } } } } }\n");
}

TEST(Publish, ABadPlanChangesNothing) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  std::string revision = engine->LiveRevision("acme");
  Publication bad = PublishTest(*engine, R"(
customer: acme
numbers: [{ number: "+3222000100", tree: desk }, { number: "+3222000300", tree: nowhere }]
trees: { desk: { dial: { to: [nobody] } } }
)");
  EXPECT_FALSE(bad.changed);
  EXPECT_GE(bad.issues.size(), 2u);
  EXPECT_EQ(engine->LiveRevision("acme"), revision);
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000300"), kTestNow, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "pass_through");
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).destination, "front");
}

TEST(Publish, AnIdenticalPlanIsANoOp) {
  auto engine = MakeEngine();
  EXPECT_TRUE(PublishTest(*engine, kDeskPlan).changed);
  EXPECT_FALSE(PublishTest(*engine, kDeskPlan).changed);
  AttachmentRef holidays = {"holidays.ics", std::string(64, 'a')};
  EXPECT_TRUE(engine->Publish(ReadTestPlan(kDeskPlan), {.files = {holidays}}, kTestNow).changed);
}

TEST(Publish, RefusesANumberOfAnotherCustomer) {
  auto engine = MakeEngine();
  MustPublish(*engine, OneNumberPlan("one", "+3222000100", "a"));
  Publication second = PublishTest(*engine, OneNumberPlan("two", "+3222000100", "b"));
  ASSERT_TRUE(HasErrors(second.issues));
  EXPECT_THAT(second.issues.back().message, HasSubstr("\"one\""));
  EXPECT_EQ(second.issues.back().path, "numbers[0].number");
  EXPECT_EQ(engine->LiveRevision("two"), "");
  // A longer number within another's block is a matter of the longest match.
  MustPublish(*engine, OneNumberPlan("three", "+3222*", "c"));
  Publication within = PublishTest(*engine, OneNumberPlan("four", "+3222000105", "d"));
  EXPECT_TRUE(within.changed);
  ASSERT_EQ(within.issues.size(), 1u);
  EXPECT_EQ(within.issues[0].code, "within-block");
  EXPECT_THAT(within.issues[0].message, HasSubstr("\"three\""));
  Decision decision;
  ASSERT_TRUE(engine->Decide(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(decision.customer, "one");
  ASSERT_TRUE(engine->Decide(TestCall("+3222000101"), kTestNow, decision).ok());
  EXPECT_EQ(decision.customer, "three");
}

TEST(Publish, MovesANumberFromOneCustomerToAnother) {
  auto engine = MakeEngine();
  MustPublish(*engine, OneNumberPlan("one", "+3222000100", "a"));
  MustPublish(*engine, OneNumberPlan("one", "+3222000101", "a"));
  MustPublish(*engine, OneNumberPlan("two", "+3222000100", "b"));
  Decision decision;
  ASSERT_TRUE(engine->Decide(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(decision.customer, "two");
}

TEST(Publish, CallsInProgressFinishOnTheirRevision) {
  auto engine = MakeEngine();
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "old"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "new"));
  ASSERT_TRUE(engine->Withdraw("acme").ok());
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "old");
}

TEST(Publish, AStaleCallGetsTheLiveDefault) {
  EngineOptions options = TestOptions();
  options.kept_revisions = 1;
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "first"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "second"));
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "third") +
                           "default: { otherwise: { voicemail: { mailbox: default } } }\n");
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "default");
  ASSERT_TRUE(engine->Withdraw("acme").ok());
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).reason, ReleaseReason::kStale);
}

TEST(Publish, AStaleCallStillSaysHowItsAttemptEnded) {
  auto engine = MakeEngine();
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "m"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  call = NextStep(call);
  absl::Time late = kTestNow + TestOptions().max_call_age + absl::Seconds(1);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), late, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).code, (ResponseCode{486, 17}));
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("hangup"), late, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).reason, ReleaseReason::kCancelled);
  absl::StatusOr<Explanation> explanation =
      engine->ExplainResume(call, continuation, TestEvent("busy"), late, decision);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->visits.back().path, decision.node);
}

TEST(Publish, ACallThatIsTooOldGetsTheLiveDefault) {
  auto engine = MakeEngine();
  MustPublish(*engine, OneNumberPlan("acme", "+3222000100", "m"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  call = NextStep(call);
  absl::Time late = kTestNow + TestOptions().max_call_age + absl::Seconds(1);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), late, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).reason, ReleaseReason::kStale);
}

TEST(Publish, MovesTheHorizonOfSchedules) {
  auto engine = MakeEngine();
  MustPublish(*engine, R"(
customer: acme
time_zone: Europe/Brussels
schedules: { day: { weekly: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "09:00", to: "17:00" }] } }
numbers: [{ number: "+3222000100", tree: t }]
trees:
  t: { time: { cases: [{ schedule: day, then: { voicemail: { mailbox: open } } }], otherwise: { voicemail: { mailbox: closed } } } }
)");
  absl::Time due = engine->NextDeadline();
  ASSERT_LT(due, absl::InfiniteFuture());
  std::vector<Effect> effects = engine->Advance(due);
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::kHorizonMoved);
  EXPECT_GT(engine->NextDeadline(), due);
  Decision decision;
  for (int day = 0; day < 1500; day += 100) {
    absl::Time at = kTestNow + absl::Hours(24 * day);
    ASSERT_TRUE(engine->Decide(TestCall("+3222000100"), at, decision).ok());
    EXPECT_EQ(Mailbox(decision), "open") << day;
  }
}

}  // namespace
}  // namespace libroute
