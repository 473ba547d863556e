#include "libroute/tree/feature_codes.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

using State = FeatureSetting::State;

constexpr absl::string_view kOffice =
    "numbering: { country: BE, prefix: \"5\" }\n"
    "lines: { ann: { number: \"+3222000250\", tree: main }, bob: { number: \"+3222000301\" } }\n";

// What a code that Ann dials would change: "forward_busy on +32470000001, ...".
std::string Dial(const TestPlan& plan, absl::string_view dialled,
                 absl::string_view line = "+3222000250") {
  const FeatureAnswer answer = AnswerFeatureCode(
      plan.plan(), plan.facts(), nullptr, *E164Number::Parse(line), ReadServiceCode(dialled));
  if (!answer.refusal.empty()) {
    EXPECT_TRUE(answer.changes.empty());
    return absl::StrCat("refused: ", answer.refusal);
  }
  constexpr absl::string_view kStates[] = {"unset", "off", "on"};
  std::string text;
  for (const auto& [feature, setting] : answer.changes.settings) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", LineFeatureName(feature), " ",
                    kStates[static_cast<int>(setting.state)], setting.to.has_value() ? " " : "",
                    setting.to.ToString());
  }
  return text;
}

std::string OfficePlan(absl::string_view codes = "feature_codes: {}") {
  return absl::StrCat(kOffice, codes);
}

// The number of Ann's line is that of a block of the plan, too.
v1::Plan Office(absl::string_view codes = "feature_codes: {}") {
  return ReadTestPlan(kDesk, OfficePlan(codes));
}

TEST(FeatureCodes, SwitchEveryFeatureByTheUsualCodes) {
  TestPlan plan(Office());
  EXPECT_EQ(Dial(plan, "*21*0470000001#"), "forward_always on +32470000001");
  EXPECT_EQ(Dial(plan, "*67*0032470000001#"), "forward_busy on +32470000001");
  EXPECT_EQ(Dial(plan, "**61*+32470000001#"), "forward_no_answer on +32470000001");
  EXPECT_EQ(Dial(plan, "*62*022000301"), "forward_unreachable on +3222000301");
  EXPECT_EQ(Dial(plan, "*26#"), "do_not_disturb on");
  EXPECT_EQ(Dial(plan, "#26#"), "do_not_disturb off");
  EXPECT_EQ(Dial(plan, "#002#"),
            "forward_always off, forward_busy off, forward_no_answer off, forward_unreachable off");
  EXPECT_EQ(Dial(plan, "*004*0470000001#"),
            "forward_busy on +32470000001, forward_no_answer on +32470000001, forward_unreachable "
            "on +32470000001");
}

TEST(FeatureCodes, RememberTheNumberUntilItIsErased) {
  TestPlan plan(Office());
  EXPECT_EQ(Dial(plan, "*21#"), "refused: forward_always: no number was said before");
  const E164Number number = *E164Number::Parse("+32470000001");
  plan.SetLine("ann", LineFeature::kForwardAlways, {State::kOn, number});
  EXPECT_EQ(Dial(plan, "*21#"), "");
  EXPECT_EQ(Dial(plan, "#21#"), "forward_always off +32470000001");
  EXPECT_EQ(Dial(plan, "##21#"), "forward_always unset");
  plan.SetLine("ann", LineFeature::kForwardAlways, {State::kOff, number});
  EXPECT_EQ(Dial(plan, "*21#"), "forward_always on +32470000001");
}

TEST(FeatureCodes, ForwardOnlyToWhatMayBeCalled) {
  TestPlan plan(Office());
  EXPECT_THAT(Dial(plan, "*21*090212345#"), HasSubstr("refused: +3290212345 may not be called"));
  EXPECT_THAT(Dial(plan, "*21*112#"), HasSubstr("refused: what was said is no number"));
  EXPECT_THAT(Dial(plan, "*21*1#"), HasSubstr("refused: what was said is no number"));
  EXPECT_EQ(Dial(plan, "*21*022000250#"), "refused: a line cannot be forwarded to itself");
  EXPECT_EQ(Dial(plan, "*26*0470000001#"), "refused: do_not_disturb takes no number");
  TestPlan strict(Office("feature_codes: {}\nallowed_destinations: { kinds: [fixed] }"));
  EXPECT_THAT(Dial(strict, "*21*0470000001#"), HasSubstr("may not be called"));
  EXPECT_EQ(Dial(strict, "*21*022000301#"), "forward_always on +3222000301");
}

TEST(FeatureCodes, AreOfLinesOnly) {
  TestPlan plan(Office());
  EXPECT_EQ(Dial(plan, "*26#", "+3222000251"), "refused: +3222000251 is none of the plan's lines");
}

TEST(FeatureCodes, AreThoseOfThePlan) {
  TestPlan plan(Office("feature_codes: { forward_always: \"72\", forward_busy: none }"));
  EXPECT_TRUE(plan.plan().HasFeatureCode(ReadServiceCode("*72*0470000001#")));
  EXPECT_FALSE(plan.plan().HasFeatureCode(ReadServiceCode("*21*0470000001#")));
  EXPECT_FALSE(plan.plan().HasFeatureCode(ReadServiceCode("#67#")));
  EXPECT_TRUE(plan.plan().HasFeatureCode(ReadServiceCode("#61#")));
  EXPECT_FALSE(TestPlan(Office("")).plan().HasFeatureCode(ReadServiceCode("#61#")));
}

}  // namespace
}  // namespace libroute
