#include "libroute/call/routing_number.h"

#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(RoutingNumber, IsReadAndWrittenAlike) {
  for (const char* text : {"+12025440000", "C01234", "0", "+0", "123456789ABCDEF"}) {
    const RoutingNumber number = RoutingNumber::Parse(text);
    EXPECT_TRUE(number.has_value()) << text;
    EXPECT_EQ(number.ToString(), text);
    EXPECT_EQ(RoutingNumber::FromPacked(number.packed(), number.is_global()), number);
  }
  EXPECT_EQ(RoutingNumber::Parse("c0").ToString(), "C0");
}

TEST(RoutingNumber, DiffersByDigitsLengthAndScope) {
  EXPECT_FALSE(RoutingNumber::Parse("1") == RoutingNumber::Parse("10"));
  EXPECT_FALSE(RoutingNumber::Parse("1") == RoutingNumber::Parse("+1"));
}

TEST(RoutingNumber, IsNoneForAnythingElse) {
  EXPECT_EQ(RoutingNumber().ToString(), "");
  for (const char* text : {"", "+", "++1", "1-2", "g", "1234567890123456", "\xC3\xA9"}) {
    EXPECT_FALSE(RoutingNumber::Parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace libroute
