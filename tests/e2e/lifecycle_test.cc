// Start, reload, stop, start again.

#include <signal.h>

#include <atomic>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::HasSubstr;

TEST(Restart, CallsGoOnWithTheSameKeys) {
  TempDirectory directory;
  std::string plan = directory.Write("acme.yaml", kAcmePlan);
  std::string keys = directory.Path("keys");
  EXPECT_EQ(RoutedProcess({"--make-key", keys}).AwaitExit(), 0);
  std::vector<std::string> arguments = {"--plan",      plan,         "--listen",
                                        "127.0.0.1:0", "--key-file", keys};
  v1::RouteRequest first = FirstQuestion("r");
  v1::RouteRequest second;
  {
    RoutedProcess routed(arguments);
    second = AfterSip(first, Client(routed.Address()).Ask(first), 486);
    routed.Signal(SIGTERM);
    EXPECT_EQ(routed.AwaitExit(), 0);
  }
  RoutedProcess again(arguments);
  EXPECT_EQ(Client(again.Address()).Ask(second).dial().legs(0).number(), "+3222000112");
}

TEST(Restart, CallsOfOtherKeysAreRefused) {
  TempDirectory directory;
  std::vector<std::string> arguments = {"--plan", directory.Write("acme.yaml", kAcmePlan),
                                        "--listen", "127.0.0.1:0"};
  v1::RouteRequest first = FirstQuestion("r");
  v1::RouteRequest second;
  {
    RoutedProcess routed(arguments);
    second = AfterSip(first, Client(routed.Address()).Ask(first), 486);
  }
  RoutedProcess again(arguments);
  EXPECT_EQ(Client(again.Address()).Fail(second).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

class Reload : public testing::Test {
 protected:
  Reload() {
    directory_.Write("a.yaml", MailboxPlan("a", "+3222000100", "one"));
    directory_.Write("b.yaml", MailboxPlan("b", "+3222000200", "two"));
    routed_.emplace(
        std::vector<std::string>{"--plan", directory_.Path(""), "--listen", "127.0.0.1:0"});
    client_.emplace(routed_->Address());
  }

  void Hangup() {
    routed_->Signal(SIGHUP);
    routed_->AwaitLine("plans read again");
  }
  std::string MailboxOf(const std::string& called) {
    return client_->Ask(FirstQuestion(absl::StrCat("r", ++calls_), called)).voicemail().mailbox();
  }

  TempDirectory directory_;
  std::optional<RoutedProcess> routed_;
  std::optional<Client> client_;
  int calls_ = 0;
};

TEST_F(Reload, GoodPlanIsLiveForTheNextCall) {
  EXPECT_EQ(MailboxOf("+3222000100"), "one");
  directory_.Write("a.yaml", MailboxPlan("a", "+3222000100", "other"));
  Hangup();
  EXPECT_EQ(MailboxOf("+3222000100"), "other");
  EXPECT_EQ(MailboxOf("+3222000200"), "two");
}

TEST_F(Reload, BadPlanLeavesTheLiveOneAndEverybodyElse) {
  directory_.Write("a.yaml", "customer: a\nnumbrs: []\n");
  directory_.Write("b.yaml", MailboxPlan("b", "+3222000200", "other"));
  Hangup();
  EXPECT_THAT(routed_->output(), HasSubstr("a.yaml:2:1: error: numbrs: "));
  EXPECT_EQ(MailboxOf("+3222000100"), "one");
  EXPECT_EQ(MailboxOf("+3222000200"), "other");
}

TEST_F(Reload, CustomerWhoseFileIsGoneIsWithdrawn) {
  directory_.Remove("a.yaml");
  Hangup();
  EXPECT_THAT(routed_->output(), HasSubstr("plan withdrawn: customer a"));
  EXPECT_TRUE(client_->Ask(FirstQuestion("x", "+3222000100")).has_pass_through());
  EXPECT_EQ(MailboxOf("+3222000200"), "two");
}

TEST(Stop, EndsStreamsAndRefusesWhatComesLater) {
  TempDirectory directory;
  RoutedProcess routed(
      {"--plan", directory.Write("acme.yaml", kAcmePlan), "--listen", "127.0.0.1:0"});
  Client client(routed.Address());
  std::unique_ptr<grpc::ClientContext> context = NewContext();
  auto stream = client.route().RouteStream(context.get());
  v1::RouteStreamRequest message;
  *message.add_requests() = FirstQuestion("s");
  v1::RouteStreamResponse answer;
  ASSERT_TRUE(stream->Write(message));
  ASSERT_TRUE(stream->Read(&answer));
  // Others ask all the time.
  std::atomic<bool> is_up = true;
  std::thread asker([&] {
    for (int i = 0; is_up; ++i) {
      v1::RouteResponse response;
      grpc::Status status = client.Route(FirstQuestion(absl::StrCat("u", i)), &response);
      if (status.ok()) {
        EXPECT_TRUE(response.decision().has_dial());
      } else {
        // gRPC cancels what it reads of a connection once the server's end has
        // begun; the switch asks again.
        EXPECT_THAT(status.error_code(),
                    testing::AnyOf(grpc::StatusCode::UNAVAILABLE, grpc::StatusCode::CANCELLED))
            << status.error_message();
        is_up = false;
      }
    }
  });
  routed.Signal(SIGTERM);
  EXPECT_FALSE(stream->Read(&answer));
  grpc::Status end = stream->Finish();
  EXPECT_EQ(end.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(end.error_message(), HasSubstr("the server goes down"));
  EXPECT_EQ(routed.AwaitExit(), 0) << routed.output();
  asker.join();
  EXPECT_THAT(routed.output(), HasSubstr("stopped"));
}

TEST(Stop, GoesByInterruptToo) {
  RoutedProcess routed({"--listen", "127.0.0.1:0"});
  routed.Address();
  routed.Signal(SIGINT);
  EXPECT_EQ(routed.AwaitExit(), 0);
}

}  // namespace
}  // namespace libroute
