#ifndef LIBROUTE_TREE_CALLER_SCREEN_H_
#define LIBROUTE_TREE_CALLER_SCREEN_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "libroute/tree/frame.h"

namespace libroute {

// Why a calling number cannot be a caller's.
enum class CallerFault : uint8_t { kNone, kUnreadable, kInvalid, kPremium };

// "is a number that a caller can have", "is not valid in its country", ...
absl::string_view CallerFaultText(CallerFault fault);

// What becomes of calls with calling numbers that no caller can have, before
// they come to their tree. Immutable; thread-safe.
class CallerScreen {
 public:
  // Values are those of v1.CallerIdentity.Treatment.
  enum class Treatment : uint8_t { kAccept = 1, kUnavailable, kReject };

  // `reject` is the node that refuses calls.
  CallerScreen(Treatment invalid, Treatment premium, NodeIndex reject)
      : invalid_(invalid), premium_(premium), reject_(reject) {}

  // At the first question about a call. Below 100 ns; a number that is withheld
  // is judged, too.
  CallerFault Find(Frame& frame) const;

  Treatment TreatmentOf(CallerFault fault) const;

  // The node where the call begins. Takes its number away where that is not to
  // be had.
  template <class Observer>
  NodeIndex Begin(Frame& frame, Observer& observer) const;

 private:
  Treatment invalid_;
  Treatment premium_;
  NodeIndex reject_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_CALLER_SCREEN_H_
