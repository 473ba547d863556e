#include "libroute/ledger/held_steps.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

HeldSteps::Held Waiting(uint64_t question, uint64_t contact) {
  HeldSteps::Held held;
  held.question = question;
  held.decision.action = WaitDecision{"level-1", absl::Seconds(60), contact};
  return held;
}

uint64_t ContactOf(const std::optional<HeldSteps::Held>& held) {
  return std::get<WaitDecision>(held->decision.action).contact;
}

TEST(HeldSteps, ReturnsTheFirstDecisionOfAStep) {
  HeldSteps steps;
  const CallId call = {"sw", 1, "a"};
  EXPECT_FALSE(steps.Find(call, 0, kStart).has_value());
  EXPECT_FALSE(steps.Hold(call, 0, Waiting(1, 10), kStart).has_value());
  EXPECT_EQ(ContactOf(steps.Find(call, 0, kStart)), 10u);
  EXPECT_EQ(ContactOf(steps.Hold(call, 0, Waiting(2, 20), kStart)), 10u);
  EXPECT_FALSE(steps.Find(call, 1, kStart).has_value());
  EXPECT_FALSE(steps.Find({"sw", 2, "a"}, 0, kStart).has_value());
}

TEST(HeldSteps, HoldsOnWhileItIsAsked) {
  HeldSteps steps;
  const CallId call = {"sw", 1, "a"};
  steps.Hold(call, 0, Waiting(1, 10), kStart);
  absl::Time later = kStart + HeldSteps::kHold - absl::Seconds(1);
  EXPECT_TRUE(steps.Find(call, 0, later).has_value());
  EXPECT_TRUE(steps.Find(call, 0, later + HeldSteps::kHold - absl::Seconds(1)).has_value());
}

TEST(HeldSteps, ForgetsWhatIsNotAsked) {
  HeldSteps steps;
  const CallId call = {"sw", 1, "a"};
  steps.Hold(call, 0, Waiting(1, 10), kStart);
  EXPECT_FALSE(steps.Find(call, 0, kStart + HeldSteps::kHold).has_value());
  steps.Expire(kStart + HeldSteps::kHold - absl::Nanoseconds(1));
  EXPECT_EQ(steps.size(), 1u);
  steps.Expire(kStart + HeldSteps::kHold);
  EXPECT_TRUE(steps.empty());
  EXPECT_FALSE(steps.Hold(call, 0, Waiting(2, 20), kStart).has_value());
}

TEST(HeldSteps, HoldsSoManyAndNoMore) {
  HeldSteps steps;
  for (size_t i = 0; i < HeldSteps::kMaxHeld + 100; ++i) {
    steps.Hold({"sw", 1, std::to_string(i)}, 0, Waiting(1, i), kStart);
  }
  EXPECT_EQ(steps.size(), HeldSteps::kMaxHeld);
  EXPECT_TRUE(steps.Find({"sw", 1, "0"}, 0, kStart).has_value());
  steps.Expire(kStart + HeldSteps::kHold);
  EXPECT_EQ(steps.size(), 0u);
  steps.Hold({"sw", 1, "new"}, 0, Waiting(1, 1), kStart);
  EXPECT_EQ(steps.size(), 1u);
}

TEST(HeldSteps, KeepsWhatWasAskedAgainWhenOthersAreDropped) {
  HeldSteps steps;
  for (int i = 0; i < 100; ++i) {
    steps.Hold({"sw", 1, std::to_string(i)}, 0, Waiting(1, static_cast<uint64_t>(i)), kStart);
  }
  const absl::Time later = kStart + absl::Seconds(10);
  for (int i = 0; i < 100; i += 2) steps.Find({"sw", 1, std::to_string(i)}, 0, later);
  steps.Expire(kStart + HeldSteps::kHold);
  EXPECT_EQ(steps.size(), 50u);
  steps.Expire(later + HeldSteps::kHold);
  EXPECT_TRUE(steps.empty());
}

TEST(HeldSteps, IsEmptyWhenItIsExpiredAtItsDeadlines) {
  HeldSteps steps;
  EXPECT_EQ(steps.NextDeadline(), absl::InfiniteFuture());
  for (int i = 0; i < 200; ++i) {
    steps.Hold({"sw", 1, std::to_string(i)}, 0, Waiting(1, i), kStart + absl::Seconds(i));
  }
  EXPECT_EQ(steps.NextDeadline(), kStart + HeldSteps::kHold);
  steps.Find({"sw", 1, "0"}, 0, kStart + absl::Seconds(30));
  int rounds = 0;
  while (!steps.empty()) {
    ASSERT_LT(++rounds, 1000);
    steps.Expire(steps.NextDeadline());
  }
  EXPECT_EQ(steps.NextDeadline(), absl::InfiniteFuture());
}

}  // namespace
}  // namespace libroute
