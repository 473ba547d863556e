#ifndef LIBROUTE_SERVICES_LIVE_TEST_LIVE_H_
#define LIBROUTE_SERVICES_LIVE_TEST_LIVE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/engine/engine.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"
#include "services/live/feed.h"

// What tests of feeds share.
namespace libroute {

inline constexpr absl::string_view kLivePlan = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
groups:
  desk: { agents: [anna], wrap_up: 20s, without_agents: wait, with_none_ready: wait }
  second: { agents: [bob], without_agents: wait }
contact_center: { transfer_numbers: ["+32475*"] }
trees: { main: { agents: { group: desk, otherwise: { voicemail: { mailbox: main } } } } }
)";

// An engine with that plan and a clock that stands still.
struct LiveEngine {
  explicit LiveEngine(bool has_agents = true) {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    options.has_agents = has_agents;
    options.on_contact_news = [this] { ++rings; };
    engine = *Engine::Create(options);
    Publication publication = engine->Publish(*ReadPlan(kLivePlan, "acme.yaml").plan, {}, now);
    EXPECT_FALSE(HasErrors(publication.issues));
  }

  absl::StatusOr<AgentNow> Do(AgentAct act) { return engine->Act("acme", act, now); }
  void Start(const std::string& agent, const std::string& phone) {
    AgentAct act;
    act.agent = agent;
    act.kind = AgentAct::Kind::kLogIn;
    act.phone = phone;
    EXPECT_TRUE(Do(act).ok());
    act.kind = AgentAct::Kind::kReady;
    EXPECT_TRUE(Do(act).ok());
  }
  // Who waits for `desk` goes on without an agent.
  void CloseDesk() {
    GroupAct close;
    close.group = "desk";
    close.opens = false;
    close.closing = contact::Closing::kEvict;
    EXPECT_TRUE(engine->ChangeGroup("acme", close, now).ok());
  }
  // A call comes; returns how it is named.
  CallId Call(const std::string& reference, const std::string& switch_name = "sw") {
    libroute::Call call;
    call.id = {switch_name, 1, reference};
    call.called = *E164Number::Parse("+3222000100");
    call.calling = *E164Number::Parse("+32475123456");
    Decision decision;
    absl::StatusOr<Answer> answer = engine->Route(call, now, decision);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (answer.ok() && std::holds_alternative<Enter>(*answer)) {
      EXPECT_TRUE(engine->Complete(std::get<Enter>(*answer), now, decision).ok());
    }
    return call.id;
  }
  void Report(const CallId& call, ReportKind kind) {
    CallReport report;
    report.call = call;
    report.kind = kind;
    EXPECT_TRUE(engine->Report(report, now).ok());
  }

  absl::Time now = absl::FromUnixSeconds(1790000000);
  std::atomic<int> rings = 0;
  std::unique_ptr<Engine> engine;
};

// A stream as its feed sees it.
struct TestStream {
  StreamEnd end() {
    return {[this] { ++wakes; },
            [this](const absl::Status& status) {
              if (!ended.has_value()) ended = status;
            }};
  }

  int wakes = 0;
  std::optional<absl::Status> ended;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_TEST_LIVE_H_
