#include "libroute/number/number_table.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "libroute/number/test_patterns.h"

namespace libroute {
namespace {

using Entry = NumberTable::Entry;

NumberTable Built(const std::vector<Entry>& entries) {
  absl::StatusOr<NumberTable> table = NumberTable::Build(entries);
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *std::move(table) : NumberTable();
}

TEST(NumberTable, ExactNumberGoesBeforeRangeBeforePrefix) {
  const NumberTable table = Built({{P("+3222*"), 1},
                                   {P("+322200*"), 2},
                                   {P("+3222000100-+3222000199"), 3},
                                   {P("+3222000150"), 4}});
  EXPECT_EQ(table.Find(D("3222000150")), 4u);
  EXPECT_EQ(table.Find(D("3222000151")), 3u);
  EXPECT_EQ(table.Find(D("3222000200")), 2u);
  EXPECT_EQ(table.Find(D("3222990000")), 1u);
  EXPECT_EQ(table.Find(D("3223000000")), std::nullopt);
  // Longer than the numbers of the range.
  EXPECT_EQ(table.Find(D("32220001510")), 2u);
}

TEST(NumberTable, PrefixInsideARangeGoesBeforeIt) {
  const NumberTable table =
      Built({{P("+3222000000-+3222999999"), 1}, {P("+322200*"), 2}, {P("+32*"), 3}});
  EXPECT_EQ(table.Find(D("3222001234")), 2u);
  EXPECT_EQ(table.Find(D("3222100000")), 1u);
  EXPECT_EQ(table.Find(D("3230000000")), 3u);
}

TEST(NumberTable, RangeOfAWholePrefixGoesBeforeIt) {
  const NumberTable table = Built({{P("+32220001*"), 1}, {P("+3222000100-+3222000199"), 2}});
  EXPECT_EQ(table.Find(D("3222000155")), 2u);
  EXPECT_EQ(table.Find(D("32220001555")), 1u);
}

TEST(NumberTable, EmptyFindsNothing) {
  EXPECT_EQ(NumberTable().Find(D("3222000100")), std::nullopt);
  EXPECT_EQ(Built({}).Find(Digits()), std::nullopt);
  NumberTable().Prefetch(D("3222000100"));
}

TEST(NumberTable, RefusesThePatternThatIsThereAlready) {
  for (absl::string_view text : {"+3222000100", "+3222*", "+3222000100-+3222000199"}) {
    const auto table = NumberTable::Build({{P("+49*"), 0}, {P(text), 1}, {P(text), 2}});
    ASSERT_EQ(table.status().code(), absl::StatusCode::kInvalidArgument);
    const std::string message(table.status().message());
    EXPECT_EQ(message, absl::StrCat("\"", text, "\" is listed twice; remove one"));
  }
}

TEST(NumberTable, RefusesRangesThatOverlap) {
  const auto table =
      NumberTable::Build({{P("+3222000100-+3222000199"), 1}, {P("+3222000199-+3222000250"), 2}});
  ASSERT_EQ(table.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(table.status().message());
  EXPECT_TRUE(absl::StrContains(message, "\"+3222000100-+3222000199\"")) << message;
  EXPECT_TRUE(absl::StrContains(message, "\"+3222000199-+3222000250\"")) << message;
}

TEST(NumberTable, RefusesTheValueThatStandsForNone) {
  EXPECT_FALSE(NumberTable::Build({{P("+3222*"), 0xFFFFFFFF}}).ok());
}

TEST(NumberTable, TellsOfEveryConflict) {
  const std::vector<Entry> entries = {{P("+3222000100"), 0},
                                      {P("+3222000100-+3222000199"), 0},
                                      {P("+3222000100"), 0},
                                      {P("+3222000150-+3222000299"), 0},
                                      {P("+3222000200-+3222000299"), 0},
                                      {P("+3222000100"), 0},
                                      {P("+3222000000-+3222999999"), 0}};
  std::vector<std::pair<size_t, size_t>> found;
  for (const NumberTable::Conflict& c : NumberTable::Conflicts(entries)) {
    found.emplace_back(c.first, c.second);
  }
  const std::vector<std::pair<size_t, size_t>> expected = {{0, 2}, {1, 3}, {0, 5}, {1, 6}};
  EXPECT_EQ(found, expected);
}

// What the header says, one pattern after the other.
std::optional<uint32_t> SlowFind(const std::vector<Entry>& entries, Digits number) {
  const Entry* best = nullptr;
  auto rank = [number](const NumberPattern& p) {
    return std::make_tuple(p.kind() != NumberPattern::Kind::kExact, p.CountOfLength(number.size()),
                           p.kind() != NumberPattern::Kind::kRange);
  };
  for (const Entry& entry : entries) {
    if (!entry.first.Matches(number)) continue;
    if (best == nullptr || rank(entry.first) < rank(best->first)) best = &entry;
  }
  if (best == nullptr) return std::nullopt;
  return best->second;
}

TEST(NumberTable, AgreesWithTryingEachPattern) {
  std::mt19937 random(112);
  for (int round = 0; round < 200; ++round) {
    std::vector<Entry> entries;
    for (int i = 0; i < 50; ++i) {
      entries.push_back({RandomPattern(random), static_cast<uint32_t>(i)});
      if (!NumberTable::Conflicts(entries).empty()) entries.pop_back();
    }
    const NumberTable table = Built(entries);
    for (int i = 0; i < 300; ++i) {
      const Digits number = RandomPattern(random).last();
      ASSERT_EQ(table.Find(number), SlowFind(entries, number))
          << "round " << round << " " << number.ToString();
    }
  }
}

TEST(NumberTable, BuildFailsExactlyWhenThereAreConflicts) {
  std::mt19937 random(15);
  int failed = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<Entry> entries;
    for (int i = 0; i < 8; ++i) entries.push_back({RandomPattern(random), 0});
    bool conflict = false;
    for (size_t i = 0; i < entries.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        const NumberPattern& a = entries[i].first;
        const NumberPattern& b = entries[j].first;
        const bool ranges = a.kind() == NumberPattern::Kind::kRange && b.kind() == a.kind();
        conflict = conflict || a == b || (ranges && a.Overlaps(b));
      }
    }
    ASSERT_EQ(NumberTable::Build(entries).ok(), !conflict);
    ASSERT_EQ(NumberTable::Conflicts(entries).empty(), !conflict);
    failed += conflict ? 1 : 0;
  }
  EXPECT_GT(failed, 50);
  EXPECT_LT(failed, 450);
}

TEST(NumberTable, StaysSmallWithManyNumbers) {
  std::vector<Entry> entries;
  for (uint32_t i = 0; i < 100000; ++i) {
    entries.push_back({NumberPattern::Exact(D(absl::StrCat(3220000000 + 3 * uint64_t{i}))), i});
  }
  const NumberTable table = Built(entries);
  EXPECT_LE(table.memory_bytes(), 28 * entries.size());
  for (const auto& [pattern, value] : entries) ASSERT_EQ(table.Find(pattern.first()), value);
}

}  // namespace
}  // namespace libroute
