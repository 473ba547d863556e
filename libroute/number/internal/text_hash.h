#ifndef LIBROUTE_NUMBER_INTERNAL_TEXT_HASH_H_
#define LIBROUTE_NUMBER_INTERNAL_TEXT_HASH_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace libroute::internal {

// 128 bits that stand for a text.
struct TextHash {
  friend bool operator==(const TextHash&, const TextHash&) = default;

  uint64_t first = 0;
  uint64_t second = 0;
};

// SipHash-2-4 with 128 bits of output (Aumasson, Bernstein) and this key, the
// same on every machine. Nobody can make up two texts of the same hash with less
// work than 2^64 of them; among a million others it happens with a probability
// of 10^-27. Some 1 ns a byte.
TextHash HashText(absl::string_view text, uint64_t key_first, uint64_t key_second);

}  // namespace libroute::internal

#endif  // LIBROUTE_NUMBER_INTERNAL_TEXT_HASH_H_
