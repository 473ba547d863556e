#include "libroute/call/service_code.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

// "register 21 +32470123456", "none".
std::string ReadCode(absl::string_view text) {
  constexpr absl::string_view kNames[] = {"none", "activate", "register", "deactivate", "erase"};
  const ServiceCode read = ReadServiceCode(text);
  if (!read.has_value()) return "none";
  std::string words =
      absl::StrCat(kNames[static_cast<int>(read.procedure)], " ", read.code.ToString());
  if (!read.number.empty()) {
    absl::StrAppend(&words, read.is_international ? " +" : " ", read.number.ToString());
  }
  return words;
}

TEST(ServiceCode, ReadsEveryProcedure) {
  EXPECT_EQ(ReadCode("*21#"), "activate 21");
  EXPECT_EQ(ReadCode("*21*0470123456#"), "register 21 0470123456");
  EXPECT_EQ(ReadCode("**61*+32470123456#"), "register 61 +32470123456");
  EXPECT_EQ(ReadCode("#67#"), "deactivate 67");
  EXPECT_EQ(ReadCode("##002#"), "erase 002");
}

TEST(ServiceCode, DoesWithoutTheHashAtTheEnd) {
  EXPECT_EQ(ReadCode("*21*0032470123456"), "register 21 0032470123456");
  EXPECT_EQ(ReadCode("*26"), "activate 26");
  EXPECT_EQ(ReadCode("#26"), "deactivate 26");
}

TEST(ServiceCode, IsNothingElse) {
  for (absl::string_view text : {"",
                                 "*",
                                 "#",
                                 "**",
                                 "21",
                                 "+3221",
                                 "*2#",
                                 "*21345#",
                                 "*21**20#",
                                 "*21*#",
                                 "**21#",
                                 "*#21#",
                                 "#21*0470123456#",
                                 "*21*0470123456*11#",
                                 "*21*0470123456##",
                                 "*21*04701234567890123#",
                                 "*21*+#",
                                 "*a1#",
                                 "*21 #",
                                 "***21*1#",
                                 "###21#"}) {
    EXPECT_EQ(ReadCode(text), "none") << text;
  }
}

TEST(ServiceCode, IsShownWithoutTheNumber) {
  EXPECT_EQ(ReadServiceCode("*21*0470123456#").Shortened().ToString(), "*21*");
  EXPECT_EQ(ReadServiceCode("*26").Shortened().ToString(), "*26#");
  EXPECT_EQ(ReadServiceCode("##002#").Shortened().ToString(), "#002#");
}

}  // namespace
}  // namespace libroute
