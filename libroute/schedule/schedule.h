#ifndef LIBROUTE_SCHEDULE_SCHEDULE_H_
#define LIBROUTE_SCHEDULE_SCHEDULE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libroute/epoch/mutex.h"
#include "libroute/schedule/expand.h"
#include "libroute/schedule/rules.h"
#include "libroute/schedule/timeline.h"

namespace libroute {

// A schedule in its time zone: says for any instant whether it is open and
// when that changes.
//
//   auto schedule = Schedule::Compile(rules, now);
//   if (!schedule.ok()) return schedule.status();
//   if ((*schedule)->At(call.arrival).open) ...
//
// Answers near the present come from a timeline, in 2 to 10 ns; all others are
// computed from the rules, in 1 us to 2 ms. Both are the same: an answer depends
// on the rules, the zone's data and the instant only, not on when the schedule
// was compiled or extended.
//
// Thread-safe. At() is an acquire load and a look-up, without a lock. The
// timeline is replaced as time goes by (Extend); the ones before are kept until
// the schedule is destroyed, so that readers need no protection: one of 3 to
// 6 KB in 200 days.
class Schedule {
 public:
  // The timeline reaches from kBehind before `now` to kAhead after it, and is
  // due for extension when less than kRenewal of it is left.
  static constexpr absl::Duration kBehind = absl::Hours(3 * 24);
  static constexpr absl::Duration kAhead = absl::Hours(400 * 24);
  static constexpr absl::Duration kRenewal = absl::Hours(200 * 24);
  // A change that lies this far or farther after the instant asked about is
  // reported as kNoChange.
  static constexpr int64_t kLookAheadSeconds = 800 * 24 * 3600;

  // InvalidArgument when the rules do not pass ResolveRules (expand.h), or `now`
  // is not in the years 1970 to 9000. Takes some 50 us; with recurrences, some
  // 2 us more for each time that they occur within the horizon.
  static absl::StatusOr<std::shared_ptr<Schedule>> Compile(ScheduleRules rules, absl::Time now);

  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;

  // The state at this time, fractions of a second cut off. Outside the years 1
  // to 9999 (kScheduledTime in expand.h): closed, no change known.
  OpenState At(int64_t unix_seconds) const {
    const Timeline& timeline = *timeline_.load(std::memory_order_acquire);
    if (!timeline.Covers(unix_seconds)) return ComputeAt(unix_seconds);
    OpenState state = timeline.At(unix_seconds);
    if (state.until >= unix_seconds + kLookAheadSeconds) state.until = kNoChange;
    return state;
  }
  OpenState At(absl::Time time) const { return At(absl::ToUnixSeconds(time)); }

  // The same answer without the timeline: 1 us when a change is near, up to
  // some 0.1 ms when none is; with recurrences 0.1 to 2 ms.
  OpenState ComputeAt(int64_t unix_seconds) const;

  // When it is open within `window`, ascending, cut at the window's ends; for
  // people to look at. Linear in the window's days, which the caller bounds.
  std::vector<TimeSpan> OpenSpans(TimeSpan window) const;

  // The dates, in its zone, on which hours begin that have it open within
  // `window` (DatesOpening in expand.h). Linear as well.
  std::vector<absl::CivilDay> OpeningDates(TimeSpan window) const;

  // As At, but looks for the next change kFarYears ahead, for people to look
  // at: what opens on a 29 February that is a Monday may have it decades away.
  // Up to some 50 ms, more with recurrences.
  OpenState AtLookingFar(int64_t unix_seconds) const;
  static constexpr int kFarYears = 50;

  // Within the present horizon.
  bool NeverOpens() const { return current().NeverOpens(); }
  bool AlwaysOpen() const { return current().AlwaysOpen(); }
  TimeSpan horizon() const { return current().horizon(); }

  // Moves the horizon to `now` when NextMaintenance() has come; otherwise, or
  // for a `now` that Compile refuses, does nothing. Costs as much as Compile.
  // Readers are not held up.
  void Extend(absl::Time now);

  // When Extend is due. Nothing is lost when it comes late, except speed.
  absl::Time NextMaintenance() const;

  const ScheduleRules& rules() const { return *resolved_.rules; }
  const absl::TimeZone& zone() const { return resolved_.zone; }
  // ZoneFingerprint of the zone's data that was compiled.
  uint64_t zone_fingerprint() const { return zone_fingerprint_; }

  // Without the rules.
  size_t memory_bytes() const;

 private:
  explicit Schedule(ResolvedRules resolved);

  const Timeline& current() const { return *timeline_.load(std::memory_order_acquire); }
  std::unique_ptr<const Timeline> BuildTimeline(absl::Time now) const;
  void Publish(std::unique_ptr<const Timeline> timeline);

  const ResolvedRules resolved_;
  const uint64_t zone_fingerprint_;
  // The last of timelines_.
  std::atomic<const Timeline*> timeline_ = nullptr;
  mutable Mutex mutex_;
  std::vector<std::unique_ptr<const Timeline>> timelines_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_SCHEDULE_H_
