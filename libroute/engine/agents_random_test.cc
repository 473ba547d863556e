// Random days at a desk: whatever happens in whichever order, no call is forgotten, no agent
// has two, and the figures add up.

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_engine.h"

namespace libroute {
namespace {

constexpr const char* kAgents[] = {"anna", "bob", "cas"};
// Who talks on a call that an agent has handed on to a number.
constexpr char kOutside[] = "outside";
constexpr char kNumberOutside[] = "+32475000001";

std::string DayPlan(int revision) {
  return absl::StrCat("customer: acme\ndescription: revision ", revision, R"(
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {}, cas: {} }
contact_center: { transfer_numbers: ["+32475*"] }
groups:
  desk: { agents: [anna, bob], strategy: round_robin, wrap_up: 5s, answer_within: 15s, max_waiting: 4, with_none_ready: wait }
  second: { agents: [cas, anna], strategy: ring_all, without_agents: wait, missed_limit: 0 }
trees:
  main:
    agents:
      group: desk
      wait: 60s
      callback: { key: "1", within: 5m, attempts: 2, retry_after: 1m }
      on_no_agents: { goto: second }
      on_timeout: { goto: second }
      on_full: { release: {} }
      otherwise: { voicemail: { mailbox: desk } }
  second: { agents: { group: second, wait: 30s, after: { goto: again }, otherwise: { voicemail: { mailbox: second } } } }
  again: { agents: { group: desk, wait: 20s, otherwise: { release: {} } } }
)");
}

// A call as its switch knows it.
struct Live {
  Call call;
  Decision decision;
  std::string continuation;
  Event event;
  // Who has answered.
  std::string agent;
};

class Day {
 public:
  explicit Day(unsigned seed) : random_(seed) {
    EngineOptions options = TestOptions();
    options.has_agents = true;
    options.kept_revisions = 2;
    engine_ = MakeEngine(std::move(options));
    MustPublish(*engine_, DayPlan(0));
  }

  void Step() {
    now_ += absl::Milliseconds(Below(3000));
    engine_->Advance(now_);
    switch (Below(13)) {
      case 0:
      case 1:
        return Arrive();
      case 2:
        return Release();
      case 3:
      case 4:
        return AgentActs();
      case 5:
        if (Below(20) == 0) MustPublish(*engine_, DayPlan(++revision_ % 3));
        return;
      case 6:
        return Hear();
      case 7:
        return GoOutside();
      default:
        return Act();
    }
  }

  // Everything ends.
  void End() {
    while (!calls_.empty()) Release();
    now_ += absl::Minutes(5);
    engine_->Advance(now_);
    EXPECT_EQ(engine_->GetStatistics().held_contacts, 0);
    const auto agents = engine_->Agents("acme");
    ASSERT_TRUE(agents.ok());
    for (const AgentNow& agent : *agents) EXPECT_TRUE(agent.standing.slots.empty()) << agent.name;
    const auto groups = engine_->Groups("acme");
    ASSERT_TRUE(groups.ok());
    for (const GroupNow& group : *groups) {
      const contact::GroupStanding& standing = group.standing;
      EXPECT_EQ(standing.calls_waiting, 0u);
      EXPECT_EQ(standing.entered,
                standing.answered + standing.abandoned + standing.gave_up + standing.moved)
          << group.name;
      answered_ += standing.answered;
      handed_out_ += standing.transferred_out;
    }
    EXPECT_EQ(answered_, talks_);
    // A call may be forgotten before the number answers.
    EXPECT_LE(handed_out_, outside_);
  }

  uint64_t talks() const { return talks_; }
  uint64_t handed_out() const { return handed_out_; }
  const std::set<std::string>& seen() const { return seen_; }

 private:
  int promises_ = 0;
  int Below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }

  void Ask(Live& live) {
    absl::StatusOr<Answer> answer =
        live.call.step == 0
            ? engine_->Route(live.call, now_, live.decision)
            : engine_->Resume(live.call, live.continuation, live.event, now_, live.decision);
    ASSERT_TRUE(answer.ok()) << answer.status();
    if (std::holds_alternative<Enter>(*answer)) {
      const absl::Status status = engine_->Complete(std::get<Enter>(*answer), now_, live.decision);
      ASSERT_TRUE(status.ok()) << status;
    }
    seen_.insert(std::string(ActionName(live.decision.action)));
    if (DialsAgents(live.decision)) seen_.insert("agents");
  }
  void Tell(Live& live, Event event) {
    live.continuation = live.decision.continuation;
    live.event = std::move(event);
    ++live.call.step;
    Ask(live);
  }
  void Report(const Live& live, ReportKind kind, std::optional<AttemptId> attempt = std::nullopt) {
    CallReport report;
    report.kind = kind;
    report.call = live.call.id;
    report.attempt = attempt;
    EXPECT_TRUE(engine_->Report(report, now_).ok());
  }

  void Arrive() {
    const std::string reference = absl::StrCat("c", ++last_);
    Live& live = calls_[reference];
    live.call = TestCall("+3222000100", reference);
    Ask(live);
    Settle(live);
  }
  void Release() {
    if (calls_.empty()) return;
    auto call = std::next(calls_.begin(), Below(static_cast<int>(calls_.size())));
    Report(call->second, ReportKind::kReleased);
    // It is asked once more, as by a copy that comes late.
    if (Below(3) == 0) Ask(call->second);
    calls_.erase(call);
  }
  // A waiting call polls, or something happens to one that is talked on.
  void Act() {
    if (calls_.empty()) return;
    Live& live = std::next(calls_.begin(), Below(static_cast<int>(calls_.size())))->second;
    const auto* wait = std::get_if<WaitDecision>(&live.decision.action);
    if (live.agent.empty() && wait != nullptr && wait->callback_key != 0 && Below(5) == 0) {
      // No number is promised twice.
      Tell(live, TestEvent(absl::StrCat("callback:+32475", 100'000 + ++promises_)));
      seen_.insert("promise");
    } else if (live.agent.empty()) {
      Ask(live);
    } else if (live.decision.ask_after && Below(6) == 0) {
      live.agent.clear();
      Tell(live, TestEvent("called_hangup"));
    }
    Settle(live);
  }
  // The calls of which there is something new ask.
  void Hear() {
    for (const CallId& id : engine_->TakeContactNews().calls) {
      const auto live = calls_.find(id.reference);
      if (live == calls_.end() || !live->second.agent.empty()) continue;
      Ask(live->second);
      Settle(live->second);
    }
  }
  // What waits for one agent alone, after a transfer that came to nothing, no group counts.
  bool IsOfGroup(const Live& live) const {
    const absl::StatusOr<ContactEntry> entry = engine_->FindContact("acme", live.call.id);
    return entry.ok() && !entry->details.group.empty();
  }
  // Somebody answers the phones that are dialled, or nobody does.
  void Settle(Live& live) {
    while (live.agent.empty() && DialsAgents(live.decision) && !testing::Test::HasFailure()) {
      const auto& legs = std::get<DialDecision>(live.decision.action).legs;
      for (const Leg& leg : legs) {
        if (leg.agent.empty()) continue;
        for (const auto& [reference, other] : calls_) EXPECT_NE(other.agent, leg.agent);
      }
      if (Below(3) != 0) {
        const Leg& leg = legs[static_cast<size_t>(Below(static_cast<int>(legs.size())))];
        live.agent = leg.agent.empty() ? kOutside : std::string(leg.agent);
        if (leg.agent.empty()) {
          ++outside_;
        } else if (IsOfGroup(live)) {
          ++talks_;
        }
        Report(live, ReportKind::kAnswered, AttemptId{live.call.step, leg.target});
        if (!std::get<DialDecision>(live.decision.action).callback.has_value()) return;
        seen_.insert("called back");
        if (Below(2) == 0) {
          return Report(live, ReportKind::kAnswered, AttemptId{live.call.step, kCallbackTarget});
        }
        Event not_reached = TestEvent("no_answer");
        not_reached.results[0].target = kCallbackTarget;
        live.agent.clear();
        Tell(live, not_reached);
        continue;
      }
      constexpr const char* kEnds[] = {"no_answer", "busy", "rejected", "unreachable"};
      Tell(live, TestEvent(kEnds[Below(4)]));
    }
    if (!live.decision.resumable) {
      Report(live, ReportKind::kReleased);
      calls_.erase(live.call.id.reference);
    }
  }

  // An agent hands a call on to a number, or consults it.
  void GoOutside() {
    if (calls_.empty()) return;
    Live& live = std::next(calls_.begin(), Below(static_cast<int>(calls_.size())))->second;
    if (live.agent.empty() || live.agent == kOutside) return;
    const absl::StatusOr<AgentNow> agent = engine_->FindAgent("acme", live.agent);
    ASSERT_TRUE(agent.ok());
    AgentAct act;
    act.agent = live.agent;
    for (size_t i = 0; i < agent->contacts.size(); ++i) {
      if (agent->contacts[i].call == live.call.id) act.token = agent->standing.slots[i].token;
    }
    act.to_number = kNumberOutside;
    act.kind = Below(2) == 0 ? AgentAct::Kind::kTransfer : AgentAct::Kind::kConsult;
    const absl::Status done = engine_->Act("acme", act, now_).status();
    if (!done.ok()) return;
    if (act.kind == AgentAct::Kind::kTransfer) return live.agent.clear();
    seen_.insert("consultation");
    Decision unused;
    const auto told = engine_->FollowUp(live.call.id, now_, unused);
    ASSERT_TRUE(told.ok() && told->has_value());
    ASSERT_EQ((*told)->phones.size(), 1u);
    // It may never answer.
    if (Below(4) == 0) return;
    Report(live, ReportKind::kAnswered, AttemptId{(*told)->step, (*told)->phones[0].target});
    act.to_number.clear();
    act.kind = Below(2) == 0 ? AgentAct::Kind::kCompleteTransfer : AgentAct::Kind::kCancelConsult;
    const absl::Status ended = engine_->Act("acme", act, now_).status();
    EXPECT_TRUE(ended.ok()) << ended;
    if (act.kind == AgentAct::Kind::kCancelConsult) return;
    live.agent = kOutside;
    ++outside_;
  }

  void AgentActs() {
    AgentAct act;
    act.agent = kAgents[Below(3)];
    act.phone = absl::StrCat("+322200020", act.agent[0] - 'a');
    constexpr AgentAct::Kind kKinds[] = {
        AgentAct::Kind::kLogIn,     AgentAct::Kind::kReady,     AgentAct::Kind::kReady,
        AgentAct::Kind::kReady,     AgentAct::Kind::kNotReady,  AgentAct::Kind::kLogOut,
        AgentAct::Kind::kPhoneBusy, AgentAct::Kind::kPhoneIdle, AgentAct::Kind::kPhoneIdle};
    act.kind = kKinds[Below(std::size(kKinds))];
    // Much of that cannot be done now.
    engine_->Act("acme", act, now_).status().IgnoreError();
  }

  std::mt19937 random_;
  std::unique_ptr<Engine> engine_;
  absl::Time now_ = kTestNow;
  std::map<std::string, Live> calls_;
  int last_ = 0;
  int revision_ = 0;
  uint64_t talks_ = 0;
  uint64_t answered_ = 0;
  uint64_t outside_ = 0;
  uint64_t handed_out_ = 0;
  std::set<std::string> seen_;
};

TEST(RandomAgents, NothingIsLostOrGivenTwice) {
  std::set<std::string> seen;
  uint64_t talks = 0;
  uint64_t handed_out = 0;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Day day(seed);
    for (int step = 0; step < 1000 && !HasFailure(); ++step) day.Step();
    if (HasFailure()) return;
    day.End();
    if (HasFailure()) return;
    seen.insert(day.seen().begin(), day.seen().end());
    talks += day.talks();
    handed_out += day.handed_out();
  }
  EXPECT_GT(talks, 300u);
  EXPECT_GT(handed_out, 50u);
  for (const char* action :
       {"agents", "consultation", "wait", "voicemail", "release", "promise", "called back"}) {
    EXPECT_TRUE(seen.contains(action)) << action;
  }
}

}  // namespace
}  // namespace libroute
