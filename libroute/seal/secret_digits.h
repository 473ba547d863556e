#ifndef LIBROUTE_SEAL_SECRET_DIGITS_H_
#define LIBROUTE_SEAL_SECRET_DIGITS_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/seal/hmac.h"

namespace libroute {

// Digits that only who has the key can read: a code that a caller typed, on its
// way through the hands of the switch.
struct HiddenDigits {
  // Made from the digits and their context.
  uint64_t tag = 0;
  uint64_t hidden = 0;
};

// Hides and shows digits under a key of its own. The same digits in the same
// context are hidden the same way (the same question has the same answer), in
// another one otherwise: a synthetic initialisation vector (the idea of
// RFC 5297), with HMAC-SHA-256 as the one primitive. Whoever shows digits must
// know already that they are genuine: the continuation around them is sealed.
//
// Immutable, thus thread-safe. About a third of a microsecond.
class SecretDigits {
 public:
  explicit SecretDigits(const HmacKey& key) : key_(key) {}

  // `context` are bytes that say whose secret it is and what for: hidden in
  // another context, the same digits look otherwise.
  HiddenDigits Hide(absl::string_view context, Digits digits) const;
  Digits Show(const HiddenDigits& secret) const;

 private:
  uint64_t Pad(uint64_t tag) const;

  const HmacKey key_;
};

}  // namespace libroute

#endif  // LIBROUTE_SEAL_SECRET_DIGITS_H_
