#ifndef LIBROUTE_LEDGER_LEDGER_H_
#define LIBROUTE_LEDGER_LEDGER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "libroute/call/call.h"
#include "libroute/call/claim.h"
#include "libroute/call/digits.h"
#include "libroute/call/outcome.h"
#include "libroute/epoch/expiring_map.h"
#include "libroute/facts/counters.h"
#include "libroute/ledger/window_count.h"

namespace libroute {

// A claim and the counter that it is made on; null for Claim::Kind::kProtect.
struct ClaimOn {
  Claim claim;
  Counter* counter = nullptr;
};
using ClaimsOn = absl::InlinedVector<ClaimOn, 4>;

// What decisions have used up, of whichever customer: places that calls hold,
// uses within a window of time, how fast they came, lines that are protected.
//
// A place is given back when its call ends, and at the latest when nothing was
// heard of the call for the lease. A use comes back when the window is over
// (WindowCount).
//
// Thread-safe. Granting costs about 0.2 us a claim; the counters of places are
// lock-free, so that many calls may want the same one; what a call holds, and
// what one caller has used, stands behind one of 64 locks. Reads no clock.
class Ledger {
 public:
  // So many callers' uses are counted; when there are more, those of others are
  // refused.
  static constexpr size_t kMaxUseCounts = 1'000'000;
  // So many numbers have places, or come at a rate, of their own (Claim::each); when
  // there are more, those of others are refused.
  static constexpr size_t kMaxCountedNumbers = 1'000'000;
  // So many lines are protected; the call for help that protects one more still
  // goes through, but the line is not protected.
  static constexpr size_t kMaxProtected = 4'000'000;

  // `lease` is more than 0.
  explicit Ledger(absl::Duration lease) : lease_(lease) {}

  // What came of the claims of a decision, all of which are granted or none.
  struct Granting {
    // None are: the index of the first that is refused.
    std::optional<size_t> refused;
    // None are but the turns, which the call keeps: these are others than the
    // decision took for granted. By index of the claim.
    absl::InlinedVector<std::pair<size_t, uint32_t>, 2> other_turns;

    bool is_granted() const { return !refused.has_value() && other_turns.empty(); }
  };
  // Turns are taken only when nothing is refused. `step` is that of the decision.
  Granting Grant(const CallId& call, absl::Span<const ClaimOn> claims, absl::Time now,
                 uint32_t step = 0);
  // What Grant would say; grants nothing.
  std::optional<size_t> Examine(const CallId& call, absl::Span<const ClaimOn> claims,
                                absl::Time now);

  // Whether somebody has called for help from `line` lately. One load when
  // nobody has from anywhere.
  bool IsProtected(E164Number line, absl::Time now);
  // Whether somebody has from anywhere.
  bool protects_any() const { return !protected_.empty(); }

  // How an attempt ended that was begun by the last decision.
  struct Attempt {
    // Of its dial; nothing: the only one, if no other is watched.
    std::optional<int> target;
    // The step that ordered it: one of another decision shows nothing of what is watched.
    // Nothing: the last one.
    std::optional<uint32_t> step;
    Reach reach = Reach::kUnknown;
    // When to come again, if that was said; else 0.
    absl::Duration retry_after;
    // By which gateway; empty: the only one of its group.
    absl::string_view gateway;
    // Another gateway was tried after it: it shows nothing of the target.
    bool is_of_gateway_alone = false;
  };
  void NoteAttempt(const CallId& call, const Attempt& attempt, absl::Time now);

  // The call is over: its places are free. Whether it had any.
  bool Release(const CallId& call);
  // All calls of this switch before `epoch` are over.
  void ReleaseBefore(absl::string_view switch_name, uint64_t epoch);
  // Whether the call has places. One load when no call has.
  bool Holds(const CallId& call, absl::Time now);
  // Whether it would have some once these are granted, those that they claim apart.
  bool WouldHold(const CallId& call, absl::Span<const ClaimOn> claims, absl::Time now);
  // News that the call is alive. Whether it holds places.
  bool Renew(const CallId& call, absl::Time now);

  // References of calls that hold places.
  struct Kept {
    std::vector<std::string> held;
    std::vector<std::string> given_back;
  };
  // Only `references` are alive of this switch and epoch: those are renewed,
  // the others over.
  Kept KeepLive(absl::string_view switch_name, uint64_t epoch,
                absl::Span<const std::string> references, absl::Time now);

  // Drops what is over; returns the calls whose leases are.
  std::vector<CallId> Expire(absl::Time now);
  // When Expire has something to do; InfiniteFuture if there is nothing.
  absl::Time NextDeadline() const;

  // Calls that hold places.
  size_t holders() const { return holders_.size(); }

 private:
  struct Place {
    Counter* counter = nullptr;
    // As Claim::each.
    uint64_t each = 0;

    friend bool operator==(const Place&, const Place&) = default;
  };
  using Places = absl::InlinedVector<Place, 2>;
  static Place PlaceOf(const ClaimOn& claim) { return {claim.counter, claim.claim.each}; }
  using Marks = absl::InlinedVector<bool, 32>;
  // Attempts of a call's last decision, as they were claimed.
  // What the last decision has begun to try.
  struct Watched {
    uint32_t step = 0;
    absl::InlinedVector<ClaimOn, 2> claims;
  };
  // Whether it is one that the attempt shows something of.
  void Watch(const CallId& call, const ClaimOn& claim, absl::Time now, uint32_t step);
  static bool IsMeant(const ClaimOn& claim, const Attempt& attempt, const Watched& watched);
  using UseKey = std::pair<const Counter*, uint64_t>;
  // What came of one claim.
  enum class Grants : uint8_t { kRefused, kGranted, kHadIt };

  Grants GrantOne(const CallId& call, const ClaimOn& claim, absl::Time now);
  // One of all places, or of those that its number has; and gives it back.
  bool TakePlace(const ClaimOn& claim, absl::Time now);
  void GiveBack(const Place& place);
  void GiveBackAll(Places& places);
  // News of the call that has them.
  void Prolong(const Places& places, absl::Time& until, absl::Time now);
  Grants GrantPass(const ClaimOn& claim, absl::Time now);
  Grants GrantPlace(const CallId& call, const ClaimOn& claim, absl::Time now);
  Grants GrantUse(const ClaimOn& claim, absl::Time now);
  void Protect(const Claim& claim, absl::Time now);
  void Undo(const CallId& call, const ClaimOn& claim, absl::Time now);
  // All were granted: what those do that cannot be refused.
  void NoteGranted(const CallId& call, const ClaimOn& claim, absl::Span<const ClaimOn> claims,
                   absl::Time now);
  // Takes the turns that the call does not have yet; notes all of them if one is
  // another than claimed.
  static void TakeTurns(absl::Span<const ClaimOn> claims, Granting& granting);
  // Those claims that are marked.
  void UndoAll(const CallId& call, absl::Span<const ClaimOn> claims, const Marks& newly,
               absl::Time now);

  // Of a claim that can be refused.
  bool WouldGrant(const CallId& call, const ClaimOn& claim, absl::Time now);
  void GiveBackPlace(const CallId& call, const ClaimOn& claim, absl::Time now);
  bool HasRoom(const ClaimOn& claim, absl::Time now);
  bool HasPlace(const CallId& call, const ClaimOn& claim, absl::Time now);
  uint32_t Taken(const ClaimOn& claim);
  bool MayPass(const ClaimOn& claim, absl::Time now);
  void UndoPass(const ClaimOn& claim);

  const absl::Duration lease_;
  ExpiringMap<CallId, Places> holders_;
  ExpiringMap<UseKey, WindowCount> uses_{kMaxUseCounts};
  // Of numbers that are counted by themselves: places that are taken, as long as some call
  // has one; and when their bucket is empty, in unix nanoseconds, until it is.
  ExpiringMap<UseKey, uint32_t> places_of_each_{kMaxCountedNumbers};
  ExpiringMap<UseKey, int64_t> passes_of_each_{kMaxCountedNumbers};
  ExpiringMap<CallId, Watched> watched_;
  // By packed digits.
  struct Nothing {};
  ExpiringMap<uint64_t, Nothing> protected_{kMaxProtected};
};

}  // namespace libroute

#endif  // LIBROUTE_LEDGER_LEDGER_H_
