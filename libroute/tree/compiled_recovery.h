#ifndef LIBROUTE_TREE_COMPILED_RECOVERY_H_
#define LIBROUTE_TREE_COMPILED_RECOVERY_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "libroute/number/number_set.h"
#include "libroute/tree/frame.h"

namespace libroute {

// A recovery plan, which calls follow while it is on.
struct CompiledRecoveryPlan {
  bool IsFor(const NumberRoute& route) const {
    return std::binary_search(numbers.begin(), numbers.end(), route.recovery);
  }

  std::string name;
  std::string tree;
  NodeIndex root = 0;
  // What it is for: indices as in NumberRoute, in order.
  std::vector<uint32_t> numbers;
  // Who takes part in a drill.
  bool has_drill = false;
  NumberSet drill_numbers;
  std::vector<int> drill_types;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILED_RECOVERY_H_
