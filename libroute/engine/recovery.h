#ifndef LIBROUTE_ENGINE_RECOVERY_H_
#define LIBROUTE_ENGINE_RECOVERY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libroute/engine/standing.h"
#include "libroute/facts/fact_history.h"
#include "libroute/tree/compiled_plan.h"

namespace libroute {

// What was set of a recovery plan last.
struct KnownRecovery {
  // Not off, and its time is not over.
  bool IsOn(int64_t now_seconds) const {
    return setting.state != RecoveryState::kOff && now_seconds < expires_seconds;
  }

  RecoverySetting setting;
  int64_t expires_seconds = FactCell::kForever;
  // Grows with each change of a customer's: of two that are on for one number, because
  // another revision has other numbers, the earlier one has it.
  uint64_t order = 0;
  FactHistory history;
};

// Of one customer, by the recovery plan's name, so that it outlives revisions.
using KnownRecoveries = std::map<std::string, KnownRecovery, std::less<>>;

// Which numbers of one revision are under which of its recovery plans. Immutable.
class RecoveryNow {
 public:
  // Null if none is on at `now_seconds`.
  static std::unique_ptr<const RecoveryNow> Make(const CompiledPlan& plan,
                                                 const KnownRecoveries& known, int64_t now_seconds);

  // What is on for the number with this index (NumberRoute::recovery).
  RecoveryOn Find(uint32_t number, int64_t now_seconds) const {
    const uint8_t on = of_number_[number];
    if (on == 0 || now_seconds >= on_[on - 1].expires_seconds) return RecoveryOn();
    return on_[on - 1].what;
  }

 private:
  struct On {
    RecoveryOn what;
    int64_t expires_seconds = 0;
  };

  // By the number's index: 1 and the index into `on_`; 0: none.
  std::vector<uint8_t> of_number_;
  std::vector<On> on_;
};

// Index of the recovery plan of that name, -1 if there is none.
int FindRecoveryPlan(const CompiledPlan& plan, absl::string_view name);

// Indices of those of its numbers that `written` names, all if it is empty; those that
// it is not for are left out.
std::vector<uint32_t> NumbersOf(const CompiledPlan& plan, int recovery,
                                const std::vector<std::string>& written);

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_RECOVERY_H_
