#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/readers/plan_reader.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr size_t kMegabyte = 1 << 20;

std::string Repeat(absl::string_view text, size_t bytes) {
  std::string result;
  while (result.size() + text.size() <= bytes) absl::StrAppend(&result, text);
  return result;
}

// Why the text is refused; "fine" if it is not. What the part before the
// refusal lacks as a plan does not count.
std::string Refusal(absl::string_view text, const std::string& file = "f.yaml") {
  const ReadResult read = ReadPlan(text, file);
  for (const absl::string_view code : {"too-deep", "too-large", "too-long", "alias", "syntax"}) {
    for (const Issue& issue : read.issues) {
      if (issue.code == code) return issue.code;
    }
  }
  return read.issues.empty() ? "fine" : "not a plan";
}

TEST(HostileText, IsRefusedWhenItIsDeep) {
  for (const char* file : {"f.yaml", "f.json"}) {
    EXPECT_EQ(Refusal(Repeat("[", kMegabyte), file), "too-deep");
    EXPECT_EQ(Refusal(Repeat("{\"a\":", kMegabyte), file), "too-deep");
    EXPECT_EQ(Refusal(Repeat("[{\"a\":[", kMegabyte), file), "too-deep");
  }
  for (const char* piece : {"{a: ", "- ", "? ", "[{a: [", "[\n", ": "}) {
    EXPECT_EQ(Refusal(Repeat(piece, 100'000)), "too-deep") << piece;
    EXPECT_THAT(Refusal(Repeat(piece, kMegabyte)), testing::AnyOf("too-deep", "too-large"))
        << piece;
  }
}

TEST(HostileText, IsRefusedWhenBlocksAreDeep) {
  std::string text;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, std::string(i, ' '), "a:\n");
  EXPECT_EQ(Refusal(text), "too-deep");
}

TEST(HostileText, CannotMakeTheParserLookAheadWithoutEnd) {
  for (const char* piece : {"[", "{", "{a,", "{? ", "[{", "[x ", "{\"a\" "}) {
    const std::string text = absl::StrCat("a: ", Repeat(piece, 4 * kMegabyte - 8));
    EXPECT_THAT(Refusal(text), testing::AnyOf("too-deep", "too-large", "syntax")) << piece;
  }
  const ReadResult wide =
      ReadPlan(absl::StrCat("# c\n{a: [", Repeat("a,", 2 * kMegabyte), "]}"), "f.yaml");
  ASSERT_FALSE(wide.issues.empty());
  EXPECT_THAT(wide.issues.back().message,
              testing::StartsWith("a list or map in [] or {} is too long"));
}

TEST(HostileText, IsRefusedWhenItIsLarge) {
  EXPECT_EQ(Refusal(std::string(4 * kMegabyte, ' ')), "fine");
  EXPECT_EQ(Refusal(std::string(4 * kMegabyte + 1, ' ')), "too-large");
  EXPECT_EQ(Refusal(Repeat("a: []\n", 4 * kMegabyte)), "too-large");
  EXPECT_EQ(Refusal(absl::StrCat("[", Repeat("0,", 2 * kMegabyte), "0]"), "f.json"), "too-large");
}

TEST(HostileText, IsRefusedWhenAListIsLong) {
  const auto list = [](int size) { return Repeat("  - a\n", 6 * size); };
  const auto map = [](int size) {
    std::string text;
    for (int i = 0; i < size; ++i) absl::StrAppend(&text, "  s", i, ":\n");
    return text;
  };
  EXPECT_EQ(Refusal(absl::StrCat("sites:\n", map(10'000))), "fine");
  EXPECT_EQ(Refusal(absl::StrCat("sites:\n", map(10'001))), "too-long");
  const std::string calendar = "calendars:\n c:\n  dates:\n";
  EXPECT_EQ(Refusal(absl::StrCat(calendar, list(10'000))), "fine");
  const ReadResult read = ReadPlan(absl::StrCat(calendar, list(100'000)), "f.yaml");
  ASSERT_EQ(read.issues.size(), 1u);
  EXPECT_EQ(
      FormatIssue(read.issues[0]),
      "f.yaml:4:3: error: calendars.c.dates: 100000 entries in one list, at most 10000; split "
      "it");
  EXPECT_EQ(read.plan->calendars().at("c").dates_size(), 0);
}

TEST(HostileText, CountsTheEntriesOfAListInBrackets) {
  const std::string entries = Repeat("{number: '+3222000100', tree: desk},\n", 37 * 10'000);
  EXPECT_EQ(Refusal(absl::StrCat("numbers: [", entries, "]")), "fine");
  EXPECT_EQ(Refusal(absl::StrCat("numbers: [", entries, "{}]")), "too-long");
}

TEST(HostileText, CannotMultiplyByAliases) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 100; ++i) {
    absl::StrAppend(&text, "a", i, ": &a", i, " [");
    for (int j = 0; j < 10; ++j) absl::StrAppend(&text, "*a", i - 1, ", ");
    absl::StrAppend(&text, "]\n");
  }
  const ReadResult read = ReadPlan(text, "f.yaml");
  EXPECT_EQ(read.issues.size(), 201u);
  EXPECT_EQ(read.issues.back().code, "more");
  EXPECT_EQ(Refusal("trees: &t { a: { goto: b } }"), "alias");
  EXPECT_EQ(Refusal("trees: &t { a: *t }"), "alias");
}

TEST(HostileText, CannotMultiplyByLongNames) {
  // The name is in the path of everything below it.
  const std::string name = absl::StrCat("\"", std::string(100'000, 'k'), "\"");
  std::string text = absl::StrCat("{\"trees\":{", name, ":");
  for (int i = 0; i < 15; ++i) absl::StrAppend(&text, "{\"menu\":{\"keys\":{", name, ":");
  absl::StrAppend(&text, "null", Repeat("}", 15 * 3 + 2));
  EXPECT_EQ(Refusal(text), "too-long");
}

TEST(HostileText, SaysLittleAboutALotOfMistakes) {
  const ReadResult read = ReadPlan(Repeat("- &a !x\n", kMegabyte), "f.yaml");
  EXPECT_EQ(read.issues.size(), 201u);
  size_t bytes = 0;
  for (const Issue& issue : read.issues) bytes += FormatIssue(issue).size();
  EXPECT_LT(bytes, 100'000u);
}

TEST(HostileText, IsRefusedWhenItIsNotText) {
  EXPECT_EQ(Refusal(std::string(kMegabyte, '\0')), "syntax");
  EXPECT_EQ(Refusal(std::string(kMegabyte, '\xFF')), "syntax");
  EXPECT_EQ(Refusal(absl::string_view("customer: a\0b", 13)), "syntax");
  EXPECT_EQ(Refusal("customer: \xED\xA0\x80"), "syntax");
  EXPECT_EQ(Refusal("customer: a\x04trees: {}"), "syntax");
}

TEST(HostileText, EndsInTimeWhateverIsRepeated) {
  for (const char* piece :
       {"?\n",  "-\n",    "[] ",        "a ",       "b\n\n", "#\n", "&a ",          "!a ",
        ":",    ",",      "]",          "a: ",      "---\n", "'",   "\"",           "\\",
        "| ",   ">\n",    "%TAG ! !\n", "*a ",      "\t",    "\r",  "\xEF\xBB\xBF", "- - ",
        "<<: ", "\"\\\n", "a:\n",       "\xC2\x85", "[\n- "}) {
    Refusal(Repeat(piece, kMegabyte / 4));
    Refusal(absl::StrCat("a: ", Repeat(piece, kMegabyte / 4)));
    Refusal(absl::StrCat("a: \"", Repeat(piece, kMegabyte / 4)));
    Refusal(absl::StrCat("[", Repeat(piece, kMegabyte / 4)));
  }
}

}  // namespace
}  // namespace libroute
