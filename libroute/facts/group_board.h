#ifndef LIBROUTE_FACTS_GROUP_BOARD_H_
#define LIBROUTE_FACTS_GROUP_BOARD_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/digits.h"
#include "libroute/epoch/mutex.h"
#include "libroute/facts/facts.h"

namespace libroute {

// How things stand in a group of agents, as in libroute.v1.GroupFigures.
struct GroupFigures {
  bool is_open = true;
  // Members that are logged in; that are ready, with a contact or without; and that could
  // be offered a call now.
  uint32_t logged_in = 0;
  uint32_t ready = 0;
  uint32_t free = 0;
  // Calls that wait, and for how long the first of them has.
  uint32_t waiting = 0;
  absl::Duration longest_wait;
  // Half of the calls that come now wait less; infinite if it cannot be said.
  absl::Duration expected_wait = absl::InfiniteDuration();

  friend bool operator==(const GroupFigures&, const GroupFigures&) = default;
};

// Who knows how things stand in the groups of a plan. One question should be told the same
// of a group each time that it asks.
class GroupBoard {
 public:
  virtual ~GroupBoard() = default;

  // Nothing if that is not known.
  virtual std::optional<GroupFigures> Find(absl::string_view group) const = 0;

  // What would be said to a call that comes to the group now: for explanations, since who
  // comes is told by the contact centre itself.
  virtual GroupState StateOf(absl::string_view /*group*/) const { return GroupState::kNoneFree; }

  // Whether somebody else is to be called back at that number: by another call than the one
  // with this seed.
  virtual bool IsPromised(E164Number /*number*/, uint64_t /*seed*/) const { return false; }
};

// Figures that were stated: of groups whose agents are kept elsewhere, and for tests of
// plans. Thread-safe.
class StatedFigures final : public GroupBoard {
 public:
  // Until they are stated anew, or cleared.
  void Set(absl::string_view group, const GroupFigures& figures) {
    MutexLock lock(mutex_);
    figures_.insert_or_assign(std::string(group), figures);
  }
  // From now on nothing is known of the group.
  void Clear(absl::string_view group) {
    MutexLock lock(mutex_);
    const auto found = figures_.find(group);
    if (found != figures_.end()) figures_.erase(found);
  }
  std::optional<GroupFigures> Find(absl::string_view group) const override {
    MutexLock lock(mutex_);
    const auto found = figures_.find(group);
    return found == figures_.end() ? std::nullopt : std::make_optional(found->second);
  }

 private:
  mutable Mutex mutex_;
  // By name.
  std::map<std::string, GroupFigures, std::less<>> figures_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_GROUP_BOARD_H_
