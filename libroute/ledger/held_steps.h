#ifndef LIBROUTE_LEDGER_HELD_STEPS_H_
#define LIBROUTE_LEDGER_HELD_STEPS_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "libroute/call/call.h"
#include "libroute/call/decision.h"
#include "libroute/epoch/expiring_map.h"

namespace libroute {

// The first decision of every step that had an effect (claims were granted, a
// contact centre was entered), so that asking again has none. A step is held
// for kHold after it was last asked, or for as long as the call may wait. Thread-safe; a look-up
// when nothing is held is one load. About a kilobyte a step.
class HeldSteps {
 public:
  static constexpr absl::Duration kHold = absl::Seconds(64);
  // At most so many are held (some threads may each add one more): a step beyond
  // them is not, and asking it again is entering again, as the same contact.
  static constexpr size_t kMaxHeld = 200'000;

  // What a step was first asked, and what it was told.
  struct Held {
    // Tells different questions apart.
    uint64_t question = 0;
    Decision decision;
    // The call has ended since.
    bool is_over = false;
  };

  bool empty() const { return steps_.empty(); }
  size_t size() const { return steps_.size(); }

  // The first decision of (call, step), which is then held on; nothing if none
  // is held.
  std::optional<Held> Find(const CallId& call, uint32_t step, absl::Time now);

  // Holds a decision, for `hold` at least, unless one is held already: then that one is
  // returned.
  std::optional<Held> Hold(const CallId& call, uint32_t step, Held held, absl::Time now,
                           absl::Duration hold = kHold);

  // The same, but this one is held from now on.
  void Replace(const CallId& call, uint32_t step, Held held, absl::Time now,
               absl::Duration hold = kHold);

  // The call has ended: its step is held for kHold more, and says so.
  void End(const CallId& call, uint32_t step, absl::Time now);

  // Drops what was not asked for kHold. Costs as much as is dropped or was asked
  // again since it was due; call it now and then.
  void Expire(absl::Time now);

  // When to call Expire.
  absl::Time NextDeadline() const { return steps_.NextDeadline(); }

 private:
  ExpiringMap<std::pair<CallId, uint32_t>, std::optional<Held>> steps_{kMaxHeld};
};

}  // namespace libroute

#endif  // LIBROUTE_LEDGER_HELD_STEPS_H_
