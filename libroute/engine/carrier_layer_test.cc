#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "libroute/engine/test_inventory.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// +3222000100 and +3222000101 are active; the first is ported at midnight.
constexpr char kPortedAtMidnight[] = R"(
network: ours
time_zone: Europe/Brussels
numbers:
  - number: "+3222000100"
    service: [{ state: active }, { from: "2026-11-24 00:00", state: ported }]
  - { number: "+3222000101" }
)";

TEST(CarrierLayer, ANumberPortedAtMidnightPassesThroughAtMidnight) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, kPortedAtMidnight);
  Decision decision;
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kMidnight - absl::Seconds(1), decision),
            "dial");
  EXPECT_EQ(decision.use_if_unreachable_until, absl::ToUnixSeconds(kMidnight));
  EXPECT_TRUE(decision.depends_on.Has(Dependence::kTime));
  const std::string continuation = decision.continuation;
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kMidnight, decision), "pass_through");
  const auto& pass = std::get<PassThroughDecision>(decision.action);
  EXPECT_EQ(pass.reason, PassThroughReason::kNumberNotActive);
  EXPECT_EQ(pass.service_state, ServiceState::kPorted);
  EXPECT_EQ(decision.use_if_unreachable_until, Decision::kNoBoundary);
  EXPECT_TRUE(decision.continuation.empty());
  // A call that was let in goes on.
  ASSERT_TRUE(engine
                  ->Resume(NextStep(TestCall("+3222000100")), continuation, TestEvent("busy"),
                           kMidnight, decision)
                  .ok());
  EXPECT_EQ(OnlyLeg(decision).destination, "back");
}

TEST(CarrierLayer, ExplainsThatANumberIsNotActive) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, kPortedAtMidnight);
  Decision decision;
  absl::StatusOr<Explanation> explanation =
      engine->Explain(TestCall("+3222000100"), kMidnight, decision);
  ASSERT_TRUE(explanation.ok());
  EXPECT_THAT(explanation->notes, ElementsAre("+3222000100 is ported, says the carrier's "
                                              "inventory: passed through"));
}

TEST(CarrierLayer, WithoutInventoryNothingChanges) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kMidnight, decision), "dial");
  MustSet(*engine, kPortedAtMidnight);
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kMidnight, decision), "pass_through");
  EXPECT_TRUE(engine->SetInventory(v1::Inventory()).empty());
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kMidnight, decision), "dial");
  EXPECT_FALSE(decision.depends_on.Has(Dependence::kTime));
}

TEST(CarrierLayer, AnInventoryWithErrorsChangesNothing) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, kPortedAtMidnight);
  const std::vector<Issue> issues =
      engine->SetInventory(ReadTestInventory("network: ours\nnumbers: [{ number: x }]"));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].path, "numbers[0].number");
  Decision decision;
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kMidnight, decision), "pass_through");
}

TEST(CarrierLayer, RefusesPlansForNumbersThatTheyMayNotHave) {
  auto engine = MakeEngine();
  MustSet(*engine, R"(
network: ours
numbers: [{ number: "+3222000100", enterprise_office: true }, { number: "+3222000101", cnip: displayed }]
)");
  const Publication publication = PublishTest(*engine, kDeskPlan);
  EXPECT_FALSE(publication.changed);
  ASSERT_EQ(publication.issues.size(), 2u);
  EXPECT_EQ(publication.issues[0].code, "enterprise-office");
  EXPECT_EQ(publication.issues[0].path, "numbers[0].number");
  EXPECT_EQ(publication.issues[1].code, "loses-cnip");
  EXPECT_EQ(engine->Check(ReadTestPlan(kDeskPlan), {}, kTestNow).issues.size(), 2u);
}

constexpr char kScreening[] = R"(
network: ours
numbers: [{ number: "+3222000*" }]
barred_callers:
  - { name: fraud, numbers: "+32475123456" }
  - { name: announced, numbers: "+32475000000", announce: not-allowed }
barred_destinations:
  - { name: back-office, numbers: "+3222000201" }
  - { name: premium, kind: premium }
)";

Call From(const std::string& calling) {
  Call call = TestCall("+3222000100");
  call.calling = *E164Number::Parse(calling);
  return call;
}

TEST(CarrierLayer, ScreensCallersBeforeAnyPlan) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, kScreening);
  Decision decision;
  EXPECT_EQ(Asked(*engine, From("+32470000000"), kTestNow, decision), "dial");
  EXPECT_EQ(decision.screened_by, "");
  EXPECT_EQ(Asked(*engine, From("+32475123456"), kTestNow, decision), "reject");
  EXPECT_EQ(decision.screened_by, "fraud");
  EXPECT_EQ(decision.customer, "acme") << "whose number it is";
  EXPECT_EQ(decision.number.ToString(), "+3222000100");
  EXPECT_EQ(std::get<RejectDecision>(decision.action).code, (ResponseCode{403, 21}));
  Call withheld = From("+32475123456");
  withheld.calling_privacy = Privacy::kRestricted;
  EXPECT_EQ(Asked(*engine, withheld, kTestNow, decision), "reject");
  EXPECT_EQ(Asked(*engine, From("+32475000000"), kTestNow, decision), "announce");
  EXPECT_EQ(std::get<AnnounceDecision>(decision.action).message, "not-allowed");
  EXPECT_TRUE(decision.continuation.empty());
  MustSet(*engine, "network: ours");
  EXPECT_EQ(std::get<AnnounceDecision>(decision.action).message, "not-allowed")
      << "the decision keeps what it points into";
  engine->Withdraw("acme").IgnoreError();
  EXPECT_EQ(decision.customer, "acme");
}

TEST(CarrierLayer, ScreensWhatIsCalledAndEveryLeg) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, kScreening);
  Decision decision;
  Call call = From("+32470000000");
  call.called = *E164Number::Parse("+3290212345");
  EXPECT_EQ(Asked(*engine, call, kTestNow, decision), "reject");
  EXPECT_EQ(decision.screened_by, "premium");

  call = From("+32470000000");
  ASSERT_EQ(Asked(*engine, call, kTestNow, decision), "dial");
  const std::string continuation = decision.continuation;
  absl::StatusOr<Answer> answer =
      engine->Resume(NextStep(call), continuation, TestEvent("busy"), kTestNow, decision);
  ASSERT_TRUE(answer.ok()) << answer.status();
  // The second desk is barred: the plan goes on as if it had been rejected.
  const auto& release = std::get<ReleaseDecision>(decision.action);
  EXPECT_EQ(release.reason, ReleaseReason::kAttemptsFailed);
  EXPECT_EQ(decision.screened_by, "back-office");
  EXPECT_EQ(decision.customer, "acme");
}

TEST(CarrierLayer, LooksAtLivePlansAgainWhenItChanges) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, "network: ours\nnumbers: [{ number: \"+3222000*\" }]");
  EXPECT_TRUE(PublishTest(*engine, kDeskPlan).issues.empty());
  const std::vector<Issue> issues = engine->SetInventory(ReadTestInventory(
      "network: ours\nnumbers: [{ number: \"+3222000*\" }, "
      "{ number: \"+3222000101\", network: theirs }, { number: \"+3222000100\", holder: bert }]"));
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[0].severity, Severity::kWarning);
  EXPECT_EQ(issues[0].code, "other-holder");
  EXPECT_EQ(issues[1].code, "not-own-network");
  EXPECT_THAT(
      issues[1].message,
      HasSubstr("the live plan of \"acme\", numbers[1].number: +3222000101 is in the network"));
  Decision decision;
  EXPECT_EQ(Asked(*engine, TestCall("+3222000100"), kTestNow, decision), "dial") << "it goes on";
  // The same plan again is told of it.
  const Publication again = PublishTest(*engine, kDeskPlan);
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.issues.size(), 2u);
  EXPECT_TRUE(HasErrors(again.issues));
}

TEST(CarrierLayer, ExplainsWhatItBars) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  MustSet(*engine, kScreening);
  Decision decision;
  absl::StatusOr<Explanation> caller = engine->Explain(From("+32475123456"), kTestNow, decision);
  ASSERT_TRUE(caller.ok());
  EXPECT_THAT(caller->notes,
              ElementsAre("the carrier bars this calling number (fraud), before any plan"));
  ASSERT_TRUE(engine->Explain(From("+32470000000"), kTestNow, decision).ok());
  absl::StatusOr<Explanation> leg = engine->ExplainResume(
      NextStep(From("+32470000000")), decision.continuation, TestEvent("busy"), kTestNow, decision);
  ASSERT_TRUE(leg.ok()) << leg.status();
  std::vector<std::string> barred;
  for (const Visit& visit : leg->visits) {
    for (const Comparison& comparison : visit.comparisons) {
      if (comparison.not_taken == NotTaken::kBarred) barred.push_back(comparison.finding);
    }
  }
  EXPECT_THAT(barred, ElementsAre("barred by the carrier: back-office"));
}

class PortedNumbers : public PortabilityTable {
 public:
  absl::string_view OperatorOf(E164Number number) const override {
    return number.ToString() == "+3222000200" ? "ported-to" : "";
  }
};

TEST(CarrierLayer, KnowsTheOperatorsOfPortedNumbers) {
  const PortedNumbers ported;
  EngineOptions options = TestOptions();
  options.portability = &ported;
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine,
              absl::StrCat(kDeskPlan, "operators: [{ numbers: \"+32*\", operator: first }]\n"));
  Decision decision;
  ASSERT_EQ(Asked(*engine, TestCall("+3222000100"), kTestNow, decision), "dial");
  EXPECT_EQ(OnlyLeg(decision).facts.operator_name, "ported-to");
  EXPECT_EQ(OnlyLeg(decision).facts.operator_source, OperatorSource::kPortability);
  const std::string continuation = decision.continuation;
  ASSERT_TRUE(engine
                  ->Resume(NextStep(TestCall("+3222000100")), continuation, TestEvent("busy"),
                           kTestNow, decision)
                  .ok());
  EXPECT_EQ(OnlyLeg(decision).facts.operator_name, "first");
  EXPECT_EQ(OnlyLeg(decision).facts.operator_source, OperatorSource::kAssumed);
}

TEST(CarrierLayer, LetsEmergencyCallsThrough) {
  auto engine = MakeEngine();
  MustSet(*engine, kScreening);
  Decision decision;
  Call call = TestCall("112");
  EXPECT_EQ(Asked(*engine, call, kTestNow, decision), "pass_through");
}

TEST(CarrierLayer, ChangesWhileCallsComeIn) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  const v1::Inventory screening = ReadTestInventory(kScreening);
  std::thread calls([&] {
    Decision decision;
    for (int i = 0; i < 2000; ++i) {
      const std::string action = Asked(*engine, From("+32475000000"), kTestNow, decision);
      ASSERT_TRUE(action == "dial" || action == "announce") << action;
    }
  });
  for (int i = 0; i < 50; ++i) engine->SetInventory(i % 2 == 0 ? screening : v1::Inventory());
  calls.join();
}

}  // namespace
}  // namespace libroute
