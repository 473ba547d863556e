#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "libroute/plan/issue.h"

namespace libroute {

static bool operator==(const SourcePosition& a, const SourcePosition& b) {
  return a.file == b.file && a.line == b.line && a.column == b.column;
}

namespace {

TEST(SourceMap, FindsWhatWasAdded) {
  SourceMap map("a.yaml");
  map.Add("trees.desk", 2, 3);
  map.Add("trees.desk.menu.keys[\"*\"]", 4, 5);
  map.Add("numbers[12].tree", 6, 7);
  EXPECT_EQ(map.Find("trees.desk"), (SourcePosition{"a.yaml", 2, 3}));
  EXPECT_EQ(map.Find("trees.desk.menu.keys[\"*\"]"), (SourcePosition{"a.yaml", 4, 5}));
  EXPECT_EQ(map.Find("numbers[12].tree"), (SourcePosition{"a.yaml", 6, 7}));
}

TEST(SourceMap, FindsTheNearestEnclosingField) {
  SourceMap map("a.yaml");
  map.Add("trees.desk", 2, 3);
  map.Add("trees.desk.menu.keys[\"*\"]", 4, 5);
  EXPECT_EQ(map.Find("trees.desk.menu.keys[\"*\"].goto"), (SourcePosition{"a.yaml", 4, 5}));
  EXPECT_EQ(map.Find("trees.desk.menu"), (SourcePosition{"a.yaml", 2, 3}));
  EXPECT_EQ(map.Find("trees.desk2"), (SourcePosition{"a.yaml", 1, 1}));
  EXPECT_EQ(map.Find(""), (SourcePosition{"a.yaml", 1, 1}));
}

TEST(SourceMap, KnowsNothingOfAPlanThatWasNotText) {
  EXPECT_EQ(SourceMap().Find("trees"), (SourcePosition{"", 0, 0}));
}

TEST(SourceMap, TellsKeysWithDotsAndBracketsFromFields) {
  SourceMap map("a.yaml");
  const std::string dotted = KeyPath("trees", "a.b");
  const std::string hostile = KeyPath("trees", "x\"].y[\"");
  map.Add(dotted, 2, 1);
  map.Add(FieldPath(hostile, "dial"), 3, 1);
  map.Add("trees.a.b", 4, 1);
  EXPECT_EQ(map.Find(dotted).line, 2);
  EXPECT_EQ(map.Find(FieldPath(hostile, "dial")).line, 3);
  EXPECT_EQ(map.Find("trees.a.b").line, 4);
}

TEST(SourceMap, BuildsPathsFromPlaces) {
  SourceMap map("a.yaml");
  SourceMap::Place place = map.AddWithin(SourceMap::kWhole, "trees", 1, 1);
  place = map.AddWithin(place, KeySegment("*"), 2, 1);
  place = map.AddWithin(place, "cases", 3, 1);
  place = map.AddWithin(place, IndexSegment(0), 4, 1);
  EXPECT_EQ(map.Path(place), "trees[\"*\"].cases[0]");
  EXPECT_EQ(map.Find("trees[\"*\"].cases[0]").line, 4);
  EXPECT_EQ(map.Path(SourceMap::kWhole), "");
}

TEST(SourceMap, TakesTheLastPositionOfAPath) {
  SourceMap map("a.yaml");
  const auto place = map.AddWithin(SourceMap::kWhole, "a", 1, 1);
  EXPECT_EQ(map.AddWithin(SourceMap::kWhole, "a", 2, 2), place);
  EXPECT_EQ(map.Find("a").line, 2);
}

TEST(SourceMap, SurvivesMalformedPaths) {
  SourceMap map("a.yaml");
  for (const char* path : {".", "..", "[", "[\"", "[\"\\", "a[", "a.[0]", "a..b"}) {
    map.Add(path, 2, 2);
    map.Find(path);
  }
}

TEST(SourceMap, LocatesOnlyIssuesWithoutPosition) {
  SourceMap map("a.yaml");
  map.Add("trees", 5, 6);
  std::vector<Issue> issues(2);
  issues[0].path = "trees.x";
  issues[1].position = {"b.yaml", 9, 9};
  map.Locate(issues);
  EXPECT_EQ(issues[0].position, (SourcePosition{"a.yaml", 5, 6}));
  EXPECT_EQ(issues[1].position, (SourcePosition{"b.yaml", 9, 9}));
}

}  // namespace
}  // namespace libroute
