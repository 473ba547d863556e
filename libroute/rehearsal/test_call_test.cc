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
  EXPECT_THAT(MakeCall(Written("+32 2 200", "")).status().message(), HasSubstr("called: "));
  EXPECT_THAT(MakeCall(Written("", "")).status().message(), HasSubstr("called: "));
  EXPECT_THAT(MakeCall(Written("+3222000100", "0470")).status().message(), HasSubstr("calling: "));
}

}  // namespace
}  // namespace libroute
