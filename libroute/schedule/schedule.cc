#include "libroute/schedule/schedule.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/schedule/zone.h"

namespace libroute {
namespace {

constexpr int64_t kSecondsPerDay = 24 * 3600;

// The years 1970 to 9000: so far from the ends of kScheduledTime that no
// horizon and no search reaches them.
constexpr TimeSpan kCompileTime = {.begin = 0, .end = 221'876'928'000};

bool CanCompileAt(absl::Time now) {
  return kCompileTime.Contains(absl::ToUnixSeconds(now));
}

// The state at the begin of `window`, given when it is open in it.
OpenState StateAtBegin(const TimeSpan& window, const std::vector<TimeSpan>& open) {
  if (open.empty()) return {.open = false, .until = kNoChange};
  const TimeSpan& first = open.front();
  if (first.begin > window.begin) return {.open = false, .until = first.begin};
  return {.open = true, .until = first.end < window.end ? first.end : kNoChange};
}

}  // namespace

absl::StatusOr<std::shared_ptr<Schedule>> Schedule::Compile(ScheduleRules rules, absl::Time now) {
  absl::StatusOr<ResolvedRules> resolved =
      ResolveRules(std::make_shared<const ScheduleRules>(std::move(rules)));
  if (!resolved.ok()) return resolved.status();
  if (!CanCompileAt(now)) {
    return absl::InvalidArgumentError(absl::StrCat("the present time ",
                                                   absl::FormatTime(now, absl::UTCTimeZone()),
                                                   " is not in the years 1970 to 9000"));
  }
  std::shared_ptr<Schedule> schedule(new Schedule(*std::move(resolved)));
  schedule->Publish(schedule->BuildTimeline(now));
  return schedule;
}

Schedule::Schedule(ResolvedRules resolved)
    : resolved_(std::move(resolved)), zone_fingerprint_(ZoneFingerprint(resolved_.zone)) {}

OpenState Schedule::ComputeAt(int64_t unix_seconds) const {
  if (!kScheduledTime.Contains(unix_seconds)) return OpenState();
  OpenState state;
  // Most changes are near, so look farther only when none was found.
  for (int64_t length : {4 * kSecondsPerDay, 40 * kSecondsPerDay, kLookAheadSeconds}) {
    const TimeSpan window = {.begin = unix_seconds,
                             .end = std::min(unix_seconds + length, kScheduledTime.end)};
    state = StateAtBegin(window, ExpandRules(resolved_, window));
    if (state.until != kNoChange) break;
  }
  return state;
}

std::vector<TimeSpan> Schedule::OpenSpans(TimeSpan window) const {
  window.begin = std::max(window.begin, kScheduledTime.begin);
  window.end = std::min(window.end, kScheduledTime.end);
  if (window.begin >= window.end) return {};
  return ExpandRules(resolved_, window);
}

std::vector<absl::CivilDay> Schedule::OpeningDates(TimeSpan window) const {
  window.begin = std::max(window.begin, kScheduledTime.begin);
  window.end = std::min(window.end, kScheduledTime.end);
  if (window.begin >= window.end) return {};
  return DatesOpening(resolved_, window);
}

OpenState Schedule::AtLookingFar(int64_t unix_seconds) const {
  OpenState state = At(unix_seconds);
  if (!kScheduledTime.Contains(unix_seconds)) return state;
  constexpr int64_t kYear = 366 * kSecondsPerDay;
  for (int year = 2; year < kFarYears && state.until == kNoChange; ++year) {
    const TimeSpan window = {
        .begin = unix_seconds + year * kYear,
        .end = std::min(unix_seconds + (year + 1) * kYear, kScheduledTime.end)};
    if (window.begin >= window.end) break;
    const std::vector<TimeSpan> open = ExpandRules(resolved_, window);
    const OpenState later = StateAtBegin(window, open);
    state.until = later.open == state.open ? later.until : window.begin;
  }
  return state;
}

std::unique_ptr<const Timeline> Schedule::BuildTimeline(absl::Time now) const {
  const TimeSpan horizon = {.begin = absl::ToUnixSeconds(now - kBehind),
                            .end = absl::ToUnixSeconds(now + kAhead)};
  return std::make_unique<const Timeline>(horizon, ExpandRules(resolved_, horizon),
                                          ComputeAt(horizon.end - 1).until);
}

void Schedule::Publish(std::unique_ptr<const Timeline> timeline) {
  MutexLock lock(mutex_);
  // Of two threads that extend at once, the one that reaches farther wins.
  if (!timelines_.empty() && timeline->horizon().end <= timelines_.back()->horizon().end) return;
  timeline_.store(timeline.get(), std::memory_order_release);
  timelines_.push_back(std::move(timeline));
}

void Schedule::Extend(absl::Time now) {
  if (now < NextMaintenance() || !CanCompileAt(now)) return;
  Publish(BuildTimeline(now));
}

absl::Time Schedule::NextMaintenance() const {
  return absl::FromUnixSeconds(horizon().end) - kRenewal;
}

size_t Schedule::memory_bytes() const {
  MutexLock lock(mutex_);
  size_t bytes = sizeof(*this);
  for (const auto& timeline : timelines_) bytes += timeline->memory_bytes();
  return bytes;
}

}  // namespace libroute
