#include "libroute/schedule/expand.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/time/civil_time.h"

namespace libroute {
namespace {

// The consecutive dates that are looked at; DateRange's limit does not apply.
DateRange DatesAround(const TimeSpan& window, const absl::TimeZone& zone) {
  const auto date = [&zone](int64_t seconds) {
    return absl::CivilDay(zone.At(absl::FromUnixSeconds(seconds)).cs);
  };
  // Hours may run through the day after their own, and a zone that crosses the
  // date line moves them, or the clock, by one day more.
  return {.first = date(window.begin) - 3, .last = date(window.end) + 2};
}

DateRange Intersection(const DateRange& a, const DateRange& b) {
  return {.first = std::max(a.first, b.first), .last = std::min(a.last, b.last)};
}

// For each of `dates`: whether a calendar lists it, so that weekly hours do not
// apply. Whether it is closed or special makes no difference to them: a special
// day wins because its hours are added, and nothing takes hours away.
std::vector<bool> ListedDates(const ScheduleRules& rules, const DateRange& dates) {
  std::vector<bool> is_listed(dates.last - dates.first + 1);
  const auto mark = [&](const DateRange& listed) {
    const DateRange marked = Intersection(listed, dates);
    for (absl::CivilDay day = marked.first; day <= marked.last; ++day) {
      is_listed[day - dates.first] = true;
    }
  };
  for (const Calendar& calendar : rules.except) {
    for (const DateRange& closed : calendar.closed) mark(closed);
    for (const SpecialDay& special : calendar.special_days) mark(special.dates);
  }
  return is_listed;
}

int64_t Instant(const absl::TimeZone& zone, absl::CivilDay day, TimeOfDay time) {
  const absl::CivilMinute local = absl::CivilMinute(day) + time.minutes;
  return absl::ToUnixSeconds(zone.At(absl::CivilSecond(local)).pre);
}

TimeSpan OnDay(const OpeningHours& hours, absl::CivilDay day, const absl::TimeZone& zone) {
  return {.begin = Instant(zone, day, hours.from),
          .end = Instant(zone, hours.EndsNextDay() ? day + 1 : day, hours.to)};
}

std::vector<TimeSpan> WeeklySpans(const ScheduleRules& rules, const absl::TimeZone& zone,
                                  const DateRange& dates) {
  const std::vector<bool> is_listed = ListedDates(rules, dates);
  std::vector<TimeSpan> spans;
  for (absl::CivilDay day = dates.first; day <= dates.last; ++day) {
    if (is_listed[day - dates.first]) continue;
    const absl::Weekday weekday = absl::GetWeekday(day);
    for (const WeeklyHours& weekly : rules.weekly) {
      if (weekly.days.Contains(weekday)) spans.push_back(OnDay(weekly.hours, day, zone));
    }
  }
  return spans;
}

std::vector<TimeSpan> SpecialSpans(const ScheduleRules& rules, const absl::TimeZone& zone,
                                   const DateRange& dates) {
  std::vector<TimeSpan> spans;
  for (const Calendar& calendar : rules.except) {
    for (const SpecialDay& special : calendar.special_days) {
      const DateRange listed = Intersection(special.dates, dates);
      for (absl::CivilDay day = listed.first; day <= listed.last; ++day) {
        for (const OpeningHours& hours : special.hours) spans.push_back(OnDay(hours, day, zone));
      }
    }
  }
  return spans;
}

}  // namespace

std::vector<TimeSpan> ExpandRules(const ScheduleRules& rules, const absl::TimeZone& zone,
                                  const TimeSpan& window) {
  const DateRange dates = DatesAround(window, zone);
  std::vector<TimeSpan> spans = WeeklySpans(rules, zone, dates);
  const std::vector<TimeSpan> special = SpecialSpans(rules, zone, dates);
  spans.insert(spans.end(), special.begin(), special.end());
  return ClipSpans(MergeSpans(std::move(spans)), window);
}

}  // namespace libroute
