#include "libroute/number/number_rewrite.h"

#include <random>

#include "gtest/gtest.h"

namespace libroute {
namespace {

Digits ToDigits(absl::string_view text) {
  return *Digits::Parse(text);
}

TEST(NumberRewrite, KeepsTheEndOfANumberBehindOtherDigits) {
  struct Case {
    NumberRewrite rewrite;
    absl::string_view number;
    absl::string_view made;
  };
  const Case cases[] = {
      {NumberRewrite::KeepLast(ToDigits("3225550"), 3), "+3222000123", "+3225550123"},
      {NumberRewrite::KeepLast(ToDigits("3225550"), 3), "+33562070410", "+3225550410"},
      {NumberRewrite::KeepLast(ToDigits("44161"), 10), "+3222000123", "+441613222000123"},
      // Fewer digits than are kept, or too many or too few come out.
      {NumberRewrite::KeepLast(ToDigits("3"), 11), "+3222000123", ""},
      {NumberRewrite::KeepLast(ToDigits("441610"), 10), "+3222000123", ""},
      {NumberRewrite::KeepLast(ToDigits("322"), 3), "+3222000123", ""},
      {NumberRewrite::Strip(ToDigits("44161"), 2), "+3222000123", "+4416122000123"},
      {NumberRewrite::Strip(ToDigits("441611"), 9), "+3222000123", "+4416113"},
      {NumberRewrite::Strip(ToDigits("44161"), 0), "+3222000123", "+441613222000123"},
      // Nothing is left of the number.
      {NumberRewrite::Strip(ToDigits("4416123"), 10), "+3222000123", ""},
      {NumberRewrite::Strip(ToDigits("4416123"), 15), "+3222000123", ""},
  };
  for (const Case& each : cases) {
    const E164Number made = each.rewrite.Apply(*E164Number::Parse(each.number));
    EXPECT_EQ(made.ToString(), each.made) << each.rewrite.ToString() << " of " << each.number;
  }
}

TEST(NumberRewrite, SaysWhatItDoes) {
  EXPECT_EQ(NumberRewrite::KeepLast(ToDigits("32"), 3).ToString(), "+32 and the last 3 digits");
  EXPECT_EQ(NumberRewrite::Strip(ToDigits("32"), 1).ToString(), "+32 and all but the first 1 digit");
}

// Against texts, which are slow and plain.
std::string MadeAsText(const std::string& add, int strip, int keep, std::string digits) {
  if (keep > 0) {
    if (static_cast<int>(digits.size()) < keep) return "";
    digits = digits.substr(digits.size() - keep);
  } else {
    if (static_cast<int>(digits.size()) <= strip) return "";
    digits = digits.substr(strip);
  }
  const std::string made = add + digits;
  return made.size() < 7 || made.size() > 15 ? "" : "+" + made;
}

TEST(NumberRewrite, GivesWhatTextsGiveAndOnlyWhatIsANumber) {
  std::mt19937 random(20261121);
  auto below = [&random](int n) { return static_cast<int>(random() % n); };
  auto number = [&](int length) {
    std::string text(1, static_cast<char>('1' + below(9)));
    while (static_cast<int>(text.size()) < length) text += static_cast<char>('0' + below(10));
    return text;
  };
  for (int i = 0; i < 20000; ++i) {
    const std::string add = number(1 + below(14));
    const std::string digits = number(7 + below(9));
    const int strip = below(16);
    const int keep = below(2) == 0 ? 0 : 1 + below(15);
    const NumberRewrite rewrite =
        keep > 0 ? NumberRewrite::KeepLast(ToDigits(add), keep) : NumberRewrite::Strip(ToDigits(add), strip);
    const E164Number made = rewrite.Apply(E164Number::FromDigits(ToDigits(digits)));
    ASSERT_EQ(made.ToString(), MadeAsText(add, strip, keep, digits))
        << rewrite.ToString() << " of " << digits;
    ASSERT_EQ(made.has_value(), rewrite.AppliesTo(static_cast<int>(digits.size())));
    ASSERT_TRUE(!made.has_value() || E164Number::Parse(made.ToString()).ok());
  }
}

}  // namespace
}  // namespace libroute
