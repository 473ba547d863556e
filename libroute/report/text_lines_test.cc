#include "libroute/report/text_lines.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(TextTable, AlignsColumnsAndLeavesNoSpacesAtTheEnd) {
  TextTable table;
  table.AddRow({"a", "bb", "last one"});
  table.AddRow({"long", "", "c"});
  table.AddRow({"x"});
  EXPECT_EQ(table.ToString(), "a     bb  last one\nlong      c\nx\n");
}

TEST(TextTable, CountsCharactersNotBytes) {
  TextTable table;
  table.AddRow({"é·█", "x"});
  table.AddRow({"abc", "y"});
  EXPECT_EQ(table.ToString(), "é·█  x\nabc  y\n");
}

TEST(Printable, EscapesWhatAScreenWouldObey) {
  EXPECT_EQ(Printable("a\x1b[31m\n\x7f"), "a\\u001b[31m\\u000a\\u007f");
  EXPECT_EQ(Printable("\u009b31m"), "\\u009b31m");
  EXPECT_EQ(Printable("it's \"so\""), "it's \"so\"");
  EXPECT_EQ(Printable("déjà"), "déjà");
}

}  // namespace
}  // namespace libroute
