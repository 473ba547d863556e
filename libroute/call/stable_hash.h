#ifndef LIBROUTE_CALL_STABLE_HASH_H_
#define LIBROUTE_CALL_STABLE_HASH_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace libroute {

// libroute's written hash, version 1: the same on every machine and in every
// release, for shares, seeds and correlation ids. Not for keys that an
// attacker may choose. About 1 ns per 8 bytes.
//
// Definition: h = start XOR (size * K). The text is read as 64-bit
// little-endian words, the last one filled up with zero bytes; for each word
// w: h = (h XOR w) * K, then h = h XOR (h >> 32). The result is StableMix(h).
// K = 0x9E3779B97F4A7C15. Test vectors are in stable_hash_test.cc.
uint64_t StableHash(absl::string_view text, uint64_t start = 0);

// Spreads every bit of `h` over the result (the 64-bit finaliser of
// MurmurHash3).
constexpr uint64_t StableMix(uint64_t h) {
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDULL;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  return h ^ (h >> 33);
}

// A number in [0, bound), evenly drawn by a well mixed `hash`; bound > 0.
constexpr uint32_t StableBelow(uint64_t hash, uint32_t bound) {
  return static_cast<uint32_t>(((hash >> 32) * bound) >> 32);
}

}  // namespace libroute

#endif  // LIBROUTE_CALL_STABLE_HASH_H_
