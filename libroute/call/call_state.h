#ifndef LIBROUTE_CALL_CALL_STATE_H_
#define LIBROUTE_CALL_CALL_STATE_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "libroute/call/call.h"
#include "libroute/call/callback.h"
#include "libroute/call/event.h"
#include "libroute/call/outcome.h"
#include "libroute/call/target_order.h"

namespace libroute {

// Digits that the caller entered for an attribute.
struct CollectedDigits {
  // Index of the attribute into the revision's texts.
  uint32_t name = 0;
  Digits digits;
  bool secret = false;

  friend bool operator==(const CollectedDigits&, const CollectedDigits&) = default;
};

// All that evaluation knows of a call in progress: what a continuation
// carries from one question to the next. Indices are those of the revision
// that the call follows.
struct CallState {
  static constexpr int kNoCallerType = -1;
  static constexpr int kNoIngress = -1;
  static constexpr int kNoRecovery = -1;

  E164Number called;
  // Of `called`.
  RoutingNumber routing_number;
  // What a line dialled that is no number; `called` is without value then.
  Digits dialled;
  Direction direction = Direction::kInbound;
  // The customer's line that calls, if it is known.
  E164Number line;
  E164Number calling;
  // Something stood there that is no number. Of the first question alone: it is
  // not carried on.
  bool calling_unreadable = false;
  // That, if it is a dial string, and whether it is a short number at the ingress;
  // likewise of the first question alone.
  Digits calling_dialled;
  bool calling_is_short = false;
  Privacy calling_privacy = Privacy::kAllowed;
  // When the call arrived, microseconds since 1970.
  int64_t arrival_micros = 0;
  // The written hash of the call's id.
  uint64_t seed = 0;
  CorrelationId correlation;
  bool answered = false;
  // Whoever was called last has talked with the caller, and has ended the call.
  bool talked = false;
  // All outcomes of failed attempts so far, and the last SIP status that
  // spoke for the person (600, 603, 607, 608), 0 if none.
  OutcomeSet failed;
  uint16_t global_sip = 0;
  // How attempts that decisions made ahead have ordered ended is not known yet, and not
  // in `failed`; `last_failure` is a guess then. It comes with the next event.
  bool failure_open = false;
  // How often the call was diverted before it came here; 0-255.
  uint8_t diversions = 0;
  // The last time.
  E164Number diverted_by;
  DiversionReason diverted_because = DiversionReason::kNone;
  // Those before, the latest first, as far as a continuation has room for them.
  std::vector<E164Number> diverted_before;
  // Something was not dialled because it would have been one diversion too many,
  // or gone back to a number that has diverted the call.
  bool looped = false;
  Verstat verstat = Verstat::kNone;
  Attestation attestation = Attestation::kNone;
  NetworkLocation location;
  // Among those that the plan names.
  int16_t ingress = kNoIngress;
  // How often something was dialled.
  uint16_t attempts = 0;
  // Which targets of the node that acts were tried, one bit each.
  uint32_t tried_targets = 0;
  // Outcomes of the node that acts.
  OutcomeSet node_failed;
  // How often the node that acts has played its prompt.
  uint8_t prompt_plays = 0;
  // In which order the node that acts tries its targets.
  TargetOrder target_order;
  // When it began, unix seconds, if that matters to it; else 0.
  int64_t node_began = 0;
  // What the node that acts has asked last, if it asks several things.
  uint32_t stage = 0;
  // How the last attempt failed; nothing was tried if has_failed() is false.
  Outcome last_failure = Outcome::kFailure;
  int16_t caller_type = kNoCallerType;
  // Index of the revision's recovery plan by which the call goes, and whether that is a
  // drill.
  int16_t recovery = kNoRecovery;
  bool recovery_drill = false;
  int32_t priority = 0;
  // (attribute, value), both as indices into the revision's texts.
  absl::InlinedVector<std::pair<uint32_t, uint32_t>, 4> attributes;
  // Whether, and how, the caller is called back.
  Callback callback;
  // Of other names than `attributes`.
  absl::InlinedVector<CollectedDigits, 2> collected;

  bool has_failed() const { return !failed.empty() || failure_open; }
  // Whether `number` has diverted the call.
  bool WasDivertedBy(E164Number number) const {
    return number == diverted_by || std::find(diverted_before.begin(), diverted_before.end(),
                                              number) != diverted_before.end();
  }
  int64_t arrival_seconds() const {
    return arrival_micros / 1000000 - (arrival_micros % 1000000 < 0 ? 1 : 0);
  }
  // Forgets what belongs to the node that acted.
  void LeaveNode() {
    tried_targets = 0;
    node_failed = OutcomeSet();
    prompt_plays = 0;
    target_order = TargetOrder();
    node_began = 0;
    stage = 0;
  }
};

// What was called, for people: "+3222000100", or "*44".
std::string CalledText(const CallState& state);

// Whether nothing speaks better for how a call ended than that it goes round.
bool IsLoop(const CallState& state);

// What the caller's side is told when a call ends after its attempts: the best
// response, or that it goes round; a normal end if it was talked on and nothing was
// tried since; of a call that is answered without a SIP status.
ResponseCode FinalResponse(const CallState& state);

// An attempt failed: what the call knows of all its attempts.
void NoteFailure(CallState& state, const AttemptResult& result);
// Nothing was attempted, since it would fail with `outcome`.
void NoteObstacle(CallState& state, Outcome outcome);

// How attempts ended that decisions made ahead have ordered.
void NoteEarlier(CallState& state, absl::Span<const AttemptResult> earlier);

// The called side has answered and ended the call: whatever failed before that does
// not matter any more.
void NoteTalked(CallState& state);

// Whether the call was talked on and nothing has failed since.
inline bool HasEndedWell(const CallState& state) {
  return state.talked && !state.has_failed();
}

}  // namespace libroute

#endif  // LIBROUTE_CALL_CALL_STATE_H_
