#include "libroute/tree/nodes/text_pattern.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

struct PatternCase {
  const char* pattern;
  const char* text;
  bool matches;
};

const PatternCase kCases[] = {
    {"gold|silver", "gold", true},
    {"gold|silver", "golden", false},
    {"gold|silver", "old gold", false},
    {"[0-9]{4}", "1234", true},
    {"[0-9]{4}", "12345", false},
    {"(?i)gold", "GOLD", true},
    {"gold", "GOLD", false},
    {".*", "", true},
    {".+", "", false},
    {"^a$", "a", true},
    {"\\+32(4[5-9].*|2222)", "+32475123456", true},
    {"\\+32(4[5-9].*|2222)", "+32222", false},
    // Where backtracking takes for ever.
    {"(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
};

TEST(TextPattern, MatchesTheWholeText) {
  for (const PatternCase& row : kCases) {
    absl::StatusOr<TextPattern> pattern = TextPattern::Parse(row.pattern);
    ASSERT_TRUE(pattern.ok()) << pattern.status();
    EXPECT_EQ(pattern->Matches(row.text), row.matches) << row.pattern << " " << row.text;
  }
}

TEST(TextPattern, SaysWhatIsWrongAndWhere) {
  struct BadPattern {
    const char* pattern;
    const char* message;
  };
  constexpr BadPattern kBad[] = {
      {"(ab", "\"(ab\" is no pattern: missing ): (ab"},
      {"a**", "\"a**\" is no pattern: bad repetition operator: **"},
      {"x[z-a]", "\"x[z-a]\" is no pattern: invalid character class range: z-a"},
      {"a{2000}", "\"a{2000}\" is no pattern: invalid repetition size: {2000}"},
      {"(?=a)", "\"(?=a)\" is no pattern: invalid perl operator: (?="},
  };
  for (const BadPattern& row : kBad) {
    const absl::StatusOr<TextPattern> pattern = TextPattern::Parse(row.pattern);
    ASSERT_FALSE(pattern.ok()) << row.pattern;
    EXPECT_EQ(pattern.status().message(), row.message);
  }
}

TEST(TextPattern, GivesExamplesThatItMatches) {
  for (const char* text : {"[0-9]{4}", "(?:19|20)[0-9]{2}", "[1-5]"}) {
    const TextPattern pattern = *TextPattern::Parse(text);
    const std::vector<std::string> examples = pattern.Examples(4);
    EXPECT_FALSE(examples.empty()) << text;
    for (const std::string& example : examples) EXPECT_TRUE(pattern.Matches(example)) << example;
  }
  EXPECT_TRUE(TextPattern::Parse("[0-9]{4}")->Examples(3).empty());
}

TEST(TextPattern, TakesABoundedProgramOnly) {
  EXPECT_TRUE(TextPattern::Parse(std::string(256, 'a')).ok());
  EXPECT_THAT(std::string(TextPattern::Parse(std::string(257, 'a')).status().message()),
              HasSubstr("at most 256 bytes, not 257"));
  EXPECT_THAT(std::string(TextPattern::Parse("((a{100}){100})").status().message()),
              HasSubstr("invalid repetition size"));
  EXPECT_THAT(std::string(TextPattern::Parse("\\pL{999}").status().message()),
              HasSubstr("pattern too large"));
}

}  // namespace
}  // namespace libroute
