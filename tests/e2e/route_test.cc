// A call's way through the server.

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::HasSubstr;

class RoutingCalls : public testing::Test {
 protected:
  TempDirectory directory_;
  RoutedProcess routed_{
      {"--plan", directory_.Write("acme.yaml", kAcmePlan), "--listen", "127.0.0.1:0"}};
  Client client_{routed_.Address()};
};

TEST_F(RoutingCalls, BusyThenNoAnswerThenVoicemail) {
  v1::RouteRequest first = FirstQuestion("r");
  first.set_request_id("q");
  v1::Decision front = client_.Ask(first);
  ASSERT_EQ(front.dial().legs_size(), 1);
  EXPECT_EQ(front.dial().legs(0).number(), "+3222000111");
  EXPECT_EQ(front.dial().legs(0).site(), "north");
  EXPECT_EQ(front.customer(), "acme");
  EXPECT_EQ(front.revision().size(), 64u);
  v1::RouteRequest second = AfterSip(first, front, 486);
  v1::Decision back = client_.Ask(second);
  ASSERT_EQ(back.dial().legs_size(), 1);
  EXPECT_EQ(back.dial().legs(0).number(), "+3222000112");
  EXPECT_EQ(back.dial().legs(0).attempt_id(), "1.0");
  v1::RouteRequest third = NextQuestion(second, back);
  third.mutable_event()->mutable_dial()->add_results()->set_expired(v1::LEG_TIMER_RING);
  v1::Decision end = client_.Ask(third);
  EXPECT_EQ(end.voicemail().mailbox(), "desk");
  EXPECT_EQ(end.correlation_id(), front.correlation_id());
  EXPECT_EQ(end.continuation(), "");
}

TEST_F(RoutingCalls, WhatWasDivertedTooOftenIsNotSentOn) {
  v1::RouteRequest question = FirstQuestion("r");
  question.mutable_call()->add_diversions()->set_count(9);
  EXPECT_EQ(client_.Ask(question).dial().legs(0).diversion().count(), 10u);
  question.mutable_call_id()->set_reference("s");
  question.mutable_call()->mutable_diversions(0)->set_count(10);
  EXPECT_EQ(client_.Ask(question).voicemail().mailbox(), "down");
}

TEST_F(RoutingCalls, MenuFollowsTheDigits) {
  v1::RouteRequest first = FirstQuestion("r", "+3222000102");
  v1::Decision menu = client_.Ask(first);
  EXPECT_EQ(menu.menu().message(), "choose");
  EXPECT_EQ(menu.answer_state(), v1::ANSWER_STATE_ANSWERED);
  v1::RouteRequest second = NextQuestion(first, menu);
  second.mutable_event()->set_digits("1");
  EXPECT_TRUE(client_.Ask(second).has_dial());
}

TEST_F(RoutingCalls, NumberOfNobodyPassesThrough) {
  v1::Decision decision = client_.Ask(FirstQuestion("r", "+3290000000"));
  EXPECT_EQ(decision.pass_through().reason(), v1::PASS_THROUGH_REASON_NOT_SUBSCRIBED);
}

TEST_F(RoutingCalls, SameStepAgainGivesTheSameAnswer) {
  v1::RouteRequest first = FirstQuestion("r");
  v1::Decision decision = client_.Ask(first);
  EXPECT_EQ(client_.Ask(first).dial().SerializeAsString(), decision.dial().SerializeAsString());
  v1::RouteRequest wait = FirstQuestion("w", "+3222000101");
  EXPECT_EQ(client_.Ask(wait).wait().contact(), client_.Ask(wait).wait().contact());
  v1::RouteRequest second = AfterSip(first, decision, 486);
  EXPECT_EQ(client_.Ask(second).dial().SerializeAsString(),
            client_.Ask(second).dial().SerializeAsString());
}

TEST_F(RoutingCalls, AnotherQuestionForAHeldStepIsAbortedWithTheFirstDecision) {
  v1::Decision wait = client_.Ask(FirstQuestion("w", "+3222000101"));
  grpc::Status status = client_.Fail(FirstQuestion("w", "+3222000100"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  v1::ErrorDetails details;
  ASSERT_TRUE(details.ParseFromString(status.error_details()));
  EXPECT_EQ(details.code(), grpc::StatusCode::ABORTED);
  ASSERT_EQ(details.details_size(), 1);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/libroute.v1.Decision");
  v1::Decision first;
  ASSERT_TRUE(first.ParseFromString(details.details(0).value()));
  EXPECT_EQ(first.wait().contact(), wait.wait().contact());
}

TEST_F(RoutingCalls, ReportsAndLiveCallsGiveContactsBack) {
  v1::RouteRequest a = FirstQuestion("a", "+3222000101");
  client_.Ask(a);
  client_.Ask(FirstQuestion("b", "+3222000101"));
  client_.Ask(FirstQuestion("c", "+3222000101"));
  v1::ReportRequest report;
  *report.add_reports()->mutable_call_id() = a.call_id();
  report.mutable_reports(0)->mutable_released()->set_by(v1::RELEASED_BY_CALLER);
  v1::ReportResponse reported;
  EXPECT_TRUE(client_.route().Report(NewContext().get(), report, &reported).ok());
  v1::ListLiveCallsRequest live;
  live.set_switch_("sbc-1");
  live.set_epoch(1);
  live.add_references("b");
  v1::ListLiveCallsResponse answer;
  ASSERT_TRUE(client_.route().ListLiveCalls(NewContext().get(), live, &answer).ok());
  EXPECT_EQ(answer.held(), 1u);
  EXPECT_EQ(answer.given_back(), 1u);
}

TEST_F(RoutingCalls, ExplainSaysWhy) {
  v1::ExplainRequest request;
  *request.mutable_question() = FirstQuestion("r");
  request.mutable_question()->mutable_call()->set_originating_line("501410");
  request.mutable_at()->set_seconds(1790000000);
  v1::ExplainResponse response;
  grpc::Status status = client_.route().Explain(NewContext().get(), request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::Explanation& explanation = response.explanation();
  ASSERT_EQ(explanation.visits_size(), 2);
  EXPECT_EQ(explanation.visits(0).kind(), "switch");
  EXPECT_EQ(explanation.visits(0).branch(), "otherwise");
  EXPECT_EQ(explanation.visits(1).kind(), "dial");
  EXPECT_EQ(explanation.decision().node(), explanation.visits(1).path());
  EXPECT_EQ(explanation.at().seconds(), 1790000000);
  EXPECT_THAT(explanation.notes(), testing::Contains("call.originating_line is not used for inbound calls"));
}

// One message there and one back on a method that has no stub here.
std::string CallGeneric(Client& client, const std::string& method, const std::string& request) {
  grpc::GenericStub stub(client.channel());
  std::unique_ptr<grpc::ClientContext> context = NewContext();
  grpc::CompletionQueue queue;
  auto await = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  auto call = stub.PrepareCall(context.get(), method, &queue);
  call->StartCall(nullptr);
  if (!await()) return "";
  grpc::Slice slice(request);
  call->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), nullptr);
  if (!await()) return "";
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  bool is_answered = await();
  grpc::Status status;
  call->Finish(&status, nullptr);
  await();
  EXPECT_TRUE(status.ok()) << method << ": " << status.error_message();
  grpc::Slice bytes;
  if (!is_answered || !answer.TrySingleSlice(&bytes).ok()) return "";
  return std::string(bytes.begin(), bytes.end());
}

TEST_F(RoutingCalls, HealthIsServing) {
  // HealthCheckResponse { status: SERVING }
  EXPECT_EQ(CallGeneric(client_, "/grpc.health.v1.Health/Check", ""), std::string("\x08\x01"));
}

TEST_F(RoutingCalls, ReflectionListsTheServices) {
  // ServerReflectionRequest { list_services: "*" }
  std::string answer = CallGeneric(
      client_, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "\x3a\x01*");
  EXPECT_THAT(answer, HasSubstr("libroute.v1.RouteService"));
  EXPECT_THAT(answer, HasSubstr("libroute.v1.StatusService"));
}

TEST(Emergency, PassesFirstOfAllWithThePlaceOfTheIngress) {
  TempDirectory directory;
  std::string config = directory.Write("routed.yaml", R"(
listen: "127.0.0.1:0"
plans: acme.yaml
ingresses:
  - { name: north, country: BE, place: "Gent, Kouter 1" }
)");
  directory.Write("acme.yaml", kAcmePlan);
  RoutedProcess routed({"--config", config});
  Client client(routed.Address());
  for (v1::Direction direction :
       {v1::DIRECTION_INBOUND, v1::DIRECTION_INTERNAL, v1::DIRECTION_OUTBOUND}) {
    v1::RouteRequest request = FirstQuestion("e", "112");
    request.mutable_call()->set_ingress("north");
    request.mutable_call()->set_direction(direction);
    v1::Decision decision = client.Ask(request);
    EXPECT_EQ(decision.pass_through().reason(), v1::PASS_THROUGH_REASON_EMERGENCY);
    EXPECT_EQ(decision.pass_through().place(), "Gent, Kouter 1");
  }
  v1::RouteRequest elsewhere = FirstQuestion("x");
  elsewhere.mutable_call()->set_ingress("nort");
  grpc::Status status = client.Fail(elsewhere);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("nort"));
}

}  // namespace
}  // namespace libroute
