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
mailboxes:
  - { addresses: ["support@acme.example"], tree: emails }
  - { addresses: ["always@acme.example"], tree: others }
agents: { anna: {} }
groups:
  desk: { agents: [anna], schedule: office }
  always: { agents: [anna] }
trees:
  emails: { agents: { group: desk, wait: 4h, on_timeout: { forward_email: { to: "boss@example.com" } } } }
  others: { agents: { group: always, wait: 4h, on_timeout: { forward_email: { to: "boss@example.com" } } } }
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

}  // namespace
}  // namespace libroute
