#ifndef LIBROUTE_ENGINE_TEST_MAIL_DESK_H_
#define LIBROUTE_ENGINE_TEST_MAIL_DESK_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

// What tests of e-mails share.
namespace libroute {

inline constexpr char kEmailPlan[] = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: calls }]
mailboxes:
  - { addresses: ["support@acme.example"], tree: emails }
  - { addresses: ["late@acme.example"], tree: late }
  - { addresses: ["fast@acme.example"], tree: answered }
  - { addresses: ["sales@acme.example"], tree: sent-on }
  - { addresses: ["@old.acme.example"], tree: gone }
agents: { anna: {}, bob: {} }
groups:
  desk: { agents: [anna, bob], wrap_up: 10s }
  second: { agents: [bob] }
trees:
  calls: { agents: { group: desk, otherwise: { release: {} } } }
  emails: { agents: { group: desk } }
  late:
    agents:
      group: desk
      wait: 1h
      on_timeout:
        agents: { group: second, wait: 1h, on_timeout: { forward_email: { to: "boss@example.com" } } }
  answered: { auto_reply: { message: thanks } }
  sent-on: { forward_email: { to: "sales@example.com" } }
  gone: { discard: {} }
)";

// An engine with this plan, and what agents and a connector do with it.
class MailDesk : public testing::Test {
 protected:
  explicit MailDesk(const char* plan = kEmailPlan) {
    EngineOptions options = TestOptions();
    options.has_agents = true;
    engine_ = MakeEngine(options);
    MustPublish(*engine_, plan);
  }

  AgentNow Do(AgentAct::Kind kind, const std::string& agent, contact::Token token = 0) {
    AgentAct act;
    act.kind = kind;
    act.agent = agent;
    act.token = token;
    act.phone = agent == "anna" ? "+3222000201" : "+3222000202";
    absl::StatusOr<AgentNow> done = engine_->Act("acme", act, now_);
    EXPECT_TRUE(done.ok()) << done.status();
    return done.ok() ? *std::move(done) : AgentNow();
  }
  void Start(const std::string& agent) {
    Do(AgentAct::Kind::kLogIn, agent);
    Do(AgentAct::Kind::kReady, agent);
  }
  std::vector<contact::AgentStanding::Slot> Work(const std::string& agent) {
    return engine_->FindAgent("acme", agent)->standing.slots;
  }
  // Accepts what the agent is offered last.
  contact::Token Accept(const std::string& agent) {
    const auto work = Work(agent);
    if (work.empty()) {
      ADD_FAILURE() << agent << " is offered nothing";
      return 0;
    }
    Do(AgentAct::Kind::kAccept, agent, work.back().token);
    return work.back().token;
  }

  static Email From(const std::string& id, const std::string& to = "support@acme.example") {
    Email email;
    email.connector = "imap-1";
    email.message_id = id;
    email.sender = "Someone <someone@Example.com>";
    email.recipients = {to};
    return email;
  }
  // "wait desk", "assigned anna", "assigned anna finished", "discard plan", ...
  std::string Ask(const Email& email) {
    const absl::Status status = engine_->Submit(email, now_, decision_);
    return status.ok() ? Told(decision_) : status.ToString();
  }
  static std::string Told(const Decision& decision) {
    const Action& action = decision.action;
    std::string told(ActionName(action));
    if (const auto* wait = std::get_if<WaitDecision>(&action)) {
      absl::StrAppend(&told, " ", wait->group);
    } else if (const auto* assigned = std::get_if<AssignedDecision>(&action)) {
      absl::StrAppend(&told, " ", assigned->agent, assigned->finished ? " finished" : "");
    } else if (const auto* forward = std::get_if<ForwardEmailDecision>(&action)) {
      absl::StrAppend(&told, " ", forward->to);
    } else if (const auto* reply = std::get_if<AutoReplyDecision>(&action)) {
      absl::StrAppend(&told, " ", reply->message);
    } else if (const auto* discard = std::get_if<DiscardDecision>(&action)) {
      absl::StrAppend(&told, " ", DiscardReasonName(discard->reason));
    }
    return told;
  }
  contact::GroupStanding Group(const std::string& name) {
    const absl::StatusOr<std::vector<GroupNow>> groups = engine_->Groups("acme");
    for (const GroupNow& group : *groups) {
      if (group.name == name) return group.standing;
    }
    return {};
  }
  void Pass(absl::Duration time) {
    now_ += time;
    engine_->Advance(now_);
  }

  std::unique_ptr<Engine> engine_;
  absl::Time now_ = kTestNow;
  Decision decision_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_TEST_MAIL_DESK_H_
