// How long e-mails wait, by the hours of their groups.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/engine/test_mail_desk.h"

namespace libroute {
namespace {

constexpr char kOpenHoursPlan[] = R"(
customer: acme
time_zone: UTC
schedules:
  office: { weekly: { days: [mon, tue, wed, thu, fri], from: "08:00", to: "17:00" } }
  seldom: { weekly: { days: [mon], from: "08:00", to: "08:10" } }
mailboxes:
  - { addresses: ["support@acme.example"], tree: emails }
  - { addresses: ["always@acme.example"], tree: others }
  - { addresses: ["seldom@acme.example"], tree: seldom }
  - { addresses: ["never@acme.example"], tree: never }
agents: { anna: {} }
groups:
  desk: { agents: [anna], schedule: office }
  always: { agents: [anna] }
  seldom: { agents: [anna], schedule: seldom }
trees:
  emails: { agents: { group: desk, wait: 4h, on_timeout: { forward_email: { to: "boss@example.com" } } } }
  others: { agents: { group: always, wait: 4h, on_timeout: { forward_email: { to: "boss@example.com" } } } }
  seldom: { agents: { group: seldom, wait: 80h, on_timeout: { forward_email: { to: "boss@example.com" } } } }
  never: { agents: { group: seldom, wait: 720h, on_timeout: { forward_email: { to: "boss@example.com" } } } }
)";

class EmailClocks : public MailDesk {
 protected:
  EmailClocks() : MailDesk(kOpenHoursPlan) {}
};

TEST_F(EmailClocks, StandStillWhileTheGroupIsClosed) {
  // Monday at 15:00: two hours today, two tomorrow.
  now_ = kTestNow + absl::Hours(6);
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  EXPECT_EQ(Ask(From("<2@x>", "always@acme.example")), "wait always");
  Pass(absl::Hours(4));
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  EXPECT_EQ(Ask(From("<2@x>", "always@acme.example")), "forward_email boss@example.com");
  // Tuesday at 10:00.
  Pass(absl::Hours(15) - absl::Seconds(1));
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  Pass(absl::Seconds(1));
  EXPECT_EQ(Ask(From("<1@x>")), "forward_email boss@example.com");
}

TEST_F(EmailClocks, BeginWhenTheGroupOpens) {
  // Friday at 18:00.
  now_ = kTestNow + absl::Hours(4 * 24 + 9);
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  // Monday at noon.
  Pass(absl::Hours(66) - absl::Seconds(1));
  EXPECT_EQ(Ask(From("<1@x>")), "wait desk");
  Pass(absl::Seconds(1));
  EXPECT_EQ(Ask(From("<1@x>")), "forward_email boss@example.com");
}

// 80 hours of ten minutes a week take nine years, and there are no 720 within ten.
TEST_F(EmailClocks, RunForAYearAtMost) {
  for (const char* to : {"seldom@acme.example", "never@acme.example"}) {
    EXPECT_EQ(Ask(From(to, to)), "wait seldom");
  }
  Pass(absl::Hours(24 * 365) - absl::Seconds(1));
  for (const char* to : {"seldom@acme.example", "never@acme.example"}) {
    EXPECT_EQ(Ask(From(to, to)), "wait seldom") << to;
  }
  Pass(absl::Seconds(1));
  for (const char* to : {"seldom@acme.example", "never@acme.example"}) {
    EXPECT_EQ(Ask(From(to, to)), "forward_email boss@example.com") << to;
  }
}

}  // namespace
}  // namespace libroute
