#include <algorithm>
#include <compare>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/dial_graph.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/shortest_cycles.h"
#include "libroute/tree/walk.h"
#include "libroute/tree/way_text.h"

// Ways on which a call comes back to a number by what the plan itself dials.
namespace libroute {
namespace {

constexpr uint32_t kNowhere = UINT32_MAX;

// Of one plan: parts, and whereto what they dial comes back within the plan.
class OwnLoops {
 public:
  OwnLoops(const CompiledPlan& plan, DialGraph& dials) : dials_(dials) {
    returns_.resize(dials.parts.size());
    for (size_t part = 0; part < dials.parts.size(); ++part) {
      for (const DialGraph::Dialled& dialled : dials.parts[part].dialled) {
        returns_[part].push_back(
            FindPart(plan, dials, dialled.number).value_or(kNowhere));
      }
    }
  }

  // What comes back to the very place where it is dialled, without anything else
  // being dialled between. It is told then, and leads nowhere any more.
  template <typename Visitor>
  void TakeDirect(Visitor visit) {
    for (const Place& place : FindDirect()) {
      DialGraph::Dialled& dialled = dials_.parts[place.part].dialled[place.index];
      dialled.is_told = true;
      returns_[place.part][place.index] = kNowhere;
      visit(dialled);
    }
  }

  // Each longer way back, by what is dialled on it.
  template <typename Visitor>
  void TakeLonger(Visitor visit) {
    const CycleGraph graph = MakeGraph();
    for (const Cycle& cycle : ShortestCycles(graph, static_cast<uint32_t>(graph.size()))) {
      std::vector<const DialGraph::Dialled*> way;
      for (const EdgeOf& edge : cycle) {
        if (graph[edge.vertex][edge.edge].is_step) way.push_back(Find(edge));
      }
      visit(way);
    }
    const std::vector<uint32_t> components = ComponentsOf(graph);
    for (uint32_t part = 0; part < returns_.size(); ++part) {
      for (size_t i = 0; i < returns_[part].size(); ++i) {
        const uint32_t to = returns_[part][i];
        if (to != kNowhere && components[to] == components[part]) {
          dials_.parts[part].dialled[i].is_told = true;
        }
      }
    }
  }

 private:
  // Something that a part dials.
  struct Place {
    uint32_t part;
    uint32_t index;

    friend auto operator<=>(const Place&, const Place&) = default;
  };

  CycleGraph MakeGraph() const {
    CycleGraph graph(dials_.parts.size());
    for (uint32_t part = 0; part < graph.size(); ++part) {
      for (uint32_t to : dials_.parts[part].goes_on) graph[part].push_back({to, false});
      for (uint32_t to : returns_[part]) {
        if (to != kNowhere) graph[part].push_back({to, true});
      }
    }
    return graph;
  }

  // What is dialled on an edge of the graph.
  const DialGraph::Dialled* Find(const EdgeOf& edge) const {
    size_t left = edge.edge - dials_.parts[edge.vertex].goes_on.size();
    size_t i = 0;
    while (returns_[edge.vertex][i] == kNowhere || left-- > 0) ++i;
    return &dials_.parts[edge.vertex].dialled[i];
  }

  // In the order of the plan. After very many looks the rest is not found.
  std::vector<Place> FindDirect() const {
    const std::vector<uint32_t> components = ComponentsOf(MakeGraph());
    std::map<uint32_t, std::vector<Place>> by_return;
    for (uint32_t part = 0; part < returns_.size(); ++part) {
      for (uint32_t i = 0; i < returns_[part].size(); ++i) {
        const uint32_t to = returns_[part][i];
        if (to == kNowhere || components[to] != components[part]) continue;
        by_return[to].push_back({part, i});
      }
    }
    // By part: from where it was reached last.
    std::vector<uint32_t> reached_from(returns_.size(), kNowhere);
    int64_t looks = 0;
    std::vector<Place> direct;
    for (const auto& [from, places] : by_return) {
      if (looks < kMostLooks) looks += Reach(from, components, reached_from);
      for (const Place& place : places) {
        if (reached_from[place.part] == from) direct.push_back(place);
      }
    }
    std::sort(direct.begin(), direct.end());
    return direct;
  }

  // Marks all parts of its component that a call goes on to from there; says how
  // many ways were looked at.
  int64_t Reach(uint32_t from, const std::vector<uint32_t>& components,
                std::vector<uint32_t>& reached_from) const {
    int64_t looks = 1;
    std::vector<uint32_t> left = {from};
    reached_from[from] = from;
    while (!left.empty()) {
      const uint32_t part = left.back();
      left.pop_back();
      for (uint32_t next : dials_.parts[part].goes_on) {
        ++looks;
        if (components[next] != components[from] || reached_from[next] == from) continue;
        reached_from[next] = from;
        left.push_back(next);
      }
    }
    return looks;
  }

  static constexpr int64_t kMostLooks = 2'000'000;

  DialGraph& dials_;
  // By part and what it dials: where that comes back.
  std::vector<std::vector<uint32_t>> returns_;
};

}  // namespace

std::vector<NodeIndex> PlanCompiler::NumberRoots() const {
  std::set<NodeIndex> roots;
  for (const NumberRoute& route : plan_->routes_) {
    if (route.is_own) roots.insert(route.root);
  }
  return {roots.begin(), roots.end()};
}

void PlanCompiler::CheckLoops(const TreeWalk& walk, bool has_cycles) {
  dials_ = std::make_shared<DialGraph>(
      MakeDialGraph(walk, NumberRoots(), plan_->nodes_.size(), dialled_));
  OwnLoops loops(*plan_, *dials_);
  std::string warned;
  loops.TakeDirect([&](const DialGraph::Dialled& dialled) {
    // Of what a destination makes of called numbers one says enough.
    if (std::exchange(warned, dialled.path) == dialled.path) return;
    Warn(dialled.path, "own-number",
         absl::StrCat(dialled.number.ToString(),
                      " leads back to its own number: calls to it come here again; to ring the "
                      "called line itself write `called`"));
  });
  if (has_cycles) return;
  loops.TakeLonger([&](const std::vector<const DialGraph::Dialled*>& way) {
    WayText text(" -> ");
    for (size_t i = 0; i < way.size(); ++i) {
      const DialGraph::Dialled& before = *way[i == 0 ? way.size() - 1 : i - 1];
      text.Add(absl::StrCat(before.number.ToString(), " (", way[i]->path, ")"));
    }
    const std::string number = way.back()->number.ToString();
    Warn(way.front()->path, "loop", LoopMessage(number, absl::StrCat(text.ToString(), " -> ", number)));
  });
}

}  // namespace libroute
