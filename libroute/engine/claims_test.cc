#include <atomic>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

constexpr char kConferencePlan[] = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: access }]
conferences:
  board: { number: "1", capacity: 2, codes: [{ code: "4711" }] }
trees:
  access:
    conference_access:
      message: number
      code_message: code
      retries: 9
      wrong_codes: { per_caller: 3, per_conference: 5, within: 15m }
      on_full: { voicemail: { mailbox: full } }
      on_blocked: { voicemail: { mailbox: blocked } }
      otherwise: { release: {} }
)";

// A call that has given the number of the conference and is asked for a code.
struct AtTheDoor {
  Call call;
  std::string continuation;
};

AtTheDoor ComeToTheDoor(const Engine& engine, const std::string& reference, absl::Time now,
                        const std::string& calling = "+32475123456") {
  Decision decision;
  Call call = TestCall("+3222000100", reference);
  call.calling = *E164Number::Parse(calling);
  EXPECT_TRUE(engine.Route(call, now, decision).ok());
  std::string continuation = decision.continuation;
  call = NextStep(call);
  EXPECT_TRUE(engine.Resume(call, continuation, TestEvent("digits:1"), now, decision).ok());
  return {NextStep(call), decision.continuation};
}

// What comes of a code; `door` then stands where the call does.
std::string EnterCode(const Engine& engine, AtTheDoor& door, const std::string& code,
                  absl::Time now = kTestNow) {
  Decision decision;
  absl::StatusOr<Answer> answer =
      engine.Resume(door.call, door.continuation, TestEvent("digits:" + code), now, decision);
  if (!answer.ok()) return std::string(absl::StatusCodeToString(answer.status().code()));
  if (!decision.continuation.empty()) {
    door = {NextStep(door.call), decision.continuation};
    return "again";
  }
  if (std::holds_alternative<ConferenceDecision>(decision.action)) return "in";
  return Mailbox(decision);
}

std::string Join(const Engine& engine, const std::string& reference, absl::Time now = kTestNow) {
  AtTheDoor door = ComeToTheDoor(engine, reference, now);
  return EnterCode(engine, door, "4711", now);
}

TEST(Claims, AConferenceHasNoMorePlacesThanItHas) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  EXPECT_EQ(Join(*engine, "c1"), "in");
  EXPECT_EQ(Join(*engine, "c2"), "in");
  EXPECT_EQ(Join(*engine, "c3"), "full");
  EXPECT_EQ(engine->GetStatistics().place_holders, 2);
  ASSERT_TRUE(engine->Report({ReportKind::kReleased, {"sw", 1, "c1"}}, kTestNow).ok());
  EXPECT_EQ(Join(*engine, "c4"), "in");
  EXPECT_EQ(Join(*engine, "c5"), "full");
}

TEST(Claims, AskingAgainClaimsNothingMore) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  AtTheDoor door = ComeToTheDoor(*engine, "c1", kTestNow);
  for (int i = 0; i < 5; ++i) {
    AtTheDoor same = door;
    EXPECT_EQ(EnterCode(*engine, same, "4711"), "in");
    EXPECT_EQ(EnterCode(*engine, same, "9999"), "ABORTED");
  }
  EXPECT_EQ(Join(*engine, "c2"), "in");
}

TEST(Claims, WrongCodesAreCountedOverCalls) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  AtTheDoor first = ComeToTheDoor(*engine, "c1", kTestNow);
  EXPECT_EQ(EnterCode(*engine, first, "0000"), "again");
  EXPECT_EQ(EnterCode(*engine, first, "1111"), "again");
  AtTheDoor second = ComeToTheDoor(*engine, "c2", kTestNow);
  EXPECT_EQ(EnterCode(*engine, second, "2222"), "again");
  EXPECT_EQ(EnterCode(*engine, second, "3333"), "blocked");
  EXPECT_EQ(Join(*engine, "c3"), "blocked");
  // Another caller has tries left, until the conference has none.
  AtTheDoor other = ComeToTheDoor(*engine, "c4", kTestNow, "+32475999999");
  EXPECT_EQ(EnterCode(*engine, other, "4444"), "again");
  EXPECT_EQ(EnterCode(*engine, other, "5555"), "again");
  EXPECT_EQ(EnterCode(*engine, other, "4711"), "blocked");
  EXPECT_EQ(Join(*engine, "c5", kTestNow + absl::Minutes(17)), "in");
}

TEST(Claims, AWrongCodeAskedAgainCountsOnce) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  AtTheDoor door = ComeToTheDoor(*engine, "c1", kTestNow);
  for (int i = 0; i < 9; ++i) {
    AtTheDoor same = door;
    EXPECT_EQ(EnterCode(*engine, same, "0000"), "again");
  }
  EXPECT_EQ(Join(*engine, "c2"), "in");
}

TEST(Claims, ExplainClaimsNothingAndSaysWhatRouteWould) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  auto explain = [&](const std::string& reference) {
    Decision decision;
    AtTheDoor door = ComeToTheDoor(*engine, reference, kTestNow);
    EXPECT_TRUE(engine
                    ->ExplainResume(door.call, door.continuation, TestEvent("digits:4711"),
                                    kTestNow, decision)
                    .ok());
    return std::string(ActionName(decision.action));
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(explain("e"), "conference");
  EXPECT_EQ(engine->GetStatistics().place_holders, 0);
  Join(*engine, "c1");
  Join(*engine, "c2");
  EXPECT_EQ(explain("e"), "voicemail");
}

TEST(Claims, PlacesOutliveAPublication) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  Join(*engine, "c1");
  std::string changed = kConferencePlan;
  changed.replace(changed.find("capacity: 2"), 11, "capacity: 1");
  MustPublish(*engine, changed);
  EXPECT_EQ(Join(*engine, "c2"), "full");
  ASSERT_TRUE(engine->Report({ReportKind::kReleased, {"sw", 1, "c1"}}, kTestNow).ok());
  EXPECT_EQ(Join(*engine, "c3"), "in");
}

TEST(Claims, LeasesAndListsOfLiveCallsHealLostEnds) {
  EngineOptions options = TestOptions();
  options.claim_lease = absl::Minutes(30);
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, kConferencePlan);
  Join(*engine, "c1");
  Join(*engine, "c2");
  const std::vector<std::string> alive = {"c2"};
  Engine::LiveCalls live = engine->KeepLive("sw", 1, alive, kTestNow + absl::Minutes(20));
  EXPECT_EQ(live.held, 1);
  EXPECT_EQ(live.given_back, 1);
  ASSERT_TRUE(
      engine->Report({ReportKind::kHold, {"sw", 1, "c2"}}, kTestNow + absl::Minutes(40)).ok());
  engine->Advance(kTestNow + absl::Minutes(69));
  EXPECT_EQ(engine->GetStatistics().place_holders, 1);
  EXPECT_LE(engine->NextDeadline(), kTestNow + absl::Minutes(70));
  std::vector<Effect> effects = engine->Advance(kTestNow + absl::Minutes(70));
  EXPECT_EQ(engine->GetStatistics().place_holders, 0);
  EXPECT_THAT(effects,
              ::testing::Contains(::testing::Field(&Effect::kind, Effect::Kind::kLeaseEnded)));
  Join(*engine, "c3");
  ASSERT_TRUE(engine->Report({ReportKind::kSwitchRestarted, {"sw", 2, ""}}, kTestNow).ok());
  EXPECT_EQ(engine->GetStatistics().place_holders, 0);
}

TEST(Claims, ManyThreadsNeverJoinOneTooMany) {
  auto engine = MakeEngine();
  MustPublish(*engine, kConferencePlan);
  std::atomic<int> inside{0};
  std::atomic<bool> too_many{false};
  auto run = [&](int thread) {
    for (int i = 0; i < 300; ++i) {
      const std::string reference = absl::StrCat("t", thread, "-", i);
      if (Join(*engine, reference) != "in") continue;
      if (++inside > 2) too_many = true;
      --inside;
      EXPECT_TRUE(engine->Report({ReportKind::kReleased, {"sw", 1, reference}}, kTestNow).ok());
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(run, i);
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(too_many);
  EXPECT_EQ(engine->GetStatistics().place_holders, 0);
}

TEST(Claims, WhoCallsBackAfterACallForHelpGetsThrough) {
  auto engine = MakeEngine();
  MustPublish(*engine, std::string(kDeskPlan) + R"(
)");
  Decision decision;
  Call help = TestCall("112");
  help.calling = *E164Number::Parse("+3222000101");
  const Call back = TestCall("+3222000101", "back");
  ASSERT_TRUE(engine->Explain(help, kTestNow, decision).ok());
  ASSERT_TRUE(engine->Route(back, kTestNow, decision).ok());
  EXPECT_TRUE(std::holds_alternative<WaitDecision>(decision.action));
  ASSERT_TRUE(engine->Route(help, kTestNow, decision).ok());
  ASSERT_TRUE(engine->Route(back, kTestNow + absl::Minutes(59), decision).ok());
  const auto* passed = std::get_if<PassThroughDecision>(&decision.action);
  ASSERT_NE(passed, nullptr);
  EXPECT_EQ(passed->reason, PassThroughReason::kEmergencyCallBack);
  ASSERT_TRUE(engine->Route(back, kTestNow + absl::Minutes(60), decision).ok());
  EXPECT_TRUE(std::holds_alternative<WaitDecision>(decision.action));
}

}  // namespace
}  // namespace libroute
