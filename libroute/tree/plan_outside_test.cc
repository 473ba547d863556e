// Where agents may transfer calls to, and what is asked of who answers their phones.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_center_plan.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> IssuesWithNumbers(absl::string_view numbers) {
  return IssuesWithCenter(absl::StrCat(kAround, "groups: { g: { agents: [ann, bob] } }\n",
                                       "contact_center: { transfer_numbers: [", numbers, "] }"));
}

TEST(TransferNumbers, AreNumbersAndPrefixes) {
  EXPECT_THAT(IssuesWithNumbers("\"+3222000300\", \"+32475*\""), IsEmpty());
  TestPlan plan(WithCenter(
      absl::StrCat(kAround, "groups: { g: { agents: [ann, bob] } }\n",
                   "contact_center: { transfer_numbers: [\"+3222000300\", \"+32475*\"] }")));
  EXPECT_THAT(plan.plan().written_transfer_numbers(), ElementsAre("+3222000300", "+32475*"));
  const NumberSet& numbers = plan.plan().transfer_numbers();
  EXPECT_TRUE(numbers.Contains(*Digits::Parse("3222000300")));
  EXPECT_TRUE(numbers.Contains(*Digits::Parse("32475123456")));
  EXPECT_FALSE(numbers.Contains(*Digits::Parse("3222000301")));
}

TEST(TransferNumbers, WhatIsNoneIsSaid) {
  EXPECT_THAT(IssuesWithNumbers("\"112\""),
              ElementsAre(HasSubstr("contact_center.transfer_numbers[0]")));
  EXPECT_THAT(IssuesWithNumbers("\"+3222000300\", \"+3222000300\""),
              ElementsAre(HasSubstr("contact_center.transfer_numbers[1]")));
  EXPECT_THAT(IssuesWithNumbers("\"+3290012345\""),
              ElementsAre(HasSubstr("contact_center.transfer_numbers[0]")))
      << "a premium number";
}

TEST(Confirmation, IsAMessageOfTheGroup) {
  TestPlan plan(WithGroupOf("agents: [ann], confirm: press-one"));
  const MessageIndex message = plan.plan().ConfirmationOf("g");
  ASSERT_NE(message, kNoMessage);
  EXPECT_EQ(plan.plan().message(message).otherwise, "press-one");
  EXPECT_EQ(plan.plan().ConfirmationOf("h"), kNoMessage);
  EXPECT_EQ(plan.plan().ConfirmationOf("i"), kNoMessage);
}

TEST(Confirmation, AMessageThatIsMisspeltIsTold) {
  v1::Plan plan = WithCenter(absl::StrCat(
      kAround, "messages: { press-one: { languages: { fr: appuyez }, otherwise: press } }\n",
      "groups: { g: { agents: [ann], confirm: pres-one } }"));
  EXPECT_THAT(IssuesOf(plan), ::testing::Contains(HasSubstr("groups.g.confirm")));
}

}  // namespace
}  // namespace libroute
