#ifndef LIBROUTE_TREE_WEIGHTED_ORDER_H_
#define LIBROUTE_TREE_WEIGHTED_ORDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "libroute/call/target_order.h"

namespace libroute {

// An order drawn without putting back: each place goes to one of those that are left,
// by their weights. The same for the same `seed`, for ever. `weights` has at most
// TargetOrder::kMost, none of them 0.
TargetOrder DrawByWeight(const std::vector<uint32_t>& weights, uint64_t seed);

// A weight as it may be written; 1, and a report, for another.
uint32_t ReadWeight(uint32_t written, absl::FunctionRef<void(std::string)> report);

}  // namespace libroute

#endif  // LIBROUTE_TREE_WEIGHTED_ORDER_H_
