#include "libroute/number/internal/digits_map.h"

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace libroute::internal {
namespace {

Digits NumberAt(uint64_t index) {
  return *Digits::Parse(absl::StrCat(3220000000 + index));
}

std::vector<uint32_t> ValuesOf(const DigitsMap& map, Digits key) {
  std::vector<uint32_t> values;
  map.ForEach(key, [&values](uint32_t value) {
    values.push_back(value);
    return false;
  });
  std::sort(values.begin(), values.end());
  return values;
}

TEST(DigitsMap, HoldsAsMuchAsItHasRoomFor) {
  for (size_t room : {0, 1, 2, 3, 7, 100, 5000}) {
    DigitsMap map(room);
    ASSERT_GE(map.room(), room);
    for (size_t i = 0; i < map.room(); ++i) ASSERT_TRUE(map.Insert(NumberAt(i), i));
    EXPECT_FALSE(map.Insert(NumberAt(map.room()), 1));
    for (size_t i = 0; i < map.room(); ++i) ASSERT_EQ(map.Find(NumberAt(i)), i);
    EXPECT_EQ(map.Find(NumberAt(map.room())), DigitsMap::kNone);
    EXPECT_EQ(map.Find(Digits()), DigitsMap::kNone);
  }
}

TEST(DigitsMap, KeepsSeveralValuesOfAKey) {
  auto map = std::make_unique<DigitsMap>(4);
  for (uint32_t value = 0; value < 2000; ++value) {
    DigitsMap::InsertOrResize(map, NumberAt(1), value);
  }
  EXPECT_EQ(ValuesOf(*map, NumberAt(1)).size(), 2000u);
  EXPECT_TRUE(map->Has(NumberAt(1), 1234));
  EXPECT_TRUE(map->Erase(NumberAt(1), 1234));
  EXPECT_FALSE(map->Erase(NumberAt(1), 1234));
  EXPECT_FALSE(map->Has(NumberAt(1), 1234));
  EXPECT_EQ(ValuesOf(*map, NumberAt(1)).size(), 1999u);
}

TEST(DigitsMap, ErasedPlaceServesItsKeyAgain) {
  DigitsMap map(10);
  for (uint32_t i = 0; i < 10; ++i) ASSERT_TRUE(map.Insert(NumberAt(i), i));
  const size_t used = map.used();
  for (uint32_t round = 0; round < 100; ++round) {
    ASSERT_TRUE(map.Erase(NumberAt(3), 3 + round));
    ASSERT_EQ(map.Find(NumberAt(3)), DigitsMap::kNone);
    ASSERT_TRUE(map.Insert(NumberAt(3), 4 + round));
  }
  EXPECT_EQ(map.used(), used);
}

TEST(DigitsMap, SpreadsKeysThatWereChosenToCollide) {
  // Room for 35000, and 2000 keys that all belong at its beginning.
  auto map = std::make_unique<DigitsMap>(35000);
  const size_t room = map->room();
  std::vector<Digits> keys;
  for (uint64_t i = 0; keys.size() < 2000; ++i) {
    if (map->BucketOf(NumberAt(i)) < 20) keys.push_back(NumberAt(i));
  }
  for (size_t i = 0; i < keys.size(); ++i) DigitsMap::InsertOrResize(map, keys[i], i);
  EXPECT_EQ(map->room(), room);
  for (size_t i = 0; i < keys.size(); ++i) ASSERT_EQ(map->Find(keys[i]), i);
  const auto at_beginning =
      std::count_if(keys.begin(), keys.end(), [&](Digits key) { return map->BucketOf(key) < 20; });
  EXPECT_LT(at_beginning, 100);
}

TEST(DigitsMap, FindsPrefixesLongestFirst) {
  DigitsMap map(10);
  map.Insert(*Digits::Parse("3"), 1);
  map.Insert(*Digits::Parse("322"), 3);
  map.Insert(*Digits::Parse("3222000"), 7);
  map.Insert(*Digits::Parse("3222001"), 8);
  const LengthSet lengths = 1 << 1 | 1 << 3 | 1 << 7;
  std::vector<std::pair<int, uint32_t>> found;
  ForEachPrefix(map, lengths, *Digits::Parse("3222000100"), [&](int length, uint32_t value) {
    found.emplace_back(length, value);
    return false;
  });
  const std::vector<std::pair<int, uint32_t>> expected = {{7, 7}, {3, 3}, {1, 1}};
  EXPECT_EQ(found, expected);
  EXPECT_FALSE(ForEachPrefix(map, lengths, Digits(), [](int, uint32_t) { return true; }));
  EXPECT_TRUE(ForEachPrefix(map, lengths, *Digits::Parse("3"),
                            [](int length, uint32_t) { return length == 1; }));
}

TEST(DigitsMap, AgreesWithASetOfPairs) {
  std::mt19937 random(31);
  std::set<std::pair<uint64_t, uint32_t>> reference;
  auto map = std::make_unique<DigitsMap>(1);
  for (int step = 0; step < 60000; ++step) {
    const uint64_t index = random() % 500;
    const uint32_t value = random() % 3;
    if (random() % 2 == 0) {
      if (reference.emplace(index, value).second) {
        DigitsMap::InsertOrResize(map, NumberAt(index), value);
      }
    } else {
      ASSERT_EQ(map->Erase(NumberAt(index), value), reference.erase({index, value}) > 0);
    }
    ASSERT_EQ(map->size(), reference.size());
    ASSERT_EQ(map->Has(NumberAt(index), value), reference.count({index, value}) > 0);
  }
  for (uint64_t index = 0; index < 500; ++index) {
    std::vector<uint32_t> expected;
    for (uint32_t value = 0; value < 3; ++value) {
      if (reference.count({index, value}) > 0) expected.push_back(value);
    }
    EXPECT_EQ(ValuesOf(*map, NumberAt(index)), expected);
  }
}

}  // namespace
}  // namespace libroute::internal
