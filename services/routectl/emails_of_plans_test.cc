// What the program says of e-mails.

#include <string>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/routectl/test_routectl.h"

namespace libroute {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kMailPlan[] = R"yaml(customer: acme
time_zone: Europe/Brussels
mailboxes: [{ addresses: ["support@acme.example"], tree: mail }]
agents: { ann: {} }
groups: { team: { agents: [ann] } }
trees:
  mail:
    match:
      cases: [{ attribute: call.subject, prefix: "Invoice", then: { forward_email: { to: "books@example.com" } } }]
      otherwise: { agents: { group: team, wait: 4h, on_timeout: { auto_reply: { message: patience } } } }
tests:
  - email: { to: "support@acme.example", from: "anna@example.com", at: "2026-11-23 10:00" }
    events: timeout
    expect: { auto_reply: { message: patience } }
)yaml";

TEST_F(RoutectlTest, RouteAndExplainAskAboutEmails) {
  Write("mail.yaml", kMailPlan);
  const std::string email =
      " mail.yaml --email-to Support@acme.example --email-from anna@example.com"
      " --at '2026-11-23 10:00' ";
  Outcome outcome = Run("route" + email + "--events timeout");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("step 0\n"), HasSubstr("team"),
                                 HasSubstr("step 1: timeout"), HasSubstr("patience")));
  outcome = Run("explain" + email + "--email-subject 'Invoice 7'");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("trees.mail.match"), HasSubstr("-> cases[0]"),
                                 HasSubstr("books@example.com")));
  outcome = Run("route" + email + "--automatic --output json");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("DISCARD_REASON_AUTO_SUBMITTED"));
  outcome = Run("route" + email + "--given '{groups: {team: full}}'");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("release"));
  outcome = Run("route" + email + "--events played");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("played cannot follow wait of an e-mail"));
}

TEST_F(RoutectlTest, RouteTakesACallOrAnEmail) {
  Write("mail.yaml", kMailPlan);
  const auto refused = [&](const std::string& options) {
    const Outcome outcome = Run("route mail.yaml " + options);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.out;
    EXPECT_THAT(outcome.out, IsEmpty());
    return outcome.err;
  };
  EXPECT_THAT(refused(""), HasSubstr("--called, or the address that an e-mail comes to"));
  EXPECT_THAT(refused("--email-to support@acme.example --called +3222000100"),
              HasSubstr("--called is of calls"));
  EXPECT_THAT(refused("--email-to support@acme.example --anonymous"),
              HasSubstr("--anonymous is of calls"));
  EXPECT_THAT(refused("--email-to support@acme.example --ahead 2"),
              HasSubstr("--ahead is of calls"));
  EXPECT_THAT(refused("--automatic"), HasSubstr("--email-to"));
  EXPECT_THAT(refused("--email-to support"), HasSubstr("--email-to: "));
  EXPECT_THAT(refused("--email-to @acme.example"), HasSubstr("is a domain; write an address"));
  EXPECT_THAT(refused("--email-to sales@acme.example"),
              HasSubstr("--email-to: no plan here has a mailbox for sales@acme.example"));
  EXPECT_THAT(Run("route --server localhost:1 --email-to support@acme.example").err,
              HasSubstr("submit-email hands an e-mail to a server"));
}

TEST_F(RoutectlTest, TestCarriesOutTestsOfEmails) {
  Write("mail.yaml", kMailPlan);
  Outcome outcome = Run("test --verbose mail.yaml");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("trees.mail.match"), HasSubstr("step 1: timeout"),
                                 HasSubstr("-> on_timeout")));
  Write("mail.yaml",
        absl::StrReplaceAll(kMailPlan, {{"expect: { auto_reply: { message: patience } }",
                                         "expect: { discard: {} }"}}));
  outcome = Run("test mail.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("action: expected discard, actual auto_reply"));
}

TEST_F(RoutectlTest, CheckProvesWhatBecomesOfEmails) {
  Write("mail.yaml",
        absl::StrReplaceAll(
            kMailPlan, {{", on_timeout: { auto_reply: { message: patience } }", ""},
                        {"prefix: \"Invoice\", then: { forward_email",
                         "prefix: \"Late's\", then: { agents: { group: team, wait: 1h } } }, "
                         "{ attribute: call.subject, prefix: \"Invoice\", then: { forward_email"},
                        {"auto_reply: { message: patience }", "release: {}"}}));
  const Outcome proved = Run("check --prove --from 2026-11-23 mail.yaml");
  EXPECT_EQ(proved.exit_code, 0) << proved.err;
  EXPECT_THAT(proved.out,
              HasSubstr("warning: trees.mail.match.cases[0].then.agents: an e-mail that no agent "
                        "takes in time is left in its mailbox"));
  const std::string command =
      "  routectl route mail.yaml --email-to support@acme.example --email-from anna@example.com "
      "--email-subject 'Late'\\''s' --at 2026-11-23T00:00:00+01:00 --events timeout\n";
  EXPECT_THAT(proved.out, HasSubstr(command));
  const Outcome shown = Run(command.substr(std::string("  routectl ").size(),
                                           command.size() - std::string("  routectl \n").size()));
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("decided by   default"));
  EXPECT_THAT(Run("check --prove --from 2026-11-23 --output json mail.yaml").out,
              HasSubstr("\"witness\": {\"email\": {\"to\":\"support@acme.example\""));
}

TEST_F(RoutectlTest, ShowsPlansOfEmails) {
  Write("mail.yaml", R"yaml(customer: acme
mailboxes: [{ addresses: ["support@acme.example"], tree: mail }]
trees:
  mail:
    match:
      cases:
        - { attribute: call.subject, prefix: "Re:", then: { forward_email: { to: "a@b.example" } } }
        - { attribute: call.sender, prefix: "root@", then: { discard: {} } }
      otherwise: { auto_reply: { message: thanks } }
)yaml");
  EXPECT_EQ(Run("check --prove mail.yaml").exit_code, 0);
  EXPECT_THAT(Run("show mail.yaml").out, HasSubstr("support@acme.example"));
  EXPECT_THAT(Run("graph mail.yaml").out,
              AllOf(HasSubstr("forward email"), HasSubstr("to a@b.example"), HasSubstr("discard"),
                    HasSubstr("auto reply"), HasSubstr("message thanks")));
}

TEST_F(RoutectlTest, SubmitEmailSaysWhatIsWrong) {
  const std::string to = " --to support@acme.example ";
  const std::string server = " --server unix:nobody.sock ";
  EXPECT_EQ(Run("submit-email" + server).exit_code, 2);
  EXPECT_EQ(Run("submit-email" + to).exit_code, 2);
  EXPECT_THAT(Run("submit-email --header Precedence" + server + to).err,
              HasSubstr("\"Precedence\" is no header field; write \"Name: value\""));
  const Outcome unknown = Run("submit-email --header 'X-Mailer: x'" + server + to);
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("\"X-Mailer\" does not matter to a server"));
  const Outcome nobody = Run("submit-email --header 'precedence: bulk'" + server + to);
  EXPECT_EQ(nobody.exit_code, 3);
  EXPECT_THAT(nobody.err, HasSubstr("Message-ID <"));
}

}  // namespace
}  // namespace libroute
