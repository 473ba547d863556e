#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "libroute/v1/agents.grpc.pb.h"

// desks_load ADDRESS DESKS CHANNELS: the desks of the agents "a0" to "a9999" of the customers
// "c0", "c1", ... log in, each by an AgentService.Session of its own, and stay connected. Prints
// a line when all of them have been told so, and ends when its standard input does.
namespace libroute {
namespace {

// As many as a plan may have.
constexpr int kAgentsOfACustomer = 10'000;

// How many of them are logged in.
class Tally {
 public:
  void Add() {
    absl::MutexLock lock(&mutex_);
    ++logged_in_;
  }
  void Fail(const std::string& why) {
    absl::MutexLock lock(&mutex_);
    if (failure_.empty()) failure_ = why;
  }
  // Until so many are, or one has failed: then why.
  std::string Await(int wanted) {
    absl::MutexLock lock(&mutex_);
    const auto is_over = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return logged_in_ >= wanted || !failure_.empty();
    };
    mutex_.Await(absl::Condition(&is_over));
    return failure_;
  }

 private:
  absl::Mutex mutex_;
  int logged_in_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string failure_ ABSL_GUARDED_BY(mutex_);
};

class Desk final
    : public grpc::ClientBidiReactor<v1::AgentSessionRequest, v1::AgentSessionResponse> {
 public:
  Desk(v1::AgentService::Stub& stub, int number, Tally& tally) : tally_(tally) {
    v1::ActRequest& act = *request_.mutable_act();
    act.set_customer(absl::StrCat("customers/c", number / kAgentsOfACustomer));
    act.set_agent(absl::StrCat("a", number % kAgentsOfACustomer));
    act.mutable_log_in()->set_phone(absl::StrCat("sip:a", number, "@desks.example"));
    stub.async()->Session(&context_, this);
    StartWrite(&request_);
    StartRead(&response_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (response_.has_error()) tally_.Fail(response_.error().message());
    if (!is_in_ && response_.agent().presence() == v1::AgentStanding::PRESENCE_NOT_READY) {
      is_in_ = true;
      tally_.Add();
    }
    StartRead(&response_);
  }
  void OnDone(const grpc::Status& status) override {
    if (!is_leaving_) tally_.Fail(absl::StrCat("a session has ended: ", status.error_message()));
    absl::MutexLock lock(&mutex_);
    is_done_ = true;
  }

  void Leave() {
    is_leaving_ = true;
    context_.TryCancel();
  }
  void AwaitDone() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&is_done_));
  }

 private:
  Tally& tally_;
  grpc::ClientContext context_;
  v1::AgentSessionRequest request_;
  v1::AgentSessionResponse response_;
  bool is_in_ = false;
  std::atomic<bool> is_leaving_ = false;
  absl::Mutex mutex_;
  bool is_done_ ABSL_GUARDED_BY(mutex_) = false;
};

// Of those that are under way at a time: a server would refuse no more, but the time it takes
// would be that of waiting.
constexpr int kAtOnce = 1000;

int Run(const std::string& address, int desks, int channels) {
  std::vector<std::unique_ptr<v1::AgentService::Stub>> stubs;
  for (int i = 0; i < channels; ++i) {
    grpc::ChannelArguments arguments;
    // Else they share a connection.
    arguments.SetInt("desks.channel", i);
    stubs.push_back(v1::AgentService::NewStub(
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments)));
  }
  Tally tally;
  const absl::Time start = absl::Now();
  std::vector<std::unique_ptr<Desk>> all;
  while (static_cast<int>(all.size()) < desks) {
    const int wanted = std::min(desks, static_cast<int>(all.size()) + kAtOnce);
    while (static_cast<int>(all.size()) < wanted) {
      const int number = static_cast<int>(all.size());
      all.push_back(std::make_unique<Desk>(*stubs[number % channels], number, tally));
    }
    const std::string failure = tally.Await(wanted);
    if (!failure.empty()) {
      std::fprintf(stderr, "desks_load: %s\n", failure.c_str());
      std::exit(1);
    }
  }
  std::printf("{\"desks\": %d, \"seconds\": %.1f}\n", desks,
              absl::ToDoubleSeconds(absl::Now() - start));
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  for (const auto& desk : all) desk->Leave();
  for (const auto& desk : all) desk->AwaitDone();
  return 0;
}

}  // namespace
}  // namespace libroute

int main(int argc, char** argv) {
  int desks = 0;
  int channels = 0;
  if (argc != 4 || !absl::SimpleAtoi(argv[2], &desks) || !absl::SimpleAtoi(argv[3], &channels) ||
      desks < 1 || channels < 1) {
    std::fprintf(stderr, "usage: desks_load ADDRESS DESKS CHANNELS\n");
    return 2;
  }
  return libroute::Run(argv[1], desks, channels);
}
