#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/route/test_server.h"

// Many questions in one message.
namespace libroute {
namespace {

constexpr int kInvalidArgument = static_cast<int>(absl::StatusCode::kInvalidArgument);

TEST(RouteMany, AnswersAMessageWhenItsLastQuestionIsAnswered) {
  TestServer server;
  SlowContactOwner owner(*server.engine);
  RouteHandler handler(*server.engine, owner, [&server] { return server.now; });
  v1::RouteStreamRequest request;
  *request.add_requests() = FirstQuestion("a", "+3222000101");
  *request.add_requests() = FirstQuestion("b", "+3222000100");
  v1::RouteStreamResponse response;
  int times = 0;
  auto done = [&](absl::string_view bytes) {
    ++times;
    response = TestServer::ReadMany(bytes);
  };
  ASSERT_TRUE(handler.RouteMany(request, Principal::WithAllRoles("test"), done).ok());
  EXPECT_EQ(times, 0);
  owner.CompleteAll();
  EXPECT_EQ(times, 1);
  EXPECT_EQ(response.responses(0).decision().wait().group(), "desk");
  EXPECT_EQ(response.responses(1).decision().dial().legs_size(), 2);
}

TEST(RouteMany, AnswersManyAsItWouldAnswerEach) {
  TestServer server;
  TestServer single;
  v1::RouteStreamRequest request;
  for (int i = 0; i < 100; ++i) {
    // Some twice, some wrong, some of nobody.
    std::string called = i % 7 == 3 ? "nonsense" : i % 5 == 2 ? "+3290000000" : "+3222000100";
    v1::RouteRequest question = FirstQuestion(absl::StrCat("r", i - i % 11 / 10), called);
    question.set_request_id(std::to_string(i));
    if (i % 6 == 1) question.set_look_ahead(4);
    if (i % 8 == 1) question.set_explain(true);
    *request.add_requests() = question;
    v1::RouteRequest next = After(question, single.Route(question), v1::OUTCOME_BUSY);
    if (i % 3 == 0 && !next.continuation().empty()) *request.add_requests() = next;
  }
  v1::RouteStreamResponse response = server.RouteMany(request, Principal::WithAllRoles("test"));
  ASSERT_EQ(response.responses_size(), request.requests_size());
  for (int i = 0; i < request.requests_size(); ++i) {
    EXPECT_EQ(response.responses(i).SerializeAsString(),
              single.Route(request.requests(i)).SerializeAsString())
        << i;
  }
}

TEST(RouteMany, RefusesTooManyQuestionsInOneMessage) {
  TestServer server;
  v1::RouteStreamRequest request;
  for (int i = 0; i < 1001; ++i) request.add_requests();
  EXPECT_TRUE(absl::IsInvalidArgument(server.handler->RouteMany(
      request, Principal::WithAllRoles("test"), [](absl::string_view) { FAIL(); })));
}

TEST(RouteMany, AnswersAnEmptyMessage) {
  TestServer server;
  EXPECT_EQ(server.RouteMany({}, Principal()).responses_size(), 0);
}

TEST(RouteMany, NoMistakeStopsAnEmergencyCallAmongOthers) {
  TestServer server({{"north", "BE", "Gent"}});
  v1::RouteStreamRequest request;
  *request.add_requests() = BadEmergency("112");
  *request.add_requests() = BadEmergency("4711");
  Principal who = SwitchOf("sw", {"south"});
  v1::RouteStreamResponse response = server.RouteMany(request, who);
  EXPECT_TRUE(response.responses(0).decision().has_pass_through());
  EXPECT_EQ(response.responses(1).error().code(), kInvalidArgument);
  v1::ExplainRequest explain;
  *explain.mutable_question() = BadEmergency("112");
  v1::ExplainResponse explained;
  ASSERT_TRUE(server.handler->Explain(explain, who, &explained).ok());
  EXPECT_TRUE(explained.explanation().decision().has_pass_through());
}

}  // namespace
}  // namespace libroute
