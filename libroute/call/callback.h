#ifndef LIBROUTE_CALL_CALLBACK_H_
#define LIBROUTE_CALL_CALLBACK_H_

#include <cstdint>

#include "absl/time/time.h"
#include "libroute/call/digits.h"

namespace libroute {

// The caller has hung up, keeps the place, and is called back: what the call itself knows of
// that.
struct Callback {
  // Whom to call; without value: nothing is promised.
  E164Number number;
  // Unix seconds: nobody calls after that. If nothing is promised any more, when the caller was
  // reached; 0: never.
  int64_t until = 0;
  // How often that was tried, without success.
  uint8_t tried = 0;

  bool is_promised() const { return number.has_value(); }
  // That the caller was, at the latest.
  static Callback ReachedAt(int64_t now) { return {.number = {}, .until = now, .tried = 0}; }

  friend bool operator==(const Callback&, const Callback&) = default;
};

// The same as others are told.
struct CallbackPromise {
  E164Number number;
  int attempts_left = 0;
  absl::Time until = absl::InfiniteFuture();
  // Not before, after somebody did not answer; InfinitePast: at once.
  absl::Time rests_until = absl::InfinitePast();
  // How long that rest is.
  absl::Duration retry_after;

  friend bool operator==(const CallbackPromise&, const CallbackPromise&) = default;
};

// AttemptId::target of the leg that calls back. Agents' phones have smaller ones.
inline constexpr int kCallbackTarget = 1 << 20;

}  // namespace libroute

#endif  // LIBROUTE_CALL_CALLBACK_H_
