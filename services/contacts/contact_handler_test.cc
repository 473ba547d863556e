#include "services/contacts/contact_handler.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;

constexpr absl::string_view kMailPlan = R"(
customer: acme
mailboxes:
  - { addresses: ["support@acme.example"], tree: mail }
  - { addresses: ["sales@acme.example"], tree: sales }
agents: { anna: {} }
groups: { desk: { agents: [anna] } }
trees:
  mail: { agents: { group: desk } }
  sales: { forward_email: { to: "sales@example.com" } }
)";
constexpr absl::string_view kOtherPlan = R"(
customer: other
mailboxes: [{ addresses: ["info@other.example"], tree: mail }]
trees: { mail: { discard: {} } }
)";

class ContactHandlers : public testing::Test {
 protected:
  ContactHandlers() : now_(absl::FromUnixSeconds(1790000000)) {
    EngineOptions options;
    options.keys.keys = {std::string(SealKeys::kKeyBytes, 'k')};
    options.has_agents = true;
    engine_ = *Engine::Create(options);
    for (absl::string_view plan : {kMailPlan, kOtherPlan}) {
      EXPECT_FALSE(HasErrors(engine_->Publish(*ReadPlan(plan, "plan.yaml").plan, {}, now_).issues));
    }
    handler_ = std::make_unique<ContactHandler>(*engine_, [this] { return now_; });
  }

  static v1::SubmitRequest Request(const std::string& to, const std::string& message_id = "<1@x>") {
    v1::SubmitRequest request;
    request.set_connector("imap-1");
    request.mutable_email()->set_message_id(message_id);
    request.mutable_email()->set_sender("someone@example.com");
    request.mutable_email()->add_recipients(to);
    return request;
  }
  static Principal Connector(const std::string& name) {
    Principal principal;
    principal.name = "certificate " + name;
    principal.switch_name = name;
    return principal;
  }
  static Principal CustomerAcme() {
    Principal principal;
    principal.name = "acme's";
    principal.customer = "acme";
    return principal;
  }
  absl::Status Submit(const v1::SubmitRequest& request,
                      const Principal& principal = Principal::WithAllRoles("test")) {
    response_.Clear();
    return handler_->Submit(request, principal, &response_);
  }

  absl::Time now_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<ContactHandler> handler_;
  v1::SubmitResponse response_;
};

TEST_F(ContactHandlers, SayWhatBecomesOfAnEmail) {
  ASSERT_TRUE(Submit(Request("support@acme.example")).ok());
  EXPECT_EQ(response_.decision().wait().group(), "desk");
  EXPECT_EQ(response_.decision().wait().contact(), "c1");
  EXPECT_FALSE(response_.decision().wait().has_max_wait());
  EXPECT_EQ(response_.decision().continuation(), "");
  EXPECT_EQ(response_.decision().report_size(), 0);
  EXPECT_EQ(response_.decision().customer(), "acme");
  EXPECT_EQ(response_.poll_after().seconds(), 60);
  ASSERT_TRUE(Submit(Request("sales@acme.example", "2@x")).ok());
  EXPECT_EQ(response_.decision().forward_email().to(), "sales@example.com");
  EXPECT_FALSE(response_.has_poll_after());
}

TEST_F(ContactHandlers, NameTheFieldThatIsWrong) {
  v1::SubmitRequest request = Request("support@acme.example");
  request.set_connector("a b");
  EXPECT_THAT(Submit(request).message(), HasSubstr("connector: "));
  request = Request("support@acme.example");
  request.clear_email();
  EXPECT_THAT(Submit(request).message(), HasSubstr("email: is missing"));
  EXPECT_THAT(Submit(Request("support@acme.example", " <> ")).message(),
              HasSubstr("email.message_id: is missing"));
  request = Request("support@acme.example");
  request.mutable_email()->clear_recipients();
  request.mutable_email()->add_recipients("nobody");
  const absl::Status status = Submit(request);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(status.message(), HasSubstr("email.recipients[0]: \"nobody\" is not an e-mail"));
  request.mutable_email()->clear_recipients();
  EXPECT_THAT(Submit(request).message(), HasSubstr("email.recipients: at least one"));
  request = Request("support@acme.example");
  request.mutable_email()->set_subject(std::string(999, 'x'));
  EXPECT_THAT(Submit(request).message(), HasSubstr("email.subject: has at most 998 bytes"));
  EXPECT_EQ(Submit(Request("x@nowhere.example")).code(), absl::StatusCode::kNotFound);
}

TEST_F(ContactHandlers, AConnectorHandsInByItsOwnName) {
  const v1::SubmitRequest request = Request("support@acme.example");
  EXPECT_TRUE(Submit(request, Connector("imap-1")).ok());
  const absl::Status status = Submit(request, Connector("imap-2"));
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(status.message(), HasSubstr("not \"imap-1\""));
}

TEST_F(ContactHandlers, ACustomerHandsInForItsOwnMailboxesAlone) {
  EXPECT_TRUE(Submit(Request("sales@acme.example"), CustomerAcme()).ok());
  // Whether there are others is not told.
  for (const char* to : {"info@other.example", "x@nowhere.example"}) {
    const absl::Status status = Submit(Request(to), CustomerAcme());
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(status.message(), "email.recipients: none is a mailbox of customer \"acme\"");
  }
}

TEST_F(ContactHandlers, TakeBackWhatWaits) {
  ASSERT_TRUE(Submit(Request("support@acme.example")).ok());
  v1::WithdrawRequest request;
  request.set_customer("customers/acme");
  request.set_connector("imap-1");
  request.set_message_id("1@x");
  v1::WithdrawResponse response;
  EXPECT_EQ(handler_->Withdraw(request, Connector("imap-2"), &response).code(),
            absl::StatusCode::kPermissionDenied);
  ASSERT_TRUE(handler_->Withdraw(request, Connector("imap-1"), &response).ok());
  EXPECT_TRUE(response.withdrawn());
  ASSERT_TRUE(handler_->Withdraw(request, CustomerAcme(), &response).ok());
  EXPECT_FALSE(response.withdrawn());
  ASSERT_TRUE(Submit(Request("support@acme.example")).ok());
  EXPECT_EQ(response_.decision().discard().reason(), v1::DISCARD_REASON_WITHDRAWN);
  request.set_customer("acme");
  EXPECT_THAT(handler_->Withdraw(request, Connector("imap-1"), &response).message(),
              HasSubstr("customer: \"acme\" is not a customer"));
  request.set_customer("customers/acme");
  request.clear_message_id();
  EXPECT_THAT(handler_->Withdraw(request, Connector("imap-1"), &response).message(),
              HasSubstr("message_id: is missing"));
}

}  // namespace
}  // namespace libroute
