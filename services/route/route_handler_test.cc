#include "services/route/route_handler.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/route/test_server.h"

namespace libroute {
namespace {

using testing::Contains;
using testing::HasSubstr;

constexpr int kInvalid = static_cast<int>(absl::StatusCode::kInvalidArgument);
constexpr int kDenied = static_cast<int>(absl::StatusCode::kPermissionDenied);
constexpr int kAborted = static_cast<int>(absl::StatusCode::kAborted);

Principal SwitchOf(std::string name, std::vector<std::string> ingresses) {
  Principal principal;
  principal.name = absl::StrCat("certificate ", name);
  principal.switch_name = std::move(name);
  principal.ingresses = std::move(ingresses);
  return principal;
}

Principal CustomerOf(std::string name) {
  Principal principal;
  principal.name = absl::StrCat("certificate ", name);
  principal.customer = std::move(name);
  return principal;
}

v1::RouteRequest After(const v1::RouteRequest& before, const v1::RouteResponse& response,
                       v1::Outcome outcome) {
  v1::RouteRequest request = NextQuestion(before, response);
  request.mutable_event()->mutable_dial()->add_results()->set_outcome(outcome);
  return request;
}

TEST(RouteHandler, FollowsACallToItsEnd) {
  TestServer server;
  v1::RouteRequest first = FirstQuestion("r");
  first.set_request_id("q1");
  v1::RouteResponse dial = server.Route(first);
  EXPECT_EQ(dial.request_id(), "q1");
  ASSERT_EQ(dial.decision().dial().legs_size(), 2);
  EXPECT_EQ(dial.decision().dial().legs(0).number(), "+3222000111");
  EXPECT_EQ(dial.decision().dial().legs(0).attempt_id(), "0.0");
  v1::RouteRequest second = NextQuestion(first, dial);
  for (const v1::Leg& leg : dial.decision().dial().legs()) {
    v1::AttemptResult* result = second.mutable_event()->mutable_dial()->add_results();
    result->set_attempt_id(leg.attempt_id());
    result->set_sip_status(486);
  }
  EXPECT_EQ(server.Route(second).decision().voicemail().mailbox(), "main");
}

TEST(RouteHandler, AnswersWhatIsWrongInTheResponse) {
  TestServer server;
  v1::RouteRequest request = FirstQuestion("r", "nonsense");
  request.set_request_id("q1");
  v1::RouteResponse response = server.Route(request);
  EXPECT_EQ(response.request_id(), "q1");
  EXPECT_EQ(response.error().code(), kInvalid);
  EXPECT_THAT(response.error().message(), HasSubstr("call.called: \"nonsense\""));
}

TEST(RouteHandler, RefusesAForgedContinuation) {
  TestServer server;
  v1::RouteRequest first = FirstQuestion("r");
  v1::RouteRequest next = After(first, server.Route(first), v1::OUTCOME_BUSY);
  next.mutable_continuation()->back() ^= 1;
  EXPECT_EQ(server.Route(next).error().code(), kInvalid);
  EXPECT_THAT(server.Route(next).error().message(), HasSubstr("continuation"));
}

TEST(RouteHandler, CompletesAContactBeforeItAnswers) {
  TestServer server;
  v1::RouteResponse response = server.Route(FirstQuestion("r", "+3222000101"));
  EXPECT_EQ(response.decision().wait().group(), "desk");
  EXPECT_THAT(response.decision().wait().contact(), testing::StartsWith("c"));
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 1);
  // The same question again is the same contact.
  v1::RouteResponse again = server.Route(FirstQuestion("r", "+3222000101"));
  EXPECT_EQ(again.decision().wait().contact(), response.decision().wait().contact());
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 1);
}

TEST(RouteHandler, AnswersAbortedWithTheFirstDecision) {
  TestServer server;
  v1::RouteRequest menu = FirstQuestion("r", "+3222000101");
  v1::RouteResponse first = server.Route(menu);
  v1::RouteRequest other = FirstQuestion("r", "+3222000100");
  v1::RouteResponse response = server.Route(other);
  EXPECT_EQ(response.error().code(), kAborted);
  EXPECT_EQ(response.error().decision().wait().contact(), first.decision().wait().contact());
}

// Keeps what it is given, and completes it when told.
class SlowContactOwner : public ContactOwner {
 public:
  explicit SlowContactOwner(Engine& engine) : engine_(engine) {}

  void Complete(const Enter& enter, absl::Time now, Decision& decision, const Done& done) override {
    waiting_.push_back(
        [this, &enter, now, &decision, done] { done(engine_.Complete(enter, now, decision)); });
  }
  void CompleteAll() {
    for (auto& complete : waiting_) complete();
    waiting_.clear();
  }

 private:
  Engine& engine_;
  std::vector<std::function<void()>> waiting_;
};

TEST(RouteHandler, AnswersWhenTheContactOwnerDoes) {
  TestServer server;
  SlowContactOwner owner(*server.engine);
  RouteHandler handler(*server.engine, owner, [&server] { return server.now; });
  v1::RouteRequest request = FirstQuestion("r", "+3222000101");
  v1::RouteResponse response;
  int times = 0;
  handler.Route(request, Principal::WithAllRoles("test"), &response, [&times] { ++times; });
  EXPECT_EQ(times, 0);
  owner.CompleteAll();
  EXPECT_EQ(times, 1);
  EXPECT_EQ(response.decision().wait().group(), "desk");
}

TEST(RouteHandler, AnswersAMessageWhenItsLastQuestionIsAnswered) {
  TestServer server;
  SlowContactOwner owner(*server.engine);
  RouteHandler handler(*server.engine, owner, [&server] { return server.now; });
  v1::RouteStreamRequest request;
  *request.add_requests() = FirstQuestion("a", "+3222000101");
  *request.add_requests() = FirstQuestion("b", "+3222000100");
  v1::RouteStreamResponse response;
  int times = 0;
  auto done = [&times] { ++times; };
  ASSERT_TRUE(handler.RouteMany(request, Principal::WithAllRoles("test"), &response, done).ok());
  EXPECT_EQ(times, 0);
  owner.CompleteAll();
  EXPECT_EQ(times, 1);
  EXPECT_EQ(response.responses(0).decision().wait().group(), "desk");
  EXPECT_EQ(response.responses(1).decision().dial().legs_size(), 2);
}

TEST(RouteHandler, AnswersManyAsItWouldAnswerEach) {
  TestServer server;
  TestServer single;
  v1::RouteStreamRequest request;
  for (int i = 0; i < 100; ++i) {
    // Some twice, some wrong, some of nobody.
    std::string called = i % 7 == 3 ? "nonsense" : i % 5 == 2 ? "+3290000000" : "+3222000100";
    v1::RouteRequest question = FirstQuestion(absl::StrCat("r", i - i % 11 / 10), called);
    question.set_request_id(std::to_string(i));
    *request.add_requests() = question;
    v1::RouteRequest next = After(question, single.Route(question), v1::OUTCOME_BUSY);
    if (i % 3 == 0 && !next.continuation().empty()) *request.add_requests() = next;
  }
  v1::RouteStreamResponse response;
  int times = 0;
  auto done = [&times] { ++times; };
  ASSERT_TRUE(
      server.handler->RouteMany(request, Principal::WithAllRoles("test"), &response, done).ok());
  EXPECT_EQ(times, 1);
  ASSERT_EQ(response.responses_size(), request.requests_size());
  for (int i = 0; i < request.requests_size(); ++i) {
    EXPECT_EQ(response.responses(i).SerializeAsString(),
              single.Route(request.requests(i)).SerializeAsString())
        << i;
  }
}

TEST(RouteHandler, RefusesTooManyQuestionsInOneMessage) {
  TestServer server;
  v1::RouteStreamRequest request;
  for (int i = 0; i < 1001; ++i) request.add_requests();
  v1::RouteStreamResponse response;
  EXPECT_TRUE(absl::IsInvalidArgument(server.handler->RouteMany(
      request, Principal::WithAllRoles("test"), &response, [] { FAIL(); })));
}

TEST(RouteHandler, AnswersAnEmptyMessage) {
  TestServer server;
  v1::RouteStreamResponse response;
  int times = 0;
  auto done = [&times] { ++times; };
  EXPECT_TRUE(server.handler->RouteMany({}, Principal(), &response, done).ok());
  EXPECT_EQ(times, 1);
}

TEST(RouteHandler, BindsASwitchToItselfAndItsIngresses) {
  TestServer server({{"north", "BE", "Gent"}, {"south", "BE", "Mons"}});
  v1::RouteRequest request = FirstQuestion("r");
  request.mutable_call()->set_ingress("north");
  EXPECT_TRUE(server.Route(request, SwitchOf("sw", {"north"})).has_decision());
  EXPECT_EQ(server.Route(request, SwitchOf("sw", {"south"})).error().code(), kDenied);
  EXPECT_EQ(server.Route(request, SwitchOf("other", {"north"})).error().code(), kDenied);
  EXPECT_EQ(server.Route(request, CustomerOf("acme")).error().code(), kDenied);
}

// Everything about the call is wrong, except what it dials.
v1::RouteRequest BadEmergency(const std::string& dialled) {
  v1::RouteRequest request = FirstQuestion("r", dialled);
  request.set_request_id(std::string(65, 'i'));
  request.set_look_ahead(1);
  request.set_continuation("x");
  v1::Call& call = *request.mutable_call();
  call.set_calling("112");
  call.set_ingress("north");
  call.set_correlation_id("12");
  call.set_originating_line("desk");
  call.set_direction(static_cast<v1::Direction>(4));
  call.set_calling_privacy(static_cast<v1::Privacy>(9));
  call.set_verstat(static_cast<v1::Verstat>(9));
  for (int i = 0; i < 21; ++i) call.add_diversions()->set_number("1");
  return request;
}

TEST(RouteHandler, NoMistakeStopsAnEmergencyCall) {
  TestServer server({{"north", "BE", "Gent"}, {"south", "BE", "Mons"}});
  for (const Principal& who : {SwitchOf("sw", {"north"}), SwitchOf("sw", {"south"})}) {
    v1::RouteResponse response = server.Route(BadEmergency("112"), who);
    EXPECT_EQ(response.decision().pass_through().reason(), v1::PASS_THROUGH_REASON_EMERGENCY);
    EXPECT_EQ(response.decision().pass_through().place(), "Gent");
  }
  for (const char* ingress : {"", "nowhere", "no name"}) {
    v1::RouteRequest request = BadEmergency("112");
    request.mutable_call()->set_ingress(ingress);
    EXPECT_TRUE(server.Route(request, SwitchOf("sw", {"north"})).decision().has_pass_through());
  }
}

TEST(RouteHandler, NoMistakeStopsAnEmergencyCallAmongOthers) {
  TestServer server({{"north", "BE", "Gent"}});
  v1::RouteStreamRequest request;
  *request.add_requests() = BadEmergency("112");
  *request.add_requests() = BadEmergency("4711");
  v1::RouteStreamResponse response;
  Principal who = SwitchOf("sw", {"south"});
  ASSERT_TRUE(server.handler->RouteMany(request, who, &response, [] {}).ok());
  EXPECT_TRUE(response.responses(0).decision().has_pass_through());
  EXPECT_EQ(response.responses(1).error().code(), kInvalid);
  v1::ExplainRequest explain;
  *explain.mutable_question() = BadEmergency("112");
  v1::ExplainResponse explained;
  ASSERT_TRUE(server.handler->Explain(explain, who, &explained).ok());
  EXPECT_TRUE(explained.explanation().decision().has_pass_through());
}

TEST(RouteHandler, EmergencyCallIsOfTheSwitchThatAsks) {
  TestServer server;
  v1::RouteRequest request = FirstQuestion("r", "112");
  EXPECT_EQ(server.Route(request, SwitchOf("other", {})).error().code(), kDenied);
  EXPECT_EQ(server.Route(request, CustomerOf("acme")).error().code(), kDenied);
  request.clear_call_id();
  EXPECT_EQ(server.Route(request, SwitchOf("sw", {})).error().code(), kInvalid);
}

TEST(RouteHandler, RefusesAnotherSwitchesNextQuestion) {
  TestServer server;
  v1::RouteRequest first = FirstQuestion("r");
  v1::RouteRequest next = After(first, server.Route(first), v1::OUTCOME_BUSY);
  EXPECT_EQ(server.Route(next, SwitchOf("other", {})).error().code(), kDenied);
  EXPECT_TRUE(server.Route(next, SwitchOf("sw", {})).has_decision());
}

TEST(RouteHandler, ReleasedGivesTheContactBack) {
  TestServer server;
  v1::RouteRequest question = FirstQuestion("r", "+3222000101");
  server.Route(question);
  v1::ReportRequest request;
  v1::CallReport* report = request.add_reports();
  *report->mutable_call_id() = question.call_id();
  report->mutable_released()->set_by(v1::RELEASED_BY_CALLER);
  EXPECT_TRUE(absl::IsPermissionDenied(server.handler->Report(request, SwitchOf("other", {}))));
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 1);
  EXPECT_TRUE(server.handler->Report(request, SwitchOf("sw", {})).ok());
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 0);
  EXPECT_TRUE(server.handler->Report(request, SwitchOf("sw", {})).ok());
}

TEST(RouteHandler, ChecksAllReportsBeforeAnyTakesEffect) {
  TestServer server;
  v1::RouteRequest question = FirstQuestion("r", "+3222000101");
  server.Route(question);
  v1::ReportRequest request;
  v1::CallReport* report = request.add_reports();
  *report->mutable_call_id() = question.call_id();
  report->mutable_released()->set_by(v1::RELEASED_BY_CALLER);
  request.add_reports();
  absl::Status status = server.handler->Report(request, SwitchOf("sw", {}));
  EXPECT_THAT(std::string(status.message()), HasSubstr("reports[1].event: "));
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 1);
}

TEST(RouteHandler, LiveCallsKeepWhatIsHeldForThem) {
  TestServer server;
  server.Route(FirstQuestion("a", "+3222000101"));
  server.Route(FirstQuestion("b", "+3222000101"));
  v1::ListLiveCallsRequest request;
  request.set_switch_("sw");
  request.set_epoch(1);
  request.add_references("a");
  v1::ListLiveCallsResponse response;
  EXPECT_TRUE(absl::IsPermissionDenied(
      server.handler->ListLiveCalls(request, SwitchOf("other", {}), &response)));
  ASSERT_TRUE(server.handler->ListLiveCalls(request, SwitchOf("sw", {}), &response).ok());
  EXPECT_EQ(response.held(), 1u);
  EXPECT_EQ(response.given_back(), 1u);
  request.add_references("");
  EXPECT_TRUE(absl::IsInvalidArgument(
      server.handler->ListLiveCalls(request, SwitchOf("sw", {}), &response)));
}

// Explain.

absl::StatusOr<v1::Explanation> Explain(TestServer& server, const v1::ExplainRequest& request,
                                        const Principal& principal) {
  v1::ExplainResponse response;
  absl::Status status = server.handler->Explain(request, principal, &response);
  if (!status.ok()) return status;
  return response.explanation();
}

v1::ExplainRequest Asking(const v1::RouteRequest& question) {
  v1::ExplainRequest request;
  *request.mutable_question() = question;
  return request;
}

TEST(Explain, EndsInTheDecisionOfRoute) {
  TestServer server;
  v1::RouteRequest question = FirstQuestion("r");
  question.mutable_call()->set_verstat(v1::VERSTAT_PASSED);
  absl::StatusOr<v1::Explanation> explanation =
      Explain(server, Asking(question), Principal::WithAllRoles("test"));
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  v1::Decision routed = server.Route(question).decision();
  EXPECT_EQ(explanation->decision().dial().SerializeAsString(), routed.dial().SerializeAsString());
  EXPECT_EQ(explanation->decision().node(), routed.node());
  EXPECT_EQ(explanation->visits(0).kind(), "switch");
  EXPECT_THAT(explanation->notes(), Contains("call.verstat is not used yet"));
  EXPECT_EQ(explanation->at().seconds(), absl::ToUnixSeconds(server.now));
  EXPECT_THAT(explanation->text(), HasSubstr("trees.dial"));
}

TEST(Explain, GoesOnFromAContinuation) {
  TestServer server;
  v1::RouteRequest first = FirstQuestion("r");
  v1::RouteRequest next = NextQuestion(first, server.Route(first));
  next.mutable_event()->mutable_caller_released();
  absl::StatusOr<v1::Explanation> explanation =
      Explain(server, Asking(next), Principal::WithAllRoles("test"));
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_TRUE(explanation->decision().has_release());
  next.clear_call_id();
  EXPECT_THAT(
      std::string(
          Explain(server, Asking(next), Principal::WithAllRoles("test")).status().message()),
      HasSubstr("question.call_id: is missing"));
}

TEST(Explain, NeedsNoCallIdAndHasNoEffect) {
  TestServer server;
  v1::RouteRequest question = FirstQuestion("r", "+3222000101");
  question.clear_call_id();
  absl::StatusOr<v1::Explanation> explanation =
      Explain(server, Asking(question), Principal::WithAllRoles("test"));
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->decision().wait().group(), "desk");
  EXPECT_EQ(server.engine->GetStatistics().held_contacts, 0);
}

TEST(Explain, MeansTheTimeThatIsAsked) {
  TestServer server;
  v1::ExplainRequest request = Asking(FirstQuestion("r"));
  request.mutable_at()->set_seconds(1600000000);
  absl::StatusOr<v1::Explanation> explanation =
      Explain(server, request, Principal::WithAllRoles("test"));
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->at().seconds(), 1600000000);
  request.mutable_at()->set_nanos(-1);
  EXPECT_TRUE(
      absl::IsInvalidArgument(Explain(server, request, Principal::WithAllRoles("test")).status()));
}

TEST(Explain, ShowsACustomerItsOwnCallsOnly) {
  TestServer server;
  v1::ExplainRequest request = Asking(FirstQuestion("r"));
  EXPECT_TRUE(Explain(server, request, CustomerOf("acme")).ok());
  absl::Status status = Explain(server, request, CustomerOf("other")).status();
  EXPECT_TRUE(absl::IsPermissionDenied(status));
  EXPECT_THAT(std::string(status.message()), testing::Not(HasSubstr("acme")));
  // A number of nobody is refused in the same words.
  v1::ExplainRequest nobody = Asking(FirstQuestion("r", "+3290000000"));
  EXPECT_EQ(Explain(server, nobody, CustomerOf("other")).status(), status);
}

TEST(Explain, IsForOperatorsAndTheCallsSwitchToo) {
  TestServer server;
  v1::ExplainRequest request = Asking(FirstQuestion("r"));
  Principal op;
  op.is_operator = true;
  EXPECT_TRUE(Explain(server, request, op).ok());
  EXPECT_TRUE(Explain(server, request, SwitchOf("sw", {})).ok());
  EXPECT_TRUE(absl::IsPermissionDenied(Explain(server, request, SwitchOf("x", {})).status()));
  EXPECT_TRUE(absl::IsPermissionDenied(Explain(server, request, Principal()).status()));
}

}  // namespace
}  // namespace libroute
