#include "libroute/wire/enum_name.h"

#include "gtest/gtest.h"
#include "libroute/v1/decision.pb.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

TEST(EnumName, IsTheValueInLowerCaseWithoutItsEnumsName) {
  EXPECT_EQ(EnumName(v1::OUTCOME_NO_ANSWER), "no_answer");
  EXPECT_EQ(EnumName(v1::RELEASE_REASON_ATTEMPTS_FAILED), "attempts_failed");
  EXPECT_EQ(EnumName(v1::Reject::CAUSE_BUSY), "busy");
  EXPECT_EQ(EnumName(v1::SWITCH_STATE_ON), "on");
}

TEST(EnumName, IsTheNumberOfAValueWithoutName) {
  EXPECT_EQ(EnumName(static_cast<v1::Outcome>(99)), "99");
}

}  // namespace
}  // namespace libroute
