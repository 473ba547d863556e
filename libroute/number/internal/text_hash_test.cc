#include "libroute/number/internal/text_hash.h"

#include <string>

#include "gtest/gtest.h"

namespace libroute::internal {
namespace {

// Of the bytes 0, 1, 2, ... with a key of such: the authors' test vectors.
TEST(TextHash, GivesThePublishedValues) {
  const auto hash = [](size_t size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(i));
    return HashText(text, 0x0706050403020100, 0x0f0e0d0c0b0a0908);
  };
  EXPECT_EQ(hash(0), (TextHash{0xe6a825ba047f81a3, 0x930255c71472f66d}));
  EXPECT_EQ(hash(8), (TextHash{0x61f55862baa9623b, 0xb49714f364e2830f}));
}

}  // namespace
}  // namespace libroute::internal
