#include "services/load/load.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/v1/route.grpc.pb.h"
#include "services/load/questions.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

// Answers every question: with voicemail, or with an error when the called
// number ends in 9. In streams the answers of a message come back to front.
class FakeService final : public v1::RouteService::Service {
 public:
  grpc::Status Route(grpc::ServerContext*, const v1::RouteRequest* request,
                     v1::RouteResponse* response) override {
    ++questions;
    if (request->call().called().back() == '9') {
      return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "ends in 9");
    }
    response->mutable_decision()->mutable_voicemail()->set_mailbox("desk");
    return grpc::Status::OK;
  }

  grpc::Status RouteStream(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<v1::RouteStreamResponse, v1::RouteStreamRequest>* stream) override {
    v1::RouteStreamRequest message;
    while (!ends_streams && stream->Read(&message)) {
      v1::RouteStreamResponse response;
      for (int i = message.requests_size() - 1; i >= 0; --i) {
        ++questions;
        v1::RouteResponse& answer = *response.add_responses();
        answer.set_request_id(message.requests(i).request_id());
        answer.mutable_decision()->mutable_voicemail()->set_mailbox("desk");
      }
      stream->Write(response);
    }
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "no more");
  }

  std::atomic<int64_t> questions{0};
  bool ends_streams = false;
};

class LoadTest : public testing::Test {
 protected:
  LoadTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
    shape_.warmup = absl::Milliseconds(20);
    shape_.duration = absl::Milliseconds(200);
    shape_.outstanding = 8;
    shape_.channels = 2;
  }

  // per_message 0: unary.
  LoadTarget Target(const std::string& called, int per_message) const {
    CallPatterns patterns;
    patterns.called = {called};
    LoadTarget target;
    target.server.address = address_;
    target.per_message = per_message;
    target.method = absl::StrCat("/libroute.v1.RouteService/Route", per_message ? "Stream" : "");
    target.questions =
        *MakeQuestions(patterns, per_message ? QuestionUse::kStream : QuestionUse::kUnary);
    target.read_answers = per_message ? ReadStreamAnswers : ReadUnaryAnswer;
    return target;
  }

  static int64_t Voicemails(const LoadResult& result) {
    return result.kinds[v1::Decision::kVoicemailFieldNumber];
  }

  FakeService service_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  LoadShape shape_;
};

TEST_F(LoadTest, CountsUnaryAnswers) {
  auto result = RunLoad(Target("+3222000100", 0), shape_, nullptr);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->answers, 0);
  EXPECT_LE(result->answers, service_.questions.load());
  EXPECT_EQ(result->errors, 0) << result->first_error;
  EXPECT_EQ(Voicemails(*result), result->answers);
  EXPECT_EQ(result->latencies.count(), result->answers);
  EXPECT_GT(result->request_bytes, 0);
  EXPECT_GT(result->response_bytes, 0);
}

TEST_F(LoadTest, CountsErrorsAndSaysTheFirst) {
  auto result = RunLoad(Target("+3222000109", 0), shape_, nullptr);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->answers, 0);
  EXPECT_GT(result->errors, 0);
  EXPECT_THAT(result->first_error, HasSubstr("ends in 9"));
}

TEST_F(LoadTest, FindsTheQuestionOfEachAnswerInAStream) {
  for (int per_message : {1, 7}) {
    auto result = RunLoad(Target("+3222000100-+3222000119", per_message), shape_, nullptr);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_GT(result->answers, 0);
    EXPECT_EQ(result->errors, 0) << result->first_error;
    EXPECT_EQ(Voicemails(*result), result->answers);
  }
}

TEST_F(LoadTest, SendsAllThatIsDueInAnOpenLoop) {
  shape_.rate = 1000;
  shape_.outstanding = 10000;
  auto result = RunLoad(Target("+3222000100", 0), shape_, nullptr);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->errors, 0) << result->first_error;
  // 1000/s for 200 ms, give or take one at either end, however slow we are.
  EXPECT_GE(result->answers, 199);
  EXPECT_LE(result->answers, 201);
  EXPECT_FALSE(result->fell_behind);
}

TEST_F(LoadTest, SaysWhenItFallsBehind) {
  // A question every 10 us, one at a time.
  shape_.rate = 1e5;
  shape_.outstanding = 1;
  auto result = RunLoad(Target("+3222000100", 0), shape_, nullptr);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->fell_behind);
}

TEST_F(LoadTest, GivesUpWhenAStreamEnds) {
  service_.ends_streams = true;
  auto result = RunLoad(Target("+3222000100", 1), shape_, nullptr);
  EXPECT_TRUE(absl::IsUnavailable(result.status())) << result.status();
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("no more"));
}

TEST_F(LoadTest, RefusesShapesWithoutSense) {
  shape_.channels = 0;
  EXPECT_TRUE(absl::IsInvalidArgument(RunLoad(Target("+3222000100", 0), shape_, nullptr).status()));
  shape_.channels = 1;
  LoadTarget nothing = Target("+3222000100", 0);
  nothing.questions.clear();
  EXPECT_TRUE(absl::IsInvalidArgument(RunLoad(nothing, shape_, nullptr).status()));
}

}  // namespace
}  // namespace libroute
