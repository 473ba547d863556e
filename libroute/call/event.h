#ifndef LIBROUTE_CALL_EVENT_H_
#define LIBROUTE_CALL_EVENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/digits.h"
#include "libroute/call/outcome.h"

namespace libroute {

// How an attempt by a gateway failed, after which another one was tried.
struct GatewayFailure {
  std::string gateway;
  Outcome outcome = Outcome::kFailure;
  // As the network gave it; 0 if it did not.
  int sip_status = 0;
  int q850_cause = 0;
  // When to come again, if that was said; else 0.
  absl::Duration retry_after;

  friend bool operator==(const GatewayFailure&, const GatewayFailure&) = default;
};

// How one target of a dial ended.
struct AttemptResult {
  // The result speaks for the next leg in order, or for all legs dialled
  // together.
  static constexpr int kNextLeg = -1;

  // Which target of the dial: AttemptId::target, or kNextLeg.
  int target = kNextLeg;
  Outcome outcome = Outcome::kFailure;
  // As the network gave it; 0 if it did not.
  int sip_status = 0;
  int q850_cause = 0;
  // When to come again, if that was said; else 0.
  absl::Duration retry_after = {};
  // The gateway that this is from, empty if that is not said, and those that had
  // failed before.
  std::string gateway = {};
  std::vector<GatewayFailure> failed_gateways = {};

  friend bool operator==(const AttemptResult&, const AttemptResult&) = default;
};

// Names an attempt within its call: the step that ordered it and the target.
struct AttemptId {
  uint32_t step = 0;
  int target = 0;

  // "step.target".
  std::string ToString() const;
  static absl::StatusOr<AttemptId> Parse(absl::string_view text);
};

enum class EventKind : uint8_t {
  kDialResult,
  kDigits,
  kNoInput,
  kPlayed,
  kWaitTimeout,
  kNoAgents,
  kNoneReady,
  kGroupFull,
  kGroupClosed,
  // The contact centre's own, never a switch's: somebody is to take the call, or not
  // any more (ContactNow).
  kContactChanged,
  kCallerReleased,
  kCalledReleased,
  kCallbackWanted,
};

// "dial result", "digits", ...
absl::string_view EventKindName(EventKind kind);

// What happened since the last decision.
struct Event {
  EventKind kind = EventKind::kPlayed;
  // For kDialResult: at least one. For kCalledReleased: the leg that had answered, or none.
  absl::InlinedVector<AttemptResult, 2> results;
  // For kDigits: at least one.
  Digits digits;
  static constexpr size_t kMostCallbackNumber = 32;
  // For kCallbackWanted: as it was given; empty: the number that calls.
  std::string callback_number;
  // How attempts ended before, of decisions that were made ahead. (Their targets are
  // those of other nodes.)
  std::vector<AttemptResult> earlier;

  // In words, for people: "busy (sip 486)", "digits:12", "played".
  std::string ToString() const;

  friend bool operator==(const Event& a, const Event& b) {
    return a.kind == b.kind && a.digits == b.digits && a.results == b.results &&
           a.earlier == b.earlier && a.callback_number == b.callback_number;
  }
};

// Reads an event as people write it: an outcome ("busy", "no_answer", ...),
// a SIP status ("sip:486") or cause ("q850:17"), "digits:12", "no_input",
// "played", "timeout", "no_agents", "none_ready", "full", "closed" (why the waiting for
// an agent ended), "hangup" (the caller gave up), "called_hangup" (the called side has
// answered, and ended the call), "callback" or "callback:+3222000100" (the caller wants to
// be called back).
// InvalidArgument, listing these, for anything else.
absl::StatusOr<Event> ParseEvent(absl::string_view text);

}  // namespace libroute

#endif  // LIBROUTE_CALL_EVENT_H_
