// Many calls on one stream.

#include <map>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

class RouteStreams : public testing::Test {
 protected:
  using Stream = grpc::ClientReaderWriter<v1::RouteStreamRequest, v1::RouteStreamResponse>;

  TempDirectory directory_;
  RoutedProcess routed_{
      {"--plan", directory_.Write("acme.yaml", kAcmePlan), "--listen", "127.0.0.1:0"}};
  Client client_{routed_.Address()};
  std::unique_ptr<grpc::ClientContext> context_ = NewContext();
  std::unique_ptr<Stream> stream_ = client_.route().RouteStream(context_.get());
};

// Message number i of several with a few questions each, of which one is bad.
v1::RouteStreamRequest Message(int i) {
  v1::RouteStreamRequest message;
  for (int j = 0; j < 5; ++j) {
    std::string name = absl::StrCat(i, "-", j);
    v1::RouteRequest* question = message.add_requests();
    *question = FirstQuestion(name, j == 3 ? "bad" : "+3222000100");
    question->set_request_id(name);
  }
  return message;
}

TEST_F(RouteStreams, AnswersEveryQuestionUnderItsId) {
  constexpr int kMessages = 300;
  std::thread writer([this] {
    for (int i = 0; i < kMessages; ++i) stream_->Write(Message(i));
    stream_->WritesDone();
  });
  std::map<std::string, v1::RouteResponse> answers;
  v1::RouteStreamResponse message;
  while (stream_->Read(&message)) {
    for (const v1::RouteResponse& answer : message.responses()) {
      EXPECT_TRUE(answers.emplace(answer.request_id(), answer).second) << answer.request_id();
    }
  }
  writer.join();
  EXPECT_TRUE(stream_->Finish().ok());
  ASSERT_EQ(answers.size(), 5u * kMessages);
  for (int i = 0; i < kMessages; ++i) {
    v1::RouteStreamRequest sent = Message(i);
    for (const v1::RouteRequest& question : sent.requests()) {
      const v1::RouteResponse& answer = answers[question.request_id()];
      if (question.call().called() == "bad") {
        EXPECT_EQ(answer.error().code(), grpc::StatusCode::INVALID_ARGUMENT);
      } else {
        EXPECT_TRUE(answer.decision().has_dial());
      }
    }
  }
}

TEST_F(RouteStreams, CallsGoOnFromStepToStep) {
  v1::RouteRequest question = FirstQuestion("r");
  v1::RouteStreamResponse response;
  v1::RouteStreamRequest message;
  for (const char* expected : {"+3222000111", "+3222000112"}) {
    *message.add_requests() = question;
    ASSERT_TRUE(stream_->Write(message));
    ASSERT_TRUE(stream_->Read(&response));
    const v1::Decision& decision = response.responses(0).decision();
    EXPECT_EQ(decision.dial().legs(0).number(), expected);
    question = AfterSip(question, decision, 486);
    message.Clear();
  }
  stream_->WritesDone();
  EXPECT_TRUE(stream_->Finish().ok());
}

// A client that reads its answers late gets all of them, and nobody else waits
// for it.
TEST_F(RouteStreams, LateReaderHoldsBackNobodyElse) {
  constexpr int kMessages = 2000;
  std::thread writer([this] {
    for (int i = 0; i < kMessages && stream_->Write(Message(i)); ++i) {
    }
    stream_->WritesDone();
  });
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(client_.Ask(FirstQuestion(absl::StrCat("other", i))).has_dial());
  }
  int answers = 0;
  v1::RouteStreamResponse message;
  while (stream_->Read(&message)) answers += message.responses_size();
  writer.join();
  EXPECT_EQ(answers, 5 * kMessages);
  EXPECT_TRUE(stream_->Finish().ok());
}

TEST_F(RouteStreams, TooManyQuestionsInOneMessageEndTheStream) {
  v1::RouteStreamRequest message;
  for (int i = 0; i < 1001; ++i) message.add_requests();
  stream_->Write(message);
  v1::RouteStreamResponse response;
  EXPECT_FALSE(stream_->Read(&response));
  grpc::Status status = stream_->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), testing::HasSubstr("requests: has 1001 entries"));
}

TEST_F(RouteStreams, CancelledStreamsLeaveTheServerWell) {
  for (int i = 0; i < 50; ++i) {
    std::unique_ptr<grpc::ClientContext> context = NewContext();
    std::unique_ptr<Stream> stream = client_.route().RouteStream(context.get());
    for (int j = 0; j < i % 5; ++j) stream->Write(Message(j));
    context->TryCancel();
    stream->Finish();
  }
  EXPECT_TRUE(client_.Ask(FirstQuestion("r")).has_dial());
}

}  // namespace
}  // namespace libroute
