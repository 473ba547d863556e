#ifndef LIBROUTE_CALL_CLAIM_H_
#define LIBROUTE_CALL_CLAIM_H_

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"

namespace libroute {

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
  };

  Kind kind = Kind::kPlace;
  // Index into the plan's counters.
  uint32_t counter = 0;
  // Uses are counted for each of these by itself: a number's packed digits, 0
  // where all share them.
  uint64_t subject = 0;
  // At least 1.
  uint32_t limit = 0;
  absl::Duration span;

  friend bool operator==(const Claim&, const Claim&) = default;
};

using Claims = absl::InlinedVector<Claim, 1>;

// Which counters have refused a claim of a call: what is known when its
// question is evaluated again.
class RefusedClaims {
 public:
  bool Has(uint32_t counter) const {
    for (uint32_t refused : counters_) {
      if (refused == counter) return true;
    }
    return all_;
  }
  void Add(uint32_t counter) { counters_.push_back(counter); }
  // Every claim is refused from now on.
  void AddAll() { all_ = true; }
  // How many were added.
  size_t size() const { return counters_.size(); }

 private:
  absl::InlinedVector<uint32_t, 4> counters_;
  bool all_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_CLAIM_H_
