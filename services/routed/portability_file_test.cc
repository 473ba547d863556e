#include "services/routed/portability_file.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::HasSubstr;

std::string OperatorOf(const PortabilityTable& table, absl::string_view number) {
  return std::string(table.OperatorOf(*E164Number::Parse(number)));
}

TEST(Portability, FindsTheMostSpecificRow) {
  auto table = ReadPortability(
      "+32470000001,first\n+324700000*,second\n+32471000000-+32471000099,third\n", "ported.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(OperatorOf(**table, "+32470000001"), "first");
  EXPECT_EQ(OperatorOf(**table, "+32470000002"), "second");
  EXPECT_EQ(OperatorOf(**table, "+32471000050"), "third");
  EXPECT_EQ(OperatorOf(**table, "+32472000000"), "");
}

TEST(Portability, RefusesAFileWithAnyRowThatIsWrong) {
  for (const char* text : {"", "+32470000001\n", "x,first\n", "+32470000001,a b\n",
                           "+32470000001,a\n+32470000001,b\n", "+32470000001,a,b\n"}) {
    const auto table = ReadPortability(text, "ported.csv");
    ASSERT_FALSE(table.ok()) << text;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr("ported.csv")) << text;
  }
}

TEST(Portability, SaysWhichFileIsNotThere) {
  EXPECT_TRUE(absl::IsNotFound(LoadPortability("/nonexistent/ported.csv").status()));
}

}  // namespace
}  // namespace libroute
