#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/call/email.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// A plan with a mailbox that follows tree `mail`, and one group.
v1::Plan MailPlan(absl::string_view mail, absl::string_view more = "") {
  return ReadWholePlan(absl::StrCat(R"(
customer: acme
mailboxes: [{ addresses: ["Support@Acme.example"], tree: mail }]
agents: { anna: {} }
groups: { desk: { agents: [anna] } }
trees:
  mail: { )",
                                    mail, " }\n", more));
}

// What an e-mail from `sender` is told at its first question.
std::string Ask(const TestPlan& plan, const EmailFacts& email, Explanation* explanation = nullptr) {
  const NumberRoute* route = plan.plan().FindMailbox(email.mailbox);
  if (route == nullptr) return "no mailbox";
  EvaluationContext context{plan.plan(), plan.facts(), *route, 1795424400};
  context.email = &email;
  CallState state;
  Decision decision;
  if (explanation == nullptr) {
    Evaluate(context, state, decision);
  } else {
    Recorder recorder(*explanation);
    Evaluate(context, state, decision, recorder);
  }
  return Words(decision);
}
std::string Ask(const v1::Plan& written, const EmailFacts& email) {
  return Ask(TestPlan(written), email);
}

EmailFacts From(absl::string_view sender) {
  EmailFacts email;
  email.mailbox = "support@acme.example";
  email.sender = std::string(sender);
  return email;
}

TEST(PlanMailboxes, APlanMayServeMailboxesAlone) {
  EXPECT_THAT(IssuesOf(MailPlan("agents: { group: desk, otherwise: { discard: {} } }")), IsEmpty());
}

TEST(PlanMailboxes, ChecksAddressesAndTrees) {
  const v1::Plan plan = ReadWholePlan(R"(
customer: acme
mailboxes:
  - { addresses: ["a@acme.example", "A@ACME.example", "nobody", "a b@acme.example"], tree: mail }
  - { addresses: ["@acme.example", "@Acme.Example"], tree: mial }
  - { tree: mail, holder: "x y" }
trees: { mail: { discard: {} } }
)");
  EXPECT_THAT(IssuesOf(plan),
              UnorderedElementsAre("error duplicate-address mailboxes[0].addresses[1]",
                                   "error bad-address mailboxes[0].addresses[2]",
                                   "error bad-address mailboxes[0].addresses[3]",
                                   "error duplicate-address mailboxes[1].addresses[1]",
                                   "error unknown-name mailboxes[1].tree",
                                   "error missing mailboxes[2].addresses",
                                   "error bad-name mailboxes[2].holder"));
  EXPECT_THAT(MessageOf(plan, "unknown-name"), HasSubstr("did you mean \"mail\""));
}

TEST(PlanMailboxes, AnAddressGoesBeforeItsDomain) {
  const v1::Plan written = ReadWholePlan(R"(
customer: acme
mailboxes:
  - { addresses: ["@acme.example"], tree: others }
  - { addresses: ["support@acme.example"], tree: mail }
trees:
  mail: { forward_email: { to: "Desk@Example.com" } }
  others: { discard: {} }
)");
  EmailFacts email = From("x@example.com");
  EXPECT_EQ(Ask(written, email), "forward_email desk@example.com");
  email.mailbox = "sales@acme.example";
  EXPECT_EQ(Ask(written, email), "discard plan");
  email.mailbox = "sales@mail.acme.example";
  EXPECT_EQ(Ask(written, email), "no mailbox");
}

TEST(PlanMailboxes, WhatNeedsACallIsNotForEmails) {
  for (const char* node :
       {"dial: { to: \"+3222000111\" }", "announce: { message: m }",
        "menu: { message: m, keys: { \"1\": { discard: {} } } }", "voicemail: { mailbox: m }",
        "collect: { message: m, into: x, max_digits: 1, then: { discard: {} } }",
        "conference: { conference: c }", "reject: {}", "release: {}", "pass_through: {}"}) {
    const v1::Plan plan =
        MailPlan(absl::StrCat("agents: { group: desk, on_timeout: { goto: more } }"),
                 absl::StrCat("  more: { ", node, " }\n"));
    const std::string kind(node, std::string(node).find(':'));
    EXPECT_THAT(IssuesOf(plan), Contains(absl::StrCat("error needs-call trees.more.", kind)))
        << node;
    EXPECT_THAT(MessageOf(plan, "needs-call"),
                HasSubstr(kind + " needs a call; mailbox Support@Acme.example comes here"));
  }
}

TEST(PlanMailboxes, LimitsAreForCalls) {
  EXPECT_THAT(IssuesOf(MailPlan("limit: { limit: few, then: { discard: {} } }",
                                "limits: { few: { calls: 1 } }\n")),
              ElementsAre("error needs-call trees.mail.limit"));
}

TEST(PlanMailboxes, WhatTheDefaultDoesToEmailsIsChecked) {
  const v1::Plan plan = MailPlan("agents: { group: desk }",
                                 "default: { otherwise: { voicemail: { mailbox: m } } }\n");
  EXPECT_THAT(IssuesOf(plan), Contains("error needs-call default.otherwise.voicemail"));
}

TEST(PlanMailboxes, WhatComesAfterACallIsNotForEmails) {
  EXPECT_THAT(IssuesOf(MailPlan("agents: { group: desk, on_timeout: { discard: {} }, otherwise: { "
                                "discard: {} }, after: { announce: { message: bye } } }")),
              IsEmpty());
}

TEST(PlanMailboxes, WhatNeedsAnEmailIsNotForCalls) {
  for (const char* node :
       {"auto_reply: { message: m }", "forward_email: { to: \"a@b.example\" }", "discard: {}"}) {
    const std::string kind(node, std::string(node).find(':'));
    EXPECT_THAT(IssuesOf(absl::StrCat("dial: { to: front, otherwise: { ", node, " } }")),
                Contains(absl::StrCat("error needs-email trees.main.dial.otherwise.", kind)));
  }
}

TEST(PlanMailboxes, AForwardedEmailDoesNotComeBack) {
  EXPECT_THAT(IssuesOf(MailPlan("forward_email: { to: \"SUPPORT@acme.example\" }")),
              ElementsAre("error own-mailbox trees.mail.forward_email.to"));
  EXPECT_THAT(IssuesOf(MailPlan("forward_email: { to: \"@acme.example\" }")),
              Contains("error bad-address trees.mail.forward_email.to"));
  EXPECT_THAT(IssuesOf(MailPlan("forward_email: {}")),
              Contains("error missing trees.mail.forward_email.to"));
}

TEST(PlanMailboxes, AnEmailWaitsWithoutALimitUnlessOneIsWritten) {
  EXPECT_EQ(Ask(MailPlan("agents: { group: desk }"), From("x@example.com")), "wait desk inf");
  EXPECT_EQ(Ask(MailPlan("agents: { group: desk, wait: 1h }"), From("x@example.com")),
            "wait desk 1h");
}

TEST(PlanMailboxes, OnlyWhereNoCallsComeAnEmailMayWaitForDays) {
  constexpr absl::string_view kLong =
      "agents: { group: desk, wait: 720h, otherwise: { discard: {} } }";
  EXPECT_THAT(IssuesOf(MailPlan(kLong)), IsEmpty());
  EXPECT_THAT(IssuesOf(MailPlan("agents: { group: desk, wait: 721h, otherwise: { discard: {} } }")),
              ElementsAre("error bad-value trees.mail.agents.wait"));
  constexpr absl::string_view kCalls = "numbers: [{ number: \"+3222000100\", tree: calls }]\n";
  EXPECT_THAT(IssuesOf(MailPlan("agents: { group: desk, wait: 4h, otherwise: { goto: more } }",
                                absl::StrCat("  calls: { goto: more }\n  more: { agents: { group: "
                                             "desk, wait: 5h } }\n",
                                             kCalls))),
              ElementsAre("error bad-value trees.more.agents.wait"));
  EXPECT_THAT(IssuesOf(MailPlan("discard: {}",
                                absl::StrCat("  calls: { release: {} }\n  more: { agents: { group: "
                                             "desk, wait: 720h } }\n",
                                             kCalls))),
              ElementsAre(HasSubstr("warning unused trees.more")))
      << "nobody comes there";
}

TEST(PlanMailboxes, WarnsOfWaitsThatNoHoursMake) {
  constexpr absl::string_view kHours =
      "schedules:\n"
      "  seldom: { weekly: [{ days: [mon], from: \"08:00\", to: \"08:10\" }] }\n"
      "  never: { weekly: [{ days: [mon], from: \"08:00\", to: \"08:10\" }], except: [always] }\n"
      "  always: { weekly: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: \"00:00\", to: "
      "\"24:00\" }] }\n";
  const auto issues = [&](absl::string_view schedule, absl::string_view wait) {
    v1::Plan plan = MailPlan(
        absl::StrCat("agents: { group: desk, ", wait, " otherwise: { discard: {} } }"), kHours);
    plan.set_time_zone("Europe/Brussels");
    (*plan.mutable_groups())["desk"].set_schedule(std::string(schedule));
    std::vector<std::string> found = IssuesOf(plan);
    std::erase_if(found, [](const std::string& issue) {
      return issue.find("schedules.") != std::string::npos;
    });
    return found;
  };
  // 52 or 53 Mondays with ten minutes each.
  EXPECT_THAT(issues("seldom", "wait: 8h,"), IsEmpty());
  EXPECT_THAT(issues("seldom", "wait: 9h,"),
              ElementsAre("warning no-effect trees.mail.agents.wait"));
  EXPECT_THAT(issues("seldom", ""), IsEmpty()) << "it waits for ever";
  EXPECT_THAT(issues("always", "wait: 720h,"), IsEmpty());
  EXPECT_THAT(issues("never", "wait: 9h,"), IsEmpty()) << "that it is never open is said already";
}

TEST(PlanMailboxes, EmailsHearNoAnnouncements) {
  constexpr absl::string_view kAgents =
      "agents: { group: desk, announcements: [{ message: busy, after: 3m }], otherwise: { ";
  EXPECT_THAT(IssuesOf(MailPlan(absl::StrCat(kAgents, "discard: {} } }"))),
              ElementsAre("warning no-effect trees.mail.agents.announcements"));
  EXPECT_THAT(IssuesOf(MailPlan("agents: { group: desk, position: 1 }")),
              ElementsAre("warning no-effect trees.mail.agents.position"));
  EXPECT_THAT(IssuesOf(MailPlan(absl::StrCat(kAgents, "agents: { group: desk } } }"),
                                "numbers: [{ number: \"+3222000100\", tree: mail }]\n")),
              ElementsAre("warning no-effect trees.mail.agents.announcements[0].after"));
}

TEST(PlanMailboxes, AnEmailThatNobodyHasWrittenGetsNeitherAgentNorAnswer) {
  EmailFacts email = From("x@example.com");
  email.automatic = DiscardReason::kAutoSubmitted;
  EXPECT_EQ(Ask(MailPlan("agents: { group: desk }"), email), "discard auto_submitted");
  const v1::Plan reply = MailPlan("auto_reply: { message: thanks }");
  EXPECT_EQ(Ask(reply, email), "discard auto_submitted");
  email.automatic.reset();
  EXPECT_EQ(Ask(reply, email), "auto_reply thanks");
}

TEST(PlanMailboxes, AnEmailWaitsAlsoWhileNobodyCouldTakeIt) {
  TestPlan plan(
      MailPlan("agents: { group: desk, on_full: { discard: {} }, otherwise: { "
               "auto_reply: { message: no } } }"));
  const std::pair<GroupState, absl::string_view> rows[] = {
      {GroupState::kNoAgents, "nobody is logged in, but an e-mail waits on then"},
      {GroupState::kNoneReady, "all agents have a break, but an e-mail waits on then"},
      {GroupState::kClosed, "the group is closed, but an e-mail waits on then"},
      {GroupState::kNoneFree, "nobody is free"}};
  for (const auto& [state, why] : rows) {
    plan.SetGroup("desk", state);
    Explanation explanation;
    EXPECT_EQ(Ask(plan, From("x@example.com"), &explanation), "wait desk inf") << why;
    const Comparison& comparison = explanation.visits.at(0).comparisons.at(0);
    EXPECT_EQ(comparison.against, "takes e-mails");
    EXPECT_EQ(comparison.finding, why);
    EXPECT_TRUE(comparison.matched);
  }
  plan.SetGroup("desk", GroupState::kFull);
  EXPECT_EQ(Ask(plan, From("x@example.com")), "discard plan");
}

TEST(PlanMailboxes, WhereNothingIsWrittenItStaysWhereItIs) {
  TestPlan plan(MailPlan("agents: { group: desk }"));
  plan.SetGroup("desk", GroupState::kFull);
  EXPECT_THAT(Ask(plan, From("x@example.com")), HasSubstr("release"));
}

TEST(PlanMailboxes, BranchesOnCallersLookAtTheSender) {
  const v1::Plan plan = MailPlan(
      "caller: { cases: [{ caller_types: [vip], then: { auto_reply: { message: vip } } }], "
      "otherwise: { origin: { cases: [{ anonymous: true, then: { auto_reply: { message: anonymous "
      "} } }], otherwise: { destination: { cases: [{ kind: [fixed], then: { auto_reply: { message: "
      "called } } }], otherwise: { discard: {} } } } } } }",
      "caller_types: { vip: { callers: [\"boss@example.com\", \"@vip.example\"] } }\n");
  EXPECT_EQ(Ask(plan, From("boss@example.com")), "auto_reply vip");
  EXPECT_EQ(Ask(plan, From("any@vip.example")), "auto_reply vip");
  EXPECT_EQ(Ask(plan, From("any@example.com")), "discard plan");
}

TEST(PlanMailboxes, MatchesSubjectSenderAndMailbox) {
  const v1::Plan plan = MailPlan(
      "match: { cases: [{ attribute: call.subject, pattern: \"(?i).*invoice.*\", then: { "
      "auto_reply: { message: invoice } } }, { attribute: call.sender, prefix: \"root@\", then: { "
      "discard: {} } }, { attribute: call.mailbox, equals: [\"support@acme.example\"], then: { "
      "auto_reply: { message: support } } }], otherwise: { discard: {} } }");
  EmailFacts email = From("x@example.com");
  EXPECT_EQ(Ask(plan, email), "auto_reply support");
  email.subject = "Your INVOICE 17";
  EXPECT_EQ(Ask(plan, email), "auto_reply invoice");
  EXPECT_EQ(Ask(plan, From("root@example.com")), "discard plan");
}

TEST(PlanMailboxes, EmailsMayBeShared) {
  EXPECT_THAT(
      IssuesOf(MailPlan("share: { cases: [{ weight: 1, then: { discard: {} } }, { weight: 1, "
                        "then: { agents: { group: desk, otherwise: { discard: {} } } } }] }")),
      IsEmpty());
}

TEST(PlanMailboxes, SharesGoByTheIdOfTheEmail) {
  const TestPlan plan(MailPlan("share: { cases: [{ weight: 1, then: { discard: {} } }] }"));
  Explanation explanation;
  Ask(plan, From("x@example.com"), &explanation);
  EXPECT_EQ(explanation.visits.at(0).why, "the e-mail's id falls in this share");
}

}  // namespace
}  // namespace libroute
