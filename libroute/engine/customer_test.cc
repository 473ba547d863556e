#include "gmock/gmock.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

TEST(Customer, FactsAreEffectiveForTheNextCallAndOutliveRevisions) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  Decision decision;
  ASSERT_TRUE(
      engine->SetSwitch("acme", {"flood", "on", kTestNow + absl::Minutes(5)}, {"ann", kTestNow})
          .ok());
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "reject");
  MustPublish(*engine, std::string(kDeskPlan) + "description: another revision\n");
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(ActionName(decision.action), "reject");
  EXPECT_EQ(engine->NextDeadline(), kTestNow + absl::Minutes(5));
  std::vector<Effect> effects = engine->Advance(kTestNow + absl::Minutes(5));
  ASSERT_EQ(effects.size(), 1u);
  EXPECT_EQ(effects[0].kind, Effect::Kind::kFactExpired);
  EXPECT_EQ(effects[0].customer, "acme");
  EXPECT_EQ(effects[0].text, "switch flood is off again: its time is over");
}

TEST(Customer, RefusesFactsAboutWhatThePlanDoesNotHave) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  absl::Status status =
      engine->SetFact("acme", FactKind::kDestination, "fornt", 3, absl::InfiniteFuture());
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr("did you mean \"front\""));
  EXPECT_EQ(engine->SetFact("nobody", FactKind::kSite, "x", 3, absl::InfiniteFuture()).code(),
            absl::StatusCode::kNotFound);
}

TEST(Customer, ADestinationThatIsDownIsNotDialled) {
  auto engine = MakeEngine();
  MustPublish(*engine, kDeskPlan);
  ASSERT_TRUE(engine
                  ->SetFact("acme", FactKind::kDestination, "front",
                            static_cast<uint8_t>(Status::kDown), absl::InfiniteFuture())
                  .ok());
  Decision decision;
  ASSERT_TRUE(engine->Route(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "desk");
}

}  // namespace
}  // namespace libroute
