#include "libroute/prove/value_set.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

ValueTest PrefixTest(const char* text) {
  return {ValueTest::By::kPrefix, text, 0, 0};
}
ValueTest RangeTest(int64_t from, int64_t to) {
  return {ValueTest::By::kRange, "", from, to};
}
ValueTest PatternTest(const char* text) {
  return {ValueTest::By::kPattern, text, 0, 0};
}

TEST(ValueSet, ComesToNothingWhereOneTextIsAskedForTwice) {
  const ValueSet gold = ValueSet().Among({"gold"});
  EXPECT_FALSE(gold.empty());
  EXPECT_TRUE(gold.Among({"silver"}).empty());
  EXPECT_TRUE(gold.NotAmong({"gold"}).empty());
  EXPECT_TRUE(ValueSet().NotAmong({"gold"}).Among({"gold"}).empty());
}

TEST(ValueSet, KnowsWhichPrefixesAndRangesExcludeEachOther) {
  EXPECT_TRUE(ValueSet().Failing(PrefixTest("9")).Passing(PrefixTest("99")).empty());
  EXPECT_FALSE(ValueSet().Failing(PrefixTest("99")).Passing(PrefixTest("9")).empty());
  EXPECT_TRUE(ValueSet().Passing(PrefixTest("1")).Passing(PrefixTest("2")).empty());
  EXPECT_TRUE(ValueSet().Failing(RangeTest(1, 9)).Passing(RangeTest(2, 3)).empty());
  EXPECT_TRUE(ValueSet().Passing(RangeTest(1, 9)).Passing(RangeTest(10, 12)).empty());
  EXPECT_FALSE(ValueSet().Failing(RangeTest(1, 9)).Passing(RangeTest(5, 12)).empty());
}

TEST(ValueSet, AssumesAnythingOfPatterns) {
  const ValueSet some = ValueSet().Among({"12", "ab"});
  EXPECT_EQ(some.Passing(PatternTest("[0-9]*")), some);
  EXPECT_EQ(some.Failing(PatternTest("[0-9]*")), some);
  EXPECT_TRUE(ValueSet().Failing(PatternTest("a+")).Passing(PatternTest("a+")).empty());
}

TEST(ValueSet, ReadsWholeNumbersAsMatchDoes) {
  const ValueSet some = ValueSet().Among({"7", "+7", "-7", "seven"});
  EXPECT_EQ(*some.Passing(RangeTest(-10, 10)).texts(), (std::set<std::string>{"7", "-7"}));
}

TEST(ValueSet, FindsDigitsThatPass) {
  EXPECT_EQ(ValueSet().SampleDigits(4, 4), "0000");
  EXPECT_EQ(ValueSet().NotAmong({"0000"}).SampleDigits(4, 4), "1111");
  EXPECT_EQ(ValueSet().Passing(PrefixTest("9")).SampleDigits(3, 3), "900");
  EXPECT_EQ(ValueSet().Passing(RangeTest(100, 199)).SampleDigits(3, 3), "100");
  EXPECT_EQ(ValueSet().Among({"gold"}).SampleDigits(1, 15), std::nullopt);
}

TEST(ValueSet, HasWhatBothHave) {
  const ValueSet one = ValueSet().Among({"a"});
  const ValueSet two = ValueSet().Among({"b"});
  const ValueSet both = Or(one, two);
  EXPECT_TRUE(both.Has(one) && both.Has(two));
  EXPECT_FALSE(one.Has(both));
  EXPECT_TRUE(ValueSet().Has(both));
}

TEST(ValueSet, MakesUpATextThatIsOneOfThem) {
  const auto sample = [](const ValueSet& set, size_t variant = 0) {
    const std::vector<std::string> texts = set.SampleTexts({"", "usual"}, {"", "usual"});
    return texts.empty() ? "(none)" : texts[variant % texts.size()];
  };
  EXPECT_EQ(sample(ValueSet()), "");
  EXPECT_EQ(sample(ValueSet(), 1), "usual");
  EXPECT_EQ(sample(ValueSet().NotAmong({""})), "usual");
  EXPECT_EQ(sample(ValueSet::Some({"a", "b"}), 1), "b");
  EXPECT_EQ(sample(ValueSet().NotAmong({"", "usual"})), "(none)");
  EXPECT_EQ(sample(ValueSet().Passing({ValueTest::By::kPrefix, "Re: "})), "Re: ");
  EXPECT_EQ(sample(ValueSet().Passing({ValueTest::By::kPrefix, "Re: "}), 2), "Re: usual");
  EXPECT_EQ(sample(ValueSet().Passing({ValueTest::By::kRange, "", 5, 9})), "5");
  EXPECT_EQ(sample(ValueSet().Passing({ValueTest::By::kPattern, "(?i).*invoice.*"})), "invoice");
  EXPECT_EQ(sample(ValueSet().Passing({ValueTest::By::kPattern, "[ab]{3}"})), "aaa");
  EXPECT_EQ(sample(ValueSet().Passing({ValueTest::By::kPattern, ".*@corp[.]example"})),
            "x@corp.example");
}

TEST(ValueSet, MakesUpTextsWithWhatIsToStandAtTheirEnd) {
  const std::vector<std::string> ends = {"@example.com", "example.com"};
  EXPECT_THAT(ValueSet().Passing({ValueTest::By::kPrefix, "bob@"}).SampleTexts({}, ends),
              testing::ElementsAre("bob@", "bob@@example.com", "bob@example.com"));
  EXPECT_THAT(ValueSet().Passing({ValueTest::By::kPattern, "(?i)BOSS.*"}).SampleTexts({}, ends),
              testing::Contains("bossx@example.com"));
}

}  // namespace
}  // namespace libroute
