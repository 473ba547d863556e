#include "libroute/schedule/schedule_pool.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/zone.h"

namespace libroute {

absl::StatusOr<std::shared_ptr<const Schedule>> SchedulePool::Get(ScheduleRules rules,
                                                                  absl::Time now) {
  absl::StatusOr<absl::TimeZone> zone = LoadZone(rules.time_zone);
  if (!zone.ok()) return zone.status();
  if (absl::Status status = CheckRules(rules); !status.ok()) return status;
  std::string key = absl::StrCat(Fingerprint(rules), absl::Hex(FingerprintOf(*zone)));
  if (std::shared_ptr<Schedule> schedule = Find(key)) {
    schedule->Extend(now);
    return schedule;
  }
  absl::StatusOr<std::shared_ptr<Schedule>> schedule = Schedule::Compile(std::move(rules), now);
  if (!schedule.ok()) return schedule.status();
  return Intern(std::move(key), *std::move(schedule));
}

uint64_t SchedulePool::FingerprintOf(const absl::TimeZone& zone) {
  {
    MutexLock lock(mutex_);
    const auto found = zone_fingerprints_.find(zone.name());
    if (found != zone_fingerprints_.end()) return found->second;
  }
  const uint64_t fingerprint = ZoneFingerprint(zone);
  MutexLock lock(mutex_);
  zone_fingerprints_.emplace(zone.name(), fingerprint);
  return fingerprint;
}

std::shared_ptr<Schedule> SchedulePool::Find(const std::string& key) const {
  MutexLock lock(mutex_);
  const auto found = schedules_.find(key);
  return found == schedules_.end() ? nullptr : found->second.lock();
}

std::shared_ptr<Schedule> SchedulePool::Intern(std::string key,
                                               std::shared_ptr<Schedule> schedule) {
  MutexLock lock(mutex_);
  if (schedules_.size() >= drop_at_) DropUnused();
  std::weak_ptr<Schedule>& held = schedules_[std::move(key)];
  // Another thread may have compiled the same rules meanwhile.
  if (std::shared_ptr<Schedule> earlier = held.lock()) return earlier;
  held = schedule;
  next_maintenance_ = std::min(next_maintenance_, schedule->NextMaintenance());
  return schedule;
}

void SchedulePool::DropUnused() {
  absl::erase_if(schedules_, [](const auto& entry) { return entry.second.expired(); });
  drop_at_ = std::max<size_t>(64, 2 * schedules_.size());
}

std::vector<std::shared_ptr<Schedule>> SchedulePool::Due(absl::Time now) const {
  std::vector<std::shared_ptr<Schedule>> due;
  MutexLock lock(mutex_);
  if (now < next_maintenance_) return due;
  for (const auto& [key, held] : schedules_) {
    std::shared_ptr<Schedule> schedule = held.lock();
    if (schedule == nullptr || now < schedule->NextMaintenance()) continue;
    due.push_back(std::move(schedule));
    if (due.size() == kExtendBatch) break;
  }
  return due;
}

void SchedulePool::FindNextMaintenance() {
  MutexLock lock(mutex_);
  DropUnused();
  next_maintenance_ = absl::InfiniteFuture();
  for (const auto& [key, held] : schedules_) {
    if (std::shared_ptr<Schedule> schedule = held.lock()) {
      next_maintenance_ = std::min(next_maintenance_, schedule->NextMaintenance());
    }
  }
}

void SchedulePool::Extend(absl::Time now) {
  if (now < NextMaintenance()) return;
  const std::vector<std::shared_ptr<Schedule>> due = Due(now);
  for (const std::shared_ptr<Schedule>& schedule : due) schedule->Extend(now);
  FindNextMaintenance();
}

absl::Time SchedulePool::NextMaintenance() const {
  MutexLock lock(mutex_);
  return next_maintenance_;
}

size_t SchedulePool::size() const {
  MutexLock lock(mutex_);
  return static_cast<size_t>(
      std::count_if(schedules_.begin(), schedules_.end(),
                    [](const auto& entry) { return !entry.second.expired(); }));
}

}  // namespace libroute
