#include "libroute/tree/components.h"

#include <algorithm>
#include <utility>

namespace libroute {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// R. Tarjan: Depth-first search and linear graph algorithms (1972), with a
// stack of its own instead of recursion.
class ComponentSearch {
 public:
  ComponentSearch(uint32_t count, SuccessorsOf successors)
      : successors_(successors),
        seen_at_(count, kNone),
        lowest_(count, 0),
        component_(count, kNone) {}

  std::vector<uint32_t> Run() && {
    for (uint32_t root = 0; root < component_.size(); ++root) {
      if (seen_at_[root] == kNone) SearchFrom(root);
    }
    return std::move(component_);
  }

 private:
  // A vertex on the way from the start, and those it leads to that were not
  // looked at yet.
  struct Step {
    uint32_t vertex;
    std::vector<uint32_t> left;
  };

  void Enter(uint32_t vertex) {
    seen_at_[vertex] = lowest_[vertex] = clock_++;
    open_.push_back(vertex);
    Step step = {vertex, {}};
    successors_(vertex, step.left);
    way_.push_back(std::move(step));
  }

  void SearchFrom(uint32_t root) {
    Enter(root);
    while (!way_.empty()) {
      Step& step = way_.back();
      if (step.left.empty()) {
        Finish(step.vertex);
        continue;
      }
      const uint32_t next = step.left.back();
      step.left.pop_back();
      if (seen_at_[next] == kNone) {
        Enter(next);
      } else if (component_[next] == kNone) {
        lowest_[step.vertex] = std::min(lowest_[step.vertex], seen_at_[next]);
      }
    }
  }

  void Finish(uint32_t vertex) {
    way_.pop_back();
    if (!way_.empty()) {
      const uint32_t before = way_.back().vertex;
      lowest_[before] = std::min(lowest_[before], lowest_[vertex]);
    }
    if (lowest_[vertex] != seen_at_[vertex]) return;
    uint32_t member;
    do {
      member = open_.back();
      open_.pop_back();
      component_[member] = components_;
    } while (member != vertex);
    ++components_;
  }

  SuccessorsOf successors_;
  // By vertex: when it was first seen, and the first seen of the open vertices
  // that it leads to.
  std::vector<uint32_t> seen_at_;
  std::vector<uint32_t> lowest_;
  std::vector<uint32_t> component_;
  std::vector<Step> way_;
  std::vector<uint32_t> open_;
  uint32_t clock_ = 0;
  uint32_t components_ = 0;
};

}  // namespace

std::vector<uint32_t> Components(uint32_t count, SuccessorsOf successors) {
  return ComponentSearch(count, successors).Run();
}

}  // namespace libroute
