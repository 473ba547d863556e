#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/inventory.pb.h"
#include "libroute/v1/plan.pb.h"
#include "services/route/test_server.h"

namespace libroute {
namespace {

using testing::Contains;
using testing::HasSubstr;

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
  question.mutable_call()->set_originating_line("501410");
  absl::StatusOr<v1::Explanation> explanation =
      Explain(server, Asking(question), Principal::WithAllRoles("test"));
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  v1::Decision routed = server.Route(question).decision();
  EXPECT_EQ(explanation->decision().dial().SerializeAsString(), routed.dial().SerializeAsString());
  EXPECT_EQ(explanation->decision().node(), routed.node());
  EXPECT_EQ(explanation->visits(0).kind(), "switch");
  EXPECT_THAT(explanation->notes(),
              Contains("call.originating_line is not used for inbound calls"));
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

TEST(Explain, ShowsACustomerThatTheCarriersLayerApplied) {
  TestServer server;
  v1::Inventory inventory;
  inventory.set_network("ours");
  v1::InventoryNumber* suspended = inventory.add_numbers();
  suspended->set_number("+3222000100");
  suspended->add_service()->set_state(v1::SERVICE_STATE_SUSPENDED);
  inventory.add_numbers()->set_number("+322*");
  v1::Barring* barring = inventory.add_barred_callers();
  barring->set_name("fraud");
  barring->add_numbers("+32470000001");
  server.engine->SetInventory(inventory);
  v1::ExplainRequest not_active = Asking(FirstQuestion("r"));
  v1::ExplainRequest screened = Asking(FirstQuestion("r", "+3222000101"));
  screened.mutable_question()->mutable_call()->set_calling("+32470000001");
  v1::ExplainRequest call_back = Asking(FirstQuestion("r", "+3222000102"));
  call_back.mutable_question()->mutable_call()->set_psap_callback(true);
  for (const v1::ExplainRequest& request : {not_active, screened, call_back}) {
    absl::StatusOr<v1::Explanation> explanation = Explain(server, request, CustomerOf("acme"));
    ASSERT_TRUE(explanation.ok()) << explanation.status();
    EXPECT_EQ(explanation->decision().customer(), "acme");
    EXPECT_EQ(explanation->decision().holder(), "acme");
    EXPECT_EQ(explanation->decision().number(), request.question().call().called());
    EXPECT_TRUE(absl::IsPermissionDenied(Explain(server, request, CustomerOf("other")).status()));
  }
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

constexpr absl::string_view kMailDesk = R"(
customer: post
mailboxes: [{ addresses: ["info@post.example"], tree: mail }]
agents: { anna: {} }
groups: { desk: { agents: [anna] } }
trees:
  mail: { agents: { group: desk, wait: 2h, on_timeout: { auto_reply: { message: sorry } } } }
)";

v1::ExplainRequest AskingOfEmail(const std::string& to) {
  v1::ExplainRequest request;
  request.mutable_email()->set_message_id("<1@example.net>");
  request.mutable_email()->set_sender("jan@example.net");
  request.mutable_email()->add_recipients(to);
  return request;
}

TEST(Explain, TellsWhereAnEmailGoesAndThenGoes) {
  TestServer server;
  server.engine->Publish(*ReadPlan(kMailDesk, "post.yaml").plan, {}, server.now);
  v1::ExplainRequest request = AskingOfEmail("info@post.example");
  const Principal anybody = Principal::WithAllRoles("test");
  absl::StatusOr<v1::Explanation> explanation = Explain(server, request, anybody);
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->decision().wait().group(), "desk");
  EXPECT_THAT(explanation->text(), HasSubstr("desk"));
  v1::RouteRequest* question = request.mutable_question();
  question->set_continuation(explanation->decision().continuation());
  question->mutable_event()->set_wait_ended(v1::WAIT_END_TIMEOUT);
  explanation = Explain(server, request, anybody);
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(explanation->decision().auto_reply().message(), "sorry");
  // Nothing waits.
  EXPECT_TRUE(server.engine->ListContacts("post")->empty());
}

TEST(Explain, SaysWhatIsWrongWithAQuestionAboutAnEmail) {
  TestServer server;
  server.engine->Publish(*ReadPlan(kMailDesk, "post.yaml").plan, {}, server.now);
  const Principal anybody = Principal::WithAllRoles("test");
  v1::ExplainRequest request = AskingOfEmail("info@post.example");
  *request.mutable_question() = FirstQuestion("r");
  EXPECT_THAT(Explain(server, request, anybody).status().message(),
              HasSubstr("question: is about a call"));
  request.mutable_question()->Clear();
  request.mutable_question()->set_continuation("x");
  EXPECT_THAT(Explain(server, request, anybody).status().message(),
              HasSubstr("needs both continuation and event"));
  request.mutable_question()->mutable_event()->set_wait_ended(v1::WAIT_END_TIMEOUT);
  EXPECT_THAT(Explain(server, request, anybody).status().message(),
              HasSubstr("question.continuation"));
  Principal customer;
  customer.customer = "post";
  EXPECT_THAT(Explain(server, AskingOfEmail("nowhere"), customer).status().message(),
              HasSubstr("email.recipients[0]"));
  EXPECT_EQ(Explain(server, AskingOfEmail("info@nowhere.example"), anybody).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(Explain, TellsOfEmailsOnlyWhoseMailboxItIs) {
  TestServer server;
  server.engine->Publish(*ReadPlan(kMailDesk, "post.yaml").plan, {}, server.now);
  Principal customer;
  customer.name = "certificate post";
  customer.customer = "post";
  EXPECT_TRUE(Explain(server, AskingOfEmail("info@post.example"), customer).ok());
  EXPECT_EQ(Explain(server, AskingOfEmail("info@nowhere.example"), customer).status(),
            absl::PermissionDeniedError(
                "certificate post may only ask about e-mails to its own mailboxes"));
  customer.customer = "other";
  EXPECT_TRUE(absl::IsPermissionDenied(
      Explain(server, AskingOfEmail("info@post.example"), customer).status()));
}

}  // namespace
}  // namespace libroute
