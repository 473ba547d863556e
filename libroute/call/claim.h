#ifndef LIBROUTE_CALL_CLAIM_H_
#define LIBROUTE_CALL_CLAIM_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"

namespace libroute {

// How fast calls may come: so many in each `per`, one after the other, and
// `burst` at once after a while without any. Any number if `calls` is 0.
struct CallRate {
  uint32_t calls = 0;
  absl::Duration per;
  uint32_t burst = 1;
};

// For what a limit counts by itself. Values as in libroute.v1.LimitEach.
enum class LimitEach : uint8_t { kTogether, kCalled, kCaller };

// Something that a decision uses up. Evaluation only names it; the ledger
// grants all claims of a decision or none of them.
struct Claim {
  enum class Kind : uint8_t {
    // One of `limit` places, until the call ends. A call has it once, however
    // often it is claimed.
    kPlace,
    // One of the `limit` uses that there are within `span`.
    kUse,
    // That one of these uses is left; uses up nothing.
    kRoom,
    // That for `span` from now calls to the line `subject` are let through:
    // somebody there has called for help. Never refused.
    kProtect,
    // The next turn of the counter, which no other call gets; `subject` is the one
    // that the decision takes for granted. Never refused, but it may be another
    // one: then the question is evaluated again with it. A `limit` of 0: the
    // call has this turn already.
    kTurn,
    // That the counter stands at `subject` at least. Never refused.
    kMark,
    // One call of those that may come so fast: `limit` in each `span`, `subject` at
    // once.
    kPass,
    // The one try of what is down (see Health). Its rule is to be down after `limit`
    // failures, for `span`, and for as long at most as the WatchSubject `subject` says.
    kProbe,
    // By the same rule: it has failed once more, and it was reached; and an attempt
    // there is begun, of which a report will tell. Never refused.
    kFailed,
    kReached,
    kWatch,
    // The place that the call has there is given back; nothing if it has none, or
    // claims it again. Never refused.
    kLeave,
  };

  Kind kind = Kind::kPlace;
  // Index into the plan's counters.
  uint32_t counter = 0;
  // Uses are counted for each of these by itself: a number's packed digits, 0
  // where all share them.
  uint64_t subject = 0;
  // At least 1, but for kTurn, kMark and kLeave.
  uint32_t limit = 0;
  absl::Duration span;
  // Of kPlace and kPass: what they are counted for by itself, a number's packed digits or
  // kNoNumber; 0 where all calls count together.
  uint64_t each = 0;
  static constexpr uint64_t kNoNumber = UINT64_MAX;

  friend bool operator==(const Claim&, const Claim&) = default;
};

using Claims = absl::InlinedVector<Claim, 1>;

// The `subject` of claims on what attempts show (kProbe to kWatch).
struct WatchSubject {
  // How long it is passed over at most, and how long it has asked to be, in whole
  // seconds (0: it has not): a day each at most.
  absl::Duration longest;
  int64_t retry_after_seconds = 0;
  // Of kWatch: which target of the dial, whether it is a gateway, and whether the only
  // one of its group.
  int target = 0;
  bool is_gateway = false;
  bool is_only_gateway = false;

  uint64_t Pack() const {
    return static_cast<uint64_t>(absl::ToInt64Milliseconds(longest)) |
           static_cast<uint64_t>(retry_after_seconds) << 28 | static_cast<uint64_t>(target) << 48 |
           static_cast<uint64_t>(is_gateway) << 56 | static_cast<uint64_t>(is_only_gateway) << 57;
  }
  static WatchSubject Unpack(uint64_t subject) {
    WatchSubject unpacked;
    unpacked.longest = absl::Milliseconds(static_cast<int64_t>(subject & ((1u << 28) - 1)));
    unpacked.retry_after_seconds = static_cast<int64_t>(subject >> 28 & ((1u << 20) - 1));
    unpacked.target = static_cast<int>(subject >> 48 & 0xFF);
    unpacked.is_gateway = (subject >> 56 & 1) != 0;
    unpacked.is_only_gateway = (subject >> 57 & 1) != 0;
    return unpacked;
  }
};

// One of `calls` places of a counter; giving it back; one call at `rate`.
inline Claim PlaceClaim(uint32_t counter, uint32_t calls, uint64_t each = 0) {
  Claim claim;
  claim.each = each;
  claim.counter = counter;
  claim.limit = calls;
  return claim;
}
inline Claim LeaveClaim(uint32_t counter) {
  Claim claim;
  claim.kind = Claim::Kind::kLeave;
  claim.counter = counter;
  return claim;
}
inline Claim PassClaim(uint32_t counter, const CallRate& rate, uint64_t each = 0) {
  Claim claim;
  claim.each = each;
  claim.kind = Claim::Kind::kPass;
  claim.counter = counter;
  claim.subject = rate.burst;
  claim.limit = rate.calls;
  claim.span = rate.per;
  return claim;
}

// What the ledger has said to the claims of a question: known when the question
// is evaluated again.
class SettledClaims {
 public:
  bool IsRefused(uint32_t counter) const {
    for (uint32_t refused : refused_) {
      if (refused == counter) return true;
    }
    return all_refused_;
  }
  void Refuse(uint32_t counter) { refused_.push_back(counter); }
  // Every claim that can be refused is from now on.
  void RefuseAll() { all_refused_ = true; }
  // How many were refused.
  size_t refusals() const { return refused_.size(); }

  // The turn that the call has at `counter`, if it was given one.
  std::optional<uint32_t> TurnAt(uint32_t counter) const {
    for (const auto& [at, turn] : turns_) {
      if (at == counter) return turn;
    }
    return std::nullopt;
  }
  void GiveTurn(uint32_t counter, uint32_t turn) { turns_.emplace_back(counter, turn); }

 private:
  absl::InlinedVector<uint32_t, 4> refused_;
  absl::InlinedVector<std::pair<uint32_t, uint32_t>, 2> turns_;
  bool all_refused_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_CLAIM_H_
