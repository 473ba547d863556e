#include "libroute/engine/loops.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libroute/tree/shortest_cycles.h"
#include "libroute/tree/way_text.h"

namespace libroute {
namespace {

constexpr size_t kMostLooks = 200'000;

// Gathers the parts of all plans that calls of one can come to.
class LoopSearch {
 public:
  LoopSearch(const ServingPlan& plan, ServedBy served_by) : plan_(plan), served_by_(served_by) {
    for (uint32_t part = 0; part < plan.dials->parts.size(); ++part) VertexOf(plan, part);
    // Vertices are added at the end meanwhile.
    for (uint32_t vertex = 0; vertex < parts_.size() && looks_ < kMostLooks; ++vertex) {
      LookFrom(vertex);
    }
  }

  std::vector<Issue> Run(int max_issues) const {
    IssueList issues(max_issues);
    const auto own_parts = static_cast<uint32_t>(plan_.dials->parts.size());
    for (const Cycle& cycle : ShortestCycles(graph_, own_parts)) issues.Add(IssueFor(cycle));
    return std::move(issues).Take();
  }

 private:
  // A part of a plan.
  struct Place {
    ServingPlan plan;
    uint32_t part = 0;
  };

  uint32_t VertexOf(const ServingPlan& plan, uint32_t part) {
    const auto next = static_cast<uint32_t>(parts_.size());
    auto [entry, added] = vertices_.emplace(std::make_pair(plan.dials, part), next);
    if (added) {
      parts_.push_back({plan, part});
      graph_.emplace_back();
      dialled_.emplace_back();
    }
    return entry->second;
  }

  void LookFrom(uint32_t vertex) {
    const Place place = parts_[vertex];
    const DialGraph::Part& part = place.plan.dials->parts[place.part];
    for (uint32_t to : part.goes_on) AddEdge(vertex, VertexOf(place.plan, to), nullptr);
    for (const DialGraph::Dialled& dialled : part.dialled) {
      const std::optional<ServingPlan> serving = served_by_(dialled.number);
      ++looks_;
      if (!serving.has_value() || (dialled.is_told && *serving == place.plan)) continue;
      const std::optional<uint32_t> to = FindPart(*serving->plan, *serving->dials, dialled.number);
      if (to.has_value()) AddEdge(vertex, VertexOf(*serving, *to), &dialled);
    }
    looks_ += part.goes_on.size() + 1;
  }

  // `dialled` is null where a call goes on without it.
  void AddEdge(uint32_t from, uint32_t to, const DialGraph::Dialled* dialled) {
    graph_[from].push_back({to, dialled != nullptr});
    dialled_[from].push_back(dialled);
  }

  Issue IssueFor(const Cycle& cycle) const {
    std::vector<std::pair<const DialGraph::Dialled*, absl::string_view>> way;
    for (const EdgeOf& edge : cycle) {
      const DialGraph::Dialled* dialled = dialled_[edge.vertex][edge.edge];
      if (dialled != nullptr) way.emplace_back(dialled, parts_[edge.vertex].plan.plan->customer());
    }
    WayText text(" -> ");
    const std::string number = way.back().first->number.ToString();
    std::string called = number;
    for (const auto& [dialled, customer] : way) {
      text.Add(absl::StrCat(called, " (", customer, ": ", dialled->path, ")"));
      called = dialled->number.ToString();
    }
    Issue issue;
    issue.severity = Severity::kWarning;
    issue.code = "loop";
    issue.path = way.front().first->path;
    issue.message = LoopMessage(number, absl::StrCat(text.ToString(), " -> ", number));
    return issue;
  }

  const ServingPlan plan_;
  ServedBy served_by_;
  // Each part is a vertex; those of the plan itself come first.
  std::vector<Place> parts_;
  absl::flat_hash_map<std::pair<const DialGraph*, uint32_t>, uint32_t> vertices_;
  CycleGraph graph_;
  // By vertex, for each of its edges.
  std::vector<std::vector<const DialGraph::Dialled*>> dialled_;
  size_t looks_ = 0;
};

}  // namespace

bool DialsOthers(const ServingPlan& plan, ServedBy served_by) {
  for (const DialGraph::Part& part : plan.dials->parts) {
    for (const DialGraph::Dialled& dialled : part.dialled) {
      const std::optional<ServingPlan> serving = served_by(dialled.number);
      if (serving.has_value() && *serving != plan) return true;
    }
  }
  return false;
}

std::vector<Issue> FindLoops(const ServingPlan& plan, ServedBy served_by, int max_issues) {
  return LoopSearch(plan, served_by).Run(max_issues);
}

}  // namespace libroute
