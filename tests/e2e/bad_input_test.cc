// What is wrong is refused by name, and nothing else suffers from it.

#include <functional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class BadInput : public testing::Test {
 protected:
  // How `request` is refused.
  std::string Complaint(const v1::RouteRequest& request) {
    grpc::Status status = client_.Fail(request);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
    return status.error_message();
  }

  TempDirectory directory_;
  RoutedProcess routed_{
      {"--plan", directory_.Write("acme.yaml", kAcmePlan), "--listen", "127.0.0.1:0"}};
  Client client_{routed_.Address()};
};

TEST_F(BadInput, FirstQuestionsNameTheField) {
  v1::RouteRequest request = FirstQuestion("r");
  request.clear_call_id();
  EXPECT_THAT(Complaint(request), StartsWith("call_id: is missing"));
  request = FirstQuestion("r");
  request.clear_call();
  EXPECT_THAT(Complaint(request), StartsWith("call: is missing"));
  EXPECT_THAT(Complaint(FirstQuestion("r", "")), StartsWith("call.called: is missing"));
  EXPECT_THAT(Complaint(FirstQuestion("r", "0475123456")),
              StartsWith("call.called: \"0475123456\" is not an E.164 number"));
  EXPECT_THAT(Complaint(FirstQuestion("r", "+0475123456")), StartsWith("call.called: "));
  EXPECT_THAT(Complaint(FirstQuestion("r", "501410")), HasSubstr("501410"));
  request = FirstQuestion("r");
  request.mutable_call()->set_calling("anonymous");
  EXPECT_THAT(Complaint(request), StartsWith("call.calling: \"anonymous\""));
}

TEST_F(BadInput, ContinuationsMustBeOurs) {
  v1::RouteRequest first = FirstQuestion("r");
  v1::Decision decision = client_.Ask(first);
  v1::RouteRequest good = AfterSip(first, decision, 486);
  v1::RouteRequest forged = good;
  forged.mutable_continuation()->back() ^= 1;
  EXPECT_THAT(Complaint(forged), HasSubstr("continuation"));
  v1::RouteRequest cut = good;
  cut.mutable_continuation()->pop_back();
  EXPECT_THAT(Complaint(cut), HasSubstr("continuation"));
  v1::RouteRequest others = good;
  others.mutable_call_id()->set_reference("another");
  EXPECT_THAT(Complaint(others), HasSubstr("continuation"));
  v1::RouteRequest none = good;
  none.clear_continuation();
  EXPECT_THAT(Complaint(none), StartsWith("continuation: is missing"));
  EXPECT_TRUE(client_.Ask(good).has_dial());
}

TEST_F(BadInput, EventsMustBeKnownAndFit) {
  v1::RouteRequest first = FirstQuestion("r");
  v1::Decision decision = client_.Ask(first);
  v1::RouteRequest next = NextQuestion(first, decision);
  EXPECT_THAT(Complaint(next), StartsWith("event: is missing"));
  next.mutable_event();
  EXPECT_THAT(Complaint(next), StartsWith("event: says nothing that is known here"));
  // An event of a later version: a field that this server does not know.
  next.mutable_event()
      ->GetReflection()
      ->MutableUnknownFields(next.mutable_event())
      ->AddVarint(99, 1);
  EXPECT_THAT(Complaint(next), StartsWith("event: says nothing that is known here"));
  next.mutable_event()->set_digits("1");
  EXPECT_THAT(Complaint(next), HasSubstr("event"));
  next.mutable_event()->mutable_dial()->add_results()->set_attempt_id("0.0");
  EXPECT_THAT(Complaint(next), StartsWith("event.dial.results[0].outcome: is missing"));
}

TEST_F(BadInput, WhatIsNotBuiltIsRefusedByName) {
  v1::RouteRequest request = FirstQuestion("r");
  request.set_look_ahead(2);
  grpc::Status status = client_.Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_THAT(status.error_message(), HasSubstr("look_ahead"));
  request = FirstQuestion("r");
  request.mutable_call()->set_direction(v1::DIRECTION_OUTBOUND);
  status = client_.Fail(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_THAT(status.error_message(), HasSubstr("direction"));
}

TEST_F(BadInput, OversizedMessagesAreRefused) {
  v1::RouteRequest request = FirstQuestion("r");
  request.mutable_call()->set_originating_line(std::string(9 << 20, '1'));
  EXPECT_EQ(client_.Fail(request).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(client_.Ask(FirstQuestion("s")).has_dial());
}

TEST_F(BadInput, ReportsAreRefusedByNumberAndField) {
  v1::ReportRequest request;
  *request.add_reports()->mutable_call_id() = FirstQuestion("r").call_id();
  request.mutable_reports(0)->mutable_hold();
  request.add_reports();
  v1::ReportResponse response;
  grpc::Status status = client_.route().Report(NewContext().get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), StartsWith("reports[1].event: "));
}

}  // namespace
}  // namespace libroute
