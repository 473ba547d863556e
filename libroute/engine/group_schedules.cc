#include "libroute/engine/group_schedules.h"

#include <algorithm>
#include <map>

#include "libroute/schedule/working_time.h"

namespace libroute {
namespace {

constexpr absl::Duration kLongest = absl::Hours(24 * 365);
constexpr absl::Duration kLookAgain = absl::Seconds(Schedule::kLookAheadSeconds / 2);

}  // namespace

std::vector<GroupSchedules::Change> GroupSchedules::Replace(std::vector<GroupHours> hours,
                                                            absl::Time now) {
  std::map<std::string, bool> before;
  for (const Entry& entry : entries_) before.emplace(entry.hours.group, entry.is_open);
  std::sort(hours.begin(), hours.end(),
            [](const GroupHours& a, const GroupHours& b) { return a.group < b.group; });
  entries_.clear();
  due_.clear();
  std::vector<Change> changes;
  for (GroupHours& each : hours) {
    entries_.push_back({std::move(each)});
    const size_t index = entries_.size() - 1;
    Look(index, now);
    const auto known = before.find(entries_[index].hours.group);
    const bool was_open = known == before.end() || known->second;
    if (known != before.end()) before.erase(known);
    if (entries_[index].is_open != was_open) changes.push_back(ChangeOf(index));
  }
  // Those without hours now.
  for (const auto& [group, was_open] : before) {
    if (!was_open) changes.push_back({group});
  }
  return changes;
}

const GroupSchedules::Entry* GroupSchedules::Find(absl::string_view group) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), group,
      [](const Entry& entry, absl::string_view name) { return entry.hours.group < name; });
  return found == entries_.end() || found->hours.group != group ? nullptr : &*found;
}

bool GroupSchedules::IsOpen(absl::string_view group) const {
  const Entry* entry = Find(group);
  return entry == nullptr || entry->is_open;
}

bool GroupSchedules::IsOpenAt(absl::string_view group, absl::Time at) const {
  const Entry* entry = Find(group);
  return entry == nullptr || entry->hours.schedule->At(at).open;
}

absl::Duration GroupSchedules::InOpenHours(absl::string_view group, absl::Duration open,
                                           absl::Time now) const {
  const Entry* entry = Find(group);
  if (entry == nullptr) return open;
  // In whole seconds, as schedules are.
  const absl::StatusOr<int64_t> end =
      AddOpenTime(*entry->hours.schedule, absl::ToUnixSeconds(now), absl::ToInt64Seconds(open));
  // It is hardly ever open: what would be over later must not be over sooner.
  if (absl::IsNotFound(end.status())) return kLongest;
  if (!end.ok()) return open;
  return std::clamp(absl::FromUnixSeconds(*end) - now, open, kLongest);
}

std::optional<GroupSchedules::Change> GroupSchedules::TakeNext() {
  const auto [at, index] = *due_.begin();
  due_.erase(due_.begin());
  const bool was_open = entries_[index].is_open;
  Look(index, at);
  if (entries_[index].is_open == was_open) return std::nullopt;
  return ChangeOf(index);
}

void GroupSchedules::Look(size_t index, absl::Time now) {
  Entry& entry = entries_[index];
  const OpenState state = entry.hours.schedule->At(now);
  entry.is_open = state.open;
  // A change far away is not told of yet.
  due_.emplace(state.until == kNoChange ? now + kLookAgain : absl::FromUnixSeconds(state.until),
               index);
}

GroupSchedules::Change GroupSchedules::ChangeOf(size_t index) const {
  const Entry& entry = entries_[index];
  return {entry.hours.group, entry.is_open, entry.hours.closing, entry.hours.drain};
}

}  // namespace libroute
