#ifndef LIBROUTE_CALL_TARGET_ORDER_H_
#define LIBROUTE_CALL_TARGET_ORDER_H_

#include <cstdint>

namespace libroute {

// In which order the targets of a node are tried: a permutation of 0 to 15,
// packed into a word so that a continuation can carry it. A value type.
class TargetOrder {
 public:
  static constexpr int kMost = 16;

  // As they are written.
  constexpr TargetOrder() = default;
  static constexpr TargetOrder FromPacked(uint64_t packed) {
    TargetOrder order;
    order.packed_ = packed;
    return order;
  }
  constexpr uint64_t packed() const { return packed_; }

  // Which target is the one at `position`.
  constexpr int at(int position) const { return static_cast<int>(packed_ >> (4 * position) & 15); }

  // Moves the one at `from` to `to`, which is not after it; those between move on.
  constexpr void MoveUp(int from, int to) {
    const int moved = at(from);
    for (int i = from; i > to; --i) Set(i, at(i - 1));
    Set(to, moved);
  }

  friend constexpr bool operator==(TargetOrder, TargetOrder) = default;

 private:
  static constexpr uint64_t kWritten = 0xFEDCBA9876543210;

  constexpr void Set(int position, int target) {
    packed_ &= ~(uint64_t{15} << (4 * position));
    packed_ |= static_cast<uint64_t>(target) << (4 * position);
  }

  uint64_t packed_ = kWritten;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_TARGET_ORDER_H_
