#ifndef LIBROUTE_TREE_ATTRIBUTES_H_
#define LIBROUTE_TREE_ATTRIBUTES_H_

#include <cstdint>

#include "libroute/call/call_state.h"

namespace libroute {

// Limits that keep a continuation within its 512 bytes.
inline constexpr int kMaxAttributeNames = 32;
inline constexpr size_t kMaxAttributeValueBytes = 32;

// Gives attribute `name` a value, in place of the one it had. Both are indices
// into the plan's texts.
inline void SetAttribute(CallState& state, uint32_t name, uint32_t value) {
  for (auto& [known, current] : state.attributes) {
    if (known != name) continue;
    current = value;
    return;
  }
  state.attributes.emplace_back(name, value);
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_ATTRIBUTES_H_
