#include "libroute/readers/text_positions.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

TEST(TextPositions, CountsLinesAndCharactersFromOne) {
  const TextPositions positions("ab\n\xC3\xA9=x\n");
  const auto at = [&](size_t offset) {
    const LineColumn place = positions.At(offset);
    return std::make_pair(place.line, place.column);
  };
  EXPECT_EQ(at(0), std::make_pair(1, 1));
  EXPECT_EQ(at(2), std::make_pair(1, 3));
  EXPECT_EQ(at(3), std::make_pair(2, 1));
  EXPECT_EQ(at(5), std::make_pair(2, 2));
  EXPECT_EQ(at(6), std::make_pair(2, 3));
  EXPECT_EQ(at(8), std::make_pair(3, 1));
  EXPECT_EQ(at(1000), std::make_pair(3, 1));
}

TEST(TextPositions, HasOnePlaceInAnEmptyText) {
  const LineColumn place = TextPositions("").At(7);
  EXPECT_EQ(place.line, 1);
  EXPECT_EQ(place.column, 1);
}

TEST(TextPositions, AgreesWithCountingFromTheStart) {
  std::mt19937 random(7);
  std::string text;
  for (int i = 0; i < 500; ++i) {
    const char* const kPieces[] = {"a", "\n", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "bc"};
    text += kPieces[random() % 5];
  }
  const TextPositions positions(text);
  int line = 1;
  int column = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;
    ++column;
    const LineColumn place = positions.At(i);
    ASSERT_EQ(place.line, line);
    ASSERT_EQ(place.column, column);
    if (text[i] == '\n') {
      ++line;
      column = 0;
    }
  }
}

}  // namespace
}  // namespace libroute
