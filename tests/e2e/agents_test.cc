// Agents log in at a real server, and calls come to them.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

class AgentsAtTheServer : public testing::Test {
 protected:
  std::string Config() {
    directory_.Write("acme.yaml", R"(
customer: acme
numbers: [{ number: "+3222000100", tree: main }]
agents: { anna: {}, bob: {} }
groups: { desk: { agents: [anna, bob] } }
trees:
  main: { agents: { group: desk, callback: { key: "1", message: promised }, on_no_agents: { voicemail: { mailbox: night } }, otherwise: { release: {} } } }
)");
    return directory_.Write("routed.yaml", kAgentsConfig);
  }

  v1::AgentStanding Act(const std::string& agent, const std::function<void(v1::ActRequest&)>& act) {
    v1::ActRequest request;
    request.set_customer("customers/acme");
    request.set_agent(agent);
    act(request);
    v1::ActResponse response;
    grpc::Status status = client_.agents().Act(NewContext().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.agent();
  }
  void Start(const std::string& agent, const std::string& phone) {
    Act(agent, [&](v1::ActRequest& r) { r.mutable_log_in()->set_phone(phone); });
    Act(agent, [&](v1::ActRequest& r) { r.mutable_ready(); });
  }
  void Report(const std::string& reference, v1::CallReport report) {
    report.mutable_call_id()->CopyFrom(FirstQuestion(reference).call_id());
    v1::ReportRequest request;
    *request.add_reports() = std::move(report);
    v1::ReportResponse response;
    grpc::Status status = client_.route().Report(NewContext().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  v1::GroupStanding Desk() {
    v1::ListGroupsRequest request;
    request.set_customer("customers/acme");
    v1::ListGroupsResponse response;
    EXPECT_TRUE(client_.agents().ListGroups(NewContext().get(), request, &response).ok());
    return response.groups(0);
  }

  TempDirectory directory_;
  RoutedProcess routed_{{"--config", Config()}};
  Client client_{routed_.Address()};
};

TEST_F(AgentsAtTheServer, CallsComeToThoseWhoAreReady) {
  EXPECT_EQ(client_.Ask(FirstQuestion("a")).voicemail().mailbox(), "night");
  Start("anna", "+3222000201");
  const v1::RouteRequest first = FirstQuestion("b");
  const v1::Decision offered = client_.Ask(first);
  ASSERT_EQ(offered.dial().legs_size(), 1);
  EXPECT_EQ(offered.dial().legs(0).agent(), "anna");
  EXPECT_EQ(offered.dial().legs(0).number(), "+3222000201");
  const v1::RouteRequest second = FirstQuestion("c");
  const v1::Decision waiting = client_.Ask(second);
  EXPECT_EQ(waiting.wait().position(), 1u);
  EXPECT_EQ(Desk().calls_waiting(), 1u);

  // Anna does not answer, and has a break by that: nobody else is there for her calls.
  v1::RouteRequest missed = AfterSip(first, offered, 480);
  missed.mutable_event()->mutable_dial()->mutable_results(0)->set_q850_cause(19);
  EXPECT_EQ(client_.Ask(missed).action_case(), v1::Decision::kRelease);
  EXPECT_EQ(client_.Ask(second).action_case(), v1::Decision::kRelease);
}

TEST_F(AgentsAtTheServer, APollIsToldWhoTakesTheCall) {
  Start("anna", "+3222000201");
  const v1::RouteRequest first = FirstQuestion("a");
  const v1::RouteRequest second = FirstQuestion("b");
  ASSERT_EQ(client_.Ask(first).dial().legs(0).agent(), "anna");
  ASSERT_TRUE(client_.Ask(second).has_wait());
  v1::CallReport answered;
  answered.mutable_answered();
  Report("a", answered);
  Start("bob", "sip:bob@desk.example.net");
  const v1::Decision told = client_.Ask(second);
  ASSERT_EQ(told.dial().legs_size(), 1);
  EXPECT_EQ(told.dial().legs(0).agent(), "bob");
  EXPECT_EQ(told.dial().legs(0).uri(), "sip:bob@desk.example.net");
  v1::CallReport released;
  released.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
  Report("a", released);
  EXPECT_EQ(client_.Ask(FirstQuestion("c")).dial().legs(0).agent(), "anna");
  EXPECT_EQ(Desk().answered(), 1u);
}

TEST_F(AgentsAtTheServer, CallBackWhoDoesNotWantToWait) {
  Start("anna", "+3222000201");
  ASSERT_EQ(client_.Ask(FirstQuestion("a")).dial().legs(0).agent(), "anna");
  v1::CallReport answered;
  answered.mutable_answered();
  Report("a", answered);
  const v1::RouteRequest first = FirstQuestion("b");
  const v1::Decision waiting = client_.Ask(first);
  ASSERT_EQ(waiting.wait().callback().key(), "1");
  v1::RouteRequest wanted;
  *wanted.mutable_call_id() = first.call_id();
  wanted.set_step(1);
  wanted.set_continuation(waiting.continuation());
  wanted.mutable_event()->mutable_callback_wanted()->set_number("+3223456789");
  const v1::Decision promised = client_.Ask(wanted);
  EXPECT_EQ(promised.wait().message(), "promised");
  EXPECT_EQ(promised.wait().promise().number(), "+3223456789");
  EXPECT_EQ(Desk().callbacks_waiting(), 1u);

  v1::CallReport released;
  released.mutable_released()->set_by(v1::RELEASED_BY_CALLER);
  Report("a", released);
  const v1::Decision dial = client_.Ask(wanted);
  ASSERT_EQ(dial.dial().legs(0).agent(), "anna");
  ASSERT_EQ(dial.dial().callback().number(), "+3223456789");
  answered.mutable_answered()->set_attempt_id(dial.dial().legs(0).attempt_id());
  Report("b", answered);
  const v1::AgentStanding anna = Act("anna", [](v1::ActRequest& r) { r.mutable_ready(); });
  ASSERT_EQ(anna.works_size(), 1);
  EXPECT_TRUE(anna.works(0).callback());
  EXPECT_EQ(anna.works(0).calling(), "+3223456789");
  answered.mutable_answered()->set_attempt_id(dial.dial().callback().attempt_id());
  Report("b", answered);
  EXPECT_EQ(Desk().answered(), 2u);
  Report("b", released);
  EXPECT_EQ(Desk().callbacks_waiting(), 0u);
}

}  // namespace
}  // namespace libroute
