#include "services/load/questions.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/v1/route.pb.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

v1::RouteRequest Parsed(const QuestionTemplate& question) {
  v1::RouteRequest request;
  EXPECT_TRUE(request.ParseFromString(question.bytes));
  return request;
}

TEST(Questions, HaveEveryNumberOnce) {
  CallPatterns patterns;
  patterns.called = {"+3222000100", "+3222000110-+3222000118"};
  patterns.calling = {"+32475000000"};
  auto questions = MakeQuestions(patterns, QuestionUse::kUnary);
  ASSERT_TRUE(questions.ok()) << questions.status();
  ASSERT_EQ(questions->size(), 10u);
  std::set<std::string> called;
  for (const QuestionTemplate& question : *questions) {
    const v1::RouteRequest request = Parsed(question);
    called.insert(request.call().called());
    EXPECT_EQ(request.call().calling(), "+32475000000");
    EXPECT_EQ(request.request_id(), "");
  }
  EXPECT_EQ(called.size(), 10u);
  EXPECT_EQ(*called.rbegin(), "+3222000118");
}

TEST(Questions, HaveNoCallingNumberWhenNoneIsGiven) {
  CallPatterns patterns;
  patterns.called = {"+3222000100"};
  auto questions = MakeQuestions(patterns, QuestionUse::kUnary);
  ASSERT_TRUE(questions.ok()) << questions.status();
  EXPECT_EQ(Parsed(questions->front()).call().calling(), "");
}

TEST(Questions, AreBoundedAndDrawnFromAllNumbers) {
  CallPatterns patterns;
  patterns.called = {"+32200000000-+32299999999"};
  auto questions = MakeQuestions(patterns, QuestionUse::kUnary);
  ASSERT_TRUE(questions.ok()) << questions.status();
  EXPECT_EQ(questions->size(), 65536u);
}

TEST(Questions, LeaveRoomForTheirSerialNumber) {
  CallPatterns patterns;
  patterns.called = {"+3222000100"};
  auto questions = MakeQuestions(patterns, QuestionUse::kStream);
  ASSERT_TRUE(questions.ok()) << questions.status();
  QuestionTemplate& question = questions->front();
  ASSERT_EQ(question.serials.size(), 2u);
  for (size_t at : question.serials) question.bytes.replace(at, kSerialDigits, "000000000042");
  const v1::RouteRequest request = Parsed(question);
  EXPECT_EQ(request.request_id(), "000000000042");
  EXPECT_EQ(request.call_id().reference(), "000000000042");
}

TEST(Questions, RefusePatternsWithoutLength) {
  CallPatterns patterns;
  patterns.called = {"+3222*"};
  EXPECT_THAT(std::string(MakeQuestions(patterns, QuestionUse::kUnary).status().message()),
              HasSubstr("+3222*"));
  patterns.called = {"0475"};
  EXPECT_FALSE(MakeQuestions(patterns, QuestionUse::kUnary).ok());
}

TEST(Answers, AreToldByTheirAction) {
  v1::RouteResponse response;
  response.mutable_decision()->set_customer("acme");
  response.mutable_decision()->mutable_voicemail()->set_mailbox("desk");
  std::vector<AnswerSeen> seen;
  ReadUnaryAnswer(response.SerializeAsString(), seen);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(AnswerKindName(seen[0].kind), "voicemail");
}

TEST(Answers, OfAStreamHaveTheSerialOfTheirQuestion) {
  v1::RouteStreamResponse message;
  v1::RouteResponse& first = *message.add_responses();
  first.set_request_id("000000000007");
  first.mutable_decision()->mutable_dial()->add_legs()->set_number("+3222000100");
  v1::RouteResponse& second = *message.add_responses();
  second.set_request_id("000000000003");
  second.mutable_error()->set_message("no");
  std::vector<AnswerSeen> seen;
  ReadStreamAnswers(message.SerializeAsString(), seen);
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].serial, 7);
  EXPECT_EQ(AnswerKindName(seen[0].kind), "dial");
  EXPECT_EQ(seen[1].serial, 3);
  EXPECT_EQ(AnswerKindName(seen[1].kind), "refused");
}

TEST(Answers, ThatAreDamagedAreOther) {
  std::vector<AnswerSeen> seen;
  ReadUnaryAnswer("\x12\xff", seen);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(AnswerKindName(seen[0].kind), "other");
}

}  // namespace
}  // namespace libroute
