#ifndef LIBROUTE_TREE_PRESENTED_H_
#define LIBROUTE_TREE_PRESENTED_H_

#include <cstdint>

#include "libroute/call/call.h"
#include "libroute/call/call_state.h"
#include "libroute/call/digits.h"

namespace libroute {

// Whom the called side of a leg sees.
struct Presented {
  enum class Kind : uint8_t { kUnwritten, kCaller, kCalled, kWithheld, kNumber };

  bool is_written() const { return kind != Kind::kUnwritten; }

  Kind kind = Kind::kUnwritten;
  // Of kNumber.
  E164Number number;
};

// A number, and whether it may be shown.
struct PresentedIdentity {
  E164Number number;
  Privacy privacy = Privacy::kUnavailable;
};

// What a call comes with then. Who withholds the number is never shown.
inline PresentedIdentity IdentityFor(const Presented& presented, const CallState& state) {
  switch (presented.kind) {
    case Presented::Kind::kCalled:
      if (!state.called.has_value()) break;
      return {state.called, Privacy::kAllowed};
    case Presented::Kind::kNumber:
      return {presented.number, Privacy::kAllowed};
    case Presented::Kind::kWithheld:
      if (!state.calling.has_value()) break;
      return {state.calling, Privacy::kRestricted};
    case Presented::Kind::kUnwritten:
    case Presented::Kind::kCaller:
      if (!state.calling.has_value()) break;
      return {state.calling, state.calling_privacy};
  }
  return {};
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_PRESENTED_H_
