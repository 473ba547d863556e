#include "libroute/contact/skill_expression.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute::contact {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kTestSkills = {"french", "network", "linux"};

int IndexOf(absl::string_view text, std::vector<SkillLevel> skills) {
  auto expression = SkillExpression::Parse(text, kTestSkills);
  EXPECT_TRUE(expression.ok()) << expression.status();
  return expression.ok() ? expression->IndexOf(skills) : -1;
}

std::string Fault(absl::string_view text) {
  return std::string(SkillExpression::Parse(text, kTestSkills).status().message());
}

TEST(SkillExpression, IsAsStrongAsTheWeakestOfAndAndTheBestOfOr) {
  const std::vector<SkillLevel> skills = {{0, 70}, {1, 40}};
  EXPECT_EQ(IndexOf("french", skills), 70);
  EXPECT_EQ(IndexOf("french >= 60 and network >= 30", skills), 40);
  EXPECT_EQ(IndexOf("french >= 60 or network >= 30", skills), 70);
  EXPECT_EQ(IndexOf("french >= 71 or network", skills), 40);
  EXPECT_EQ(IndexOf("linux or french and network", skills), 40);
  EXPECT_EQ(IndexOf("(linux or french) and (network)", skills), 40);
  EXPECT_EQ(IndexOf("linux and french", skills), 0);
}

TEST(SkillExpression, ComparesAtItsBounds) {
  const std::vector<SkillLevel> skills = {{0, 60}};
  EXPECT_EQ(IndexOf("french >= 60", skills), 60);
  EXPECT_EQ(IndexOf("french > 60", skills), 0);
  EXPECT_EQ(IndexOf("french = 60", skills), 60);
  EXPECT_EQ(IndexOf("french<=60", skills), 60);
  EXPECT_EQ(IndexOf("french < 60", skills), 0);
  EXPECT_EQ(IndexOf("french > 100", {{0, 100}}), 0);
  EXPECT_EQ(IndexOf("network < 50", skills), 0) << "who lacks a skill meets nothing";
}

TEST(SkillExpression, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(Fault("frensh >= 60"),
            "\"frensh >= 60\", character 1: no skill \"frensh\"; did you mean \"french\"?");
  EXPECT_THAT(Fault("french >= 101"), HasSubstr("character 11: an index of 1 to 100 was expected"));
  EXPECT_THAT(Fault("french >="), HasSubstr("here it ends"));
  EXPECT_THAT(Fault("french network"), HasSubstr("\"and\", \"or\" or the end was expected, not"));
  EXPECT_THAT(Fault("(french"), HasSubstr("or \")\" was expected"));
  EXPECT_THAT(Fault("and french"), HasSubstr("a skill or \"(\" was expected"));
  EXPECT_THAT(Fault(""), HasSubstr("a skill or \"(\" was expected"));
  EXPECT_THAT(Fault(std::string(17, '(') + "french"), HasSubstr("at most 16 deep"));
  std::string many = "french";
  for (int i = 0; i < 64; ++i) many += " or french";
  EXPECT_THAT(Fault(many), HasSubstr("at most 64 comparisons"));
}

}  // namespace
}  // namespace libroute::contact
