#include "services/live/newsroom.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "services/live/test_live.h"

namespace libroute {
namespace {

// A stream that reads in a thread of its own, as fast as it may.
template <class Request, class Response>
class Reader {
 public:
  template <class Connect>
  explicit Reader(Connect connect, const Request& first) {
    feed_ = connect(StreamEnd{[this] { bell_.Ring(); }, [](const absl::Status&) {}});
    EXPECT_TRUE(feed_->Take(first).ok());
    thread_ = std::thread([this] { Run(); });
  }
  ~Reader() {
    is_stopping_ = true;
    bell_.Ring();
    thread_.join();
    feed_->Close();
  }

  Feed<Request, Response>& feed() { return *feed_; }
  // Waits for one of which that is so.
  template <class Holds>
  void Await(Holds holds) {
    std::unique_lock<std::mutex> lock(mutex_);
    condition_.wait(lock, [&] {
      for (const Response& response : read_) {
        if (holds(response)) return true;
      }
      return false;
    });
  }

 private:
  void Run() {
    while (!is_stopping_) {
      bell_.Wait();
      Response response;
      while (feed_->Next(response)) {
        std::lock_guard<std::mutex> lock(mutex_);
        read_.push_back(response);
        condition_.notify_all();
      }
    }
  }

  Bell bell_;
  std::shared_ptr<Feed<Request, Response>> feed_;
  std::atomic<bool> is_stopping_{false};
  std::mutex mutex_;
  std::condition_variable condition_;
  std::vector<Response> read_;
  std::thread thread_;
};

TEST(Newsroom, TellsSwitchesDesksAndSupervisorsOfWhatHappens) {
  Bell bell;
  EngineOptions options;
  options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
  options.has_agents = true;
  options.on_contact_news = [&bell] { bell.Ring(); };
  LiveEngine live;
  live.engine = *Engine::Create(options);
  live.engine->Publish(*ReadPlan(kLivePlan, "acme.yaml").plan, {}, live.now);
  const auto clock = [&live] { return live.now; };
  SwitchSessions switches(*live.engine, clock);
  AgentSessions agents(*live.engine, clock);
  WatchFeeds watches(*live.engine, "i1");
  Newsroom newsroom(*live.engine, bell, switches, agents, watches);
  const Principal anybody = Principal::WithAllRoles("test");

  v1::ContactSessionRequest open;
  open.mutable_open()->set_switch_("sw");
  Reader<v1::ContactSessionRequest, v1::ContactUpdate> sw(
      [&](StreamEnd end) { return switches.Connect(anybody, std::move(end)); }, open);
  v1::AgentSessionRequest begin;
  begin.mutable_act()->set_customer("customers/acme");
  begin.mutable_act()->set_agent("anna");
  begin.mutable_act()->mutable_log_in()->set_phone("+3222000201");
  Reader<v1::AgentSessionRequest, v1::AgentSessionResponse> desk(
      [&](StreamEnd end) { return agents.Connect(anybody, std::move(end)); }, begin);
  v1::WatchRequest watch;
  watch.set_customer("customers/acme");
  Reader<v1::WatchRequest, v1::WatchResponse> supervisor(
      [&](StreamEnd end) { return watches.Connect(anybody, std::move(end)); }, watch);

  // Calls come while the agent is not ready, in several threads.
  constexpr int kThreads = 4;
  constexpr int kCalls = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&live, thread] {
      for (int i = 0; i < kCalls; ++i) live.Call(absl::StrCat("c", thread, "-", i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  supervisor.Await([](const v1::WatchResponse& response) {
    for (const v1::GroupStanding& group : response.groups()) {
      if (group.group() == "desk" && group.calls_waiting() == kThreads * kCalls) return true;
    }
    return false;
  });
  v1::AgentSessionRequest ready;
  ready.mutable_act()->mutable_ready();
  EXPECT_TRUE(desk.feed().Take(ready).ok());
  sw.Await([](const v1::ContactUpdate& update) { return update.decision().has_dial(); });
  desk.Await(
      [](const v1::AgentSessionResponse& response) { return response.agent().works_size() == 1; });
}

}  // namespace
}  // namespace libroute
