#include "libroute/readers/ical_lines.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

// "line NAME{PARAMETER=value}:value" of each, "line!" for one with a fault.
std::string Lines(absl::string_view text) {
  IcalLines lines(text);
  std::string all;
  while (const IcalLine* line = lines.Next()) {
    absl::StrAppend(&all, all.empty() ? "" : " ", line->line);
    if (!line->fault.empty()) {
      all += "!";
      continue;
    }
    absl::StrAppend(&all, " ", line->name);
    for (const auto& [name, value] : line->parameters) {
      absl::StrAppend(&all, "{", name, "=", value, "}");
    }
    absl::StrAppend(&all, ":", line->value);
  }
  return all;
}

TEST(IcalLines, ReadsContentLines) {
  const std::pair<std::string, const char*> kTexts[] = {
      {"", ""},
      {"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "1 BEGIN:VCALENDAR 2 END:VCALENDAR"},
      {"\xEF\xBB\xBF"
       "begin:a\nEnd:b",
       "1 BEGIN:a 2 END:b"},
      {"A:\n\n\r\nB:x:y;z", "1 A: 4 B:x:y;z"},
      {"SUMMARY:Christ\r\n mas\r\n\t Day\r\nB:1", "1 SUMMARY:Christmas Day 4 B:1"},
      {"D;value=DATE;X-P=\"a:b;c\":2026", "1 D{VALUE=DATE}{X-P=a:b;c}:2026"},
      {"D;TZID=/Europe/Brussels:x", "1 D{TZID=/Europe/Brussels}:x"},
      {"no colon\nB:1", "1! 2 B:1"},
      {":x", "1!"},
      {"D;:x", "1!"},
      {"D;A:x", "1!"},
      {"D;A=\"x:y", "1!"},
      {" folded at the beginning", "1!"},
      {"\n", ""},
  };
  for (const auto& [text, expected] : kTexts) EXPECT_EQ(Lines(text), expected) << text;
}

TEST(IcalText, TakesEscapesAway) {
  EXPECT_EQ(IcalText("a\\, b\\; c\\nd\\N\\\\e\\"), "a, b; c\nd\n\\e\\");
}

}  // namespace
}  // namespace libroute
