#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/engine/test_engine.h"

// Everything at once: run it under the thread sanitizer.
namespace libroute {
namespace {

std::string Revision(int number) {
  return absl::StrCat(
      "customer: acme\ntime_zone: Europe/Brussels\n"
      "schedules: { day: { weekly: [{ days: [mon], from: \"09:00\", to: \"17:00\" }] } }\n"
      "switches: { flood: {} }\ngroups: { g: { agents: [a] } }\nagents: { a: {} }\n"
      "numbers: [{ number: \"+3222000100\", tree: t }, { number: \"+32220002",
      number % 10,
      "0\", tree: t }]\n"
      "recovery_plans: { lost: { tree: r } }\n"
      "trees:\n  r: { agents: { group: g } }\n  t:\n    switch:\n"
      "      cases: [{ switch: flood, then: { agents: { group: g } } }]\n"
      "      otherwise: { dial: { to: [\"+32220009",
      number % 10, "0\"], otherwise: { voicemail: { mailbox: m", number % 10, " } } } }\n");
}

// Of one revision: what is dialled and where it ends belong together.
void ExpectWhole(Engine& engine, const std::string& reference) {
  Decision decision;
  Call call = TestCall("+3222000100", reference);
  absl::StatusOr<Answer> answer = engine.Route(call, kTestNow, decision);
  ASSERT_TRUE(answer.ok()) << answer.status();
  if (const Enter* enter = std::get_if<Enter>(&*answer)) {
    ASSERT_TRUE(engine.Complete(*enter, kTestNow, decision).ok());
    ASSERT_TRUE(engine.Report({ReportKind::kReleased, call.id}, kTestNow).ok());
    return;
  }
  std::string dialled = std::get<DialDecision>(decision.action).legs.at(0).number.ToString();
  std::string continuation = decision.continuation;
  call.step = 1;
  ASSERT_TRUE(engine.Resume(call, continuation, TestEvent("busy"), kTestNow, decision).ok());
  const auto* voicemail = std::get_if<VoicemailDecision>(&decision.action);
  ASSERT_NE(voicemail, nullptr);
  EXPECT_EQ(voicemail->mailbox, absl::StrCat("m", dialled.substr(dialled.size() - 2, 1)));
}

TEST(EngineStress, RoutesWhilePlansAndFactsChange) {
  EngineOptions options = TestOptions();
  options.kept_revisions = 1000;
  auto engine = MakeEngine(std::move(options));
  MustPublish(*engine, Revision(0));
  constexpr int kCalls = 1500;
  std::atomic<int> running{2};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kCalls; ++i) ExpectWhole(*engine, absl::StrCat("t", t, "-", i));
      --running;
    });
  }
  threads.emplace_back([&] {
    for (int i = 1; running > 0 && i < 900; ++i) MustPublish(*engine, Revision(i));
  });
  threads.emplace_back([&] {
    for (int i = 0; running > 0; ++i) {
      const ChangedBy by = {"ann", kTestNow};
      EXPECT_TRUE(engine->SetSwitch("acme", {"flood", i % 2 == 0 ? "on" : "off"}, by).ok());
      RecoverySetting recovery;
      recovery.name = "lost";
      recovery.state = i % 3 == 0 ? RecoveryState::kOn : RecoveryState::kOff;
      EXPECT_TRUE(engine->SetRecovery("acme", recovery, by).ok());
      engine->Advance(kTestNow);
    }
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
}

// Asks, polls until an agent is there or the plan goes on, and lets the agent answer or miss it.
void CallAgents(Engine& engine, const std::string& reference, int manner) {
  Decision decision;
  Call call = TestCall("+3222000100", reference);
  for (int poll = 0; poll < 3; ++poll) {
    absl::StatusOr<Answer> answer = engine.Route(call, kTestNow, decision);
    ASSERT_TRUE(answer.ok()) << answer.status();
    if (const Enter* enter = std::get_if<Enter>(&*answer)) {
      ASSERT_TRUE(engine.Complete(*enter, kTestNow, decision).ok());
    }
    if (DialsAgents(decision)) break;
  }
  if (DialsAgents(decision) && manner % 3 == 0) {
    CallReport answered;
    answered.kind = ReportKind::kAnswered;
    answered.call = call.id;
    answered.attempt = AttemptId{0, OnlyLeg(decision).target};
    ASSERT_TRUE(engine.Report(answered, kTestNow).ok());
  } else if (DialsAgents(decision) && manner % 3 == 1) {
    const std::string continuation = decision.continuation;
    call.step = 1;
    absl::StatusOr<Answer> answer =
        engine.Resume(call, continuation, TestEvent("rejected"), kTestNow, decision);
    ASSERT_TRUE(answer.ok()) << answer.status();
    if (const Enter* enter = std::get_if<Enter>(&*answer)) {
      ASSERT_TRUE(engine.Complete(*enter, kTestNow, decision).ok());
    }
  }
  ASSERT_TRUE(engine.Report({ReportKind::kReleased, call.id}, kTestNow).ok());
}

TEST(EngineStress, AgentsTakeCallsWhilePlansChange) {
  EngineOptions options = TestOptions();
  options.has_agents = true;
  auto engine = MakeEngine(std::move(options));
  const auto publish = [&](int revision) {
    MustPublish(*engine, absl::StrCat("customer: acme\ndescription: revision ", revision % 2,
                                      "\nnumbers: [{ number: \"+3222000100\", tree: t }]\n"
                                      "agents: { ann: {}, bob: {} }\n"
                                      "groups: { g: { agents: [ann, bob], missed_limit: 0 } }\n"
                                      "trees: { t: { agents: { group: g } } }\n"));
  };
  publish(0);
  const auto start = [&](int number) {
    AgentAct act;
    act.agent = number % 2 == 0 ? "ann" : "bob";
    act.phone = number % 2 == 0 ? "+3222000201" : "+3222000202";
    for (AgentAct::Kind kind : {AgentAct::Kind::kLogIn, AgentAct::Kind::kReady}) {
      act.kind = kind;
      EXPECT_TRUE(engine->Act("acme", act, kTestNow).ok());
    }
  };
  start(0);
  // One at least is answered, whatever the threads come to.
  CallAgents(*engine, "first", 0);
  std::atomic<int> running{2};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 1000; ++i) CallAgents(*engine, absl::StrCat("t", t, "-", i), i);
      --running;
    });
  }
  threads.emplace_back([&] {
    for (int i = 1; running > 0; ++i) {
      start(i);
      engine->Advance(kTestNow);
      engine->TakeContactNews();
      if (i % 20 == 0) publish(i / 20);
    }
  });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(engine->GetStatistics().held_contacts, 0);
  const absl::StatusOr<std::vector<GroupNow>> groups = engine->Groups("acme");
  ASSERT_TRUE(groups.ok());
  const contact::GroupStanding& group = groups->at(0).standing;
  EXPECT_EQ(group.calls_waiting, 0u);
  EXPECT_GT(group.answered, 0u);
  EXPECT_EQ(group.entered, group.answered + group.abandoned + group.gave_up + group.moved);
}

}  // namespace
}  // namespace libroute
