#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

// Recovery plans and hand switches, as they are set and as calls meet them.
namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kRecoveryPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: desk }
  - { number: "+3222000102" }
switches: { season: { values: [winter, spring, summer] }, flood: {} }
sites: { north: {} }
destinations: { front: { number: "+3222000200", site: north } }
numbering: { country: BE, prefix: "5" }
recovery_plans:
  fire: { tree: away, replaces: north, drill_callers: ["+32475123456"] }
  strike: { tree: closed, numbers: ["+3222000101", "+3222000102"] }
trees:
  desk: { dial: { to: front, otherwise: { voicemail: { mailbox: desk } } } }
  away: { dial: { to: "+3222000300", on_busy: { voicemail: { mailbox: away } }, otherwise: { release: {} } } }
  closed: { voicemail: { mailbox: closed } }
)";

RecoverySetting Setting(const std::string& name, RecoveryState state,
                        std::vector<std::string> numbers = {},
                        absl::Time until = absl::InfiniteFuture()) {
  RecoverySetting setting;
  setting.name = name;
  setting.state = state;
  setting.numbers = std::move(numbers);
  setting.until = until;
  return setting;
}

class RecoveryTest : public testing::Test {
 protected:
  RecoveryTest() : engine_(MakeEngine()) { MustPublish(*engine_, kRecoveryPlan); }

  absl::Status Set(const RecoverySetting& setting) {
    return engine_->SetRecovery("acme", setting, {"ann", now_}).status();
  }
  absl::Status TurnOn(const std::string& name, std::vector<std::string> numbers = {},
                      absl::Time until = absl::InfiniteFuture()) {
    return Set(Setting(name, RecoveryState::kOn, std::move(numbers), until));
  }
  // The first answer about a call.
  const Decision& Ask(const Call& call) {
    absl::StatusOr<Answer> answer = engine_->Route(call, now_, decision_);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return decision_;
  }
  // The recovery plan by which a call to this number goes.
  std::string PlanOf(const std::string& number) {
    return std::string(Ask(TestCall(number, absl::StrCat("p", ++calls_))).recovery_plan);
  }
  RecoveryStanding StandingOf(const std::string& name) {
    const auto standings = engine_->Recovery("acme", now_);
    EXPECT_TRUE(standings.ok()) << standings.status();
    for (const RecoveryStanding& standing : *standings) {
      if (standing.setting.name == name) return standing;
    }
    ADD_FAILURE() << "no " << name;
    return {};
  }

  absl::Time now_ = kTestNow;
  int calls_ = 0;
  std::unique_ptr<Engine> engine_;
  Decision decision_;
};

TEST_F(RecoveryTest, SendsTheNextCallAnotherWayAndLeavesThoseInProgress) {
  const Call before = TestCall("+3222000100", "before");
  EXPECT_EQ(OnlyLeg(Ask(before)).destination, "front");
  const std::string continuation = decision_.continuation;
  ASSERT_TRUE(TurnOn("fire").ok());
  ASSERT_TRUE(
      engine_->Resume(NextStep(before), continuation, TestEvent("busy"), now_, decision_).ok());
  EXPECT_EQ(Mailbox(decision_), "desk");
  EXPECT_EQ(decision_.recovery_plan, "");

  const Call after = TestCall("+3222000100", "after");
  EXPECT_EQ(OnlyLeg(Ask(after)).number.ToString(), "+3222000300");
  EXPECT_EQ(decision_.recovery_plan, "fire");
  EXPECT_LE(decision_.continuation.size(), 512u);
  const std::string recovered = decision_.continuation;
  ASSERT_TRUE(Set(Setting("fire", RecoveryState::kOff)).ok());
  // It goes on as it began.
  ASSERT_TRUE(engine_->Resume(NextStep(after), recovered, TestEvent("busy"), now_, decision_).ok());
  EXPECT_EQ(Mailbox(decision_), "away");
  EXPECT_EQ(decision_.recovery_plan, "fire");
  EXPECT_EQ(PlanOf("+3222000100"), "");
}

TEST_F(RecoveryTest, IsOnForTheNumbersThatAreNamed) {
  ASSERT_TRUE(TurnOn("fire", {"+3222000101"}).ok());
  EXPECT_EQ(PlanOf("+3222000100"), "");
  EXPECT_EQ(PlanOf("+3222000101"), "fire");
  // What is said later is instead of that.
  ASSERT_TRUE(TurnOn("fire", {"+3222000100"}).ok());
  EXPECT_EQ(PlanOf("+3222000100"), "fire");
  EXPECT_EQ(PlanOf("+3222000101"), "");
  const absl::Status status = TurnOn("strike", {"+3222000101", "+3222000100"});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("numbers[1]: \"+3222000100\" is no entry"));
}

TEST_F(RecoveryTest, TwoMayBeOnForDifferentNumbersAlone) {
  ASSERT_TRUE(TurnOn("fire", {"+3222000100"}).ok());
  ASSERT_TRUE(TurnOn("strike").ok());
  EXPECT_EQ(PlanOf("+3222000100"), "fire");
  EXPECT_EQ(PlanOf("+3222000102"), "strike");
  const absl::Status status = TurnOn("fire");
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "recovery plan \"strike\" is on for +3222000101 already; turn that one off first, or "
            "name other numbers");
  EXPECT_EQ(PlanOf("+3222000100"), "fire");
  ASSERT_TRUE(Set(Setting("strike", RecoveryState::kOff)).ok());
  ASSERT_TRUE(TurnOn("fire").ok());
  EXPECT_EQ(PlanOf("+3222000102"), "fire");
}

TEST_F(RecoveryTest, ADrillIsForSomeCallers) {
  ASSERT_TRUE(Set(Setting("fire", RecoveryState::kDrill)).ok());
  Ask(TestCall("+3222000100", "tester"));
  EXPECT_EQ(decision_.recovery_plan, "fire");
  EXPECT_TRUE(decision_.recovery_drill);
  Call other = TestCall("+3222000100", "other");
  other.calling = *E164Number::Parse("+32475000000");
  Ask(other);
  EXPECT_EQ(decision_.recovery_plan, "");
  EXPECT_FALSE(decision_.recovery_drill);
  EXPECT_EQ(OnlyLeg(decision_).destination, "front");
  EXPECT_EQ(Set(Setting("strike", RecoveryState::kDrill)).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(RecoveryTest, NumbersWithoutATreePassThroughWhileNoneIsOn) {
  const auto* pass = std::get_if<PassThroughDecision>(&Ask(TestCall("+3222000102", "off")).action);
  ASSERT_NE(pass, nullptr);
  EXPECT_EQ(pass->reason, PassThroughReason::kContinuityOff);
  ASSERT_TRUE(TurnOn("fire").ok());
  EXPECT_EQ(OnlyLeg(Ask(TestCall("+3222000102", "on"))).number.ToString(), "+3222000300");
}

TEST_F(RecoveryTest, CallsOfItsOwnLinesGoByItButNotCallsForHelp) {
  ASSERT_TRUE(TurnOn("fire").ok());
  Call call = TestCall("+3222000101", "line");
  call.direction = Direction::kInternal;
  call.line = *E164Number::Parse("+3222000100");
  EXPECT_EQ(Ask(call).recovery_plan, "fire");
  Call help = TestCall("112", "help");
  const auto* pass = std::get_if<PassThroughDecision>(&Ask(help).action);
  ASSERT_NE(pass, nullptr);
  EXPECT_EQ(pass->reason, PassThroughReason::kEmergency);
}

TEST_F(RecoveryTest, GoesOffByItself) {
  ASSERT_TRUE(TurnOn("fire", {}, now_ + absl::Minutes(5)).ok());
  EXPECT_EQ(engine_->NextDeadline(), now_ + absl::Minutes(5));
  now_ += absl::Minutes(5) - absl::Seconds(1);
  EXPECT_EQ(PlanOf("+3222000100"), "fire");
  now_ += absl::Seconds(1);
  EXPECT_EQ(PlanOf("+3222000100"), "");
  EXPECT_EQ(StandingOf("fire").setting.state, RecoveryState::kOff);
  const std::vector<Effect> effects = engine_->Advance(now_);
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::kRecoveryOff);
  EXPECT_EQ(effects[0].customer, "acme");
  EXPECT_EQ(effects[0].text, "recovery plan fire is off: its time is over");
  EXPECT_THAT(engine_->Advance(now_), IsEmpty());
  // Its numbers are free for others.
  EXPECT_TRUE(TurnOn("strike").ok());
}

TEST_F(RecoveryTest, OutlivesRevisionsThatHaveIt) {
  ASSERT_TRUE(TurnOn("fire").ok());
  MustPublish(*engine_, absl::StrReplaceAll(kRecoveryPlan, {{"+3222000300", "+3222000301"},
                                                            {"+3222000100", "+3222000105"}}));
  EXPECT_EQ(OnlyLeg(Ask(TestCall("+3222000105", "new"))).number.ToString(), "+3222000301");
  EXPECT_EQ(decision_.recovery_plan, "fire");
  ASSERT_TRUE(engine_->Withdraw("acme").ok());
  MustPublish(*engine_, kRecoveryPlan);
  EXPECT_EQ(PlanOf("+3222000100"), "fire");
}

TEST_F(RecoveryTest, IsOffOnceAPlanWithoutItIsLive) {
  ASSERT_TRUE(TurnOn("strike").ok());
  const std::string without = absl::StrReplaceAll(
      kRecoveryPlan, {{"strike: { tree: closed, numbers", "flood: { tree: closed, numbers"}});
  const Publication publication = PublishTest(*engine_, without);
  ASSERT_EQ(publication.issues.size(), 1u);
  EXPECT_EQ(publication.issues[0].severity, Severity::kWarning);
  EXPECT_EQ(publication.issues[0].code, "recovery-ends");
  EXPECT_TRUE(publication.changed);
  EXPECT_EQ(PlanOf("+3222000101"), "");
  EXPECT_LE(engine_->NextDeadline(), now_);
  const std::vector<Effect> effects = engine_->Advance(now_);
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::kRecoveryOff);
  EXPECT_EQ(effects[0].text,
            "recovery plan strike is off: the plan that is live now does not have it");
  EXPECT_GT(engine_->NextDeadline(), now_);
  // It stays off, should it come back.
  MustPublish(*engine_, kRecoveryPlan);
  EXPECT_EQ(PlanOf("+3222000101"), "");
}

TEST_F(RecoveryTest, IsOffWhenNoneOfItsNumbersIsLeft) {
  ASSERT_TRUE(TurnOn("strike", {"+3222000102"}).ok());
  MustPublish(*engine_, absl::StrReplaceAll(kRecoveryPlan, {{"+3222000102", "+3222000103"}}));
  EXPECT_EQ(StandingOf("strike").setting.state, RecoveryState::kOff);
  EXPECT_EQ(engine_->Advance(now_).size(), 1u);
}

TEST_F(RecoveryTest, TheEarlierOneKeepsANumberThatAnotherRevisionGivesBoth) {
  ASSERT_TRUE(TurnOn("strike").ok());
  ASSERT_TRUE(TurnOn("fire", {"+3222000100"}).ok());
  MustPublish(*engine_, absl::StrReplaceAll(kRecoveryPlan, {{"numbers: [\"+3222000101\", ",
                                                             "numbers: [\"+3222000100\", "}}));
  EXPECT_EQ(PlanOf("+3222000100"), "strike");
}

TEST_F(RecoveryTest, IsToldWithItsHistory) {
  ASSERT_TRUE(TurnOn("strike", {"+3222000102"}, now_ + absl::Hours(1)).ok());
  RecoveryStanding standing = StandingOf("strike");
  EXPECT_EQ(standing.setting.state, RecoveryState::kOn);
  EXPECT_THAT(standing.setting.numbers, ElementsAre("+3222000102"));
  EXPECT_EQ(standing.setting.until, now_ + absl::Hours(1));
  now_ += absl::Minutes(1);
  ASSERT_TRUE(Set(Setting("strike", RecoveryState::kOff)).ok());
  standing = StandingOf("strike");
  EXPECT_EQ(standing.setting.state, RecoveryState::kOff);
  EXPECT_THAT(standing.setting.numbers, IsEmpty());
  EXPECT_THAT(standing.history,
              ElementsAre(FactChange{now_, "off", absl::InfiniteFuture(), "ann"},
                          FactChange{kTestNow, "on", kTestNow + absl::Hours(1), "ann"}));
  EXPECT_THAT(StandingOf("fire").history, IsEmpty());
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(TurnOn("fire").ok());
  EXPECT_EQ(StandingOf("fire").history.size(), FactHistory::kMost);
}

TEST_F(RecoveryTest, RefusesWhatThePlanDoesNotHave) {
  absl::Status status = TurnOn("fier");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean \"fire\""));
  EXPECT_EQ(engine_->SetRecovery("nobody", Setting("fire", RecoveryState::kOn), {}).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(engine_->Recovery("nobody", now_).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(RecoveryTest, IsForgottenWhenTheCallsRevisionIs) {
  EngineOptions options = TestOptions();
  options.kept_revisions = 0;
  engine_ = MakeEngine(std::move(options));
  MustPublish(*engine_, kRecoveryPlan);
  ASSERT_TRUE(TurnOn("fire").ok());
  const Call call = TestCall("+3222000100", "stale");
  const std::string continuation = Ask(call).continuation;
  MustPublish(*engine_, absl::StrCat(kRecoveryPlan,
                                     "default: { otherwise: { voicemail: { mailbox: "
                                     "default } } }\n"));
  ASSERT_TRUE(
      engine_->Resume(NextStep(call), continuation, TestEvent("busy"), now_, decision_).ok());
  EXPECT_EQ(Mailbox(decision_), "default");
  EXPECT_EQ(decision_.recovery_plan, "");
}

TEST_F(RecoveryTest, IsExplained) {
  ASSERT_TRUE(TurnOn("fire").ok());
  absl::StatusOr<Explanation> explanation =
      engine_->Explain(TestCall("+3222000100"), now_, decision_);
  ASSERT_TRUE(explanation.ok());
  EXPECT_EQ(explanation->visits.front().kind, "recovery_plan");
  EXPECT_EQ(explanation->visits.front().path, "recovery_plans.fire");
  EXPECT_EQ(decision_.recovery_plan, "fire");
}

TEST_F(RecoveryTest, SwitchesAreSetToTheirValues) {
  const ChangedBy ann = {"ann", now_};
  ASSERT_TRUE(engine_->SetSwitch("acme", {"season", "summer", now_ + absl::Hours(1)}, ann).ok());
  std::vector<SwitchStanding> switches = *engine_->Switches("acme", now_);
  ASSERT_EQ(switches.size(), 2u);
  EXPECT_EQ(switches[0].name, "flood");
  EXPECT_EQ(switches[0].value, "off");
  EXPECT_THAT(switches[0].history, IsEmpty());
  EXPECT_EQ(switches[1].value, "summer");
  EXPECT_EQ(switches[1].until, now_ + absl::Hours(1));
  EXPECT_THAT(switches[1].history,
              ElementsAre(FactChange{now_, "summer", now_ + absl::Hours(1), "ann"}));
  const std::vector<Effect> effects = engine_->Advance(now_ + absl::Hours(1));
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].text, "switch season is winter again: its time is over");
  EXPECT_EQ((*engine_->Switches("acme", now_ + absl::Hours(1)))[1].value, "winter");
}

TEST_F(RecoveryTest, SwitchesAreNotSetToAnythingElse) {
  const ChangedBy ann = {"ann", now_};
  absl::Status status = engine_->SetSwitch("acme", {"season", "sumer"}, ann);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(
      std::string(status.message()),
      HasSubstr("value: switch \"season\" has no value \"sumer\"; did you mean \"summer\"?"));
  EXPECT_EQ(engine_->SetSwitch("acme", {"season", "on"}, ann).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(engine_->SetSwitch("acme", {"season", "winter", now_ + absl::Hours(1)}, ann).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(engine_->SetSwitch("acme", {"seson", "winter"}, ann).code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(engine_->SetFact("acme", FactKind::kSwitch, "flood", 2, absl::InfiniteFuture()).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(RecoveryTest, SwitchesStandByNameWhateverAPlanCallsTheirValues) {
  ASSERT_TRUE(engine_->SetSwitch("acme", {"season", "spring"}, {"ann", now_}).ok());
  MustPublish(*engine_, absl::StrReplaceAll(kRecoveryPlan, {{"[winter, spring, summer]",
                                                             "[summer, winter, spring]"}}));
  EXPECT_EQ((*engine_->Switches("acme", now_))[1].value, "spring");
  MustPublish(*engine_, absl::StrReplaceAll(kRecoveryPlan,
                                            {{"[winter, spring, summer]", "[cold, mild, hot]"}}));
  EXPECT_EQ((*engine_->Switches("acme", now_))[1].value, "cold");
}

}  // namespace
}  // namespace libroute
