#ifndef LIBROUTE_CALL_ROUTING_NUMBER_H_
#define LIBROUTE_CALL_ROUTING_NUMBER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace libroute {

// Where the network sends calls to a number that was ported (RFC 4694 section
// 4, `rn`): up to 15 hexadecimal digits, with '+' if it is global. A value type
// of 16 bytes, trivially copyable; thread-safe.
class RoutingNumber {
 public:
  static constexpr int kMaxLength = 15;

  // None.
  constexpr RoutingNumber() = default;

  // Reads digits, after '+' perhaps, without separators; none for anything
  // else, and for more digits than kMaxLength.
  static RoutingNumber Parse(absl::string_view text);

  // The inverse of packed() and is_global(); the caller vouches for them.
  static constexpr RoutingNumber FromPacked(uint64_t packed, bool is_global) {
    RoutingNumber number;
    number.packed_ = packed;
    number.is_global_ = is_global;
    return number;
  }

  constexpr bool has_value() const { return packed_ != 0; }
  constexpr bool is_global() const { return is_global_; }
  // The first digit in the top four bits, how many there are in the lowest.
  constexpr uint64_t packed() const { return packed_; }
  // "+12025440000", "C01234"; "" for none.
  std::string ToString() const;

  friend constexpr bool operator==(RoutingNumber a, RoutingNumber b) {
    return a.packed_ == b.packed_ && a.is_global_ == b.is_global_;
  }

 private:
  uint64_t packed_ = 0;
  bool is_global_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_ROUTING_NUMBER_H_
