#ifndef LIBROUTE_TREE_ATTRIBUTES_H_
#define LIBROUTE_TREE_ATTRIBUTES_H_

#include <algorithm>
#include <cstdint>
#include <optional>

#include "libroute/call/call_state.h"

namespace libroute {

// Limits that keep a continuation within its 512 bytes.
inline constexpr int kMaxAttributeNames = 24;
inline constexpr size_t kMaxAttributeValueBytes = 32;

// Whether what a caller enters is hidden from all others.
enum class Secrecy : bool { kOpen, kSecret };

// Of these, how many may be collected from the caller.
inline constexpr int kMaxCollectedNames = 8;

// Gives attribute `name` a value, in place of the one it had. Both are indices
// into the plan's texts.
inline void SetAttribute(CallState& state, uint32_t name, uint32_t value) {
  auto is_named = [name](const CollectedDigits& collected) { return collected.name == name; };
  auto& others = state.collected;
  others.erase(std::remove_if(others.begin(), others.end(), is_named), others.end());
  for (auto& [known, current] : state.attributes) {
    if (known != name) continue;
    current = value;
    return;
  }
  state.attributes.emplace_back(name, value);
}

// The same for what the caller entered.
inline void SetCollected(CallState& state, const CollectedDigits& value) {
  auto is_named = [&](const auto& attribute) { return attribute.first == value.name; };
  auto& others = state.attributes;
  others.erase(std::remove_if(others.begin(), others.end(), is_named), others.end());
  for (CollectedDigits& known : state.collected) {
    if (known.name != value.name) continue;
    known = value;
    return;
  }
  state.collected.push_back(value);
}

// What the call knows of attribute `name`: at most one of the two.
struct AttributeValue {
  // Index into the plan's texts.
  std::optional<uint32_t> text;
  const CollectedDigits* collected = nullptr;
};

inline AttributeValue FindAttribute(const CallState& state, uint32_t name) {
  for (const auto& [known, value] : state.attributes) {
    if (known == name) return {value, nullptr};
  }
  for (const CollectedDigits& collected : state.collected) {
    if (collected.name == name) return {std::nullopt, &collected};
  }
  return {};
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_ATTRIBUTES_H_
