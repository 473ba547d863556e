#include "libroute/seal/secret_digits.h"

#include "absl/types/span.h"
#include "libroute/seal/codec.h"

namespace libroute {
namespace {

uint64_t FirstWord(const Mac& mac) {
  ByteReader in(absl::string_view(reinterpret_cast<const char*>(mac.data()), mac.size()));
  return in.Fixed64();
}

}  // namespace

HiddenDigits SecretDigits::Hide(absl::string_view context, Digits digits) const {
  char room[8];
  ByteWriter out(absl::MakeSpan(room));
  out.Fixed64(digits.packed());
  HiddenDigits secret;
  secret.tag = FirstWord(key_.Compute({context, out.bytes()}));
  secret.hidden = digits.packed() ^ Pad(secret.tag);
  return secret;
}

Digits SecretDigits::Show(const HiddenDigits& secret) const {
  return Digits::FromPacked(secret.hidden ^ Pad(secret.tag));
}

// Eight bytes are hashed here, and more than eight for a tag: the two never meet.
uint64_t SecretDigits::Pad(uint64_t tag) const {
  char room[8];
  ByteWriter out(absl::MakeSpan(room));
  out.Fixed64(tag);
  return FirstWord(key_.Compute({out.bytes()}));
}

}  // namespace libroute
