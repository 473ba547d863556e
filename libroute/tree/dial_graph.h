#ifndef LIBROUTE_TREE_DIAL_GRAPH_H_
#define LIBROUTE_TREE_DIAL_GRAPH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "libroute/call/digits.h"
#include "libroute/tree/frame.h"

namespace libroute {

class CompiledPlan;
class TreeWalk;

// A number that a dial node tries.
struct DialledNumber {
  NodeIndex node = 0;
  E164Number number;
  // Of the target in the plan: "trees.desk.dial.to[0]".
  std::string path;
};

// What calls to a plan's numbers may dial, for finding those that come back: the
// plan's trees in parts of which a call that comes to one may come to all. Not
// part of what is evaluated.
struct DialGraph {
  struct Dialled {
    E164Number number;
    std::string path;
    // It comes back by this plan's trees alone, and the plan's own check has said
    // so.
    bool is_told = false;
  };
  struct Part {
    std::vector<Dialled> dialled;
    // Other parts that a call goes on to without being dialled; no cycles.
    std::vector<uint32_t> goes_on;
  };

  // In the order in which they stand in the plan.
  std::vector<Part> parts;
  // Those where calls to numbers begin, by the root of their tree.
  absl::flat_hash_map<NodeIndex, uint32_t> part_of_root;
};

// The part where a call to `number` begins; nothing where the plan does not serve
// it, or more digits are asked for.
std::optional<uint32_t> FindPart(const CompiledPlan& plan, const DialGraph& dials,
                                 E164Number number);

// What is said of a call to `number` that comes back by `way`.
std::string LoopMessage(absl::string_view number, absl::string_view way);

// From the nodes that can be reached from `roots`; linear in nodes, edges and
// numbers.
DialGraph MakeDialGraph(const TreeWalk& walk, const std::vector<NodeIndex>& roots,
                        size_t node_count, absl::Span<const DialledNumber> dialled);

}  // namespace libroute

#endif  // LIBROUTE_TREE_DIAL_GRAPH_H_
