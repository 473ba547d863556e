#include "libroute/number/internal/digit_patterns.h"

#include <regex>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute::internal {
namespace {

bool Matches(const DigitPatterns& patterns, const std::string& digits, int id) {
  DigitPatterns::State state = patterns.Start();
  for (char c : digits) state = patterns.Next(state, c - '0');
  for (int matched : patterns.Matched(state)) {
    if (matched == id) return true;
  }
  return false;
}

TEST(DigitPatterns, MatchAsRegularExpressionsDo) {
  const std::string kPatterns[] = {
      "4\\d{2}",
      "[2-4]1|12",
      "(?:1|22)3",
      "1(?:2[34]?|[5-79]{2})",
      "(12|3)?4",
      "1{1,3}",
      "(?:1(?:2|3){2}){0,2}",
      "\\d?1\\d?",
      "12*",
      "(?:21)+",
      "1|1",
      "",
      "[013-9]\\d{3}",
      "2(?:|3)4",
  };
  for (const std::string& text : kPatterns) {
    DigitPatterns patterns;
    ASSERT_TRUE(patterns.Add("9999", 6).ok());
    ASSERT_TRUE(patterns.Add(text, 7).ok()) << text;
    const std::regex regex(text);
    for (int number = 0; number < 20000; ++number) {
      // All numbers of one to four digits, those with leading zeros too.
      const std::string digits = std::to_string(number + 10000).substr(1 + number % 4);
      ASSERT_EQ(Matches(patterns, digits, 7), std::regex_match(digits, regex))
          << text << " " << digits;
    }
  }
}

TEST(DigitPatterns, RefuseWhatTheyDoNotKnow) {
  for (absl::string_view text :
       {"(1", "1)", "[1", "a", "1{2", "1{99}", "^1", "(?=1)", "1.", "[a]", "\\w", "?1", "1{a}"}) {
    DigitPatterns patterns;
    ASSERT_TRUE(patterns.Add("12", 1).ok());
    const absl::Status status = patterns.Add(text, 2);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_TRUE(absl::StrContains(status.message(), absl::StrCat("\"", text, "\""))) << status;
    EXPECT_TRUE(Matches(patterns, "12", 1));
    EXPECT_FALSE(Matches(patterns, "1", 2));
  }
}

}  // namespace
}  // namespace libroute::internal
