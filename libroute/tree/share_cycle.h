#ifndef LIBROUTE_TREE_SHARE_CYCLE_H_
#define LIBROUTE_TREE_SHARE_CYCLE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace libroute {

// In which order shares take turns, so that they are exact: a whole cycle gives
// each as many turns as its weight, and the first n turns of it give each its
// part of n, rounded down or up. The cycle is as short as the weights allow:
// their sum, divided by what divides all of them.
//
// The sum divided so; 0 when all weights are 0.
uint64_t ShareCycleLength(absl::Span<const uint32_t> weights);

// Whose turn it is, by index, at each place of the cycle. At most 65536
// weights. Costs length times weights, some ms for 10000 turns of 1000 shares.
std::vector<uint16_t> MakeShareCycle(absl::Span<const uint32_t> weights);

}  // namespace libroute

#endif  // LIBROUTE_TREE_SHARE_CYCLE_H_
