#include "libroute/tree/walk.h"

#include "gtest/gtest.h"
#include "libroute/tree/test_tree.h"

namespace libroute {
namespace {

using Nodes = absl::Span<const AnyNode>;

// A plan with branches, actions and a tree that two others go to.
TestPlan SomePlan() {
  return TestPlan(
      "time: { cases: [{ schedule: office, then: { dial: { to: web, on_busy: { goto: shared },"
      " otherwise: { announce: { message: a, then: { goto: shared } } } } } }], otherwise: { menu: "
      "{"
      " message: m, keys: { \"1\": { dial: { to: [web, back] } }, \"2\": { goto: shared } } } } }",
      "tree shared: { dial: { to: front, on_busy: { announce: { message: b } } } }\n"
      "tree lonely: { set: { attributes: { a: b }, then: { goto: shared } } }");
}

Nodes NodesOf(const TestPlan& plan) {
  return Nodes(&plan.plan().node(0), plan.plan().node_count());
}

// What leads to what in one step or more, found the slow way.
std::vector<std::vector<bool>> AllWays(Nodes nodes) {
  size_t size = nodes.size();
  std::vector<std::vector<bool>> leads(size, std::vector<bool>(size, false));
  TreeWalk(nodes).ForEachEdge(
      [&](NodeIndex from, const Edge& edge) { leads[from][edge.to] = true; });
  for (size_t by = 0; by < size; ++by) {
    for (size_t from = 0; from < size; ++from) {
      for (size_t to = 0; to < size; ++to) {
        if (leads[from][by] && leads[by][to]) leads[from][to] = true;
      }
    }
  }
  return leads;
}

TEST(TreeWalk, ComponentsAreNodesThatLeadToEachOther) {
  TestPlan plan = SomePlan();
  Nodes nodes = NodesOf(plan);
  std::vector<std::vector<bool>> leads = AllWays(nodes);
  std::vector<uint32_t> components = TreeWalk(nodes).Components();
  for (NodeIndex a = 0; a < nodes.size(); ++a) {
    for (NodeIndex b = 0; b < nodes.size(); ++b) {
      EXPECT_EQ(components[a] == components[b], a == b) << "without cycles each is its own";
      if (leads[a][b]) {
        EXPECT_GT(components[a], components[b]);
      }
    }
  }
}

TEST(TreeWalk, ReachesWhatLeadsThere) {
  TestPlan plan = SomePlan();
  Nodes nodes = NodesOf(plan);
  std::vector<std::vector<bool>> leads = AllWays(nodes);
  for (NodeIndex root = 0; root < nodes.size(); ++root) {
    std::vector<bool> reached = TreeWalk(nodes).Reachable({root});
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      EXPECT_EQ(reached[i], i == root || leads[root][i]);
    }
  }
  EXPECT_EQ(TreeWalk(nodes).Reachable({}), std::vector<bool>(nodes.size(), false));
}

// The longest time unanswered from a node, by trying every way.
absl::Duration LongestFrom(const TreeWalk& walk, NodeIndex from) {
  absl::Duration longest;
  walk.ForEachEdge([&](NodeIndex index, const Edge& edge) {
    if (index != from) return;
    absl::Duration after = edge.answers ? absl::ZeroDuration() : LongestFrom(walk, edge.to);
    longest = std::max(longest, edge.unanswered + after);
  });
  return longest;
}

TEST(TreeWalk, FindsTheLongestTimeUnanswered) {
  TestPlan plan = SomePlan();
  Nodes nodes = NodesOf(plan);
  TreeWalk walk(nodes);
  std::vector<LongestWay> ways = walk.LongestUnanswered();
  for (NodeIndex i = 0; i < nodes.size(); ++i) {
    EXPECT_EQ(ways[i].unanswered, LongestFrom(walk, i)) << i;
    absl::Duration told;
    for (NodeIndex at = i; at != kDecided; at = ways[at].next) told += ways[at].here;
    EXPECT_EQ(told, ways[i].unanswered) << "the witness of " << i;
  }
}

TEST(TreeWalk, FindsNoCycleWhereThereIsNone) {
  TestPlan plan = SomePlan();
  Nodes nodes = NodesOf(plan);
  EXPECT_TRUE(TreeWalk(nodes).FindCycles().empty());
}

}  // namespace
}  // namespace libroute
