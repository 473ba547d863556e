#include "services/route/route_handler.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/route/test_server.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr int kInvalid = static_cast<int>(absl::StatusCode::kInvalidArgument);
constexpr int kDenied = static_cast<int>(absl::StatusCode::kPermissionDenied);
constexpr int kAborted = static_cast<int>(absl::StatusCode::kAborted);

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

TEST(RouteHandler, PromisesToCallBack) {
  TestServer server;
  const v1::RouteRequest first = FirstQuestion("r", "+3222000101");
  const v1::RouteResponse waits = server.Route(first);
  EXPECT_EQ(waits.decision().wait().callback().key(), "1");
  v1::RouteRequest wanted = NextQuestion(first, waits);
  const auto refused = [&](const std::string& number) {
    wanted.mutable_event()->mutable_callback_wanted()->set_number(number);
    const v1::RouteResponse response = server.Route(wanted);
    EXPECT_EQ(response.error().code(), kInvalid);
    return response.error().message();
  };
  EXPECT_THAT(refused(std::string(33, '1')), HasSubstr("number: has 33 bytes; at most 32"));
  EXPECT_THAT(refused("+3290212345"), HasSubstr("is of kind premium"));
  // The call waits on by its last question, and may ask for it again.
  EXPECT_EQ(server.Route(first).decision().wait().callback().key(), "1");
  wanted.mutable_event()->mutable_callback_wanted()->clear_number();
  const v1::RouteResponse promised = server.Route(wanted);
  EXPECT_EQ(promised.decision().wait().promise().number(), "+32470000000");
  EXPECT_EQ(promised.decision().wait().max_wait().seconds(), 4 * 3600);
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

TEST(RouteHandler, AnswersWhenTheContactOwnerDoes) {
  TestServer server;
  SlowContactOwner owner(*server.engine);
  RouteHandler handler(*server.engine, owner, [&server] { return server.now; });
  v1::RouteRequest request = FirstQuestion("r", "+3222000101");
  v1::RouteResponse response;
  int times = 0;
  handler.Route(request, Principal::WithAllRoles("test"),
                [&](const RouteHandler::Response& answer) {
                  ++times;
                  response = TestServer::Read(answer);
                });
  EXPECT_EQ(times, 0);
  owner.CompleteAll();
  EXPECT_EQ(times, 1);
  EXPECT_EQ(response.decision().wait().group(), "desk");
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

TEST(RouteHandler, FindsEmergencyNumbersInWhateverTheyAreWritten) {
  Ingress north{"north", "BE", "Gent"};
  north.numbers.routing_prefix = *Digits::Parse("8");
  TestServer server({north});
  for (const char* called : {"112", "8112", "tel:112;phone-context=+32", "sip:112@sbc;user=phone",
                             "sip:8112@sbc", "1-1-2"}) {
    v1::RouteRequest request = BadEmergency(called);
    EXPECT_EQ(server.Route(request, SwitchOf("sw", {"north"})).decision().pass_through().reason(),
              v1::PASS_THROUGH_REASON_EMERGENCY)
        << called;
  }
}

constexpr absl::string_view kSites = R"(
customer: sites
numbering: { prefix: "5", country: FR }
numbers: [{ number: "+33562070400-+33562070499", tree: t }, { number: "+33223280411", tree: t }]
sites:
  toulouse: { place: Wilson, code: "01", extensions: [{ numbers: "+33562070400-+33562070499", digits: 3 }] }
  rennes: { place: Lamennais, lines: [{ numbers: "+33223280411" }] }
trees: { t: { reject: { cause: busy } } }
)";

// Asks for help from the line +33562070410, which shows the number of Rennes.
v1::RouteRequest HelpFromToulouse(const std::string& dialled, const std::string& ingress) {
  v1::RouteRequest request = FirstQuestion("r", dialled);
  v1::Call& call = *request.mutable_call();
  call.set_direction(v1::DIRECTION_OUTBOUND);
  call.set_ingress(ingress);
  call.set_originating_line("+33562070410");
  call.set_calling("+33223280411");
  return request;
}

TEST(RouteHandler, SendsHelpToTheLineThatCalls) {
  TestServer server({{"fr", "FR", "exchange"}, {"pbx", "FR", "exchange", "sites"}});
  server.Publish(TestPlan(kSites));
  for (const char* ingress : {"fr", "pbx"}) {
    for (const char* line : {"+33562070410", "tel:+33-562-07-04-10"}) {
      v1::RouteRequest request = HelpFromToulouse("112", ingress);
      request.mutable_call()->set_originating_line(line);
      const v1::PassThroughDecision pass = server.Route(request).decision().pass_through();
      EXPECT_EQ(pass.place(), "Wilson") << ingress << line;
      EXPECT_EQ(pass.call_back(), "+33562070410");
      request.mutable_call()->clear_calling();
      EXPECT_EQ(server.Route(request).decision().pass_through().place(), "Wilson");
    }
  }
  v1::RouteRequest request = HelpFromToulouse("112", "pbx");
  request.mutable_call()->set_originating_line("501410");
  EXPECT_EQ(server.Route(request).decision().pass_through().place(), "Wilson");
}

TEST(RouteHandler, NoMistakeStopsACallThatIsForHelpByItsSiteOnly) {
  TestServer server({{"be", "BE", "exchange"}, {"north", "BE", "Gent"}});
  server.Publish(TestPlan(kSites));
  v1::RouteRequest request = HelpFromToulouse("17", "be");
  request.set_look_ahead(1000);
  request.mutable_call()->add_diversions()->set_reason(static_cast<v1::DiversionReason>(77));
  for (const char* ingress : {"be", "nowhere", "no name", ""}) {
    request.mutable_call()->set_ingress(ingress);
    const v1::PassThroughDecision pass =
        server.Route(request, SwitchOf("sw", {"north"})).decision().pass_through();
    EXPECT_EQ(pass.reason(), v1::PASS_THROUGH_REASON_EMERGENCY) << ingress;
    EXPECT_EQ(pass.place(), "Wilson") << ingress;
  }
  // What is none at the site is checked as any other, whatever the ingress says.
  request.mutable_call()->set_called("101");
  request.mutable_call()->set_ingress("be");
  request.set_look_ahead(0);
  EXPECT_EQ(server.Route(request).error().code(), kInvalid);
}

// A switch that carries out a decision made ahead and then asks has the answer of
// one that asked each time.
TEST(RouteHandler, DecidesAheadAndGoesOnFromThere) {
  TestServer server;
  v1::RouteRequest request = FirstQuestion("r");
  EXPECT_FALSE(server.Route(request).has_look_ahead());
  request = FirstQuestion("s");
  request.set_look_ahead(16);
  const v1::RouteResponse response = server.Route(request);
  ASSERT_GT(response.look_ahead().steps_size(), 0);
  for (const v1::AheadEdge& edge : response.look_ahead().next()) {
    if (edge.step() == 0 || edge.outcomes_size() == 0) continue;
    v1::RouteRequest next = NextQuestion(request, response);
    v1::DialResult& dial = *next.mutable_event()->mutable_dial();
    for (int i = 0; i < response.decision().dial().legs_size(); ++i) {
      dial.add_results()->set_outcome(static_cast<v1::Outcome>(edge.outcomes(0)));
    }
    const v1::Decision asked = server.Route(next).decision();
    const v1::Decision& made =
        response.look_ahead().steps(static_cast<int>(edge.step()) - 1).decision();
    EXPECT_EQ(asked.action_case(), made.action_case());
    EXPECT_EQ(asked.node(), made.node());
    EXPECT_EQ(made.customer(), "");
  }
}

TEST(RouteHandler, SaysWhyIfThatIsWanted) {
  TestServer server;
  v1::RouteRequest request = FirstQuestion("r");
  EXPECT_FALSE(server.Route(request).has_explanation());
  request = FirstQuestion("s");
  request.set_explain(true);
  const v1::RouteResponse response = server.Route(request);
  ASSERT_GT(response.explanation().visits_size(), 0);
  EXPECT_EQ(response.explanation().visits(response.explanation().visits_size() - 1).path(),
            response.decision().node());
  // The call goes on from it, and its next answer says why, too.
  v1::RouteRequest next = After(request, response, v1::OUTCOME_BUSY);
  next.set_explain(true);
  const v1::RouteResponse second = server.Route(next);
  EXPECT_FALSE(second.has_error()) << second.DebugString();
  EXPECT_GT(second.explanation().visits_size(), 0);
}

TEST(RouteHandler, ReadsCallsForHelpHoweverTheyAreWritten) {
  TestServer server({{"north", "BE", "Gent"}});
  for (const char* called :
       {"urn:service:sos", "URN:Service:SOS.fire", "urn:service:sos.police", "tel:112",
        "tel:112;phone-context=+32", "tel:112;phone-context=sbc.net", "sip:112@host",
        "sips:112@host;user=phone", "+112", "tel:+112", "sip:+112@host;user=phone"}) {
    EXPECT_EQ(server.Route(BadEmergency(called), SwitchOf("sw", {"north"}))
                  .decision()
                  .pass_through()
                  .place(),
              "Gent")
        << called;
  }
  for (const char* called : {"urn:service:sosx", "urn:service:counseling", "urn:service"}) {
    EXPECT_EQ(server.Route(FirstQuestion("r", called)).error().code(), kInvalid) << called;
  }
}

TEST(RouteHandler, KnowsShortNumbersWhereTheCallersShouldBe) {
  TestServer server({{"fr", "FR", "Paris"}, {"be", "BE", "Gent"}});
  server.Publish(TestPlan(R"(
customer: acme
numbers: [{ number: "+3222000100", tree: t }]
caller_identity: { premium: reject }
trees: { t: { voicemail: { mailbox: main } } }
)"));
  auto rejected = [&](const std::string& calling, const std::string& ingress) {
    v1::RouteRequest request = FirstQuestion("r");
    request.mutable_call()->set_calling(calling);
    request.mutable_call()->set_ingress(ingress);
    return server.Route(request).decision().has_reject();
  };
  for (const char* calling : {"3639", "tel:3639;phone-context=+33", "sip:3639@sbc;user=phone"}) {
    EXPECT_TRUE(rejected(calling, "fr")) << calling;
  }
  EXPECT_FALSE(rejected("3639", "be"));
  EXPECT_FALSE(rejected("112", "fr"));
  EXPECT_FALSE(rejected("+33145670411", "fr"));
}

TEST(RouteHandler, ReadsNumbersByTheIngress) {
  TestServer server({{"north", "BE", "Gent", "", NationalProfile("BE")}, {"south", "BE", "Mons"}});
  v1::RouteRequest request = FirstQuestion("r", "tel:02-200-01-00;rn=C01");
  request.mutable_call()->set_ingress("north");
  EXPECT_EQ(server.Route(request).decision().number(), "+3222000100");
  request.mutable_call()->set_ingress("south");
  EXPECT_EQ(server.Route(request).error().message().substr(0, 12), "call.called:");
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

}  // namespace
}  // namespace libroute
