#include "libroute/engine/engine.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

constexpr char kPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: agents }
destinations:
  front: { number: "+3222000200" }
  back: { number: "+3222000201" }
groups: { level-1: { agents: [anna] } }
agents: { anna: {} }
switches: { flood: {} }
trees:
  desk:
    switch:
      cases: [{ switch: flood, then: { reject: { cause: busy } } }]
      otherwise:
        dial: { to: [front], on_busy: { dial: { to: [back] } }, otherwise: { voicemail: { mailbox: desk } } }
  agents: { agents: { group: level-1, wait: 60s, otherwise: { voicemail: { mailbox: desk } } } }
)";

std::string PlanOf(const std::string& customer, const std::string& number,
                   const std::string& mailbox) {
  return absl::StrCat("customer: ", customer, "\nnumbers: [{ number: \"", number,
                      "\", tree: t }]\ntrees: { t: { dial: { to: [\"+3222000900\"], otherwise: { "
                      "voicemail: { mailbox: ",
                      mailbox, " } } } } }\n");
}

const Leg& OnlyLeg(const Decision& decision) {
  return std::get<DialDecision>(decision.action).legs.at(0);
}

std::string Mailbox(const Decision& decision) {
  const auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
  return voicemail == nullptr ? absl::StrCat("not voicemail but ", ActionName(decision.action))
                              : std::string(voicemail->mailbox);
}

TEST(Engine, RoutesACallAndGoesOnAfterEvents) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).destination, "front");
  EXPECT_EQ(decision.customer, "acme");
  EXPECT_EQ(decision.revision, engine->LiveRevision("acme"));
  EXPECT_FALSE(decision.continuation.empty());

  std::string first = decision.continuation;
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, first, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).destination, "back");
  EXPECT_EQ(OnlyLeg(decision).diversion_reason, DiversionReason::kBusy);

  std::string second = decision.continuation;
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, second, TestEvent("no_answer"), kTestNow, decision).ok());
  const auto& release = std::get<ReleaseDecision>(decision.action);
  EXPECT_EQ(release.reason, ReleaseReason::kAttemptsFailed);
  EXPECT_EQ(release.code, (ResponseCode{480, 19}));
  EXPECT_TRUE(decision.continuation.empty());
}

TEST(Engine, GivesTheSameBytesForTheSameQuestion) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision a, b;
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, a).ok());
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, b).ok());
  EXPECT_EQ(a.continuation, b.continuation);
}

TEST(Engine, PassesThroughWhatNobodyHolds) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000999"), kTestNow, decision).ok());
  EXPECT_EQ(std::get<PassThroughDecision>(decision.action).reason,
            PassThroughReason::kNotSubscribed);
  EXPECT_TRUE(decision.correlation.has_value());
}

TEST(Engine, PassesEmergencyCallsFirstOfAll) {
  EngineOptions options = TestOptions();
  options.ingresses = {{"be-1", "BE", "Brussels, rue Haute 1"}, {"us-1", "US", "New York"}};
  auto engine = MakeEngine(std::move(options));
  Decision decision;
  Call call = TestCall("112");
  call.ingress = "be-1";
  for (Direction direction : {Direction::kInbound, Direction::kInternal, Direction::kOutbound}) {
    call.direction = direction;
    ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
    const auto& pass = std::get<PassThroughDecision>(decision.action);
    EXPECT_EQ(pass.reason, PassThroughReason::kEmergency);
    EXPECT_EQ(pass.place, "Brussels, rue Haute 1");
  }
  call.ingress = "no-such-ingress";
  EXPECT_TRUE(engine->Route(call, kTestNow, decision).ok());
  call = TestCall("911");
  call.ingress = "be-1";
  EXPECT_EQ(engine->Route(call, kTestNow, decision).status().code(),
            absl::StatusCode::kInvalidArgument);
  call.ingress = "us-1";
  EXPECT_TRUE(engine->Route(call, kTestNow, decision).ok());
}

TEST(Engine, NamesWhatIsWrongWithAQuestion) {
  EngineOptions options = TestOptions();
  options.ingresses = {{"brussels-1", "BE", ""}};
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kPlan);
  Decision decision;
  auto message = [&](const Call& call) {
    return std::string(engine->Route(call, kTestNow, decision).status().message());
  };
  Call call = TestCall("+3222000100");
  call.ingress = "brussels-2";
  EXPECT_THAT(message(call), HasSubstr("did you mean \"brussels-1\""));
  call.ingress = "brussels-1";
  EXPECT_EQ(message(call), "");
  call.step = 1;
  EXPECT_THAT(message(call), HasSubstr("step"));
  call.step = 0;
  call.direction = Direction::kOutbound;
  EXPECT_EQ(engine->Route(call, kTestNow, decision).status().code(),
            absl::StatusCode::kUnimplemented);
  call.direction = Direction::kInbound;
  call.called = E164Number();
  EXPECT_THAT(message(call), HasSubstr("call.called"));
}

TEST(Engine, ABadPlanChangesNothing) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
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

TEST(Engine, AnIdenticalPlanIsANoOp) {
  auto engine = MakeEngine();
  EXPECT_TRUE(PublishTest(*engine, kPlan).changed);
  EXPECT_FALSE(PublishTest(*engine, kPlan).changed);
  AttachmentRef holidays = {"holidays.ics", std::string(64, 'a')};
  EXPECT_TRUE(engine->Publish(ReadTestPlan(kPlan), {holidays}, kTestNow).changed);
}

TEST(Engine, RefusesANumberOfAnotherCustomer) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("one", "+3222000100", "a"));
  Publication second = PublishTest(*engine, PlanOf("two", "+3222000100", "b"));
  ASSERT_TRUE(HasErrors(second.issues));
  EXPECT_THAT(second.issues.back().message, HasSubstr("\"one\""));
  EXPECT_EQ(second.issues.back().path, "numbers[0].number");
  EXPECT_EQ(engine->LiveRevision("two"), "");
  // A longer number within another's block is a matter of the longest match.
  MustPublish(*engine, PlanOf("three", "+3222*", "c"));
  Publication within = PublishTest(*engine, PlanOf("four", "+3222000105", "d"));
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

TEST(Engine, MovesANumberFromOneCustomerToAnother) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("one", "+3222000100", "a"));
  MustPublish(*engine, PlanOf("one", "+3222000101", "a"));
  MustPublish(*engine, PlanOf("two", "+3222000100", "b"));
  Decision decision;
  ASSERT_TRUE(engine->Decide(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(decision.customer, "two");
}

TEST(Engine, CallsInProgressFinishOnTheirRevision) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("acme", "+3222000100", "old"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  MustPublish(*engine, PlanOf("acme", "+3222000100", "new"));
  ASSERT_TRUE(engine->Withdraw("acme").ok());
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "old");
}

TEST(Engine, AStaleCallGetsTheLiveDefault) {
  EngineOptions options = TestOptions();
  options.kept_revisions = 1;
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, PlanOf("acme", "+3222000100", "first"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  MustPublish(*engine, PlanOf("acme", "+3222000100", "second"));
  MustPublish(*engine, PlanOf("acme", "+3222000100", "third") +
                           "default: { otherwise: { voicemail: { mailbox: default } } }\n");
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "default");
  ASSERT_TRUE(engine->Withdraw("acme").ok());
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).reason, ReleaseReason::kStale);
}

TEST(Engine, AStaleCallStillSaysHowItsAttemptEnded) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("acme", "+3222000100", "m"));
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

TEST(Engine, ACallThatIsTooOldGetsTheLiveDefault) {
  auto engine = MakeEngine();
  MustPublish(*engine, PlanOf("acme", "+3222000100", "m"));
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  call = NextStep(call);
  absl::Time late = kTestNow + TestOptions().max_call_age + absl::Seconds(1);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), late, decision).ok());
  EXPECT_EQ(std::get<ReleaseDecision>(decision.action).reason, ReleaseReason::kStale);
}

TEST(Engine, RefusesForgedContinuationsAndWrongSteps) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  std::string continuation = decision.continuation;
  auto code = [&](const Call& asked, const std::string& bytes, const std::string& event) {
    return engine->Resume(asked, bytes, TestEvent(event), kTestNow, decision).status().code();
  };
  std::string forged = continuation;
  forged[forged.size() / 2] ^= 1;
  EXPECT_EQ(code(NextStep(call), forged, "busy"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(call, continuation, "busy"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(NextStep(NextStep(call)), continuation, "busy"),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(NextStep(call), continuation, "digits:1"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(NextStep(TestCall("+3222000100", "c2")), continuation, "busy"),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code(NextStep(call), continuation, "busy"), absl::StatusCode::kOk);
}

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

TEST(Engine, AskingAgainDoesNotEnterTwice) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
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

TEST(Engine, AnotherQuestionForAHeldStepIsAborted) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
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

TEST(Engine, ACallThatStopsWaitingLeavesItsContact) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
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
  EXPECT_EQ(engine->Resume(call, continuation, TestEvent("hangup"), kTestNow, decision)
                .status()
                .code(),
            absl::StatusCode::kAborted);
}

TEST(Engine, OfTwoQuestionsOfOneStepTheFirstToBeCompletedStands) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
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

TEST(Engine, NoCallGoesOnFromAnExplanation) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  Call call = TestCall("+3222000100");
  ASSERT_TRUE(engine->Explain(call, kTestNow + absl::Hours(8), decision).ok());
  std::string continuation = decision.continuation;
  call = NextStep(call);
  EXPECT_EQ(
      engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).status().code(),
      absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(
      engine->ExplainResume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
}

TEST(Engine, CountsDiversionsBeforeItsOwn) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  Call call = TestCall("+3222000100");
  call.diversions = 2;
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).diversion_count, 3);
  std::string continuation = decision.continuation;
  call = NextStep(call);
  ASSERT_TRUE(engine->Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).diversion_count, 3);
}

TEST(Engine, ContactsEndByReportByListAndByTime) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
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

TEST(Engine, ARestartedSwitchGivesBackItsContacts) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  ASSERT_TRUE(AskAgents(*engine, TestCall("+3222000101"), kTestNow, decision).ok());
  ASSERT_TRUE(engine->Report({ReportKind::kSwitchRestarted, {"sw", 1, ""}}, kTestNow).ok());
  EXPECT_EQ(engine->GetStatistics().held_contacts, 1);
  ASSERT_TRUE(engine->Report({ReportKind::kSwitchRestarted, {"sw", 2, ""}}, kTestNow).ok());
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
}

TEST(Engine, FactsAreEffectiveForTheNextCallAndOutliveRevisions) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  ASSERT_TRUE(engine
                  ->SetFact("acme", FactKind::kSwitch, "flood", FactView::kSwitchOn,
                            kTestNow + absl::Minutes(5))
                  .ok());
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "reject");
  MustPublish(*engine, std::string(kPlan) + "description: another revision\n");
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "reject");
  EXPECT_EQ(engine->NextDeadline(), kTestNow + absl::Minutes(5));
  std::vector<Effect> effects = engine->Advance(kTestNow + absl::Minutes(5));
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::kFactExpired);
  EXPECT_EQ(effects[0].customer, "acme");
}

TEST(Engine, RefusesFactsAboutWhatThePlanDoesNotHave) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  absl::Status status = engine->SetFact("acme", FactKind::kDestination, "fornt", 3,
                                        absl::InfiniteFuture());
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean \"front\""));
  EXPECT_EQ(engine->SetFact("nobody", FactKind::kSite, "x", 3, absl::InfiniteFuture()).code(),
            absl::StatusCode::kNotFound);
}

TEST(Engine, ADestinationThatIsDownIsNotDialled) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  ASSERT_TRUE(engine
                  ->SetFact("acme", FactKind::kDestination, "front",
                            static_cast<uint8_t>(Status::kDown), absl::InfiniteFuture())
                  .ok());
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "desk");
}

TEST(Engine, ExplainsWithoutEffect) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  absl::StatusOr<Explanation> explanation = engine->Explain(call, kTestNow, decision);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->visits.back().path, decision.node);
  EXPECT_EQ(explanation->visits.back().kind, "agents");
  EXPECT_EQ(Contact(decision), 0u);
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
  absl::StatusOr<Explanation> nobody =
      engine->Explain(TestCall("+3222000999"), kTestNow, decision);
  ASSERT_TRUE(nobody.ok());
  EXPECT_THAT(nobody->notes.at(0), HasSubstr("no customer holds +3222000999"));
}

TEST(Engine, ABatchAnswersAsSingleCallsDo) {
  auto engine = MakeEngine();
  MustPublish(*engine, kPlan);
  std::vector<Call> calls;
  for (int i = 0; i < 50; ++i) {
    calls.push_back(TestCall(absl::StrCat("+32220001", i % 10 < 5 ? "00" : "77"),
                             absl::StrCat("c", i)));
  }
  std::vector<Decision> decisions(calls.size());
  std::vector<BatchItem> items(calls.size());
  for (size_t i = 0; i < calls.size(); ++i) {
    items[i].call = &calls[i];
    items[i].decision = &decisions[i];
  }
  engine->RouteBatch(absl::MakeSpan(items), kTestNow);
  for (size_t i = 0; i < calls.size(); ++i) {
    Decision single;
    ASSERT_TRUE(items[i].answer.ok());
    ASSERT_TRUE(engine->Route(calls[i], kTestNow, single).ok());
    EXPECT_EQ(decisions[i].continuation, single.continuation);
    EXPECT_EQ(ActionName(decisions[i].action), ActionName(single.action));
  }
}

TEST(Engine, ADecisionOutlivesTheEngine) {
  Decision decision;
  {
    auto engine = MakeEngine();
    MustPublish(*engine, kPlan);
    ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  }
  EXPECT_EQ(OnlyLeg(decision).destination, "front");
  EXPECT_EQ(decision.customer, "acme");
}

TEST(Engine, MovesTheHorizonOfSchedules) {
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

TEST(Engine, NamesTheOptionThatIsWrong) {
  auto message = [](EngineOptions options) {
    return std::string(Engine::Create(std::move(options)).status().message());
  };
  EngineOptions options = TestOptions();
  options.max_attempts = 0;
  EXPECT_THAT(message(options), HasSubstr("max_attempts"));
  options = TestOptions();
  options.keys.keys.clear();
  EXPECT_THAT(message(options), HasSubstr("keys"));
  options = TestOptions();
  options.ingresses = {{"a", "BE", ""}, {"a", "BE", ""}};
  EXPECT_THAT(message(options), HasSubstr("named twice"));
  options.ingresses = {{"a", "XX", ""}};
  EXPECT_THAT(message(options), HasSubstr("country"));
}

}  // namespace
}  // namespace libroute
