#include "libroute/seal/hmac.h"

#include <openssl/crypto.h>

#include <cassert>

namespace libroute {
namespace {

using Block = std::array<uint8_t, SHA256_CBLOCK>;

SHA256_CTX HashOfPad(const Block& key, uint8_t pad) {
  Block block;
  for (size_t i = 0; i < block.size(); ++i) block[i] = key[i] ^ pad;
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, block.data(), block.size());
  OPENSSL_cleanse(block.data(), block.size());
  return state;
}

}  // namespace

HmacKey::HmacKey(absl::string_view key) {
  constexpr uint8_t kInnerPad = 0x36;
  constexpr uint8_t kOuterPad = 0x5c;
  assert(key.size() <= kMaxKeyBytes);
  Block block = {};
  for (size_t i = 0; i < key.size(); ++i) block[i] = static_cast<uint8_t>(key[i]);
  inner_ = HashOfPad(block, kInnerPad);
  outer_ = HashOfPad(block, kOuterPad);
  OPENSSL_cleanse(block.data(), block.size());
}

Mac HmacKey::Compute(absl::Span<const absl::string_view> parts) const {
  Mac mac;
  SHA256_CTX state = inner_;
  for (absl::string_view part : parts) SHA256_Update(&state, part.data(), part.size());
  SHA256_Final(mac.data(), &state);
  state = outer_;
  SHA256_Update(&state, mac.data(), mac.size());
  SHA256_Final(mac.data(), &state);
  return mac;
}

}  // namespace libroute
