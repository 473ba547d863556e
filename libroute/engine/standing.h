#ifndef LIBROUTE_ENGINE_STANDING_H_
#define LIBROUTE_ENGINE_STANDING_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/facts/fact_history.h"
#include "libroute/facts/facts.h"

// What people set by hand: switches and recovery plans, and how these stand.
namespace libroute {

// Who sets something, and when.
struct ChangedBy {
  std::string name;
  absl::Time at;
};

struct SwitchSetting {
  std::string name;
  // "off" or "on", or one of the switch's values.
  std::string value;
  // When it goes back to off, or to its first value, by itself.
  absl::Time until = absl::InfiniteFuture();
};

struct SwitchStanding {
  std::string name;
  std::string value;
  // absl::InfiniteFuture() unless it goes back by itself.
  absl::Time until = absl::InfiniteFuture();
  // The latest first, at most FactHistory::kMost.
  std::vector<FactChange> history;
};

struct RecoverySetting {
  std::string name;
  RecoveryState state = RecoveryState::kOff;
  // Which of the numbers that it is for: entries of the plan's `numbers`, as they are
  // written there. All of them if empty, also those that a later revision has. (Off is
  // always for all.)
  std::vector<std::string> numbers;
  // When it goes off by itself.
  absl::Time until = absl::InfiniteFuture();
};

struct RecoveryStanding {
  RecoverySetting setting;
  std::vector<FactChange> history;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_STANDING_H_
