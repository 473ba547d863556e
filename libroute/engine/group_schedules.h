#ifndef LIBROUTE_ENGINE_GROUP_SCHEDULES_H_
#define LIBROUTE_ENGINE_GROUP_SCHEDULES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/tree/group_hours.h"

namespace libroute {

// The groups of a centre that open and close by schedule, and when they do next.
class GroupSchedules {
 public:
  // A group that opens or closes.
  struct Change {
    std::string group;
    bool opens = true;
    contact::Closing closing = contact::Closing::kDrain;
    absl::Duration drain;
  };

  // Replaces the hours. Returned are the groups that by theirs are now other than by those before
  // (without hours a group is open): what was done by hand since is not undone.
  std::vector<Change> Replace(std::vector<GroupHours> hours, absl::Time now);

  // Whether it is open by its hours: always, if it has none.
  bool IsOpen(absl::string_view group) const;
  // The same at any time.
  bool IsOpenAt(absl::string_view group, absl::Time at) const;

  // How long it takes from `now` until it has been open for so long; a year at most, also where
  // it is hardly ever open, and what it was asked for if the group has no hours.
  absl::Duration InOpenHours(absl::string_view group, absl::Duration open, absl::Time now) const;

  // When the next group opens or closes, at the latest; InfiniteFuture if none has hours.
  absl::Time NextDue() const { return due_.empty() ? absl::InfiniteFuture() : due_.begin()->first; }

  // What changes at NextDue(), which must be a time; nothing if that was only a time to look.
  std::optional<Change> TakeNext();

 private:
  struct Entry {
    GroupHours hours;
    bool is_open = true;
  };

  // Null if it has no hours.
  const Entry* Find(absl::string_view group) const;
  // Its state at `now`, and when that changes.
  void Look(size_t index, absl::Time now);
  Change ChangeOf(size_t index) const;

  // In the order of their groups' names.
  std::vector<Entry> entries_;
  absl::btree_set<std::pair<absl::Time, size_t>> due_;
};

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_GROUP_SCHEDULES_H_
