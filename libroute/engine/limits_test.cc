#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"
#include "libroute/v1/inventory.pb.h"

// Limits, by all calls that there are.
namespace libroute {
namespace {

using ::testing::ElementsAre;

constexpr char kLimitedPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: desk }
  - { number: "+3222000101", tree: hotline }
  - { number: "+3222000102", tree: sites }
limits:
  desk: { calls: 2 }
  hotline: { rate: { calls: 10, per: 1s, burst: 3 } }
sites: { north: { max_calls: 1 } }
destinations:
  front: { number: "+3222000200" }
  north-1: { number: "+3222000201", site: north }
  south-1: { number: "+3222000202" }
trees:
  desk:
    limit:
      limit: desk
      then: { dial: { to: [front], otherwise: { voicemail: { mailbox: desk } } } }
      on_full: { voicemail: { mailbox: full } }
  hotline:
    limit: { limit: hotline, then: { voicemail: { mailbox: in } } }
  sites:
    status:
      cases: [{ site: north, is: busy, then: { dial: { to: [south-1], otherwise: { release: {} } } } }]
      otherwise: { dial: { to: [north-1, south-1], otherwise: { release: {} } } }
)";

struct Asked {
  Call call;
  Decision decision;
};

Asked AskAt(const Engine& engine, const std::string& called, const std::string& reference,
            absl::Time now = kTestNow) {
  Asked asked = {TestCall(called, reference), Decision()};
  EXPECT_TRUE(engine.Route(asked.call, now, asked.decision).ok());
  return asked;
}

Asked GoOn(const Engine& engine, const Asked& before, const std::string& event) {
  Asked asked = {NextStep(before.call), Decision()};
  EXPECT_TRUE(engine
                  .Resume(asked.call, before.decision.continuation, TestEvent(event), kTestNow,
                          asked.decision)
                  .ok());
  return asked;
}

void End(Engine& engine, const std::string& reference) {
  ASSERT_TRUE(engine.Report({ReportKind::kReleased, {"sw", 1, reference}}, kTestNow).ok());
}

std::string Dialled(const Decision& decision) {
  const auto* dial = std::get_if<DialDecision>(&decision.action);
  if (dial == nullptr) return std::string(ActionName(decision.action));
  std::string text;
  for (const Leg& leg : dial->legs) {
    absl::StrAppend(&text, text.empty() ? "" : " ", leg.destination);
  }
  return text;
}

// "limit desk 2/2 3 0": calls of how many, found full, came too fast.
std::vector<std::string> Stand(const Engine& engine) {
  std::vector<std::string> texts;
  const auto limits = engine.Limits("acme");
  EXPECT_TRUE(limits.ok()) << limits.status();
  for (const Engine::LimitState& limit : *limits) {
    texts.push_back(absl::StrCat(limit.name, " ", limit.calls, "/", limit.max_calls, " ",
                                 limit.found_full, " ", limit.came_too_fast));
  }
  return texts;
}

TEST(Limits, LetSoManyCallsThrough) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000100", "a").decision), "front");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000100", "b").decision), "front");
  // Asked again it is the same call.
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000100", "b").decision), "front");
  const Asked third = AskAt(*engine, "+3222000100", "c");
  EXPECT_EQ(Mailbox(third.decision), "full");
  EXPECT_EQ(third.decision.limited_by, "limit desk");
  EXPECT_THAT(Stand(*engine),
              ElementsAre("limit desk 2/2 1 0", "limit hotline 0/0 0 0", "site north 0/1 0 0"));
  End(*engine, "a");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000100", "d").decision), "front");
  EXPECT_EQ(Mailbox(AskAt(*engine, "+3222000100", "e").decision), "full");
}

TEST(Limits, CountForEachCalledNumberOfABlock) {
  auto engine = MakeEngine();
  MustPublish(*engine, R"(
customer: acme
numbers: [{ number: "+3222000300-+3222000399", tree: desk }]
limits: { desk: { calls: 1, each: called, rate: { calls: 1, per: 1s, burst: 3 } } }
destinations: { front: { number: "+3222000200" } }
trees:
  desk:
    limit:
      limit: desk
      then: { dial: { to: [front], otherwise: { voicemail: { mailbox: desk } } } }
      on_full: { voicemail: { mailbox: full } }
      on_gapped: { voicemail: { mailbox: fast } }
)");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000300", "a").decision), "front");
  EXPECT_EQ(Mailbox(AskAt(*engine, "+3222000300", "b").decision), "full");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000301", "c").decision), "front");
  EXPECT_THAT(Stand(*engine), ElementsAre("limit desk 2/1 1 0"));
  EXPECT_EQ(engine->Limits("acme")->front().each, LimitEach::kCalled);
  End(*engine, "a");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000300", "d").decision), "front");
  // What came too fast to one does not hold up another. Who found it full has come, too.
  EXPECT_EQ(Mailbox(AskAt(*engine, "+3222000300", "e").decision), "fast");
  EXPECT_EQ(Mailbox(AskAt(*engine, "+3222000301", "g").decision), "full");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000302", "h").decision), "front");
}

TEST(Limits, CountForEachCaller) {
  auto engine = MakeEngine();
  MustPublish(*engine, R"(
customer: acme
numbers: [{ number: "+3222000100", tree: desk }]
limits: { desk: { calls: 1, each: caller } }
trees: { desk: { limit: { limit: desk, then: { voicemail: { mailbox: in } }, on_full: { voicemail: { mailbox: full } } } } }
)");
  // Withheld if empty.
  auto ask = [&](const char* reference, const std::string& from) {
    Call call = TestCall("+3222000100", reference);
    if (from.empty()) {
      call.calling_privacy = Privacy::kRestricted;
    } else {
      call.calling = *E164Number::Parse(from);
    }
    Decision decision;
    EXPECT_TRUE(engine->Route(call, kTestNow, decision, {}).ok());
    return Mailbox(decision);
  };
  EXPECT_EQ(ask("a", "+32470000001"), "in");
  EXPECT_EQ(ask("b", "+32470000001"), "full");
  EXPECT_EQ(ask("c", "+32470000002"), "in");
  // Those without a number count together.
  EXPECT_EQ(ask("d", ""), "in");
  EXPECT_EQ(ask("e", ""), "full");
  End(*engine, "d");
  EXPECT_EQ(ask("f", ""), "in");
}

TEST(Limits, ACallCountsUntilItEnds) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  const Asked call = AskAt(*engine, "+3222000100", "a");
  const Asked mail = GoOn(*engine, call, "busy");
  EXPECT_EQ(Mailbox(mail.decision), "desk");
  // It is to be reported, or its place would stay taken.
  EXPECT_TRUE(WantsRelease(mail.decision));
  EXPECT_EQ(Stand(*engine).front(), "limit desk 1/2 0 0");
  End(*engine, "a");
  EXPECT_EQ(Stand(*engine).front(), "limit desk 0/2 0 0");
  // Once more does no harm.
  End(*engine, "a");
  EXPECT_EQ(Stand(*engine).front(), "limit desk 0/2 0 0");
}

TEST(Limits, ACallThatIsReleasedLeavesAtOnce) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  const Asked call = AskAt(*engine, "+3222000102", "a");
  EXPECT_EQ(Dialled(call.decision), "north-1");
  EXPECT_EQ(Stand(*engine).back(), "site north 1/1 0 0");
  const Asked end = GoOn(*engine, call, "cancelled");
  EXPECT_TRUE(EndsCall(end.decision));
  EXPECT_FALSE(WantsRelease(end.decision));
  EXPECT_EQ(Stand(*engine).back(), "site north 0/1 0 0");
}

TEST(Limits, ExplainTakesNothing) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  for (int i = 0; i < 5; ++i) {
    Decision decision;
    ASSERT_TRUE(engine->Explain(TestCall("+3222000100"), kTestNow, decision).ok());
    EXPECT_EQ(Dialled(decision), "front");
  }
  EXPECT_EQ(Stand(*engine).front(), "limit desk 0/2 0 0");
  AskAt(*engine, "+3222000100", "a");
  AskAt(*engine, "+3222000100", "b");
  Decision decision;
  ASSERT_TRUE(engine->Explain(TestCall("+3222000100"), kTestNow, decision).ok());
  EXPECT_EQ(Mailbox(decision), "full");
}

TEST(Limits, PlacesOfSitesAreTakenInTurnAndGivenBack) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  const Asked first = AskAt(*engine, "+3222000102", "a");
  EXPECT_EQ(Dialled(first.decision), "north-1");
  // Whoever looks before trying sees that it is full.
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000102", "b").decision), "south-1");
  const Asked next = GoOn(*engine, first, "busy");
  EXPECT_EQ(Dialled(next.decision), "south-1");
  EXPECT_EQ(Stand(*engine).back(), "site north 0/1 0 0");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000102", "c").decision), "north-1");
}

TEST(Limits, CallsThatComeTooFastAreTurnedDown) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  auto in = [&](int call, absl::Duration after) {
    const Asked asked = AskAt(*engine, "+3222000101", absl::StrCat(call), kTestNow + after);
    if (std::holds_alternative<VoicemailDecision>(asked.decision.action)) return true;
    const ResponseCode code = std::get<RejectDecision>(asked.decision.action).code;
    EXPECT_EQ(code, ResponseFor(Outcome::kCongestion));
    EXPECT_EQ(asked.decision.limited_by, "limit hotline");
    return false;
  };
  EXPECT_TRUE(in(1, absl::ZeroDuration()));
  EXPECT_TRUE(in(2, absl::ZeroDuration()));
  EXPECT_TRUE(in(3, absl::ZeroDuration()));
  EXPECT_FALSE(in(4, absl::ZeroDuration()));
  EXPECT_TRUE(in(5, absl::Milliseconds(100)));
  EXPECT_FALSE(in(6, absl::Milliseconds(150)));
  EXPECT_EQ(Stand(*engine)[1], "limit hotline 0/0 0 2");
}

TEST(Limits, AFloodIsLeftToTheSwitch) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  int call = 0;
  std::optional<GapDirective> gap;
  for (int second = 0; second <= 10; ++second) {
    EXPECT_FALSE(gap.has_value()) << second;
    for (int i = 0; i < 20; ++i) {
      const Asked asked =
          AskAt(*engine, "+3222000101", absl::StrCat(++call), kTestNow + absl::Seconds(second));
      if (asked.decision.gap.has_value()) gap = asked.decision.gap;
    }
  }
  ASSERT_TRUE(gap.has_value());
  EXPECT_EQ(gap->number.ToString(), "+3222000101");
  EXPECT_EQ(gap->rate.calls, 10);
  EXPECT_EQ(gap->rate.burst, 3);
  EXPECT_EQ(gap->code, ResponseFor(Outcome::kCongestion));
}

TEST(Limits, NeverMoreThanThereMayBe) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  std::atomic<int> inside = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 300; ++i) {
        const std::string reference = absl::StrCat(thread, "-", i);
        const Asked asked = AskAt(*engine, "+3222000100", reference);
        if (Dialled(asked.decision) != "front") continue;
        EXPECT_LE(++inside, 2);
        std::this_thread::yield();
        // Before the place is free for others.
        --inside;
        End(*engine, reference);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Stand(*engine).front(), testing::StartsWith("limit desk 0/2 "));
}

TEST(Limits, TheCarriersComeFirst) {
  auto engine = MakeEngine();
  MustPublish(*engine, kLimitedPlan);
  v1::Inventory inventory;
  inventory.set_network("carrier");
  v1::InventoryNumber& own = *inventory.add_numbers();
  own.set_number("+32220001*");
  v1::CarrierLimit& limit = *inventory.add_limits();
  limit.set_name("mass-call");
  limit.add_numbers("+322200010*");
  limit.set_calls(1);
  ASSERT_TRUE(engine->SetInventory(inventory).empty());
  const Asked first = AskAt(*engine, "+3222000100", "a");
  EXPECT_EQ(Dialled(first.decision), "front");
  const Asked second = AskAt(*engine, "+3222000100", "b");
  EXPECT_EQ(std::get<RejectDecision>(second.decision.action).code, ResponseFor(Outcome::kBusy));
  EXPECT_EQ(second.decision.screened_by, "mass-call");
  EXPECT_EQ(second.decision.limited_by, "");
  // What the plan would have claimed is not.
  EXPECT_EQ(Stand(*engine).front(), "limit desk 1/2 0 0");
  End(*engine, "a");
  EXPECT_EQ(Dialled(AskAt(*engine, "+3222000100", "c").decision), "front");
}

// A number that is not complete uses nothing up: the question comes again.
TEST(Limits, OverlapDiallingIsNoCallYet) {
  auto engine = MakeEngine();
  MustPublish(*engine,
              "customer: acme\nnumbers: [{ number: \"+3222000*\", tree: t, min_digits: 10, "
              "max_digits: 10 }]\ntrees: { t: { voicemail: { mailbox: m } } }\n");
  v1::Inventory inventory;
  inventory.set_network("carrier");
  inventory.add_numbers()->set_number("+3222000*");
  v1::CarrierLimit& limit = *inventory.add_limits();
  limit.set_name("mass-call");
  limit.add_numbers("+3222000*");
  limit.set_calls(1);
  ASSERT_TRUE(engine->SetInventory(inventory).empty());
  for (const char* called : {"+32220001", "+322200010", "+3222000101"}) {
    const Asked asked = AskAt(*engine, called, "a");
    EXPECT_EQ(asked.decision.claims.empty(), asked.call.called.digits().size() < 10) << called;
  }
  EXPECT_EQ(engine->GetStatistics().place_holders, 1);
}

TEST(Limits, AnotherRateBeginsAnew) {
  auto engine = MakeEngine();
  const auto plan = [](const char* rate) {
    return absl::StrCat(
        "customer: acme\nnumbers: [{ number: \"+3222000101\", tree: t }]\n"
        "limits: { hotline: { rate: ",
        rate,
        " } }\n"
        "trees: { t: { limit: { limit: hotline, then: { voicemail: { mailbox: m } } "
        "} } }\n");
  };
  MustPublish(*engine, plan("{ calls: 1, per: 1h, burst: 2 }"));
  const auto passes = [&](const char* reference) {
    const Asked asked = AskAt(*engine, "+3222000101", reference);
    return std::holds_alternative<VoicemailDecision>(asked.decision.action);
  };
  EXPECT_TRUE(passes("a"));
  EXPECT_TRUE(passes("b"));
  EXPECT_FALSE(passes("c"));
  MustPublish(*engine, plan("{ calls: 100, per: 1s }"));
  EXPECT_TRUE(passes("d"));
}

TEST(Limits, TheSwitchIsAskedOnlyWhereItCanDoTheSame) {
  const auto has_gap = [](const char* tree) {
    auto engine = MakeEngine();
    MustPublish(
        *engine,
        absl::StrCat("customer: acme\nnumbers: [{ number: \"+3222000101\", tree: t }]\n"
                     "limits: { hotline: { rate: { calls: 1, per: 1h } } }\n"
                     "trees:\n  t: ",
                     tree, "\n  limited: { limit: { limit: hotline, then: { release: {} } } }\n"));
    bool has = false;
    for (int second = 0; second <= 20; second += 5) {
      for (const char* call : {"a", "b"}) {
        const Asked asked = AskAt(*engine, "+3222000101", absl::StrCat(call, second),
                                  kTestNow + absl::Seconds(second));
        has |= asked.decision.gap.has_value();
      }
    }
    return has;
  };
  EXPECT_TRUE(has_gap("{ limit: { limit: hotline, then: { release: {} } } }"));
  EXPECT_TRUE(
      has_gap("{ limit: { limit: hotline, then: { release: {} }, on_gapped: { reject: { cause: "
              "busy } } } }"));
  EXPECT_FALSE(
      has_gap("{ limit: { limit: hotline, then: { release: {} }, on_gapped: { voicemail: { "
              "mailbox: m } } } }"));
  // Some calls do not come there.
  EXPECT_FALSE(
      has_gap("{ origin: { cases: [{ numbers: \"+33*\", then: { release: {} } }], otherwise: "
              "{ goto: limited } } }"));
}

TEST(Limits, OfNobodyAreNotFound) {
  auto engine = MakeEngine();
  EXPECT_EQ(engine->Limits("acme").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace libroute
