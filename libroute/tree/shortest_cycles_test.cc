#include "libroute/tree/shortest_cycles.h"

#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace libroute {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The vertices of each cycle.
std::vector<std::vector<uint32_t>> Found(const CycleGraph& graph, uint32_t starts) {
  std::vector<std::vector<uint32_t>> found;
  for (const Cycle& cycle : ShortestCycles(graph, starts)) {
    found.emplace_back();
    for (const EdgeOf& edge : cycle) found.back().push_back(edge.vertex);
  }
  return found;
}

TEST(ShortestCycles, ThereAreNoneWithoutAWayBack) {
  EXPECT_THAT(Found({}, 0), IsEmpty());
  EXPECT_THAT(Found({{}}, 1), IsEmpty());
  EXPECT_THAT(Found({{{1}, {2}}, {{2}}, {}}, 3), IsEmpty());
}

TEST(ShortestCycles, AVertexMayLeadBackToItself) {
  EXPECT_THAT(Found({{{1}}, {{0}, {1}}}, 2), ElementsAre(ElementsAre(1)));
}

TEST(ShortestCycles, EachSetOfVerticesHasOneItsShortest) {
  // 0 -> 1 -> 2 -> 0 and 1 -> 0; 3 <-> 4, to which 2 leads.
  EXPECT_THAT(Found({{{1}}, {{2}, {0}}, {{0}, {3}}, {{4}}, {{3}}}, 5),
              ElementsAre(ElementsAre(0, 1), ElementsAre(3, 4)));
}

TEST(ShortestCycles, OnlyStepsCount) {
  // By 1 and 2 it is one step, by 3 it is two.
  const CycleGraph graph = {{{3}, {1, false}}, {{2, false}}, {{0}}, {{0}}};
  EXPECT_THAT(Found(graph, 4), ElementsAre(ElementsAre(0, 1, 2)));
}

TEST(ShortestCycles, OnlyThoseThroughAStartCount) {
  // 1 <-> 2 is shorter than 0 -> 1 -> 2 -> 0.
  const CycleGraph graph = {{{1}}, {{2}}, {{1}, {0}}, {{3}}};
  EXPECT_THAT(Found(graph, 1), ElementsAre(ElementsAre(0, 1, 2)));
  EXPECT_THAT(Found(graph, 4), ElementsAre(ElementsAre(1, 2), ElementsAre(3)));
}

TEST(ShortestCycles, GraphsMayBeLarge) {
  constexpr uint32_t kVertices = 200'000;
  CycleGraph graph(kVertices);
  for (uint32_t i = 0; i < kVertices; ++i) graph[i] = {{(i + 1) % kVertices}};
  EXPECT_EQ(ShortestCycles(graph, kVertices).at(0).size(), kVertices) << "one ring";
  for (uint32_t i = 0; i < kVertices; ++i) graph[i] = {{i ^ 1}};
  EXPECT_EQ(ShortestCycles(graph, kVertices).size(), kVertices / 2) << "many pairs";
}

// The slow way: walks all ways that come to no vertex twice.
class AllCycles {
 public:
  AllCycles(const CycleGraph& graph, uint32_t starts) : graph_(graph), starts_(starts) {
    for (uint32_t start = 0; start < starts; ++start) {
      start_ = start;
      on_way_.assign(graph.size(), false);
      Walk(start, 0);
    }
  }

  // By component: the fewest steps, and the lowest start with so many.
  const std::map<uint32_t, std::pair<uint32_t, uint32_t>>& best() const { return best_; }

 private:
  void Walk(uint32_t vertex, uint32_t steps) {
    on_way_[vertex] = true;
    for (const CycleEdge& edge : graph_[vertex]) {
      const uint32_t after = steps + (edge.is_step ? 1 : 0);
      if (edge.to == start_) Note(after);
      if (!on_way_[edge.to]) Walk(edge.to, after);
    }
    on_way_[vertex] = false;
  }

  void Note(uint32_t steps) {
    const std::pair<uint32_t, uint32_t> found = {steps, start_};
    auto [known, added] = best_.emplace(components_[start_], found);
    if (!added) known->second = std::min(known->second, found);
  }

  const CycleGraph& graph_;
  const std::vector<uint32_t> components_ = ComponentsOf(graph_);
  uint32_t starts_;
  uint32_t start_ = 0;
  std::vector<bool> on_way_;
  std::map<uint32_t, std::pair<uint32_t, uint32_t>> best_;
};

// Edges that are no step lead upwards only, so that they make no cycle.
CycleGraph RandomGraph(std::mt19937& random) {
  const uint32_t size = 1 + random() % 7;
  CycleGraph graph(size);
  for (uint32_t edges = random() % (2 * size + 1); edges > 0; --edges) {
    const uint32_t from = random() % size;
    const uint32_t to = random() % size;
    graph[from].push_back({to, to <= from || random() % 2 == 0});
  }
  return graph;
}

TEST(ShortestCycles, AreThoseOfASearchOfAllWays) {
  std::mt19937 random(20261123);
  int with_cycles = 0;
  for (int round = 0; round < 5000; ++round) {
    const CycleGraph graph = RandomGraph(random);
    const uint32_t starts = random() % (graph.size() + 1);
    const AllCycles all(graph, starts);
    const std::vector<uint32_t> components = ComponentsOf(graph);
    const std::vector<Cycle> cycles = ShortestCycles(graph, starts);
    ASSERT_EQ(cycles.size(), all.best().size()) << round;
    with_cycles += cycles.empty() ? 0 : 1;
    for (const Cycle& cycle : cycles) {
      uint32_t steps = 0;
      for (size_t i = 0; i < cycle.size(); ++i) {
        const CycleEdge& edge = graph[cycle[i].vertex][cycle[i].edge];
        steps += edge.is_step ? 1 : 0;
        ASSERT_EQ(edge.to, cycle[(i + 1) % cycle.size()].vertex) << round;
      }
      const uint32_t start = cycle.front().vertex;
      ASSERT_EQ(std::make_pair(steps, start), all.best().at(components[start])) << round;
    }
  }
  EXPECT_GT(with_cycles, 2000);
}

TEST(ShortestCycles, ComponentsAreVerticesThatLeadToEachOther) {
  std::mt19937 random(5806);
  for (int round = 0; round < 2000; ++round) {
    const CycleGraph graph = RandomGraph(random);
    const size_t size = graph.size();
    std::vector<std::vector<bool>> leads(size, std::vector<bool>(size, false));
    for (size_t from = 0; from < size; ++from) {
      for (const CycleEdge& edge : graph[from]) leads[from][edge.to] = true;
    }
    for (size_t by = 0; by < size; ++by) {
      for (size_t from = 0; from < size; ++from) {
        for (size_t to = 0; to < size; ++to) {
          if (leads[from][by] && leads[by][to]) leads[from][to] = true;
        }
      }
    }
    const std::vector<uint32_t> components = ComponentsOf(graph);
    for (size_t a = 0; a < size; ++a) {
      for (size_t b = 0; b < size; ++b) {
        const bool together = a == b || (leads[a][b] && leads[b][a]);
        ASSERT_EQ(components[a] == components[b], together) << round;
        if (leads[a][b] && !together) {
          ASSERT_GT(components[a], components[b]) << round;
        }
      }
    }
  }
}

}  // namespace
}  // namespace libroute
