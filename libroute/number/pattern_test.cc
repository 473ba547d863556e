#include "libroute/number/pattern.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

Digits DigitsOf(absl::string_view text) {
  return *Digits::Parse(text);
}
NumberPattern P(absl::string_view text) {
  return *NumberPattern::Parse(text);
}

TEST(NumberPattern, ReadsThreeForms) {
  EXPECT_EQ(P("+3222000100").kind(), NumberPattern::Kind::kExact);
  EXPECT_EQ(P("+3222*").kind(), NumberPattern::Kind::kPrefix);
  EXPECT_EQ(P("+3222000100-+3222000199").kind(), NumberPattern::Kind::kRange);
  EXPECT_EQ(P("+3222000100-+3222000199").first(), DigitsOf("3222000100"));
  EXPECT_EQ(P("+3222000100-+3222000199").last(), DigitsOf("3222000199"));
  EXPECT_EQ(P("+3222*").first(), DigitsOf("3222"));
}

TEST(NumberPattern, WritesWhatItReads) {
  for (absl::string_view text :
       {"+3222000100", "+1234567", "+123456789012345", "+3*", "+12345678901234*",
        "+3222000100-+3222000199", "+1000000-+9999999"}) {
    EXPECT_EQ(P(text).ToString(), std::string(text));
  }
}

TEST(NumberPattern, RangeOfOneNumberIsThatNumber) {
  EXPECT_EQ(P("+3222000100-+3222000100"), P("+3222000100"));
}

TEST(NumberPattern, SaysWhatIsWrong) {
  const struct {
    absl::string_view text;
    absl::string_view says;
  } kCases[] = {
      {"", "it is empty"},
      {"3222000100", "begins with '+'"},
      {"3222*", "begins with '+'"},
      {"+322200a100", "'a' stands where a digit should be"},
      {"+32 22 00 01 00", "' ' stands where a digit should be"},
      {"+32*22", "'*' stands where a digit should be"},
      {"+32**", "'*' stands where a digit should be"},
      {"+022200010", "no country code begins with 0"},
      {"+0*", "no country code begins with 0"},
      {"+322200", "a number has 7 to 15 digits, this one has 6"},
      {"+1234567890123456", "a number has 7 to 15 digits, this one has 16"},
      {"+*", "a prefix has 1 to 14 digits, this one has 0"},
      {"*", "begins with '+'"},
      {"+123456789012345*", "a prefix has 1 to 14 digits, this one has 15"},
      {"+3222000199-+3222000100", "its last number is before its first"},
      {"+3222000100-+32220001990", "its ends have 10 and 11 digits"},
      {"+3222000100-199", "in the last number, a number begins with '+'"},
      {"+3222-+3223", "in the first number, a number has 7 to 15 digits, this one has 4"},
      {"+3222*-+3223*", "in the first number, '*' stands"},
      {"+3222000100-", "in the last number"},
      {"-", "in the first number"},
  };
  for (const auto& c : kCases) {
    absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(c.text);
    ASSERT_FALSE(pattern.ok()) << c.text;
    EXPECT_EQ(pattern.status().code(), absl::StatusCode::kInvalidArgument);
    const std::string message(pattern.status().message());
    EXPECT_TRUE(absl::StrContains(message, c.says)) << message;
    EXPECT_TRUE(absl::StrContains(message, absl::StrCat("\"", c.text, "\""))) << message;
    EXPECT_TRUE(absl::StrContains(message, "write +3222000100 (one number)")) << message;
  }
}

TEST(NumberPattern, ShowsHostileTextShortAndEscaped) {
  const std::string text = "+32\n\x01\xC3" + std::string(100000, 'z');
  const std::string message(NumberPattern::Parse(text).status().message());
  EXPECT_LT(message.size(), 400u);
  EXPECT_TRUE(absl::StrContains(message, "\"+32\\n\\x01\\xc3zzz")) << message;
  EXPECT_TRUE(absl::StrContains(message, "'\\n' stands")) << message;
}

TEST(NumberPattern, MatchesItsNumbers) {
  EXPECT_TRUE(P("+3222000100").Matches(DigitsOf("3222000100")));
  EXPECT_FALSE(P("+3222000100").Matches(DigitsOf("32220001000")));
  EXPECT_TRUE(P("+3222*").Matches(DigitsOf("3222")));
  EXPECT_TRUE(P("+3222*").Matches(DigitsOf("3222000100")));
  EXPECT_FALSE(P("+3222*").Matches(DigitsOf("322")));
  EXPECT_FALSE(P("+3222*").Matches(DigitsOf("3223000100")));
  EXPECT_TRUE(P("+3222000100-+3222000199").Matches(DigitsOf("3222000100")));
  EXPECT_TRUE(P("+3222000100-+3222000199").Matches(DigitsOf("3222000199")));
  EXPECT_FALSE(P("+3222000100-+3222000199").Matches(DigitsOf("3222000200")));
  // In the order of digits it lies between the ends, but it is longer.
  EXPECT_FALSE(P("+3222000100-+3222000199").Matches(DigitsOf("32220001500")));
  EXPECT_FALSE(P("+3222*").Matches(Digits()));
}

TEST(NumberPattern, CoversWhatLiesInside) {
  EXPECT_TRUE(P("+3222*").Covers(P("+3222*")));
  EXPECT_TRUE(P("+3222*").Covers(P("+32220*")));
  EXPECT_TRUE(P("+3222*").Covers(P("+3222000100")));
  EXPECT_TRUE(P("+3222*").Covers(P("+3222000100-+3222999999")));
  EXPECT_FALSE(P("+3222*").Covers(P("+322*")));
  EXPECT_FALSE(P("+3222*").Covers(P("+3222000100-+3223000100")));
  EXPECT_TRUE(P("+3222000100-+3222000199").Covers(P("+3222000150-+3222000199")));
  EXPECT_FALSE(P("+3222000100-+3222000199").Covers(P("+3222000150-+3222000200")));
  // The prefix also begins longer numbers.
  EXPECT_FALSE(P("+3222000100-+3222000199").Covers(P("+32220001*")));
  EXPECT_FALSE(P("+3222000100").Covers(P("+3222000100-+3222000101")));
}

// Every number of one to three digits 0-2, as a world small enough to ask about
// each one of them.
std::vector<Digits> SmallWorld(int max_length) {
  std::vector<Digits> world = {Digits()};
  for (size_t i = 0; i < world.size(); ++i) {
    if (world[i].size() == max_length) continue;
    for (int digit = 0; digit <= 9; ++digit) world.push_back(world[i].Append(digit));
  }
  world.erase(world.begin());
  return world;
}

std::vector<NumberPattern> SmallPatterns(const std::vector<Digits>& world, std::mt19937& random) {
  std::vector<NumberPattern> patterns;
  for (int i = 0; i < 60; ++i) {
    Digits a = world[random() % world.size()];
    Digits b = world[random() % world.size()];
    patterns.push_back(NumberPattern::Exact(a));
    if (a.size() < 3) patterns.push_back(NumberPattern::Prefix(a));
    if (a.size() != b.size()) b = a.size() > 1 ? a.Prefix(a.size() - 1).Append(9) : DigitsOf("9");
    patterns.push_back(NumberPattern::Range(std::min(a, b), std::max(a, b)));
  }
  return patterns;
}

TEST(NumberPattern, CoversAndOverlapsAsItsNumbersDo) {
  const std::vector<Digits> world = SmallWorld(4);
  std::mt19937 random(20261123);
  const std::vector<NumberPattern> patterns = SmallPatterns(SmallWorld(3), random);
  for (const NumberPattern& a : patterns) {
    for (const NumberPattern& b : patterns) {
      bool covers = true;
      bool overlaps = false;
      for (Digits number : world) {
        if (!b.Matches(number)) continue;
        covers = covers && a.Matches(number);
        overlaps = overlaps || a.Matches(number);
      }
      ASSERT_EQ(a.Covers(b), covers) << a.ToString() << " " << b.ToString();
      ASSERT_EQ(a.Overlaps(b), overlaps) << a.ToString() << " " << b.ToString();
    }
  }
}

TEST(NumberPattern, CountsItsNumbers) {
  const std::vector<Digits> world = SmallWorld(4);
  std::mt19937 random(4);
  for (const NumberPattern& pattern : SmallPatterns(SmallWorld(3), random)) {
    for (int length = 1; length <= 4; ++length) {
      const auto count = std::count_if(world.begin(), world.end(), [&](Digits number) {
        return number.size() == length && pattern.Matches(number);
      });
      ASSERT_EQ(pattern.CountOfLength(length), static_cast<uint64_t>(count))
          << pattern.ToString() << " of length " << length;
    }
  }
}

TEST(NumberPattern, RangeIsMadeOfTheFewestPrefixes) {
  const std::vector<Digits> expected = {DigitsOf("3222000098"), DigitsOf("3222000099"), DigitsOf("32220001"),
                                        DigitsOf("322200020"), DigitsOf("3222000210")};
  EXPECT_EQ(P("+3222000098-+3222000210").Prefixes(), expected);
  EXPECT_EQ(P("+3222*").Prefixes(), std::vector<Digits>{DigitsOf("3222")});
  EXPECT_EQ(P("+3222000100").Prefixes(), std::vector<Digits>{DigitsOf("3222000100")});
  EXPECT_LE(P("+111111111111111-+999999999999998").Prefixes().size(), 250u);
}

TEST(NumberPattern, PrefixesHaveEachNumberOfTheRangeOnce) {
  const std::vector<Digits> world = SmallWorld(4);
  std::mt19937 random(7);
  for (const NumberPattern& pattern : SmallPatterns(SmallWorld(4), random)) {
    if (pattern.kind() != NumberPattern::Kind::kRange) continue;
    const std::vector<Digits> prefixes = pattern.Prefixes();
    for (Digits number : world) {
      if (number.size() != pattern.first().size()) continue;
      const auto holders = std::count_if(prefixes.begin(), prefixes.end(),
                                         [&](Digits p) { return number.StartsWith(p); });
      ASSERT_EQ(holders, pattern.Matches(number) ? 1 : 0)
          << pattern.ToString() << " " << number.ToString();
    }
  }
}

}  // namespace
}  // namespace libroute
