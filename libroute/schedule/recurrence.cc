#include "libroute/schedule/recurrence.h"

#include <algorithm>

#include "libroute/schedule/rule_times.h"

namespace libroute {
namespace {

constexpr int64_t kSecondsPerDay = 24 * 3600;

bool Holds(const std::vector<absl::CivilSecond>& sorted, absl::CivilSecond time) {
  return std::binary_search(sorted.begin(), sorted.end(), time);
}

}  // namespace

std::vector<Occurrence> Recurrence::Within(const TimeSpan& window) const {
  const auto local = [this](int64_t seconds) {
    return zone_.At(absl::FromUnixSeconds(seconds)).cs;
  };
  // A clock change moves an occurrence by a day at most (at the date line).
  const absl::CivilSecond from = local(window.begin) - nominal_seconds_ - 2 * kSecondsPerDay;
  const absl::CivilSecond to = local(window.end) + 2 * kSecondsPerDay;
  std::vector<Occurrence> occurrences;
  for (absl::CivilSecond start : Starts(from, to).times) {
    const TimeSpan span = {.begin = Place(start), .end = EndOf(start)};
    if (span.begin >= window.end || span.end <= window.begin) continue;
    const auto begin = schedule_zone_.At(absl::FromUnixSeconds(span.begin)).cs;
    occurrences.push_back({span, absl::CivilDay(zone_ == schedule_zone_ ? start : begin)});
  }
  return occurrences;
}

// Those from `from` to `to`, both included.
Recurrence::FoundStarts Recurrence::Starts(absl::CivilSecond from, absl::CivilSecond to) const {
  FoundStarts found;
  std::vector<absl::CivilSecond>& starts = found.times;
  if (!rule_.has_value() && from <= start_ && start_ <= to) starts.push_back(start_);
  for (auto rdate = std::lower_bound(rdates_.begin(), rdates_.end(), from);
       rdate != rdates_.end() && *rdate <= to; ++rdate) {
    starts.push_back(*rdate);
  }
  if (rule_.has_value() && to >= start_ && !IsOver(from)) {
    RuleTimes times(*rule_, start_, from, absl::CivilDay(to));
    for (auto time = times.Next(); time.has_value() && *time <= to && !IsOver(*time);
         time = times.Next()) {
      starts.push_back(*time);
    }
    found.work = times.work();
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  starts.erase(std::remove_if(starts.begin(), starts.end(),
                              [this](absl::CivilSecond start) { return IsExcluded(start); }),
               starts.end());
  return found;
}

bool Recurrence::IsExcluded(absl::CivilSecond start) const {
  return Holds(exdates_, start);
}

bool Recurrence::IsOver(absl::CivilSecond start) const {
  return (last_.has_value() && start > *last_) || (until_.has_value() && Place(start) > *until_);
}

int64_t Recurrence::Place(absl::CivilSecond local) const {
  return absl::ToUnixSeconds(zone_.At(local).pre);
}

int64_t Recurrence::EndOf(absl::CivilSecond start) const {
  return seconds_ > 0 ? Place(start) + seconds_ : Place(start + days_ * kSecondsPerDay);
}

}  // namespace libroute
