// A contact centre at a real server: many agents and callers, whose streams break at any time.

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

constexpr int kAgents = 200;
constexpr int kCalls = 2000;
constexpr int kAskers = 4;
constexpr int kGroups = 3;

std::string AgentName(int i) {
  return absl::StrCat("agent-", i);
}

// Groups that share agents; a call that nobody takes comes to a mailbox.
std::string CenterPlan() {
  std::string plan =
      "customer: acme\ncontact_center: { phone_rest: 1s, refusal_rest: 1s }\nagents:\n";
  for (int i = 0; i < kAgents; ++i) absl::StrAppend(&plan, "  ", AgentName(i), ": {}\n");
  absl::StrAppend(&plan, "groups:\n");
  for (int group = 0; group < kGroups; ++group) {
    absl::StrAppend(&plan, "  g", group,
                    ":\n    { without_agents: wait, with_none_ready: wait, missed_limit: 0 }\n");
  }
  absl::StrAppend(&plan, "numbers:\n");
  for (int group = 0; group < kGroups; ++group) {
    absl::StrAppend(&plan, "  - { number: \"+322200010", group, "\", tree: t", group, " }\n");
  }
  absl::StrAppend(&plan, "trees:\n");
  for (int group = 0; group < kGroups; ++group) {
    absl::StrAppend(&plan, "  t", group, ": { agents: { group: g", group,
                    ", wait: 1h, otherwise: { voicemail: { mailbox: late } } } }\n");
  }
  for (int group = kGroups; group-- > 0;) {
    std::string members;
    for (int i = 0; i < kAgents; ++i) {
      if (i % 3 != group && i % 7 != group) continue;
      absl::StrAppend(&members, members.empty() ? "" : ", ", AgentName(i));
    }
    const std::string where = absl::StrCat("  g", group, ":\n    { ");
    plan.insert(plan.find(where) + where.size(), absl::StrCat("agents: [", members, "], "));
  }
  return plan;
}

// Lots for several threads.
class Lots {
 public:
  explicit Lots(uint32_t seed) : random_(seed) {}

  bool OnceIn(uint32_t times) {
    std::lock_guard<std::mutex> lock(mutex_);
    return random_() % times == 0;
  }

 private:
  std::mutex mutex_;
  std::mt19937 random_;
};

// A switch: asks, is told by its sessions, dials, and reports.
class Switch {
 public:
  Switch(const std::string& address, uint32_t seed) : client_(address), lots_(seed) {
    listener_ = std::thread([this] { Listen(); });
  }
  ~Switch() {
    is_stopping_ = true;
    {
      std::lock_guard<std::mutex> lock(session_mutex_);
      if (session_ != nullptr) session_->TryCancel();
    }
    listener_.join();
  }

  void Begin(int i) {
    auto call = std::make_shared<Live>();
    call->question = FirstQuestion(absl::StrCat("c", i), absl::StrCat("+322200010", i % kGroups));
    {
      std::lock_guard<std::mutex> lock(mutex_);
      calls_[call->question.call_id().reference()] = call;
    }
    std::lock_guard<std::mutex> lock(call->mutex);
    Ask(*call);
  }

  // Until every call is over.
  void AwaitEnd() {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, [this] { return over_ == kCalls; });
  }

  int answered() const { return answered_; }
  int given_up() const { return given_up_; }
  int sessions() const { return sessions_; }

 private:
  struct Live {
    std::mutex mutex;
    v1::RouteRequest question;
    v1::Decision decision;
    // What has been dialled; what comes again is nothing new.
    std::set<std::string> dialled;
    bool is_over = false;
  };

  // All of these under the call's lock.
  void Ask(Live& call) {
    v1::RouteResponse response;
    const grpc::Status status = client_.Route(call.question, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    call.decision = response.decision();
    Do(call);
  }

  void Do(Live& call) {
    if (call.is_over || call.decision.has_wait()) return;
    if (!call.decision.has_dial()) {
      ++given_up_;
      return End(call);
    }
    const std::string attempt = call.decision.dial().legs(0).attempt_id();
    if (!call.dialled.insert(attempt).second) return;
    if (lots_.OnceIn(12)) {
      // The phone is busy, or rings in vain.
      const bool is_busy = lots_.OnceIn(2);
      v1::RouteRequest next = AfterSip(call.question, call.decision, is_busy ? 486 : 408);
      next.mutable_event()->mutable_dial()->mutable_results(0)->set_alerted(!is_busy);
      call.question = next;
      return Ask(call);
    }
    v1::CallReport answered;
    answered.mutable_answered()->set_attempt_id(attempt);
    Report(call, answered);
    ++answered_;
    End(call);
  }

  void End(Live& call) {
    v1::CallReport released;
    released.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
    Report(call, released);
    call.is_over = true;
    std::lock_guard<std::mutex> lock(mutex_);
    ++over_;
    ended_.notify_all();
  }

  void Report(Live& call, v1::CallReport report) {
    *report.mutable_call_id() = call.question.call_id();
    v1::ReportRequest request;
    *request.add_reports() = std::move(report);
    v1::ReportResponse response;
    const grpc::Status status = client_.route().Report(NewContext().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }

  // Sessions one after the other, each of which breaks after some updates.
  void Listen() {
    while (!is_stopping_) {
      grpc::ClientContext context;
      const auto session = client_.contacts().Session(&context);
      {
        std::lock_guard<std::mutex> lock(session_mutex_);
        session_ = &context;
        if (is_stopping_) context.TryCancel();
      }
      ++sessions_;
      v1::ContactSessionRequest request;
      request.mutable_open()->set_switch_("sbc-1");
      session->Write(request);
      uint64_t number = 0;
      v1::ContactUpdate update;
      while (session->Read(&update)) {
        EXPECT_EQ(update.number(), ++number);
        Hear(update);
        request.mutable_done()->set_number(number);
        if (lots_.OnceIn(100) || !session->Write(request)) context.TryCancel();
      }
      session->Finish().error_code();
      std::lock_guard<std::mutex> lock(session_mutex_);
      session_ = nullptr;
    }
  }

  void Hear(const v1::ContactUpdate& update) {
    std::shared_ptr<Live> call;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      call = calls_.at(update.call_id().reference());
    }
    std::lock_guard<std::mutex> lock(call->mutex);
    // The call has gone on meanwhile, or an agent has it.
    if (update.step() != call->question.step() || !update.has_decision()) return;
    call->decision = update.decision();
    Do(*call);
  }

  Client client_;
  Lots lots_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::map<std::string, std::shared_ptr<Live>> calls_;
  int over_ = 0;
  std::atomic<int> answered_{0};
  std::atomic<int> given_up_{0};
  std::atomic<int> sessions_{0};
  std::atomic<bool> is_stopping_{false};
  std::mutex session_mutex_;
  grpc::ClientContext* session_ = nullptr;
  std::thread listener_;
};

// Agents whose desks lose their connection now and then.
class Desks {
 public:
  Desks(const std::string& address, int first, int count, uint32_t seed)
      : client_(address), lots_(seed) {
    for (int i = first; i < first + count; ++i) {
      desks_.push_back(std::make_unique<Desk>());
      Desk& desk = *desks_.back();
      desk.thread = std::thread([this, &desk, i] {
        while (!is_stopping_) Sit(desk, i);
      });
    }
  }
  ~Desks() {
    is_stopping_ = true;
    for (const auto& desk : desks_) {
      std::lock_guard<std::mutex> lock(desk->mutex);
      if (desk->session != nullptr) desk->session->TryCancel();
    }
    for (const auto& desk : desks_) desk->thread.join();
  }

  int sessions() const { return sessions_; }

 private:
  struct Desk {
    std::mutex mutex;
    grpc::ClientContext* session = nullptr;
    std::thread thread;
  };

  // One session.
  void Sit(Desk& desk, int i) {
    grpc::ClientContext context;
    const auto session = client_.agents().Session(&context);
    {
      std::lock_guard<std::mutex> lock(desk.mutex);
      desk.session = &context;
      if (is_stopping_) context.TryCancel();
    }
    ++sessions_;
    v1::AgentSessionRequest request;
    v1::ActRequest& act = *request.mutable_act();
    act.set_customer("customers/acme");
    act.set_agent(AgentName(i));
    session->Write(request);
    bool has_logged_in = false;
    v1::AgentSessionResponse told;
    while (session->Read(&told)) {
      EXPECT_FALSE(told.has_error()) << told.error().message();
      int at_work = 0;
      for (const auto& work : told.agent().works()) {
        at_work += work.state() != v1::AgentStanding::Work::STATE_WRAP_UP ? 1 : 0;
      }
      EXPECT_LE(at_work, 1) << told.ShortDebugString();
      if (told.agent().presence() == v1::AgentStanding::PRESENCE_LOGGED_OUT && !has_logged_in) {
        has_logged_in = true;
        act.mutable_log_in()->set_phone(absl::StrCat("+32230", 10000 + i));
        session->Write(request);
        act.mutable_ready();
        session->Write(request);
      } else if (lots_.OnceIn(20)) {
        context.TryCancel();
      }
    }
    session->Finish().error_code();
    std::lock_guard<std::mutex> lock(desk.mutex);
    desk.session = nullptr;
  }

  Client client_;
  Lots lots_;
  std::atomic<bool> is_stopping_{false};
  std::atomic<int> sessions_{0};
  std::vector<std::unique_ptr<Desk>> desks_;
};

class ACenterAtTheServer : public testing::Test {
 protected:
  std::string Config() {
    directory_.Write("acme.yaml", CenterPlan());
    return directory_.Write("routed.yaml", kAgentsConfig);
  }

  TempDirectory directory_;
  RoutedProcess routed_{{"--config", Config()}};
  std::string address_ = routed_.Address();
  Client client_{address_};
};

TEST_F(ACenterAtTheServer, LosesNoCallAndOffersNoneTwiceWhateverBreaks) {
  Switch network(address_, 1);
  // A quarter of the callers are there before anybody else.
  for (int i = 0; i < kCalls / 4; ++i) network.Begin(i);
  std::vector<std::unique_ptr<Desks>> desks;
  for (int i = 0; i < 4; ++i) {
    desks.push_back(std::make_unique<Desks>(address_, i * kAgents / 4, kAgents / 4, 100 + i));
  }
  std::vector<std::thread> askers;
  for (int asker = 0; asker < kAskers; ++asker) {
    askers.emplace_back([&network, asker] {
      for (int i = kCalls / 4 + asker; i < kCalls; i += kAskers) network.Begin(i);
    });
  }
  for (std::thread& asker : askers) asker.join();
  network.AwaitEnd();
  EXPECT_EQ(network.answered(), kCalls);
  EXPECT_EQ(network.given_up(), 0);
  int sessions = 0;
  for (const auto& some : desks) sessions += some->sessions();
  EXPECT_GT(sessions, kAgents) << "desks have broken";
  EXPECT_GT(network.sessions(), 1) << "and so has the switch";

  v1::ListContactsRequest list;
  list.set_customer("customers/acme");
  v1::ListContactsResponse contacts;
  EXPECT_TRUE(client_.supervisors().ListContacts(NewContext().get(), list, &contacts).ok());
  EXPECT_EQ(contacts.contacts_size(), 0) << contacts.ShortDebugString();
  v1::ListGroupsRequest groups;
  groups.set_customer("customers/acme");
  v1::ListGroupsResponse figures;
  EXPECT_TRUE(client_.agents().ListGroups(NewContext().get(), groups, &figures).ok());
  uint64_t entered = 0;
  uint64_t answered = 0;
  for (const v1::GroupStanding& group : figures.groups()) {
    entered += group.entered();
    answered += group.answered();
    EXPECT_EQ(group.entered(),
              group.answered() + group.abandoned() + group.gave_up() + group.moved());
  }
  EXPECT_EQ(entered, static_cast<uint64_t>(kCalls));
  // Who answers just after the desk was lost has no offer any more.
  EXPECT_LE(answered, static_cast<uint64_t>(kCalls));
  EXPECT_GT(answered, static_cast<uint64_t>(kCalls) / 2);
}

TEST_F(ACenterAtTheServer, ShowsWhatChangesAndEndsItsStreamsWhenItStops) {
  grpc::ClientContext context;
  v1::WatchRequest request;
  request.set_customer("customers/acme");
  const auto watch = client_.supervisors().Watch(&context, request);
  v1::WatchResponse picture;
  ASSERT_TRUE(watch->Read(&picture));
  EXPECT_TRUE(picture.full());
  EXPECT_EQ(picture.agents_size(), kAgents);
  EXPECT_EQ(picture.groups_size(), kGroups);
  grpc::ClientContext desk_context;
  const auto desk = client_.agents().Session(&desk_context);
  v1::AgentSessionRequest begin;
  begin.mutable_act()->set_customer("customers/acme");
  begin.mutable_act()->set_agent(AgentName(0));
  begin.mutable_act()->mutable_log_in()->set_phone("+3223010000");
  ASSERT_TRUE(desk->Write(begin));
  v1::AgentSessionResponse told;
  ASSERT_TRUE(desk->Read(&told));
  EXPECT_EQ(told.agent().phone(), "+3223010000");
  ASSERT_TRUE(watch->Read(&picture));
  EXPECT_FALSE(picture.full());
  ASSERT_EQ(picture.agents_size(), 1);
  EXPECT_EQ(picture.agents(0).agent(), AgentName(0));
  routed_.Signal(SIGTERM);
  while (watch->Read(&picture)) {
  }
  EXPECT_EQ(watch->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  while (desk->Read(&told)) {
  }
  EXPECT_EQ(desk->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(routed_.AwaitExit(), 0);
}

}  // namespace
}  // namespace libroute
