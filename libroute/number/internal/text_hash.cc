#include "libroute/number/internal/text_hash.h"

#include <bit>
#include <cstddef>

namespace libroute::internal {
namespace {

class SipState {
 public:
  SipState(uint64_t key_first, uint64_t key_second)
      : v0_(key_first ^ 0x736f6d6570736575),
        v1_(key_second ^ 0x646f72616e646f6d ^ 0xee),
        v2_(key_first ^ 0x6c7967656e657261),
        v3_(key_second ^ 0x7465646279746573) {}

  void Add(uint64_t word) {
    v3_ ^= word;
    Round();
    Round();
    v0_ ^= word;
  }

  TextHash Finish() {
    TextHash hash;
    v2_ ^= 0xee;
    hash.first = FourRounds();
    v1_ ^= 0xdd;
    hash.second = FourRounds();
    return hash;
  }

 private:
  void Round() {
    v0_ += v1_;
    v1_ = std::rotl(v1_, 13) ^ v0_;
    v0_ = std::rotl(v0_, 32);
    v2_ += v3_;
    v3_ = std::rotl(v3_, 16) ^ v2_;
    v0_ += v3_;
    v3_ = std::rotl(v3_, 21) ^ v0_;
    v2_ += v1_;
    v1_ = std::rotl(v1_, 17) ^ v2_;
    v2_ = std::rotl(v2_, 32);
  }

  uint64_t FourRounds() {
    for (int i = 0; i < 4; ++i) Round();
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

  uint64_t v0_;
  uint64_t v1_;
  uint64_t v2_;
  uint64_t v3_;
};

// Up to eight bytes, the first one lowest.
uint64_t WordOf(absl::string_view bytes) {
  uint64_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    word |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return word;
}

}  // namespace

TextHash HashText(absl::string_view text, uint64_t key_first, uint64_t key_second) {
  SipState state(key_first, key_second);
  const uint64_t size = text.size();
  for (; text.size() >= 8; text.remove_prefix(8)) state.Add(WordOf(text.substr(0, 8)));
  state.Add(WordOf(text) | size << 56);
  return state.Finish();
}

}  // namespace libroute::internal
