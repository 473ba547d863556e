#include "libroute/tree/lookup_table.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

LookupTable MakeTable(LookupTable::By by) {
  LookupTable table(by);
  table.Add("1000", 1);
  table.Add("10", 2);
  table.Add("1", 3);
  table.Add("+3222", 4);
  return table;
}

TEST(LookupTable, FindsWholeKeys) {
  const LookupTable table = MakeTable(LookupTable::By::kExact);
  EXPECT_EQ(table.Find("1000"), 1u);
  EXPECT_EQ(table.Find("10"), 2u);
  EXPECT_EQ(table.Find("100"), std::nullopt);
  EXPECT_EQ(table.Find("10000"), std::nullopt);
  EXPECT_EQ(table.Find(""), std::nullopt);
}

TEST(LookupTable, FindsTheLongestPrefix) {
  const LookupTable table = MakeTable(LookupTable::By::kPrefix);
  EXPECT_EQ(table.Find("1000"), 1u);
  EXPECT_EQ(table.Find("10001"), 1u);
  EXPECT_EQ(table.Find("1001"), 2u);
  EXPECT_EQ(table.Find("12"), 3u);
  EXPECT_EQ(table.Find("+3222000100"), 4u);
  EXPECT_EQ(table.Find("2"), std::nullopt);
  EXPECT_EQ(table.Find(std::string(1000, '1')), 3u);
}

TEST(LookupTable, GivesItsDefaultWhereThereIsNoRow) {
  for (LookupTable::By by : {LookupTable::By::kExact, LookupTable::By::kPrefix}) {
    LookupTable table = MakeTable(by);
    table.SetDefault(9);
    EXPECT_EQ(table.Find("1000"), 1u);
    EXPECT_EQ(table.Find("2"), 9u);
    EXPECT_EQ(table.Find(""), 9u);
  }
}

TEST(LookupTable, KeepsTheFirstOfTwoRowsWithOneKey) {
  LookupTable table;
  EXPECT_TRUE(table.Add("a", 1));
  EXPECT_FALSE(table.Add("a", 2));
  EXPECT_EQ(table.Find("a"), 1u);
  EXPECT_EQ(table.size(), 1u);
}

TEST(LookupTable, HasKeysOfEveryLength) {
  LookupTable table(LookupTable::By::kPrefix);
  const std::string text(LookupTable::kMaxKeyBytes, 'x');
  for (uint32_t length = 0; length <= text.size(); ++length) {
    table.Add(absl::string_view(text).substr(0, length), length);
  }
  for (uint32_t length = 0; length <= text.size(); ++length) {
    EXPECT_EQ(table.Find(absl::StrCat(text.substr(0, length), "y")), length);
  }
}

}  // namespace
}  // namespace libroute
