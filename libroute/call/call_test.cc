#include "libroute/call/call.h"

#include <set>
#include <string>

#include "gtest/gtest.h"
#include "libroute/call/call_state.h"
#include "libroute/call/decision.h"

namespace libroute {
namespace {

TEST(CallSeed, DiffersWithEveryPartOfTheId) {
  std::set<uint64_t> seeds = {CallSeed({"sw", 1, "a"}), CallSeed({"sw", 1, "b"}),
                              CallSeed({"sw", 2, "a"}), CallSeed({"sx", 1, "a"}),
                              CallSeed({"s", 1, "wa"})};
  EXPECT_EQ(seeds.size(), 5u);
  EXPECT_EQ(CallSeed({"sw", 1, "a"}), CallSeed({"sw", 1, "a"}));
}

TEST(CorrelationId, IsReadAsItIsWritten) {
  CorrelationId id = NewCorrelation(CallSeed({"sw", 1, "a"}));
  EXPECT_TRUE(id.has_value());
  EXPECT_EQ(id.ToString().size(), 32u);
  EXPECT_EQ(*CorrelationId::Parse(id.ToString()), id);
  for (const char* text : {"", "0123", "00000000000000000000000000000000",
                           "0x23456789abcdef0123456789abcdef01",
                           "g123456789abcdef0123456789abcdef"}) {
    EXPECT_FALSE(CorrelationId::Parse(text).ok()) << text;
  }
}

TEST(Decision, IsAsNewAfterClear) {
  Decision decision;
  decision.action = RejectDecision{{486, 17}};
  decision.answered = decision.resumable = true;
  decision.depends_on.Add(Dependence::kTime);
  decision.priority = 5;
  decision.use_if_unreachable_until = 1;
  decision.customer = "acme";
  decision.attributes.emplace_back("a", "b");
  decision.continuation = "x";
  decision.Clear();
  EXPECT_EQ(ActionName(decision.action), "none");
  EXPECT_FALSE(decision.answered || decision.resumable);
  EXPECT_FALSE(decision.depends_on.Has(Dependence::kTime));
  EXPECT_EQ(decision.priority, 0);
  EXPECT_EQ(decision.use_if_unreachable_until, Decision::kNoBoundary);
  EXPECT_TRUE(decision.customer.empty());
  EXPECT_TRUE(decision.attributes.empty());
  EXPECT_TRUE(decision.continuation.empty());
}

TEST(FinalResponse, IsANormalEndOnceTheCallWasTalkedOn) {
  CallState state;
  NoteFailure(state, {0, Outcome::kBusy, 600, 17});
  state.looped = true;
  NoteTalked(state);
  EXPECT_TRUE(state.answered);
  EXPECT_EQ(FinalResponse(state), (ResponseCode{0, 16}));
  // What fails after that is what the caller hears of.
  NoteFailure(state, {0, Outcome::kNoAnswer, 0, 19});
  EXPECT_EQ(FinalResponse(state), (ResponseCode{0, 19}));
}

TEST(DiversionReasonFor, SaysWhyACallIsSentOn) {
  EXPECT_EQ(DiversionReasonFor(Outcome::kBusy), DiversionReason::kBusy);
  EXPECT_EQ(DiversionReasonFor(Outcome::kNoAnswer), DiversionReason::kNoAnswer);
  EXPECT_EQ(DiversionReasonFor(Outcome::kNotConfirmed), DiversionReason::kNoAnswer);
  EXPECT_EQ(DiversionReasonFor(Outcome::kUnreachable), DiversionReason::kUnreachable);
  EXPECT_EQ(DiversionReasonFor(Outcome::kRejected), DiversionReason::kDeflected);
  EXPECT_EQ(DiversionReasonFor(Outcome::kBadNumber), DiversionReason::kUnknown);
}

}  // namespace
}  // namespace libroute
