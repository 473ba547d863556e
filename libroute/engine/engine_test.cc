#include "libroute/engine/engine.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

TEST(Engine, RoutesACallAndGoesOnAfterEvents) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
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
  MustPublish(*engine, kDeskPlan);
  Decision a, b;
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, a).ok());
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, b).ok());
  EXPECT_EQ(a.continuation, b.continuation);
}

TEST(Engine, PassesThroughWhatNobodyHolds) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000999"), kTestNow, decision).ok());
  EXPECT_EQ(std::get<PassThroughDecision>(decision.action).reason,
            PassThroughReason::kNotSubscribed);
  EXPECT_TRUE(decision.correlation.has_value());
}

constexpr char kBlockPlan[] = R"(
customer: block
numbers:
  - { number: "+3222000*", tree: direct, min_digits: 10, max_digits: 11 }
  - { number: "+32220001000", tree: own }
destinations: { direct: { from_called: { keep_last: 3, add: "+3225550" } } }
trees:
  direct: { dial: { to: direct, on_busy: { voicemail: { mailbox: desk } } } }
  own: { voicemail: { mailbox: own } }
)";

TEST(Engine, AsksForMoreDigitsUntilTheNumberIsComplete) {
  auto engine = MakeEngine();
  MustPublish(*engine, kBlockPlan);
  Decision decision;
  for (const char* called : {"+3222000", "+32220001", "+322200012"}) {
    ASSERT_TRUE(engine->Route(TestCall(called), kTestNow, decision).ok());
    const auto& more = std::get<MoreDigitsDecision>(decision.action);
    EXPECT_EQ(more.min_digits, 10);
    EXPECT_EQ(more.max_digits, 11);
    EXPECT_EQ(decision.customer, "block");
    EXPECT_EQ(decision.number.ToString(), called);
    EXPECT_EQ(decision.node, "");
    EXPECT_TRUE(decision.correlation.has_value());
    EXPECT_TRUE(decision.continuation.empty());
  }
  ASSERT_TRUE(engine->Route(TestCall("+3222000123"), kTestNow, decision).ok());
  EXPECT_EQ(OnlyLeg(decision).number.ToString(), "+3225550123");
  absl::StatusOr<Explanation> why = engine->Explain(TestCall("+32220001"), kTestNow, decision);
  ASSERT_TRUE(why.ok());
  EXPECT_THAT(why->notes, testing::ElementsAre("+32220001 is not complete: numbers of this block "
                                               "have 10 to 11 digits"));
}

TEST(Engine, IgnoresDigitsAfterACompleteNumber) {
  auto engine = MakeEngine();
  MustPublish(*engine, kBlockPlan);
  Decision decision;
  Call call = TestCall("+3222000123456");
  ASSERT_TRUE(engine->Route(call, kTestNow, decision).ok());
  EXPECT_EQ(decision.number.ToString(), "+32220001234");
  EXPECT_EQ(OnlyLeg(decision).number.ToString(), "+3225550234");
  const std::string continuation = decision.continuation;
  ASSERT_TRUE(
      engine->Resume(NextStep(call), continuation, TestEvent("busy"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "desk");
  // What is left may be a number with a tree of its own.
  ASSERT_TRUE(engine->Route(TestCall("+322200010009"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "own");
  EXPECT_EQ(decision.number.ToString(), "+32220001000");
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
  MustPublish(*engine, kDeskPlan);
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
  call.called = E164Number();
  EXPECT_THAT(message(call), HasSubstr("call.called"));
}

TEST(Engine, RefusesForgedContinuationsAndWrongSteps) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
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

TEST(Engine, NoCallGoesOnFromAnExplanation) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
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
  MustPublish(*engine, kDeskPlan);
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

// Origin branches look at how the call came also after something was tried.
TEST(Engine, RemembersHowACallCame) {
  constexpr absl::string_view kOrigin =
      "{ origin: { cases: [{ ingress: trunk-1, verstat: passed, diverted: { by: \"+3222*\", "
      "reason: busy }, then: { voicemail: { mailbox: known } } }], otherwise: { voicemail: { "
      "mailbox: other } } } }";
  auto engine = MakeEngine();
  MustPublish(*engine, absl::StrCat("customer: acme\n"
                                    "numbers: [{ number: \"+3222000100\", tree: desk }]\n"
                                    "trees: { desk: { dial: { to: [\"+3222000200\"], otherwise: ",
                                    kOrigin, " } } }\n"));
  Call call = TestCall("+3222000100");
  auto mailbox_of = [&](Call asked) {
    Decision decision;
    EXPECT_TRUE(engine->Route(asked, kTestNow, decision).ok());
    const std::string continuation = decision.continuation;
    asked = NextStep(asked);
    EXPECT_TRUE(engine->Resume(asked, continuation, TestEvent("busy"), kTestNow, decision).ok());
    return std::string(std::get<VoicemailDecision>(decision.action).mailbox);
  };
  EXPECT_EQ(mailbox_of(call), "other");
  call.id.reference = "c2";
  call.ingress = "trunk-1";
  call.verstat = Verstat::kPassed;
  call.diversions = 1;
  call.diverted_by = *E164Number::Parse("+3222000199");
  call.diverted_because = DiversionReason::kBusy;
  EXPECT_EQ(mailbox_of(call), "known");
  call.id.reference = "c3";
  call.ingress = "trunk-2";
  EXPECT_EQ(mailbox_of(call), "other");
}

TEST(Engine, ExplainsWithoutEffect) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  Call call = TestCall("+3222000101");
  absl::StatusOr<Explanation> explanation = engine->Explain(call, kTestNow, decision);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->visits.back().path, decision.node);
  EXPECT_EQ(explanation->visits.back().kind, "agents");
  EXPECT_EQ(std::get<WaitDecision>(decision.action).contact, 0u);
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
  absl::StatusOr<Explanation> nobody = engine->Explain(TestCall("+3222000999"), kTestNow, decision);
  ASSERT_TRUE(nobody.ok());
  EXPECT_THAT(nobody->notes.at(0), HasSubstr("no customer holds +3222000999"));
}

TEST(Engine, ABatchAnswersAsSingleCallsDo) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  std::vector<Call> calls;
  for (int i = 0; i < 50; ++i) {
    calls.push_back(
        TestCall(absl::StrCat("+32220001", i % 10 < 5 ? "00" : "77"), absl::StrCat("c", i)));
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
    MustPublish(*engine, kDeskPlan);
    ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  }
  EXPECT_EQ(OnlyLeg(decision).destination, "front");
  EXPECT_EQ(decision.customer, "acme");
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
  options.ingresses = {{"a", "BE", ""}, {"b", "BE", ""}};
  options.ingresses[1].numbers.country_code = *Digits::Parse("999");
  EXPECT_THAT(message(options), HasSubstr("ingresses[1].numbers.country_code: \"999\""));
}

TEST(Engine, SaysHowNumbersAreWrittenAtAnIngress) {
  EngineOptions options = TestOptions();
  options.ingresses = {{"north", "BE", "", "", NationalProfile("BE")}, {"south", "BE", ""}};
  std::unique_ptr<Engine> engine = *Engine::Create(options);
  EXPECT_EQ(engine->NumbersAt("north").national_prefix.ToString(), "0");
  EXPECT_TRUE(engine->NumbersAt("south").country_code.empty());
  EXPECT_TRUE(engine->NumbersAt("nowhere").country_code.empty());
}

}  // namespace
}  // namespace libroute
