#ifndef LIBROUTE_SEAL_KEYS_H_
#define LIBROUTE_SEAL_KEYS_H_

#include <string>
#include <vector>

namespace libroute {

// Secret keys for sealing continuations, 32 bytes each. The first one seals;
// all open, so that a key can be replaced while calls are in progress.
struct SealKeys {
  static constexpr int kKeyBytes = 32;

  // Current first, then previous ones. At least one; at most 8.
  std::vector<std::string> keys;
};

}  // namespace libroute

#endif  // LIBROUTE_SEAL_KEYS_H_
