#ifndef LIBROUTE_SCHEDULE_SCHEDULE_POOL_H_
#define LIBROUTE_SCHEDULE_SCHEDULE_POOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/epoch/mutex.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/schedule.h"

namespace libroute {

// The schedules that are in use, each held once: plans with the same hours, in
// the same zone with the same data, share one. The pool does not keep a
// schedule alive; whoever got it does. Thread-safe.
//
//   SchedulePool pool;
//   auto hours = pool.Get(rules, now);             // while compiling a plan
//   if (now >= pool.NextMaintenance()) pool.Extend(now);  // now and then
class SchedulePool {
 public:
  // How many schedules one call of Extend moves at most: some 25 ms of work.
  static constexpr int kExtendBatch = 512;

  // The schedule of these rules, with its horizon at `now`. Errors as
  // Schedule::Compile, which it costs when the schedule is new.
  absl::StatusOr<std::shared_ptr<const Schedule>> Get(ScheduleRules rules, absl::Time now);

  // Moves the horizon of schedules for which that is due, kExtendBatch at
  // most; while more are due, NextMaintenance() is not after `now`. Readers of
  // the schedules and callers of Get are not held up meanwhile.
  void Extend(absl::Time now);

  // When Extend is due; InfiniteFuture when there is no schedule. May be
  // earlier than needed, where a schedule has gone. Constant cost.
  absl::Time NextMaintenance() const;

  // Schedules in use. Linear in them.
  size_t size() const;

 private:
  uint64_t FingerprintOf(const absl::TimeZone& zone);
  std::shared_ptr<Schedule> Find(const std::string& key) const;
  // The schedule of that key that is held already, else `schedule`, which then
  // is held.
  std::shared_ptr<Schedule> Intern(std::string key, std::shared_ptr<Schedule> schedule);
  std::vector<std::shared_ptr<Schedule>> Due(absl::Time now) const;
  void DropUnused() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FindNextMaintenance();

  mutable Mutex mutex_;
  absl::flat_hash_map<std::string, std::weak_ptr<Schedule>> schedules_ ABSL_GUARDED_BY(mutex_);
  // By name: a zone's data stays as it was first loaded (see LoadZone), and a
  // fingerprint costs more than all the rest of finding a schedule.
  absl::flat_hash_map<std::string, uint64_t> zone_fingerprints_ ABSL_GUARDED_BY(mutex_);
  // The entries whose schedule has gone are dropped when there are this many.
  size_t drop_at_ ABSL_GUARDED_BY(mutex_) = 64;
  absl::Time next_maintenance_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_SCHEDULE_POOL_H_
