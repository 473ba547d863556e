#ifndef LIBROUTE_CALL_CALL_H_
#define LIBROUTE_CALL_CALL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/call/network_location.h"
#include "libroute/call/routing_number.h"
#include "libroute/call/service_code.h"

namespace libroute {

struct EmailFacts;

// Values of the enums below are those of the enums of the same name in
// libroute.v1.
enum class Direction : uint8_t { kInbound = 1, kInternal, kOutbound };
enum class Privacy : uint8_t { kAllowed = 1, kRestricted, kUnavailable };
// kNone: the network says nothing.
enum class Verstat : uint8_t { kNone = 0, kPassed, kFailed, kNoValidation };
// How far the caller's provider vouches for the number. kNone: it does not.
enum class Attestation : uint8_t { kNone = 0, kA, kB, kC };
enum class DiversionReason : uint8_t {
  kNone = 0,
  kUnconditional,
  kBusy,
  kNoAnswer,
  kUnreachable,
  kDeflected,
  kUnknown,
};

// "inbound", "internal", "outbound".
absl::string_view DirectionName(Direction direction);
// "passed", "failed", "no_validation"; "none".
absl::string_view VerstatName(Verstat verstat);
// "a", "b", "c"; "none".
absl::string_view AttestationName(Attestation attestation);
// "unconditional", "busy", ...; "none".
absl::string_view DiversionReasonName(DiversionReason reason);

// Names a call for its whole life, as the network switch does.
struct CallId {
  std::string switch_name;
  uint64_t epoch = 0;
  std::string reference;

  // "switch/epoch/reference".
  std::string ToString() const;

  friend bool operator==(const CallId& a, const CallId& b) {
    return a.epoch == b.epoch && a.reference == b.reference && a.switch_name == b.switch_name;
  }
  template <typename H>
  friend H AbslHashValue(H state, const CallId& id) {
    return H::combine(std::move(state), id.switch_name, id.epoch, id.reference);
  }
};

// Ties together all legs and records of what is one call to the caller.
struct CorrelationId {
  uint64_t high = 0;
  uint64_t low = 0;

  bool has_value() const { return (high | low) != 0; }
  // 32 lower-case hex digits.
  std::string ToString() const;
  // InvalidArgument unless `text` is 32 hex digits, not all 0.
  static absl::StatusOr<CorrelationId> Parse(absl::string_view text);

  friend bool operator==(CorrelationId a, CorrelationId b) {
    return a.high == b.high && a.low == b.low;
  }
};

// A call as the network switch describes it when it first asks.
struct Call {
  CallId id;
  // 0 for the first question, then one more each time.
  uint32_t step = 0;
  Direction direction = Direction::kInbound;
  // The number called; without value for a dial string that is none.
  E164Number called;
  // What was dialled, if it is known: of an inbound call only when it is no
  // E.164 number (112); of a line's call a dial string, which goes before what
  // `called` says of it.
  Digits dialled;
  // The same taken apart, where it may switch a feature of the line; without the
  // number `dialled` is it then, if all of it has no room there.
  ServiceCode service_code;
  // Where the network sends calls to `called`, if that was ported.
  RoutingNumber routing_number;
  // Of an internal or outbound call, if the switch says: the line that calls, or
  // its internal number.
  E164Number line;
  Digits internal_line;
  // Without value: not known.
  E164Number calling;
  // Something stood there that is no number.
  bool calling_unreadable = false;
  // That, if it is a dial string, e.g. 3639.
  Digits calling_dialled;
  Privacy calling_privacy = Privacy::kAllowed;
  // How often it was diverted before it came here; 0-255.
  int diversions = 0;
  // By whom and why it was diverted last, as far as that is known.
  E164Number diverted_by;
  DiversionReason diverted_because = DiversionReason::kNone;
  // Who diverted it before that, as far as they are known, the latest first.
  std::vector<E164Number> diverted_before;
  // What STIR/SHAKEN says of `calling`.
  Verstat verstat = Verstat::kNone;
  Attestation attestation = Attestation::kNone;
  // Where the network says that a mobile caller is.
  NetworkLocation location;
  // Name of the ingress, as the engine was told of it; may be empty.
  std::string ingress;
  // The emergency services call back.
  bool psap_callback = false;
  // Of the call that this one continues, if any.
  CorrelationId correlation;
  // What is asked about is this e-mail, which has nothing but an id of the fields above;
  // null: a call. Must live as long as the question.
  const EmailFacts* email = nullptr;
};

// The written hash of a call's id: what its shares are drawn by.
uint64_t CallSeed(const CallId& id);

// The correlation id of a call that continues no other.
CorrelationId NewCorrelation(uint64_t call_seed);

}  // namespace libroute

#endif  // LIBROUTE_CALL_CALL_H_
