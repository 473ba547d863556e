#ifndef LIBROUTE_TREE_SHORTEST_CYCLES_H_
#define LIBROUTE_TREE_SHORTEST_CYCLES_H_

#include <cstdint>
#include <vector>

namespace libroute {

// A graph by vertex: its edges, in the order in which they are preferred.
struct CycleEdge {
  uint32_t to = 0;
  // Some edges count as a step, others lead on within one. No cycle may be made
  // of the latter alone.
  bool is_step = true;
};
using CycleGraph = std::vector<std::vector<CycleEdge>>;

// By vertex: the number of its component, see Components().
std::vector<uint32_t> ComponentsOf(const CycleGraph& graph);

// An edge, as an index among those of a vertex.
struct EdgeOf {
  uint32_t vertex = 0;
  uint32_t edge = 0;

  friend bool operator==(const EdgeOf&, const EdgeOf&) = default;
};
using Cycle = std::vector<EdgeOf>;

// One cycle for each set of vertices that all lead to each other and of which
// one is less than `starts`: that with the fewest steps through such a vertex,
// of several the one from the lowest such vertex. It begins there. In the order
// of the vertices where they begin.
//
// Linear in vertices and edges, and up to 2 million edges more for looking on
// all ways: what is found after that is a cycle, but a shorter one may be left.
std::vector<Cycle> ShortestCycles(const CycleGraph& graph, uint32_t starts);

}  // namespace libroute

#endif  // LIBROUTE_TREE_SHORTEST_CYCLES_H_
