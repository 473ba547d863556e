// Proofs of what becomes of e-mails.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/prove/prove.h"
#include "libroute/prove/test_prove.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/rehearsal/rehearsal.h"
#include "libroute/rehearsal/test_call.h"
#include "libroute/v1/explanation.pb.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Trees that calls come to at `main`, and e-mails at `mail`.
std::shared_ptr<v1::Plan> PlanWithMail(absl::string_view trees) {
  return PlanWith(absl::StrCat(trees, R"yaml(
mailboxes:
  - { addresses: ["support@acme.example", "help@acme.example", "@old.acme.example"], tree: mail }
)yaml"));
}

// The one finding of a plan whose e-mails follow `mail`.
Finding OnlyOfMail(absl::string_view mail, absl::string_view more = "") {
  const std::shared_ptr<v1::Plan> plan = PlanWithMail(
      absl::StrCat("  main: { release: {} }\n  mail: ", mail, "\n  lost: { discard: {} }\n", more));
  ProveOptions options;
  options.from = From();
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*plan, {}, options);
  EXPECT_TRUE(findings.ok()) << findings.status();
  if (!findings.ok() || findings->size() != 1) {
    ADD_FAILURE() << (findings.ok() ? findings->size() : 0) << " findings of " << mail;
    for (size_t i = 0; findings.ok() && i < findings->size(); ++i) {
      ADD_FAILURE() << FormatIssue((*findings)[i].issue);
    }
    return Finding{{}, std::make_shared<v1::Test>()};
  }
  return findings->front();
}

TEST(ProveEmails, ACaseMayBeThereForEmails) {
  constexpr absl::string_view kTree = R"yaml(
  main:
    match:
      cases: [{ attribute: call.subject, prefix: "Re: ", then: { agents: { group: team, otherwise: { goto: end } } } }]
      otherwise: { agents: { group: team, otherwise: { goto: end } } }
  end: { switch: { cases: [{ switch: meeting, then: { agents: { group: team } } }], otherwise: { agents: { group: team } } } }
)yaml";
  const std::shared_ptr<v1::Plan> plan = PlanWith(kTree);
  EXPECT_THAT(Found(*plan), Contains("never-matches trees.main.match.cases[0]"));
  v1::Mailbox* mailbox = plan->add_mailboxes();
  mailbox->add_addresses("support@acme.example");
  mailbox->set_tree("main");
  EXPECT_THAT(Found(*plan), Not(Contains(HasSubstr("never-matches"))));
}

TEST(ProveEmails, ACaseMayBeThereForCallsOrForEmailsAlone) {
  constexpr absl::string_view kTrees = R"yaml(
  main: { goto: both }
  mail: { goto: both }
  both:
    origin:
      cases: [{ anonymous: true, then: { agents: { group: team, otherwise: { goto: none } } } }]
      otherwise:
        match:
          cases:
            - { attribute: call.mailbox, equals: support@acme.example, then: { agents: { group: team, otherwise: { goto: none } } } }
            - { attribute: call.mailbox, equals: help@acme.example, then: { agents: { group: team, otherwise: { goto: none } } } }
            - { attribute: call.mailbox, equals: nobody@acme.example, then: { goto: none } }
          otherwise: { agents: { group: team, otherwise: { goto: none } } }
  none: { agents: { group: team, wait: 1h, otherwise: { share: { cases: [{ weight: 1, then: { agents: { group: team } } }] } } } }
)yaml";
  std::shared_ptr<v1::Plan> plan = PlanWithMail(kTrees);
  plan->mutable_mailboxes(0)->mutable_addresses()->RemoveLast();
  const std::vector<std::string> found = Found(*plan);
  EXPECT_THAT(found, Contains("never-matches trees.both.origin.otherwise.match.cases[2]"));
  EXPECT_EQ(std::count_if(found.begin(), found.end(),
                          [](const std::string& text) {
                            return text.find("never-matches") != std::string::npos;
                          }),
            1);
}

TEST(ProveEmails, FindsCasesThatNoEmailFallsIn) {
  const Finding finding = OnlyOfMail(R"yaml(
    switch:
      cases: [{ switch: meeting, then: { switch: { cases: [{ switch: meeting, then: { discard: {} } }], otherwise: { goto: lost } } } }]
      otherwise: { discard: {} }
)yaml");
  EXPECT_EQ(finding.issue.code, "never-matches");
  EXPECT_EQ(finding.issue.path, "trees.mail.switch.cases[0].then.switch.otherwise");
  EXPECT_THAT(finding.issue.message, HasSubstr("of e-mails that come here each falls in a case"));
  EXPECT_FALSE(finding.witness->has_call());
  EXPECT_EQ(finding.witness->email().to(), "help@acme.example");
  EXPECT_EQ(finding.witness->email().from(), "anna@example.com");
  EXPECT_EQ(finding.witness->email().at(), "2026-11-23T01:00:00+01:00");
  EXPECT_EQ(finding.witness->given().switches().at("meeting"), "on");
}

TEST(ProveEmails, AnEmailHasNoNumber) {
  EXPECT_EQ(OnlyOfMail("{ origin: { cases: [{ anonymous: true, then: { goto: lost } }], otherwise: "
                       "{ discard: {} } } }")
                .issue.path,
            "trees.mail.origin.cases[0]");
  EXPECT_EQ(
      OnlyOfMail("{ destination: { cases: [{ kind: fixed, then: { goto: lost } }], otherwise: "
                 "{ discard: {} } } }")
          .issue.path,
      "trees.mail.destination.cases[0]");
  // The chiefs have no e-mail address.
  EXPECT_EQ(OnlyOfMail("{ caller: { cases: [{ caller_types: chief, then: { goto: lost } }], "
                       "otherwise: { discard: {} } } }")
                .issue.path,
            "trees.mail.caller.cases[0]");
}

TEST(ProveEmails, MakesUpSendersSubjectsAndTimes) {
  const auto plan = PlanWithMail(R"yaml(
  main: { release: {} }
  mail:
    caller:
      cases:
        - caller_types: friends
          then:
            match:
              cases:
                - attribute: call.subject
                  pattern: "(?i).*invoice.*"
                  then:
                    time:
                      cases: [{ schedule: office, then: { agents: { group: team, wait: 1h } } }]
                      otherwise: { discard: {} }
              otherwise: { discard: {} }
      otherwise: { discard: {} }
)yaml");
  (*plan->mutable_caller_types())["friends"].add_callers("@Friends.example");
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*plan, {}, {From()});
  ASSERT_TRUE(findings.ok() && findings->size() == 1) << findings.status();
  const Finding& finding = findings->front();
  EXPECT_EQ(finding.issue.code, "black-hole");
  EXPECT_EQ(finding.issue.severity, Severity::kWarning);
  EXPECT_THAT(finding.issue.message, HasSubstr("an e-mail that no agent takes in time"));
  EXPECT_EQ(finding.witness->email().from(), "someone@friends.example");
  EXPECT_EQ(finding.witness->email().subject(), "invoice");
  EXPECT_EQ(finding.witness->email().at(), "2026-11-23T09:00:00+01:00");
  EXPECT_THAT(finding.witness->events(), ElementsAre("timeout"));
}

TEST(ProveEmails, AnEmailMayWaitForEver) {
  EXPECT_THAT(
      Found(*PlanWithMail("  main: { release: {} }\n  mail: { agents: { group: team } }\n")),
      IsEmpty());
  EXPECT_THAT(Found(*PlanWithMail("  main: { release: {} }\n"
                                  "  mail: { agents: { group: team, wait: 1h } }\n")),
              ElementsAre("black-hole trees.mail.agents"));
  // Unless no more may wait.
  auto plan = PlanWithMail("  main: { release: {} }\n  mail: { agents: { group: team } }\n");
  (*plan->mutable_groups())["team"].set_max_waiting(10);
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*plan, {}, {From()});
  ASSERT_TRUE(findings.ok() && findings->size() == 1);
  EXPECT_THAT(findings->front().witness->events(), ElementsAre("full"));
  EXPECT_THAT(findings->front().issue.message, HasSubstr("while as many wait as may"));
}

TEST(ProveEmails, OnlyTimeoutAndAFullGroupEndItsWaiting) {
  const auto found = [](absl::string_view branch) {
    return Found(*PlanWithMail(
        absl::StrCat("  main: { release: {} }\n  mail: { agents: { group: team, ", branch,
                     ": { agents: { group: team, wait: 1h } }, otherwise: { discard: {} } } }\n")));
  };
  for (absl::string_view branch : {"on_timeout", "on_full"}) {
    EXPECT_THAT(found(branch),
                ElementsAre(absl::StrCat("black-hole trees.mail.agents.", branch, ".agents")));
  }
  for (absl::string_view branch : {"on_no_agents", "on_none_ready"}) {
    EXPECT_THAT(found(branch), IsEmpty()) << branch;
  }
  // Where a publication takes the group away; no test can show it.
  EXPECT_THAT(found("on_closed"), IsEmpty());
}

TEST(ProveEmails, FindsAddressesThatNoEmailHas) {
  const auto of_match = [](absl::string_view item) {
    return OnlyOfMail(absl::StrCat("{ match: { cases: [{ attribute: ", item,
                                   ", then: { goto: lost } }], otherwise: { discard: {} } } }"))
        .issue.path;
  };
  // Of a domain that the plan does not serve, and in capital letters.
  EXPECT_EQ(of_match("call.mailbox, equals: boss@odl.acme.example"), "trees.mail.match.cases[0]");
  EXPECT_EQ(of_match("call.mailbox, equals: Boss@old.acme.example"), "trees.mail.match.cases[0]");
  EXPECT_EQ(of_match("call.sender, equals: Anna@example.com"), "trees.mail.match.cases[0]");
}

TEST(ProveEmails, AnAddressGoesBeforeItsDomain) {
  const auto plan = PlanWithMail(R"yaml(
  main: { release: {} }
  mail:
    match:
      cases: [{ attribute: call.mailbox, equals: boss@old.acme.example, then: { forward_email: { to: boss@example.com } } }]
      otherwise: { discard: {} }
  boss: { discard: {} }
)yaml");
  EXPECT_THAT(Found(*plan), IsEmpty());
  v1::Mailbox* mailbox = plan->add_mailboxes();
  mailbox->add_addresses("Boss@old.acme.example");
  mailbox->set_tree("boss");
  EXPECT_THAT(Found(*plan), ElementsAre("never-matches trees.mail.match.cases[0]"));
}

// The senders of the witnesses of a plan whose e-mails follow `mail`.
std::vector<std::string> SendersOfWitnesses(const v1::Plan& plan) {
  std::vector<std::string> senders;
  const absl::StatusOr<std::vector<Finding>> findings = Prove(plan, {}, {From()});
  EXPECT_TRUE(findings.ok()) << findings.status();
  if (!findings.ok()) return senders;
  for (const Finding& finding : *findings) senders.push_back(finding.witness->email().from());
  return senders;
}

TEST(ProveEmails, SendersAreAddresses) {
  EXPECT_THAT(
      SendersOfWitnesses(*PlanWithMail(R"yaml(
  main: { release: {} }
  mail:
    match:
      attribute: call.sender
      cases:
        - { prefix: "bob@", then: { agents: { group: team, wait: 1h } } }
        - { prefix: "-boss", then: { agents: { group: team, wait: 1h } } }
        - { pattern: "(?i)CHIEF.*", then: { agents: { group: team, wait: 1h } } }
        - { pattern: ".*@corp[.]example", then: { agents: { group: team, wait: 1h } } }
        - { prefix: "no one", then: { agents: { group: team, wait: 1h } } }
        - { equals: "anna@example.com", then: { discard: {} } }
      otherwise: { discard: {} }
)yaml")),
      ElementsAre("bob@example.com", "-boss@example.com", "chief@example.com", "x@corp.example"));
}

TEST(ProveEmails, MailboxesAreThoseOfThePlan) {
  const absl::StatusOr<std::vector<Finding>> findings = Prove(*PlanWithMail(R"yaml(
  main: { release: {} }
  mail:
    match:
      attribute: call.mailbox
      cases:
        - { prefix: "sales", then: { agents: { group: team, wait: 1h } } }
        - { prefix: "boss@", then: { agents: { group: team, wait: 1h } } }
        - { prefix: "h", then: { agents: { group: team, wait: 1h } } }
      otherwise: { discard: {} }
)yaml"),
                                                              {}, {From()});
  ASSERT_TRUE(findings.ok() && findings->size() == 3) << findings.status();
  EXPECT_EQ((*findings)[0].witness->email().to(), "sales@old.acme.example");
  EXPECT_EQ((*findings)[1].witness->email().to(), "boss@old.acme.example");
  EXPECT_EQ((*findings)[2].witness->email().to(), "help@acme.example");
}

TEST(ProveEmails, TakesManyMailboxesTogether) {
  const auto plan = PlanWithMail(R"yaml(
  main: { release: {} }
  mail:
    match:
      attribute: call.mailbox
      cases:
        - { equals: "boss@d7.example", then: { discard: {} } }
        - { equals: "boss@d8.example", then: { agents: { group: team, wait: 1h } } }
      otherwise: { discard: {} }
  boss: { discard: {} }
)yaml");
  for (int i = 0; i < 3000; ++i) {
    v1::Mailbox& mailbox = *plan->add_mailboxes();
    mailbox.add_addresses(absl::StrCat("a", i, "@x.example"));
    mailbox.add_addresses(absl::StrCat("@d", i, ".example"));
    mailbox.set_tree("mail");
  }
  // It has a mailbox of its own.
  v1::Mailbox& boss = *plan->add_mailboxes();
  boss.add_addresses("boss@d7.example");
  boss.set_tree("boss");
  EXPECT_THAT(Found(*plan), ElementsAre("never-matches trees.mail.match.cases[0]",
                                        "black-hole trees.mail.match.cases[1].then.agents"));
}

}  // namespace
}  // namespace libroute
