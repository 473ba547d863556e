// What is wrong is refused by name, and nothing else suffers from it.

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

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
              StartsWith("call.called: \"0475123456\" cannot be read (local number)"));
  EXPECT_THAT(Complaint(FirstQuestion("r", "+0475123456")), StartsWith("call.called: "));
  EXPECT_THAT(Complaint(FirstQuestion("r", "501410")), HasSubstr("501410"));
}

// How a message of these bytes is refused.
grpc::Status SendBytes(Client& client, const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(client.channel());
  std::unique_ptr<grpc::ClientContext> context = NewContext();
  grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> ended;
  stub.UnaryCall(context.get(), "/libroute.v1.RouteService/" + method, grpc::StubOptions(),
                 &request, &response,
                 [&ended](grpc::Status status) { ended.set_value(std::move(status)); });
  return ended.get_future().get();
}

TEST_F(BadInput, BytesThatAreNoMessageAreRefused) {
  const std::string garbage = "\xff\xff\xff";
  for (const char* method : {"Route", "RouteStream"}) {
    grpc::Status status = SendBytes(client_, method, garbage);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << method;
    EXPECT_THAT(status.error_message(), StartsWith("the request is not a libroute.v1.Route"));
  }
  // In proto3 a text is UTF-8.
  v1::RouteRequest request = FirstQuestion("r");
  std::string bytes = request.SerializeAsString();
  bytes.replace(bytes.find("+3222"), 2, "\xc3\x28");
  EXPECT_EQ(SendBytes(client_, "Route", bytes).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(client_.Ask(request).has_dial());
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

TEST_F(BadInput, LookingTooFarAheadIsRefused) {
  v1::RouteRequest request = FirstQuestion("r");
  request.set_look_ahead(65);
  EXPECT_THAT(Complaint(request), StartsWith("look_ahead: 65 is too large; at most 64"));
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
