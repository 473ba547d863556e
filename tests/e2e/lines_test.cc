// Calls of a customer's lines, calls for help and conferences, through a server
// that has ingresses, an inventory and a table of ported numbers.

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/client.h"
#include "tests/e2e/routed_process.h"
#include "tests/e2e/temp_directory.h"

namespace libroute {
namespace {

constexpr char kPlan[] = R"(
customer: sites
numbering: { prefix: "5", country: FR }
sites:
  toulouse: { code: "01", extensions: [{ numbers: "+33562070410-+33562070499", digits: 3 }], place: "12 place Wilson" }
  rennes: { code: "02", extensions: [{ numbers: "+33223280411", digits: 3 }], place: "3 quai Lamennais" }
numbers:
  - { number: "+33562070410-+33562070499", tree: line, holder: toulouse }
  - { number: "+33223280411", tree: line, holder: rennes }
  - { number: "+33562070401", tree: meet }
dial_strings: { "*44": meet }
outbound: outside
conferences: { weekly: { number: "1", capacity: 1, codes: [{ code: "2718" }, { code: "3141", role: listener }] } }
trees:
  line: { dial: { to: called, otherwise: { voicemail: { mailbox: lines } } } }
  outside: { dial: { to: called, otherwise: { release: {} } } }
  meet:
    conference_access: { greeting: welcome, message: which, code_message: code, on_full: { announce: { message: full } }, otherwise: { release: {} } }
)";

constexpr char kInventory[] = R"(
network: ours
numbers: [{ number: "+3356207*" }, { number: "+3322328*", service: [{ state: suspended }] }]
barred_destinations: [{ name: premium, kind: premium }]
)";

class Lines : public testing::Test {
 protected:
  std::string Config() {
    directory_.Write("plan.yaml", kPlan);
    directory_.Write("carrier.yaml", kInventory);
    directory_.Write("ported.csv", "+33612345678,mobile-two\n");
    return directory_.Write("routed.yaml", R"(
listen: ["127.0.0.1:0"]
plans: [plan.yaml]
inventory: carrier.yaml
portability: ported.csv
ingresses: [{ name: pbx, country: FR, place: the exchange }]
)");
  }

  v1::RouteRequest LineCall(const std::string& reference, const std::string& line,
                            const std::string& dialled) {
    v1::RouteRequest request = FirstQuestion(reference, dialled);
    request.mutable_call()->set_direction(v1::DIRECTION_INTERNAL);
    request.mutable_call()->set_originating_line(line);
    request.mutable_call()->set_calling(line);
    request.mutable_call()->set_ingress("pbx");
    return request;
  }

  v1::RouteRequest FromOutside(const std::string& reference, const std::string& called) {
    v1::RouteRequest request = FirstQuestion(reference, called);
    request.mutable_call()->set_ingress("pbx");
    return request;
  }

  v1::Decision Pressed(v1::RouteRequest& question, const v1::Decision& decision,
                       const std::string& digits) {
    question = NextQuestion(question, decision);
    question.mutable_event()->set_digits(digits);
    return client_.Ask(question);
  }

  TempDirectory directory_;
  RoutedProcess routed_{{"--config", Config()}};
  Client client_{routed_.Address()};
};

TEST_F(Lines, ReachEachOtherByInternalNumbersAndAreCharged) {
  const v1::Decision decision = client_.Ask(LineCall("a", "+33223280411", "501410"));
  ASSERT_EQ(decision.dial().legs_size(), 1);
  EXPECT_EQ(decision.dial().legs(0).number(), "+33562070410");
  EXPECT_EQ(decision.dial().legs(0).trigger(), v1::TRIGGER_SUPPRESS);
  EXPECT_EQ(decision.holder(), "toulouse");
}

TEST_F(Lines, CallOutAndTheRecordSaysWhoServesThePortedNumber) {
  const v1::Decision decision = client_.Ask(LineCall("a", "+33562070410", "+33612345678"));
  ASSERT_EQ(decision.dial().legs_size(), 1);
  const v1::Leg& leg = decision.dial().legs(0);
  EXPECT_EQ(leg.number_kind(), v1::NUMBER_KIND_MOBILE);
  EXPECT_EQ(leg.country(), "FR");
  EXPECT_EQ(leg.operator_(), "mobile-two");
  EXPECT_EQ(leg.operator_source(), v1::OPERATOR_SOURCE_PORTABILITY);
  EXPECT_EQ(leg.charged_number(), "+33562070410");
}

TEST_F(Lines, TheCarrierBarsAndSuspends) {
  const v1::Decision barred = client_.Ask(LineCall("a", "+33562070410", "+33899123456"));
  EXPECT_EQ(barred.reject().q850_cause(), 21u);
  EXPECT_EQ(barred.screened_by(), "premium");
  const v1::Decision suspended = client_.Ask(FromOutside("b", "+33223280411"));
  EXPECT_EQ(suspended.pass_through().reason(), v1::PASS_THROUGH_REASON_NUMBER_NOT_ACTIVE);
  EXPECT_EQ(suspended.pass_through().service_state(), v1::SERVICE_STATE_SUSPENDED);
}

TEST_F(Lines, HelpIsToldWhereTheLineIsAndCallsBack) {
  const v1::Decision help = client_.Ask(LineCall("a", "+33562070420", "112"));
  EXPECT_EQ(help.pass_through().reason(), v1::PASS_THROUGH_REASON_EMERGENCY);
  EXPECT_EQ(help.pass_through().place(), "12 place Wilson");
  EXPECT_EQ(help.pass_through().call_back(), "+33562070420");
  const v1::Decision back = client_.Ask(FromOutside("b", "+33562070420"));
  EXPECT_EQ(back.pass_through().reason(), v1::PASS_THROUGH_REASON_EMERGENCY_CALL_BACK);
  EXPECT_TRUE(client_.Ask(FromOutside("c", "+33562070421")).has_dial()) << "another line";
}

TEST_F(Lines, MeetByNumberAndCodeWhileThereArePlaces) {
  v1::RouteRequest question = LineCall("a", "+33562070410", "*44");
  v1::Decision decision = client_.Ask(question);
  EXPECT_EQ(decision.collect().message(), "which") << "colleagues are not greeted";
  decision = Pressed(question, decision, "1");
  EXPECT_TRUE(decision.collect().secret());
  decision = Pressed(question, decision, "9999");
  EXPECT_EQ(decision.collect().message(), "code") << "wrong";
  decision = Pressed(question, decision, "2718");
  EXPECT_EQ(decision.conference().conference(), "weekly");
  EXPECT_EQ(decision.conference().role(), v1::CONFERENCE_ROLE_PARTICIPANT);
  ASSERT_EQ(decision.report_size(), 1);

  v1::RouteRequest other = FromOutside("b", "+33562070401");
  v1::Decision greeted = client_.Ask(other);
  EXPECT_EQ(greeted.announce().message(), "welcome");
  other = NextQuestion(other, greeted);
  other.mutable_event()->mutable_played();
  v1::Decision asked = client_.Ask(other);
  asked = Pressed(other, asked, "1");
  v1::RouteRequest full = other;
  EXPECT_EQ(Pressed(full, asked, "3141").announce().message(), "full");

  v1::ReportRequest report;
  *report.add_reports()->mutable_call_id() = question.call_id();
  report.mutable_reports(0)->mutable_released()->set_by(v1::RELEASED_BY_CALLER);
  v1::ReportResponse reported;
  ASSERT_TRUE(client_.route().Report(NewContext().get(), report, &reported).ok());
  v1::RouteRequest third = FromOutside("c", "+33562070401");
  greeted = client_.Ask(third);
  third = NextQuestion(third, greeted);
  third.mutable_event()->mutable_played();
  asked = client_.Ask(third);
  asked = Pressed(third, asked, "1");
  EXPECT_EQ(Pressed(third, asked, "3141").conference().role(), v1::CONFERENCE_ROLE_LISTENER)
      << "the place is free again";
}

}  // namespace
}  // namespace libroute
