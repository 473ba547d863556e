// E-mails of plans, and agents who answer them.

#include "libroute/engine/emails.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/center.h"
#include "libroute/engine/email_book.h"
#include "libroute/engine/test_mail_desk.h"

namespace libroute {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(MailDesk, AnEmailWaitsUntilAnAgentHasAnsweredIt) {
  const Email email = From("<1@x>");
  EXPECT_EQ(Ask(email), "wait desk");
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).contact, 1u);
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).position, 1u);
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).max_wait, absl::InfiniteDuration());
  EXPECT_EQ(decision_.customer, "acme");
  EXPECT_EQ(decision_.continuation, "");
  EXPECT_FALSE(decision_.answered);
  Start("anna");
  EXPECT_EQ(Ask(email), "wait desk");
  const contact::Token token = Accept("anna");
  EXPECT_EQ(Ask(email), "assigned anna");
  Do(AgentAct::Kind::kFinish, "anna", token);
  EXPECT_EQ(Ask(email), "assigned anna finished");
  Pass(absl::Minutes(1));
  EXPECT_EQ(Ask(email), "assigned anna finished");
  EXPECT_EQ(Group("desk").entered, 1u);
  EXPECT_EQ(Group("desk").answered, 1u);
  EXPECT_THAT(Work("anna"), IsEmpty());
}

TEST_F(MailDesk, TheSameMessageIdIsTheSameEmail) {
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  Email again = From(" 1@x ");
  again.subject = "other";
  EXPECT_EQ(Ask(again), "wait desk");
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).contact, 1u);
  EXPECT_EQ(Ask(From("<2@x>")), "wait desk");
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).contact, 2u);
  EXPECT_EQ(Group("desk").emails_waiting, 2u);
  EXPECT_EQ(Group("desk").calls_waiting, 0u);
}

TEST_F(MailDesk, LongMessageIdsAreToldApart) {
  const std::string begins(900, 'a');
  EXPECT_EQ(Ask(From(begins + "1@x")), "wait desk");
  EXPECT_EQ(Ask(From(begins + "2@x")), "wait desk");
  EXPECT_EQ(Ask(From(begins + "1@x")), "wait desk");
  EXPECT_EQ(Group("desk").entered, 2u);
  EXPECT_LE(EmailId("acme", "imap-1", begins).reference.size(), 64u);
}

TEST_F(MailDesk, AnEmailWaitsForDaysThoughNobodyAsks) {
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  for (int day = 0; day < 10; ++day) Pass(absl::Hours(24));
  EXPECT_EQ(Group("desk").emails_waiting, 1u);
  // It is the same contact, though what it was told is forgotten.
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  EXPECT_EQ(Group("desk").entered, 1u);
  Start("bob");
  Accept("bob");
  for (int day = 0; day < 3; ++day) Pass(absl::Hours(24));
  EXPECT_EQ(Ask(From("<1@x>")), "assigned bob");
}

TEST_F(MailDesk, NeitherARestartNorAListOfCallsEndsAnEmail) {
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  CallReport restarted;
  restarted.kind = ReportKind::kSwitchRestarted;
  restarted.call.switch_name = "imap-1";
  restarted.call.epoch = 1'000'000;
  ASSERT_TRUE(engine_->Report(restarted, now_).ok());
  engine_->KeepLive("imap-1", 0, {}, now_);
  EXPECT_EQ(Group("desk").emails_waiting, 1u);
}

TEST_F(MailDesk, GoesOnThroughThePlanWhenNobodyCame) {
  const Email email = From("<1@x>", "late@acme.example");
  EXPECT_EQ(Ask(email), "wait desk");
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).max_wait, absl::Hours(1));
  Pass(absl::Minutes(59));
  EXPECT_EQ(Ask(email), "wait desk");
  Pass(absl::Minutes(2));
  EXPECT_THAT(engine_->TakeContactNews().calls, SizeIs(1));
  EXPECT_EQ(Ask(email), "wait second");
  EXPECT_EQ(std::get<WaitDecision>(decision_.action).contact, 1u);
  Pass(absl::Hours(2));
  EXPECT_EQ(Ask(email), "forward_email boss@example.com");
  Pass(absl::Hours(1));
  EXPECT_EQ(Ask(email), "forward_email boss@example.com");
  EXPECT_EQ(Group("desk").entered, 1u);
  EXPECT_EQ(Group("second").gave_up, 1u);
}

TEST_F(MailDesk, FollowsTheLivePlanWhenItsOwnIsGone) {
  const Email email = From("<1@x>", "late@acme.example");
  EXPECT_EQ(Ask(email), "wait desk");
  std::string plan = kEmailPlan;
  const std::string before = "boss@example.com";
  for (int i = 0; i < 10; ++i) {
    std::string other = plan;
    other.replace(other.find(before), before.size(), absl::StrCat("boss", i, "@example.com"));
    MustPublish(*engine_, other);
  }
  Pass(absl::Hours(2));
  // From the beginning.
  EXPECT_EQ(Ask(email), "wait desk");
  Pass(absl::Hours(2));
  EXPECT_EQ(Ask(email), "wait second");
  Pass(absl::Hours(2));
  EXPECT_EQ(Ask(email), "forward_email boss9@example.com");
}

TEST_F(MailDesk, WhatNeedsNobodyIsDecidedAtOnce) {
  EXPECT_EQ(Ask(From("<1@x>", "fast@acme.example")), "auto_reply thanks");
  EXPECT_EQ(Ask(From("<2@x>", "Sales@ACME.example")), "forward_email sales@example.com");
  EXPECT_EQ(Ask(From("<3@x>", "anybody@old.acme.example")), "discard plan");
  EXPECT_EQ(Group("desk").entered, 0u);
}

TEST_F(MailDesk, WhatWasDecidedStaysForADay) {
  EXPECT_EQ(Ask(From("<1@x>", "fast@acme.example")), "auto_reply thanks");
  std::string other = kEmailPlan;
  other.replace(other.find("thanks"), 6, "merci");
  MustPublish(*engine_, other);
  Pass(absl::Hours(23));
  EXPECT_EQ(Ask(From("<1@x>", "fast@acme.example")), "auto_reply thanks");
  EXPECT_EQ(Ask(From("<2@x>", "fast@acme.example")), "auto_reply merci");
}

TEST_F(MailDesk, MailOfProgramsIsNeitherQueuedNorAnswered) {
  Email email = From("<1@x>");
  email.auto_submitted = "auto-replied";
  EXPECT_EQ(Ask(email), "discard auto_submitted");
  email = From("<2@x>", "fast@acme.example");
  email.precedence = "bulk";
  EXPECT_EQ(Ask(email), "discard bulk");
  email = From("<3@x>");
  email.sender = "<>";
  EXPECT_EQ(Ask(email), "discard bounce");
  email = From("<4@x>");
  email.sender = "Mail Delivery <MAILER-DAEMON@example.com>";
  EXPECT_EQ(Ask(email), "discard bounce");
  // To send it on is no answer.
  email = From("<5@x>", "sales@acme.example");
  email.list_id = "<news.example.com>";
  EXPECT_EQ(Ask(email), "forward_email sales@example.com");
  EXPECT_EQ(Group("desk").entered, 0u);
}

TEST_F(MailDesk, AReplyComesToWhoHadTheEmailBefore) {
  Start("anna");
  Start("bob");
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  const std::string first = Work("anna").empty() ? "bob" : "anna";
  Do(AgentAct::Kind::kFinish, first, Accept(first));
  EXPECT_EQ(Ask(From("<1@x>")), absl::StrCat("assigned ", first, " finished"));
  Pass(absl::Minutes(1));
  // The other one has been idle for longer, and is not asked.
  for (int i = 0; i < 3; ++i) {
    Email reply = From(absl::StrCat("<reply-", i, "@x>"));
    reply.references = {"<unknown@x>", "<1@x>", "<ours@acme.example>"};
    EXPECT_EQ(Ask(reply), "wait desk");
    Do(AgentAct::Kind::kFinish, first, Accept(first));
    Pass(absl::Minutes(1));
  }
  // Who is not there does not keep it waiting.
  Do(AgentAct::Kind::kLogOut, first);
  Email reply = From("<last@x>");
  reply.references = {"<1@x>"};
  EXPECT_EQ(Ask(reply), "wait desk");
  EXPECT_THAT(Work(first == "anna" ? "bob" : "anna"), SizeIs(1));
}

TEST_F(MailDesk, AFloodOfEmailsKeepsNoCallAway) {
  for (size_t i = 0; i < Center::kMaxEmails; ++i) Ask(From(absl::StrCat(i, "@x")));
  EXPECT_THAT(Ask(From("one-more@x")), HasSubstr("RESOURCE_EXHAUSTED: more than 50000 e-mails"));
  EXPECT_EQ(Ask(From("1@x")), "wait desk");
  Start("anna");
  Decision told;
  const absl::StatusOr<Answer> answer = engine_->Route(TestCall("+3222000100"), now_, told);
  ASSERT_TRUE(answer.ok());
  EXPECT_TRUE(engine_->Complete(std::get<Enter>(*answer), now_, told).ok());
  // There is room again for each that is gone.
  EXPECT_EQ(*engine_->WithdrawEmail("acme", "imap-1", "1@x", now_), true);
  EXPECT_EQ(Ask(From("one-more@x")), "wait desk");
}

TEST_F(MailDesk, AnEmailOfALostDeskGoesToSomebodyElse) {
  Start("anna");
  EXPECT_EQ(Ask(From("1@x")), "wait desk");
  Accept("anna");
  EXPECT_EQ(Ask(From("1@x")), "assigned anna");
  Do(AgentAct::Kind::kDisconnected, "anna");
  now_ += absl::Seconds(64);
  engine_->Advance(now_);
  EXPECT_EQ(Ask(From("1@x")), "wait desk");
  Start("bob");
  Accept("bob");
  EXPECT_EQ(Ask(From("1@x")), "assigned bob");
  EXPECT_EQ(*engine_->WithdrawEmail("acme", "imap-1", "1@x", now_), true);
  ASSERT_THAT(Work("bob"), SizeIs(1));
  EXPECT_EQ(Work("bob")[0].state, contact::AgentStanding::Slot::State::kWrapUp);
  EXPECT_EQ(engine_->GetStatistics().held_contacts, 0);
}

TEST_F(MailDesk, WhatTwoConnectorsBringAreTwoThoughTheyAreTheSame) {
  Start("anna");
  EXPECT_EQ(Ask(From("1@x")), "wait desk");
  const contact::Token token = Accept("anna");
  Do(AgentAct::Kind::kFinish, "anna", token);
  EXPECT_EQ(Ask(From("1@x")), "assigned anna finished");
  Email other = From("1@x");
  other.connector = "imap-2";
  EXPECT_EQ(Ask(other), "wait desk");
  EXPECT_EQ(Ask(From("1@x")), "assigned anna finished");
}

TEST_F(MailDesk, ARecipientThatCannotBeReadIsPassedOver) {
  Email email = From("1@x");
  email.recipients = {"\"a b\"@", "support@acme.example"};
  EXPECT_EQ(Ask(email), "wait desk");
}

TEST_F(MailDesk, TakesBackAnEmailThatWaits) {
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  EXPECT_EQ(*engine_->WithdrawEmail("acme", "imap-1", "1@x", now_), true);
  EXPECT_EQ(Group("desk").emails_waiting, 0u);
  EXPECT_EQ(*engine_->WithdrawEmail("acme", "imap-1", "1@x", now_), false);
  EXPECT_EQ(Ask(From("<1@x>")), "discard withdrawn");
  Pass(absl::Hours(48));
  EXPECT_EQ(Ask(From("<1@x>")), "discard withdrawn");
  EXPECT_EQ(engine_->WithdrawEmail("nobody", "imap-1", "1@x", now_).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(MailDesk, TakesBackAnEmailThatAnAgentHas) {
  Start("anna");
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  Accept("anna");
  EXPECT_EQ(*engine_->WithdrawEmail("acme", "imap-1", "<1@x>", now_), true);
  Pass(absl::Minutes(1));
  EXPECT_THAT(Work("anna"), IsEmpty());
  EXPECT_EQ(Ask(From("<1@x>")), "discard withdrawn");
}

TEST_F(MailDesk, CallsAndEmailsComeToTheSameAgents) {
  Start("anna");
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  Accept("anna");
  // A call interrupts the e-mail.
  Decision told;
  const absl::StatusOr<Answer> answer = engine_->Route(TestCall("+3222000100"), now_, told);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(engine_->Complete(std::get<Enter>(*answer), now_, told).ok());
  EXPECT_EQ(OnlyLeg(told).agent, "anna");
  EXPECT_EQ(Ask(From("<1@x>")), "assigned anna");
}

TEST_F(MailDesk, TellsOfEmailsThatAreTaken) {
  Start("anna");
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  engine_->TakeContactNews();
  Accept("anna");
  EXPECT_THAT(engine_->TakeContactNews().calls, ElementsAre(EmailId("acme", "imap-1", "1@x")));
}

TEST_F(MailDesk, TheFirstRecipientThatHasAMailboxCounts) {
  Email email = From("<1@x>", "x@nowhere.example");
  EXPECT_THAT(Ask(email), HasSubstr("NOT_FOUND: recipients: no live plan has a mailbox for "
                                    "x@nowhere.example"));
  email.recipients = {"x@nowhere.example", "Sales <sales@acme.example>", "support@acme.example"};
  EXPECT_EQ(Ask(email), "forward_email sales@example.com");
  EXPECT_EQ(*engine_->FindMailboxCustomer(email), "acme");
}

TEST_F(MailDesk, SaysWhatIsWrongWithAnEmail) {
  EXPECT_THAT(Ask(From("<>")), HasSubstr("INVALID_ARGUMENT: message_id: is missing"));
  EXPECT_THAT(Ask(From("<1@x>", "@acme.example")),
              HasSubstr("INVALID_ARGUMENT: recipients[0]: \"@acme.example\" is a domain"));
  Email email = From("<1@x>");
  email.recipients.assign(101, "support@acme.example");
  EXPECT_THAT(Ask(email), HasSubstr("recipients: there are at most 100, not 101"));
}

TEST_F(MailDesk, AMailboxIsOneCustomers) {
  const std::string other = R"(
customer: other
mailboxes:
  - { addresses: ["info@other.example", "SUPPORT@acme.example", "x@old.acme.example"], tree: t }
trees: { t: { discard: {} } }
)";
  const auto words = [](const Publication& publication) {
    std::vector<std::string> found;
    for (const Issue& issue : publication.issues) {
      found.push_back(absl::StrCat(issue.severity == Severity::kError ? "error " : "warning ",
                                   issue.code, " ", issue.path));
    }
    return found;
  };
  EXPECT_THAT(words(PublishTest(*engine_, other)),
              ElementsAre("error duplicate-address mailboxes[0].addresses[1]",
                          "warning within-domain mailboxes[0].addresses[2]"));
  EXPECT_THAT(Ask(From("<1@x>", "info@other.example")), HasSubstr("NOT_FOUND"));
  // Once the one has given it up the other may have it.
  ASSERT_TRUE(engine_->Withdraw("acme").ok());
  EXPECT_THAT(Ask(From("<1@x>")), HasSubstr("NOT_FOUND"));
  EXPECT_THAT(words(PublishTest(*engine_, other)), IsEmpty());
  EXPECT_EQ(Ask(From("<1@x>")), "discard plan");
}

TEST_F(MailDesk, WithoutAgentsNothingWaits) {
  engine_ = MakeEngine();
  MustPublish(*engine_, kEmailPlan);
  EXPECT_THAT(Ask(From("<1@x>")), HasSubstr("FAILED_PRECONDITION: agents are kept elsewhere"));
  EXPECT_EQ(Ask(From("<2@x>", "fast@acme.example")), "auto_reply thanks");
}

TEST_F(MailDesk, ASupervisorMovesAnEmail) {
  const auto move = [&](const std::string& group, const std::string& agent) {
    ContactAct act;
    act.call = EmailId("acme", "imap-1", "<1@x>");
    act.to_group = group;
    act.to_agent = agent;
    return engine_->ChangeContact("acme", act, now_);
  };
  const Email email = From("<1@x>");
  EXPECT_EQ(Ask(email), "wait desk");
  ASSERT_TRUE(move("second", "").ok());
  EXPECT_EQ(Ask(email), "wait second");
  // For days, though nobody asks.
  Pass(absl::Hours(50));
  EXPECT_EQ(Ask(email), "wait second");
  EXPECT_EQ(Group("second").entered, 1u);
  Start("bob");
  Accept("bob");
  EXPECT_EQ(Ask(email), "assigned bob");
  // To an agent alone: it is of its group all the same.
  Do(AgentAct::Kind::kLogIn, "anna");
  const absl::StatusOr<ContactEntry> moved = move("", "anna");
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->details.group, "second");
  EXPECT_EQ(Ask(email), "wait second");
}

TEST(EmailBook, ForgetsTheOldestFirst) {
  EmailBook book;
  book.NoteAgent(1, "c", "a", "anna");
  book.NoteAgent(2, "c", "a", "bob");
  for (size_t i = 1; i < EmailBook::kMost; ++i) book.NoteAgent(1, "c", absl::StrCat(i), "cas");
  EXPECT_EQ(book.Find(1, "c", "a")->agent, "anna");
  EXPECT_EQ(book.Find(1, "", "a")->agent, "anna") << "whoever has brought it";
  book.NoteAgent(1, "c", "one more", "cas");
  EXPECT_FALSE(book.Find(1, "c", "a").has_value());
  EXPECT_FALSE(book.Find(1, "", "a").has_value());
  EXPECT_EQ(book.Find(1, "c", "1")->agent, "cas");
  EXPECT_EQ(book.Find(2, "c", "a")->agent, "bob");
}

TEST_F(MailDesk, ExplainsWhatWouldBecomeOfAnEmailWithoutAnyEffect) {
  const Email email = From("explained@x", "late@acme.example");
  Decision decision;
  absl::StatusOr<Explanation> explanation = engine_->ExplainEmail(email, now_, decision);
  ASSERT_TRUE(explanation.ok()) << explanation.status();
  EXPECT_EQ(Told(decision), "wait desk");
  ASSERT_THAT(explanation->visits, SizeIs(1));
  Event timeout;
  timeout.kind = EventKind::kWaitTimeout;
  for (const char* expected : {"wait second", "forward_email boss@example.com"}) {
    const std::string continuation = decision.continuation;
    Decision next;
    explanation = engine_->ExplainEmailResume(email, continuation, timeout, now_, next);
    ASSERT_TRUE(explanation.ok()) << explanation.status();
    EXPECT_EQ(Told(next), expected);
    decision = std::move(next);
  }
  EXPECT_TRUE(decision.continuation.empty());
  ASSERT_TRUE(engine_->ExplainEmail(email, now_, decision).ok());
  for (EventKind kind : {EventKind::kNoAgents, EventKind::kNoneReady, EventKind::kGroupClosed}) {
    Event no_end;
    no_end.kind = kind;
    Decision next;
    EXPECT_THAT(engine_->ExplainEmailResume(email, decision.continuation, no_end, now_, next)
                    .status()
                    .message(),
                HasSubstr("an e-mail waits on then"));
  }
  // Nobody has handed it in.
  EXPECT_FALSE(*engine_->WithdrawEmail("acme", "imap-1", email.message_id, now_));
}

}  // namespace
}  // namespace libroute
