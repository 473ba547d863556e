#include "libroute/rehearsal/test_call.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using testing::HasSubstr;

v1::TestCall Written(const std::string& called, const std::string& calling) {
  v1::TestCall written;
  written.set_called(called);
  written.set_calling(calling);
  return written;
}

TEST(MakeCall, TakesNumbersAndDialStrings) {
  absl::StatusOr<Call> call = MakeCall(Written("+3222000100", "+32470000000"));
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->called.ToString(), "+3222000100");
  EXPECT_EQ(call->calling.ToString(), "+32470000000");
  EXPECT_EQ(call->calling_privacy, Privacy::kAllowed);
  EXPECT_EQ(call->id.reference, "test");

  call = MakeCall(Written("112", ""));
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_FALSE(call->called.has_value());
  EXPECT_EQ(call->dialled.ToString(), "112");
  EXPECT_EQ(call->calling_privacy, Privacy::kUnavailable);
}

TEST(MakeCall, LetsALineDialMoreThanNumbers) {
  v1::TestCall written = Written("*44", "");
  written.set_direction(v1::DIRECTION_INTERNAL);
  written.set_line("+3222000100");
  absl::StatusOr<Call> call = MakeCall(written);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->direction, Direction::kInternal);
  EXPECT_EQ(call->dialled.ToString(), "*44");
  EXPECT_EQ(call->line.ToString(), "+3222000100");
  written.set_direction(v1::DIRECTION_UNSPECIFIED);
  EXPECT_FALSE(MakeCall(written).ok()) << "nobody calls in by *44";
  written.set_called("+3222000101");
  written.set_line("501410");
  EXPECT_THAT(MakeCall(written).status().message(), HasSubstr("line: "));
}

TEST(MakeCall, WithholdsAnonymousCallers) {
  v1::TestCall written = Written("+3222000100", "+32470000000");
  written.set_anonymous(true);
  written.set_reference("a-7");
  absl::StatusOr<Call> call = MakeCall(written);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->calling_privacy, Privacy::kRestricted);
  EXPECT_TRUE(call->calling.has_value());
  EXPECT_EQ(call->id.reference, "a-7");
}

TEST(MakeCall, NamesTheFieldThatIsWrong) {
  EXPECT_THAT(MakeCall(Written("+32 2 2x0", "")).status().message(), HasSubstr("called: "));
  EXPECT_THAT(MakeCall(Written("anonymous", "")).status().message(), HasSubstr("called: "));
  EXPECT_THAT(MakeCall(Written("", "")).status().message(), HasSubstr("called: "));
  EXPECT_THAT(MakeCall(Written("+3222000100", "0470")).status().message(), HasSubstr("calling: "));
}

TEST(MakeCall, ReadsNumbersByTheProfile) {
  const NumberProfile belgium = NationalProfile("BE");
  v1::TestCall written = Written("02 200 01 00", "tel:0470-00-00-00");
  written.add_diversions()->set_number("022000199");
  absl::StatusOr<Call> call = MakeCall(written, belgium);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->called.ToString(), "+3222000100");
  EXPECT_EQ(call->calling.ToString(), "+32470000000");
  EXPECT_EQ(call->diverted_by.ToString(), "+3222000199");
  EXPECT_FALSE(MakeCall(written).ok());
  call = MakeCall(Written("tel:+3222000100;rn=C01", "sip:anonymous@anonymous.invalid"));
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->routing_number.ToString(), "C01");
  EXPECT_EQ(call->calling_privacy, Privacy::kRestricted);
}

TEST(MakeCall, TakesHowACallCame) {
  v1::TestCall written = Written("+3222000100", "+32470000000");
  written.set_unavailable(true);
  written.set_verstat(v1::VERSTAT_PASSED);
  written.set_attestation(v1::ATTESTATION_C);
  written.set_ingress("trunk-1");
  written.add_diversions()->set_number("+3222000198");
  written.add_diversions()->set_reason(v1::DIVERSION_REASON_BUSY);
  absl::StatusOr<Call> call = MakeCall(written);
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->calling_privacy, Privacy::kUnavailable);
  EXPECT_EQ(call->verstat, Verstat::kPassed);
  EXPECT_EQ(call->attestation, Attestation::kC);
  EXPECT_EQ(call->ingress, "trunk-1");
  EXPECT_EQ(call->diversions, 2);
  EXPECT_FALSE(call->diverted_by.has_value());
  EXPECT_EQ(call->diverted_because, DiversionReason::kBusy);
  ASSERT_EQ(call->diverted_before.size(), 1u);
  EXPECT_EQ(call->diverted_before[0].ToString(), "+3222000198");
  written.mutable_diversions(0)->set_count(9);
  EXPECT_EQ(MakeCall(written)->diversions, 10);
  written.mutable_diversions(0)->set_count(255);
  EXPECT_EQ(MakeCall(written)->diversions, 255);
  written.mutable_diversions(0)->set_count(256);
  EXPECT_THAT(MakeCall(written).status().message(), HasSubstr("diversions[0].count: is not"));
  written.mutable_diversions(0)->set_count(1);
  for (int i = 0; i < 19; ++i) written.add_diversions();
  EXPECT_THAT(MakeCall(written).status().message(), HasSubstr("diversions: has 21 entries"));
}

TEST(MakeEmail, RefusesWhatCheckRefuses) {
  v1::TestEmail written;
  written.set_to("support@acme.example");
  ASSERT_TRUE(MakeEmail(written).ok());
  EXPECT_EQ(MakeEmail(written)->message_id, "test");
  const auto refused = [](const v1::TestEmail& email) {
    return std::string(MakeEmail(email).status().message());
  };
  v1::TestEmail other = written;
  other.set_from("bob");
  EXPECT_THAT(refused(other), HasSubstr("from: \"bob\" is not an e-mail address"));
  other = written;
  other.set_to("@acme.example");
  EXPECT_THAT(refused(other),
              HasSubstr("to: \"@acme.example\" is a domain; write an address there"));
  other.clear_to();
  EXPECT_THAT(refused(other), HasSubstr("to: a test needs the address"));
  other = written;
  other.set_message_id("< >");
  EXPECT_THAT(refused(other), HasSubstr("message_id: \"< >\" names no e-mail"));
  other = written;
  other.set_subject(std::string(998, 'a'));
  EXPECT_TRUE(MakeEmail(other).ok());
  other.set_subject(std::string(999, 'a'));
  EXPECT_THAT(refused(other), HasSubstr("subject: has 999 bytes"));
}

}  // namespace
}  // namespace libroute
