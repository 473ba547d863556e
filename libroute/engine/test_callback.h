#ifndef LIBROUTE_ENGINE_TEST_CALLBACK_H_
#define LIBROUTE_ENGINE_TEST_CALLBACK_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "libroute/engine/test_desk.h"

// What tests of callers who are called back share.
namespace libroute {

inline constexpr char kCallbackPlan[] = R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
contact_center: { transfer_numbers: ["+32475*"] }
groups:
  desk: { agents: [anna, bob], wrap_up: 10s, answer_within: 15s }
  second: { agents: [bob] }
trees:
  main:
    agents:
      group: desk
      wait: 60s
      callback: { key: "1", message: promised, within: 2h, attempts: 2, retry_after: 5m }
      on_closed: { voicemail: { mailbox: closed } }
      on_no_agents: { voicemail: { mailbox: nobody } }
      on_timeout: { voicemail: { mailbox: late } }
      after: { announce: { message: goodbye } }
)";

// A desk that anna is busy at, with another caller.
class CallbackTest : public testing::Test {
 protected:
  using State = contact::ContactStanding::State;

  explicit CallbackTest(const std::string& plan = kCallbackPlan,
                        EngineOptions options = TestOptions())
      : desk_(plan, std::move(options)) {
    desk_.Start("anna", "+3222000201");
    other_ = std::make_unique<Caller>(desk_, "other");
    other_->Answered();
  }

  void Free() {
    other_->Report(ReportKind::kReleased);
    Pass(absl::Seconds(10));
  }
  void Pass(absl::Duration time) {
    desk_.now += time;
    desk_.engine().Advance(desk_.now);
  }
  static const WaitDecision& WaitOf(const Caller& caller) {
    return std::get<WaitDecision>(caller.decision().action);
  }
  static const DialDecision& DialOf(const Caller& caller) {
    return std::get<DialDecision>(caller.decision().action);
  }
  static AttemptId CallbackOf(const Caller& caller) { return {caller.step(), kCallbackTarget}; }
  static Event NotReached() {
    Event event;
    event.kind = EventKind::kDialResult;
    event.results.push_back({kCallbackTarget, Outcome::kNoAnswer});
    return event;
  }
  // Null if it is no contact.
  std::optional<ContactEntry> Find(const std::string& reference) {
    const auto contacts = desk_.engine().ListContacts("acme");
    for (const ContactEntry& entry : *contacts) {
      if (entry.details.call.reference == reference) return entry;
    }
    return std::nullopt;
  }
  // Of anna, with what she has.
  AgentAct Act(AgentAct::Kind kind) {
    AgentAct act;
    act.agent = "anna";
    act.token = Anna().slots.at(0).token;
    act.kind = kind;
    return act;
  }
  void HandOn(const std::string& group) {
    AgentAct act = Act(AgentAct::Kind::kTransfer);
    act.to_group = group;
    desk_.Tell(act);
  }
  // Anna has answered, and the caller as well.
  void Reach(Caller& caller) {
    EXPECT_EQ(caller.Ask(), "dial anna +3222000201");
    caller.Answered();
    caller.Report(ReportKind::kAnswered, CallbackOf(caller));
  }
  contact::AgentStanding Anna() { return desk_.engine().FindAgent("acme", "anna")->standing; }
  void Restart(uint64_t epoch) {
    CallReport restarted;
    restarted.kind = ReportKind::kSwitchRestarted;
    restarted.call = {"sw", epoch, ""};
    EXPECT_TRUE(desk_.engine().Report(restarted, desk_.now).ok());
  }

  Desk desk_;
  std::unique_ptr<Caller> other_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_TEST_CALLBACK_H_
