#include "libroute/call/email.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

Email FromAPerson() {
  Email email;
  email.sender = "someone@example.com";
  return email;
}

TEST(WhyAutomatic, LetsAPersonThrough) {
  Email email = FromAPerson();
  EXPECT_EQ(WhyAutomatic(email), std::nullopt);
  email.auto_submitted = "No";
  email.precedence = "first-class";
  email.auto_response_suppress = "DR, RN, NRN";
  EXPECT_EQ(WhyAutomatic(email), std::nullopt);
}

TEST(WhyAutomatic, KnowsTheHeaderFieldsOfPrograms) {
  const auto with = [](std::string Email::*field, const char* value) {
    Email email = FromAPerson();
    email.*field = value;
    return WhyAutomatic(email);
  };
  EXPECT_EQ(with(&Email::auto_submitted, "auto-replied; owner-email=\"a@b.example\""),
            DiscardReason::kAutoSubmitted);
  EXPECT_EQ(with(&Email::auto_submitted, " Auto-Generated"), DiscardReason::kAutoSubmitted);
  EXPECT_EQ(with(&Email::precedence, "Bulk"), DiscardReason::kBulk);
  EXPECT_EQ(with(&Email::precedence, "junk"), DiscardReason::kBulk);
  EXPECT_EQ(with(&Email::precedence, "list"), DiscardReason::kBulk);
  EXPECT_EQ(with(&Email::list_id, "<news.example.com>"), DiscardReason::kList);
  EXPECT_EQ(with(&Email::auto_response_suppress, "DR, OOF, AutoReply"), DiscardReason::kSuppressed);
  EXPECT_EQ(with(&Email::auto_response_suppress, "All"), DiscardReason::kSuppressed);
  for (const char* sender : {"", "<>", "MAILER-DAEMON@mx.example.com", "postmaster@example.com"}) {
    EXPECT_EQ(with(&Email::sender, sender), DiscardReason::kBounce) << sender;
  }
}

TEST(WhyAutomatic, SaysTheReasonThatIsSurest) {
  Email email;
  email.auto_submitted = "auto-generated";
  email.list_id = "<news.example.com>";
  EXPECT_EQ(WhyAutomatic(email), DiscardReason::kAutoSubmitted);
}

}  // namespace
}  // namespace libroute
