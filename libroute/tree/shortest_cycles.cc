#include "libroute/tree/shortest_cycles.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "libroute/tree/components.h"

namespace libroute {
namespace {

constexpr uint32_t kNone = UINT32_MAX;
constexpr int64_t kMostExtraVisits = 2'000'000;

// Looks for the shortest way from a vertex back to it, within its component.
class CycleSearch {
 public:
  CycleSearch(const CycleGraph& graph, const std::vector<uint32_t>& components)
      : graph_(graph), components_(components), reached_(graph.size()) {}

  // Empty if there is none with less than `most` steps.
  Cycle From(uint32_t start, uint32_t most) {
    ++round_;
    start_ = start;
    most_ = most;
    // 0-1 breadth first: what leads on within a step goes to the front.
    open_ = {{start, 0}};
    while (!open_.empty()) {
      const auto [vertex, steps] = open_.front();
      open_.pop_front();
      const bool is_start = vertex == start && steps == 0;
      if (!is_start && (!IsReached(vertex) || reached_[vertex].steps != steps)) continue;
      if (!is_start && vertex == start) return WayBack();
      Visit(vertex, steps);
    }
    return {};
  }

  int64_t visits() const { return visits_; }

 private:
  // How a vertex was reached in the present round.
  struct Reached {
    uint32_t round = 0;
    uint32_t steps = 0;
    EdgeOf by;
  };

  bool IsReached(uint32_t vertex) const { return reached_[vertex].round == round_; }

  void Visit(uint32_t vertex, uint32_t steps) {
    const std::vector<CycleEdge>& edges = graph_[vertex];
    for (uint32_t i = 0; i < edges.size(); ++i) {
      ++visits_;
      const uint32_t to = edges[i].to;
      if (components_[to] != components_[vertex]) continue;
      const uint32_t after = steps + (edges[i].is_step ? 1 : 0);
      if (after >= most_ || (IsReached(to) && reached_[to].steps <= after)) continue;
      reached_[to] = {round_, after, {vertex, i}};
      if (edges[i].is_step) {
        open_.emplace_back(to, after);
      } else {
        open_.emplace_front(to, after);
      }
    }
  }

  Cycle WayBack() const {
    Cycle cycle;
    uint32_t at = start_;
    do {
      cycle.push_back(reached_[at].by);
      at = reached_[at].by.vertex;
    } while (at != start_);
    std::reverse(cycle.begin(), cycle.end());
    return cycle;
  }

  const CycleGraph& graph_;
  const std::vector<uint32_t>& components_;
  std::vector<Reached> reached_;
  std::deque<std::pair<uint32_t, uint32_t>> open_;
  uint32_t round_ = 0;
  uint32_t start_ = 0;
  uint32_t most_ = kNone;
  int64_t visits_ = 0;
};

uint32_t StepsOf(const CycleGraph& graph, const Cycle& cycle) {
  return static_cast<uint32_t>(std::count_if(cycle.begin(), cycle.end(), [&](const EdgeOf& edge) {
    return graph[edge.vertex][edge.edge].is_step;
  }));
}

// The best cycle of one component so far.
struct Best {
  Cycle cycle;
  uint32_t steps = kNone;
};

}  // namespace

std::vector<uint32_t> ComponentsOf(const CycleGraph& graph) {
  return Components(static_cast<uint32_t>(graph.size()),
                    [&graph](uint32_t vertex, std::vector<uint32_t>& leads_to) {
                      for (const CycleEdge& edge : graph[vertex]) leads_to.push_back(edge.to);
                    });
}

std::vector<Cycle> ShortestCycles(const CycleGraph& graph, uint32_t starts) {
  const std::vector<uint32_t> components = ComponentsOf(graph);
  CycleSearch search(graph, components);
  std::vector<Best> best(graph.size());
  std::vector<bool> is_tried(graph.size(), false);
  int64_t extra_visits = 0;
  for (uint32_t start = 0; start < starts && start < graph.size(); ++start) {
    const uint32_t component = components[start];
    const bool is_first = !is_tried[component];
    is_tried[component] = true;
    // A cycle has one step at least.
    if (best[component].steps == 1) continue;
    if (!is_first && extra_visits > kMostExtraVisits) continue;
    const int64_t before = search.visits();
    Cycle cycle = search.From(start, best[component].steps);
    if (!is_first) extra_visits += search.visits() - before;
    if (cycle.empty()) continue;
    best[component] = {std::move(cycle), 0};
    best[component].steps = StepsOf(graph, best[component].cycle);
  }
  std::vector<Cycle> cycles;
  for (Best& each : best) {
    if (!each.cycle.empty()) cycles.push_back(std::move(each.cycle));
  }
  std::sort(cycles.begin(), cycles.end(), [](const Cycle& a, const Cycle& b) {
    return a.front().vertex < b.front().vertex;
  });
  return cycles;
}

}  // namespace libroute
