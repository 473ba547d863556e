#ifndef LIBROUTE_ENGINE_TEST_DESK_H_
#define LIBROUTE_ENGINE_TEST_DESK_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

// What tests of agents and their calls share.
namespace libroute {

inline constexpr char kCenterPlan[] = R"(
customer: acme
numbers:
  - { number: "+3222000100", tree: main }
  - { number: "+3222000101", tree: vips }
agents: { anna: {}, bob: {}, cas: { reserve: true } }
caller_types:
  vip: { callers: ["+32475123456"], attributes: { preferred_agent: bob } }
groups:
  desk: { agents: [anna, bob], wrap_up: 10s, answer_within: 15s, max_waiting: 2 }
  second: { agents: [cas] }
trees:
  main:
    agents:
      group: desk
      wait: 60s
      message: music
      on_no_agents:
        agents: { group: second, otherwise: { voicemail: { mailbox: nobody } } }
      on_none_ready: { voicemail: { mailbox: paused } }
      on_full: { voicemail: { mailbox: full } }
      on_closed: { voicemail: { mailbox: closed } }
      on_timeout: { voicemail: { mailbox: late } }
      after: { announce: { message: goodbye } }
  vips:
    caller: { cases: [{ caller_types: [vip], then: { goto: main } }], otherwise: { goto: main } }
)";

// An engine with this plan, whose agents and calls are told what to do in few words.
class Desk {
 public:
  explicit Desk(const std::string& plan = kCenterPlan, EngineOptions options = TestOptions())
      : engine_(Make(std::move(options))) {
    MustPublish(*engine_, plan);
  }

  absl::StatusOr<AgentNow> Try(AgentAct act) { return engine_->Act("acme", act, now); }
  AgentNow Tell(AgentAct act) {
    absl::StatusOr<AgentNow> done = Try(std::move(act));
    EXPECT_TRUE(done.ok()) << done.status();
    return done.ok() ? *std::move(done) : AgentNow();
  }
  void LogIn(const std::string& agent, const std::string& phone) {
    AgentAct act;
    act.kind = AgentAct::Kind::kLogIn;
    act.agent = agent;
    act.phone = phone;
    Tell(act);
  }
  void Start(const std::string& agent, const std::string& phone) {
    LogIn(agent, phone);
    Do(AgentAct::Kind::kReady, agent);
  }
  AgentNow Do(AgentAct::Kind kind, const std::string& agent) {
    AgentAct act;
    act.kind = kind;
    act.agent = agent;
    return Tell(act);
  }
  contact::Presence PresenceOf(const std::string& agent) {
    return engine_->FindAgent("acme", agent)->standing.presence;
  }
  GroupNow Group(const std::string& name) {
    const absl::StatusOr<std::vector<GroupNow>> groups = engine_->Groups("acme");
    EXPECT_TRUE(groups.ok()) << groups.status();
    for (const GroupNow& group : *groups) {
      if (group.name == name) return group;
    }
    return {};
  }

  Engine& engine() { return *engine_; }
  absl::Time now = kTestNow;

 private:
  static std::unique_ptr<Engine> Make(EngineOptions options) {
    options.has_agents = true;
    return MakeEngine(std::move(options));
  }

  std::unique_ptr<Engine> engine_;
};

// A call to the plan, as the switch sees it.
class Caller {
 public:
  explicit Caller(Desk& desk, const std::string& reference = "c1",
                  const std::string& called = "+3222000100")
      : desk_(desk), call_(TestCall(called, reference)) {
    Ask();
  }

  // The last question again.
  std::string Ask() {
    absl::StatusOr<Answer> answer =
        call_.step == 0 ? desk_.engine().Route(call_, desk_.now, decision_)
                        : desk_.engine().Resume(call_, continuation_, event_, desk_.now, decision_);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (answer.ok() && std::holds_alternative<Enter>(*answer)) {
      const absl::Status status =
          desk_.engine().Complete(std::get<Enter>(*answer), desk_.now, decision_);
      EXPECT_TRUE(status.ok()) << status;
    }
    return Told();
  }
  std::string Tell(const std::string& event) { return Tell(TestEvent(event)); }
  std::string Tell(Event event) { return TellAfter(decision_.continuation, std::move(event)); }
  // By the decision that this is of, though another one has come since.
  std::string TellAfter(std::string continuation, Event event) {
    continuation_ = std::move(continuation);
    event_ = std::move(event);
    ++call_.step;
    return Ask();
  }
  // The agent of that leg answers, the only one if none is said.
  void Answered(size_t leg = 0) {
    Report(ReportKind::kAnswered,
           AttemptId{call_.step, std::get<DialDecision>(decision_.action).legs.at(leg).target});
  }
  void Report(ReportKind kind, std::optional<AttemptId> attempt = std::nullopt) {
    CallReport report;
    report.kind = kind;
    report.call = call_.id;
    report.attempt = attempt;
    EXPECT_TRUE(desk_.engine().Report(report, desk_.now).ok());
  }

  // "wait desk 1", "dial anna +3222000201", "voicemail late".
  std::string Told() const {
    if (const auto* wait = std::get_if<WaitDecision>(&decision_.action)) {
      return absl::StrCat("wait ", wait->group, " ", wait->position);
    }
    if (const auto* dial = std::get_if<DialDecision>(&decision_.action)) {
      std::string told = "dial";
      for (const Leg& leg : dial->legs) {
        absl::StrAppend(&told, " ", leg.agent, " ",
                        leg.number.has_value() ? leg.number.ToString() : std::string(leg.uri));
      }
      return told;
    }
    if (const auto* voicemail = std::get_if<VoicemailDecision>(&decision_.action)) {
      return absl::StrCat("voicemail ", voicemail->mailbox);
    }
    return std::string(ActionName(decision_.action));
  }
  const Decision& decision() const { return decision_; }
  const CallId& id() const { return call_.id; }
  uint32_t step() const { return call_.step; }
  // As a switch that is told of news: what the call has to do now. Nothing if it is none.
  std::optional<CallNow> Hear() {
    auto now = desk_.engine().FollowUp(call_.id, desk_.now, decision_);
    EXPECT_TRUE(now.ok()) << now.status();
    return now.ok() ? *now : std::nullopt;
  }

 private:
  Desk& desk_;
  Call call_;
  Decision decision_;
  std::string continuation_;
  Event event_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_TEST_DESK_H_
