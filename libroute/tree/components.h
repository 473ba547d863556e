#ifndef LIBROUTE_TREE_COMPONENTS_H_
#define LIBROUTE_TREE_COMPONENTS_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"

namespace libroute {

// Appends to the vector whereto a vertex leads, as often as it likes.
using SuccessorsOf = absl::FunctionRef<void(uint32_t, std::vector<uint32_t>&)>;

// By vertex, of `count`: the number of its component. Vertices have the same
// one when each leads to the other; otherwise a vertex's is larger than those of
// the vertices that it leads to. Asks once for the successors of each. Linear in
// vertices and edges; does not recurse.
std::vector<uint32_t> Components(uint32_t count, SuccessorsOf successors);

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPONENTS_H_
