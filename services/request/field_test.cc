#include "services/request/field.h"

#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(Name, HasLettersDigitsAndThreeSigns) {
  for (absl::string_view text : {"a", "Sbc-1.north_2", "9"}) EXPECT_TRUE(IsName(text)) << text;
  EXPECT_TRUE(IsName(std::string(64, 'x')));
  for (absl::string_view text : {"", "a b", "a/b", "\xc3\xa9"}) EXPECT_FALSE(IsName(text)) << text;
  EXPECT_FALSE(IsName(std::string(65, 'x')));
}

TEST(InField, KeepsTheCodeAndNamesTheField) {
  EXPECT_EQ(InField("a.b", absl::UnimplementedError("not yet")),
            absl::UnimplementedError("a.b: not yet"));
  EXPECT_TRUE(InField("a.b", absl::OkStatus()).ok());
  EXPECT_EQ(BadField("a", "is missing"), absl::InvalidArgumentError("a: is missing"));
}

}  // namespace
}  // namespace libroute
