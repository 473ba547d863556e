#include "libroute/plan/utf8.h"

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(Utf8, ReadsBackWhatItWrites) {
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code == 0xD800) code = 0xE000;
    std::string text;
    AppendUtf8(code, text);
    const Utf8Character character = FirstCharacter(text + "x");
    ASSERT_EQ(character.code, code);
    ASSERT_EQ(character.length, static_cast<int>(text.size()));
  }
}

TEST(Utf8, RefusesWhatRfc3629Refuses) {
  const char* const kBad[] = {
      "\x80",             // continuation alone
      "\xC0\xAF",         // overlong, two bytes
      "\xC1\xBF",         //
      "\xE0\x9F\xBF",     // overlong, three bytes
      "\xF0\x8F\xBF\xBF"  // overlong, four bytes
      ,
      "\xED\xA0\x80",      // surrogate
      "\xED\xBF\xBF",      //
      "\xF4\x90\x80\x80",  // above U+10FFFF
      "\xF5\x80\x80\x80",  //
      "\xFF",              //
      "\xC3",              // cut off
      "\xE2\x82",          //
      "\xF0\x9F\x98",      //
      "\xC3(",             // not continued
  };
  for (const char* text : kBad) {
    EXPECT_EQ(FirstCharacter(text).length, 0) << testing::PrintToString(text);
    EXPECT_EQ(FindInvalidUtf8(std::string("ok\xC3\xA9") + text), 4u);
  }
}

TEST(Utf8, AcceptsValidText) {
  EXPECT_EQ(FindInvalidUtf8(""), 0u);
  EXPECT_EQ(FindInvalidUtf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 10u);
}

}  // namespace
}  // namespace libroute
