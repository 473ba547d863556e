#include "libroute/prove/number_ranges.h"

#include <random>

#include "gtest/gtest.h"

namespace libroute {
namespace {

NumberRanges RangesOf(std::initializer_list<const char*> texts) {
  std::vector<NumberPattern> patterns;
  for (const char* text : texts) patterns.push_back(*NumberPattern::Parse(text));
  return NumberRanges::Of(patterns);
}

TEST(NumberRanges, HasNumbersOfAPrefixWhateverTheirLength) {
  const NumberRanges prefix = RangesOf({"+3222*"});
  EXPECT_TRUE(prefix.Has(RangesOf({"+3222000", "+322200010012345"})));
  EXPECT_FALSE(prefix.Has(RangesOf({"+3223000"})));
  EXPECT_TRUE(NumberRanges::All().Has(prefix));
}

TEST(NumberRanges, TakesARangeOnlyOfItsLength) {
  const NumberRanges range = RangesOf({"+3222000100-+3222000199"});
  EXPECT_TRUE(range.Has(RangesOf({"+3222000150"})));
  EXPECT_FALSE(range.Has(RangesOf({"+32220001500"})));
  EXPECT_EQ(Without(RangesOf({"+32220001*"}), range).empty(), false);
}

TEST(NumberRanges, IsEmptyOnceAllIsTakenOut) {
  const NumberRanges whole = RangesOf({"+322*"});
  NumberRanges left = whole;
  for (const char* part :
       {"+3220*", "+3221*", "+3222*", "+3223*", "+3224*", "+3225*", "+3226*", "+3227*", "+3228*"}) {
    left = Without(left, RangesOf({part}));
  }
  EXPECT_EQ(left, RangesOf({"+3229*"}));
  EXPECT_TRUE(Without(left, RangesOf({"+3229*"})).empty());
}

TEST(NumberRanges, FindsTheNumberAtAPlace) {
  const NumberRanges one = RangesOf({"+3222000100"});
  ASSERT_EQ(one.ranges().size(), 1u);
  EXPECT_EQ(NumberRanges::NumberAt(one.ranges()[0].first).ToString(), "+3222000100");
}

// Against patterns, one number at a time.
TEST(NumberRanges, AgreesWithPatterns) {
  std::mt19937 random(7);
  const auto pattern = [&] {
    const std::string digits = std::to_string(1000000 + random() % 30);
    if (random() % 3 == 0) return *NumberPattern::Parse("+" + digits.substr(0, 6) + "*");
    if (random() % 2 == 0) return *NumberPattern::Parse("+" + digits);
    const std::string last = std::to_string(std::stoi(digits) + static_cast<int>(random() % 20));
    return *NumberPattern::Parse("+" + digits + "-+" + last);
  };
  for (int round = 0; round < 300; ++round) {
    const std::vector<NumberPattern> a = {pattern(), pattern()};
    const std::vector<NumberPattern> b = {pattern(), pattern(), pattern()};
    const NumberRanges both = And(NumberRanges::Of(a), NumberRanges::Of(b));
    const NumberRanges either = Or(NumberRanges::Of(a), NumberRanges::Of(b));
    const NumberRanges minus = Without(NumberRanges::Of(a), NumberRanges::Of(b));
    for (int value = 999990; value < 1000060; ++value) {
      const absl::StatusOr<E164Number> number = E164Number::Parse("+" + std::to_string(value));
      if (!number.ok()) continue;
      const NumberRanges one = NumberRanges::Of({NumberPattern::Exact(number->digits())});
      const auto is_in = [&](const std::vector<NumberPattern>& patterns) {
        return std::any_of(patterns.begin(), patterns.end(), [&](const NumberPattern& each) {
          return each.Matches(number->digits());
        });
      };
      ASSERT_EQ(both.Has(one), is_in(a) && is_in(b));
      ASSERT_EQ(either.Has(one), is_in(a) || is_in(b));
      ASSERT_EQ(minus.Has(one), is_in(a) && !is_in(b));
    }
  }
}

}  // namespace
}  // namespace libroute
