#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/engine/test_engine.h"

// What takes turns over all calls of a customer.
namespace libroute {
namespace {

std::string ExactShares(absl::string_view description) {
  return absl::StrCat("customer: acme\ndescription: ", description,
                      "\nnumbers: [{ number: \"+3222000100\", tree: t }]\n"
                      "trees:\n  t:\n    share:\n      exact: true\n      cases:\n"
                      "        - { weight: 50, then: { voicemail: { mailbox: m0 } } }\n"
                      "        - { weight: 30, then: { voicemail: { mailbox: m1 } } }\n"
                      "        - { weight: 20, then: { voicemail: { mailbox: m2 } } }\n");
}

size_t AskForShare(Engine& engine, const std::string& reference) {
  Decision decision;
  const auto answer = engine.Route(TestCall("+3222000100", reference), kTestNow, decision);
  EXPECT_TRUE(answer.ok()) << answer.status();
  const auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
  return voicemail == nullptr ? 0 : static_cast<size_t>(voicemail->mailbox.back() - '0');
}

TEST(Turns, SharesAreExactWhicheverThreadAsks) {
  auto engine = MakeEngine(TestOptions());
  MustPublish(*engine, ExactShares("one"));
  constexpr int kThreads = 4;
  constexpr int kCalls = 500;
  std::array<std::atomic<int>, 3> taken = {};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kCalls; ++i) ++taken[AskForShare(*engine, absl::StrCat(t, "-", i))];
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken[0], kThreads * kCalls / 2);
  EXPECT_EQ(taken[1], kThreads * kCalls * 3 / 10);
  EXPECT_EQ(taken[2], kThreads * kCalls / 5);
}

TEST(Turns, AQuestionAskedAgainTakesNoOther) {
  auto engine = MakeEngine(TestOptions());
  MustPublish(*engine, ExactShares("one"));
  std::string order;
  for (int i = 0; i < 10; ++i) {
    const size_t share = AskForShare(*engine, absl::StrCat(i));
    for (int again = 0; again < 3; ++again) {
      EXPECT_EQ(AskForShare(*engine, absl::StrCat(i)), share);
    }
    absl::StrAppend(&order, share);
  }
  EXPECT_EQ(order, "0102010102");
}

TEST(Turns, AnotherRevisionGoesOn) {
  auto engine = MakeEngine(TestOptions());
  MustPublish(*engine, ExactShares("one"));
  std::string order;
  for (int i = 0; i < 5; ++i) absl::StrAppend(&order, AskForShare(*engine, absl::StrCat(i)));
  MustPublish(*engine, ExactShares("two"));
  for (int i = 5; i < 10; ++i) absl::StrAppend(&order, AskForShare(*engine, absl::StrCat(i)));
  EXPECT_EQ(order, "0102010102");
}

TEST(Turns, ExplainTakesNone) {
  auto engine = MakeEngine(TestOptions());
  MustPublish(*engine, ExactShares("one"));
  for (int i = 0; i < 3; ++i) {
    Decision decision;
    ASSERT_TRUE(engine->Explain(TestCall("+3222000100", "e"), kTestNow, decision).ok());
    EXPECT_EQ(std::get<VoicemailDecision>(decision.action).mailbox, "m0");
  }
  EXPECT_EQ(AskForShare(*engine, "1"), 0u);
  EXPECT_EQ(AskForShare(*engine, "2"), 1u);
}

}  // namespace
}  // namespace libroute
