#include "libroute/readers/csv_rows.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

// "line:column[cell|cell]" of each row, with "!fault" at the end.
std::string Rows(absl::string_view text) {
  CsvRows rows(text);
  std::string all;
  while (const CsvRow* row = rows.Next()) {
    std::vector<std::string> cells;
    for (const CsvCell& cell : row->cells) cells.emplace_back(cell.text);
    const size_t offset = row->fault.empty() ? row->cells.back().offset : row->fault_offset;
    const TextPlace place = rows.PlaceOf(offset);
    absl::StrAppend(&all, place.line, ":", place.column, "[", absl::StrJoin(cells, "|"), "]",
                    row->fault.empty() ? "" : "!");
  }
  return all;
}

// Each row with the place of its last cell, or of its fault.
TEST(CsvRows, ReadsRowsAsRfc4180HasThem) {
  const std::pair<std::string, const char*> kTexts[] = {
      {"", ""},
      {"\n\r\n", ""},
      {"a", "1:1[a]"},
      {"a,b\nc,d\n", "1:3[a|b]2:3[c|d]"},
      {"a,b\r\nc,d\r\n", "1:3[a|b]2:3[c|d]"},
      {"a;b\nc;d,e", "1:3[a|b]2:3[c|d,e]"},
      {"\"a;b\",c;d", "1:7[a;b|c;d]"},
      {"\xEF\xBB\xBF"
       "a,b",
       "1:3[a|b]"},
      {"\xEF\xBB\xBF\"a\",b", "1:5[a|b]"},
      {"a,\n,b\n", "1:3[a|]2:2[|b]"},
      {" a , b \n", "1:6[a|b]"},
      {"\" a \",b\n", "1:7[ a |b]"},
      {"\"say \"\"no\"\"\",\"\"\"\"\n", "1:14[say \"no\"|\"]"},
      {"\"two\nlines\",x\ny,z", "2:8[two\nlines|x]3:3[y|z]"},
      {"a\n\n\nb", "1:1[a]4:1[b]"},
      {"\xC3\xA9\xC3\xA9,b", "1:4[\xC3\xA9\xC3\xA9|b]"},
      // Faults; what follows is read on.
      {"a\"b,c\nd,e\n", "1:2[]!2:3[d|e]"},
      {"\"a\"b,c\r\nd,e", "1:4[a]!2:3[d|e]"},
      {"x,\"a,c\nd,e", "1:3[x]!"},
      {"\"", "1:1[]!"},
  };
  for (const auto& [text, expected] : kTexts) EXPECT_EQ(Rows(text), expected) << text;
}

TEST(CsvRows, ACellOfQuotesStaysWhileItsRowIsRead) {
  std::string text;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, i == 0 ? "" : ",", "\"\"\"", i, "\"");
  CsvRows rows(text);
  const CsvRow* row = rows.Next();
  ASSERT_EQ(row->cells.size(), 100u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(row->cells[i].text, absl::StrCat("\"", i));
}

}  // namespace
}  // namespace libroute
