#include "libroute/call/stable_hash.h"

#include <array>
#include <string>

#include "gtest/gtest.h"

namespace libroute {
namespace {

// As defined in the header, byte by byte.
uint64_t SlowHash(const std::string& text, uint64_t start) {
  uint64_t h = start ^ (text.size() * 0x9E3779B97F4A7C15ULL);
  std::string padded = text;
  while (padded.size() % 8 != 0) padded.push_back('\0');
  for (size_t i = 0; i < padded.size(); i += 8) {
    uint64_t word = 0;
    for (int b = 7; b >= 0; --b) word = word << 8 | static_cast<uint8_t>(padded[i + b]);
    h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
    h ^= h >> 32;
  }
  return StableMix(h);
}

TEST(StableHash, FollowsItsDefinition) {
  std::string text;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(StableHash(text), SlowHash(text, 0));
    EXPECT_EQ(StableHash(text, 42), SlowHash(text, 42));
    text.push_back(static_cast<char>(i * 37));
  }
}

TEST(StableHash, KeepsItsTestVectors) {
  EXPECT_EQ(StableMix(0), 0u);
  EXPECT_EQ(StableMix(1), 0xB456BCFC34C2CB2CULL);
  EXPECT_EQ(StableHash(""), 0u);
  EXPECT_EQ(StableHash("libroute"), 0x80C52649534CE0F6ULL);
  EXPECT_EQ(StableHash("call-0001", 7), 0x663B3D5555F8362DULL);
}

TEST(StableBelow, SpreadsEvenly) {
  constexpr int kBuckets = 10;
  constexpr int kDraws = 100000;
  std::array<int, kBuckets> counts = {};
  for (int i = 0; i < kDraws; ++i) {
    uint32_t drawn = StableBelow(StableHash("call-" + std::to_string(i)), kBuckets);
    ASSERT_LT(drawn, static_cast<uint32_t>(kBuckets));
    ++counts[drawn];
  }
  // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in 1000.
  double chi_square = 0;
  for (int count : counts) {
    double difference = count - kDraws / kBuckets;
    chi_square += difference * difference / (kDraws / kBuckets);
  }
  EXPECT_LT(chi_square, 27.9);
}

}  // namespace
}  // namespace libroute
