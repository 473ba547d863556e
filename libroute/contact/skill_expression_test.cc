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

TEST(SkillExpression, ShowsWhatItIsGivenSoThatItCanBePrinted) {
  EXPECT_THAT(Fault("french \n\xff"), HasSubstr("\"french \\n"));
  EXPECT_THAT(Fault("french \xff"), HasSubstr("not \"\\xff\""));
}

TEST(SkillExpression, LooksForTheNearestSkillWhereThatIsWanted) {
  const SkillNames names(kTestSkills);
  const absl::Status status =
      SkillExpression::Parse("frensh", names, SkillExpression::Hint::kNone).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_EQ(status.message(), "\"frensh\", character 1: no skill \"frensh\"");
  EXPECT_THAT(std::string(SkillExpression::Parse("frensh", names).status().message()),
              HasSubstr("did you mean"));
}

TEST(SkillExpression, KnowsTheSkillsThatItNames) {
  const auto expression = SkillExpression::Parse("linux or french and linux > 3", kTestSkills);
  ASSERT_TRUE(expression.ok());
  EXPECT_THAT(expression->Skills(), testing::ElementsAre(0, 2));
}

TEST(SkillNames, AreThoseThatExpressionsCanSay) {
  for (const char* good : {"f", "French", "fr-be_2", "android", "or-not"}) {
    EXPECT_TRUE(IsSkillName(good)) << good;
  }
  for (const char* bad : {"", "2fr", "-fr", "fr.be", "fr be", "and", "or"}) {
    EXPECT_FALSE(IsSkillName(bad)) << bad;
  }
}

}  // namespace
}  // namespace libroute::contact
