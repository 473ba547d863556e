#ifndef LIBROUTE_CALL_OUTCOME_H_
#define LIBROUTE_CALL_OUTCOME_H_

#include <array>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace libroute {

// How an attempt to reach somebody ended. Values are those of
// libroute.v1.Outcome.
enum class Outcome : uint8_t {
  kAnswered = 1,
  kBusy,
  kNoAnswer,
  kNotConfirmed,
  kUnreachable,
  kRejected,
  kRedirected,
  kBadNumber,
  kCongestion,
  kFailure,
  kCancelled,
};

// The outcomes that a plan can branch on: all but answered and cancelled.
inline constexpr std::array kFailedOutcomes = {
    Outcome::kBusy,        Outcome::kNoAnswer,   Outcome::kNotConfirmed,
    Outcome::kUnreachable, Outcome::kRejected,   Outcome::kRedirected,
    Outcome::kBadNumber,   Outcome::kCongestion, Outcome::kFailure};

// "no_answer", ...
absl::string_view OutcomeName(Outcome outcome);
std::optional<Outcome> OutcomeFromName(absl::string_view name);

// Where an outcome's branch falls to when it is not written: not_confirmed to
// no_answer; unreachable, rejected, bad_number and congestion to failure.
std::optional<Outcome> ParentOutcome(Outcome outcome);

// A set of outcomes, as the attempts of a call gather them.
class OutcomeSet {
 public:
  constexpr OutcomeSet() = default;
  static constexpr OutcomeSet FromBits(uint16_t bits) {
    OutcomeSet set;
    set.bits_ = bits;
    return set;
  }
  constexpr void Add(Outcome outcome) { bits_ |= Bit(outcome); }
  constexpr bool Has(Outcome outcome) const { return (bits_ & Bit(outcome)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr uint16_t bits() const { return bits_; }

  // The one whose branch is taken when several targets failed: the first of
  // redirected, no_answer, not_confirmed, busy, rejected, congestion,
  // unreachable, failure, bad_number. Nothing for a set without failures.
  std::optional<Outcome> Highest() const;

  friend constexpr bool operator==(OutcomeSet a, OutcomeSet b) { return a.bits_ == b.bits_; }

 private:
  static constexpr uint16_t Bit(Outcome outcome) {
    return static_cast<uint16_t>(1u << static_cast<int>(outcome));
  }
  uint16_t bits_ = 0;
};

// The timer of ours that ended an attempt.
enum class LegTimer : uint8_t { kNone, kSetup, kRing };

// What the network said when an attempt ended. Zero: not given.
struct NetworkResponse {
  int sip_status = 0;
  int q850_cause = 0;
  // It rang before it ended.
  bool alerted = false;
  bool released_by_caller = false;
  LegTimer expired = LegTimer::kNone;
};

// Whether another gateway to the same target may be tried.
enum class NextGateway : uint8_t {
  kNo,
  kYes,
  // One more, not all of them.
  kOnce,
  // Only if the gateway group lists the code.
  kIfListed,
};

// What a network response means.
struct Verdict {
  Outcome outcome = Outcome::kFailure;
  NextGateway next_gateway = NextGateway::kNo;
  // Speaks for the person, not for one line (600, 603, 607, 608): no other
  // target of that person is to be tried.
  bool global = false;
};

// Maps a SIP final status and / or a Q.850 cause to an outcome (RFC 3398,
// RFC 3880 section 6.1.1, RFC 3326). When both are given the cause decides,
// except for 2xx, 408 and 487. With neither: failure.
Verdict VerdictOf(const NetworkResponse& response);

// Whether an attempt failed on its way: the network or what stands there did not
// work (transport errors, silence, 502 to 504, and the causes for that), which says
// something of the next call. Never for what the called side or its line says. Without
// codes the outcome decides: unreachable and congestion are failures of this kind.
bool FailedOnTheWay(Outcome outcome, int sip_status, int q850_cause);

// What an attempt shows of the way there: that it failed, or that somebody or a
// telephone spoke at its end. Failures of no certain place, and cancelled attempts,
// show neither.
enum class Reach : uint8_t { kUnknown, kFailed, kReached };
Reach ReachOf(Outcome outcome, int sip_status, int q850_cause);

// A SIP final status and the Q.850 cause that goes with it.
struct ResponseCode {
  uint16_t sip_status = 0;
  uint16_t q850_cause = 0;

  friend constexpr bool operator==(ResponseCode a, ResponseCode b) {
    return a.sip_status == b.sip_status && a.q850_cause == b.q850_cause;
  }
};

// What the caller's side is told of a call that goes round.
inline constexpr ResponseCode kLoopResponse = {482, 25};

// What it is told when a call ends in the usual way.
inline constexpr ResponseCode kNormalResponse = {480, 16};

// What the caller's side is told of an outcome.
ResponseCode ResponseFor(Outcome outcome);

// What the caller's side is told after all of `failed` (RFC 3261 section
// 16.7): a global response (`global_sip`, 0 if there was none) first, else
// the lowest class, and within it the highest outcome; 480/31 for none.
ResponseCode BestResponse(OutcomeSet failed, int global_sip);

}  // namespace libroute

#endif  // LIBROUTE_CALL_OUTCOME_H_
