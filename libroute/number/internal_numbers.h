#ifndef LIBROUTE_NUMBER_INTERNAL_NUMBERS_H_
#define LIBROUTE_NUMBER_INTERNAL_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libroute/call/digits.h"

namespace libroute {

// Consecutive internal numbers of one length, and the numbers of the lines that
// they reach.
struct InternalBlock {
  // Decimal, at most 9 digits; all `count` have as many.
  Digits first;
  uint32_t count = 0;
  // That of `first`; the others follow one by one.
  E164Number number;

  Digits last() const;
};

// What lines of one customer dial to reach each other: 501410 for +33562070410.
//
//   InternalNumbers internal({{*Digits::Parse("501410"), 90, *E164Number::Parse("+33562070410")}});
//   internal.Find(*Digits::Parse("501411"));  // +33562070411
//
// Immutable once made; thread-safe. 24 bytes a block.
class InternalNumbers {
 public:
  // Two blocks, by their index, of which numbers are the same or begin alike,
  // so that one of them cannot be dialled: `digits` begins both. first < second.
  struct Conflict {
    size_t first;
    size_t second;
    Digits digits;
  };
  // Each block that cannot stay is second in one of them, in order. O(n log n).
  static std::vector<Conflict> Conflicts(const std::vector<InternalBlock>& blocks);

  // Empty: finds nothing.
  InternalNumbers() = default;
  // Of blocks without conflicts.
  explicit InternalNumbers(std::vector<InternalBlock> blocks);

  // Without value for what is no internal number. O(log blocks), no allocation.
  E164Number Find(Digits dialled) const;

  bool empty() const { return blocks_.empty(); }

 private:
  // In the order of their first numbers.
  std::vector<InternalBlock> blocks_;
};

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_INTERNAL_NUMBERS_H_
