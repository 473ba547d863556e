#include "libroute/call/stable_hash.h"


namespace libroute {
namespace {

constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15ULL;

uint64_t LittleEndianWord(const char* bytes, size_t size) {
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) {
    word |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return word;
}

}  // namespace

uint64_t StableHash(absl::string_view text, uint64_t start) {
  uint64_t h = start ^ (text.size() * kMultiplier);
  for (size_t i = 0; i < text.size(); i += 8) {
    size_t left = text.size() - i;
    h = (h ^ LittleEndianWord(text.data() + i, left < 8 ? left : 8)) * kMultiplier;
    h ^= h >> 32;
  }
  return StableMix(h);
}

}  // namespace libroute
