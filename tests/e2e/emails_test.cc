// E-mails that are handed to a real server, and the agents who answer them.

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class EmailsAtTheServer : public testing::Test {
 protected:
  std::string Config() {
    directory_.Write("acme.yaml", R"(
customer: acme
mailboxes: [{ addresses: ["support@acme.example"], tree: emails }]
agents: { anna: {} }
groups: { desk: { agents: [anna] } }
trees: { emails: { agents: { group: desk } } }
)");
    return directory_.Write("routed.yaml", kAgentsConfig);
  }

  v1::AgentStanding Act(const std::function<void(v1::ActRequest&)>& act) {
    v1::ActRequest request;
    request.set_customer("customers/acme");
    request.set_agent("anna");
    act(request);
    v1::ActResponse response;
    grpc::Status status = client_.agents().Act(NewContext().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.agent();
  }
  grpc::Status Submit(const std::string& to, v1::SubmitResponse* response) {
    v1::SubmitRequest request;
    request.set_connector("imap-1");
    request.mutable_email()->set_message_id("<1@example.com>");
    request.mutable_email()->set_sender("someone@example.com");
    request.mutable_email()->add_recipients(to);
    return client_.contacts().Submit(NewContext().get(), request, response);
  }
  v1::Decision Ask() {
    v1::SubmitResponse response;
    const grpc::Status status = Submit("Support@acme.example", &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.decision();
  }

  TempDirectory directory_;
  RoutedProcess routed_{{"--config", Config()}};
  std::string address_ = routed_.Address();
  Client client_{address_};
};

TEST_F(EmailsAtTheServer, AnEmailWaitsUntilAnAgentHasAnsweredIt) {
  EXPECT_EQ(Ask().wait().group(), "desk");
  Act([](v1::ActRequest& r) { r.mutable_log_in()->set_phone("+3222000201"); });
  const v1::AgentStanding offered = Act([](v1::ActRequest& r) { r.mutable_ready(); });
  ASSERT_EQ(offered.works_size(), 1);
  const uint64_t token = offered.works(0).token();
  EXPECT_TRUE(Ask().has_wait());
  Act([&](v1::ActRequest& r) { r.mutable_accept()->set_token(token); });
  v1::Decision had = Ask();
  EXPECT_EQ(had.assigned().agent(), "anna");
  EXPECT_FALSE(had.assigned().finished());
  Act([&](v1::ActRequest& r) { r.mutable_finish()->set_token(token); });
  had = Ask();
  EXPECT_EQ(had.assigned().agent(), "anna");
  EXPECT_TRUE(had.assigned().finished());
}

TEST_F(EmailsAtTheServer, SaysWhatIsWrong) {
  v1::SubmitResponse response;
  const grpc::Status unknown = Submit("x@nowhere.example", &response);
  EXPECT_EQ(unknown.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(unknown.error_message(), testing::HasSubstr("x@nowhere.example"));
  const grpc::Status wrong = Submit("nobody", &response);
  EXPECT_EQ(wrong.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(wrong.error_message(), testing::HasSubstr("email.recipients[0]"));
}

TEST_F(EmailsAtTheServer, ItIsExplainedWhereOneWouldGo) {
  v1::ExplainRequest request;
  request.mutable_email()->set_message_id("<2@example.com>");
  request.mutable_email()->set_sender("someone@example.com");
  request.mutable_email()->add_recipients("support@acme.example");
  v1::ExplainResponse response;
  grpc::Status status = client_.route().Explain(NewContext().get(), request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.explanation().decision().wait().group(), "desk");
  request.mutable_email()->set_recipients(0, "nobody@acme.example");
  status = client_.route().Explain(NewContext().get(), request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(EmailsAtTheServer, TheCommandLineSaysHowOneWouldGoOn) {
  const std::string line =
      absl::StrCat(ROUTECTL, " explain --server ", address_,
                   " --email-to support@acme.example --email-from someone@example.com"
                   " --events timeout 2>&1");
  FILE* pipe = popen(line.c_str(), "r");
  std::string output;
  char buffer[4096];
  while (size_t count = fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
  EXPECT_EQ(pclose(pipe), 0) << output;
  EXPECT_THAT(output, AllOf(HasSubstr("waits for desk"), HasSubstr("step 1: timeout"),
                            HasSubstr("release")));
}

}  // namespace
}  // namespace libroute
