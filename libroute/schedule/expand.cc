#include "libroute/schedule/expand.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "libroute/schedule/zone.h"

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

// Some consecutive dates, each of them marked or not.
class DateMarks {
 public:
  explicit DateMarks(const DateRange& dates)
      : dates_(dates), marks_(dates.last - dates.first + 1) {}

  void Mark(const Calendar& calendar) {
    for (const DateRange& closed : calendar.closed) Mark(closed);
    for (const SpecialDay& special : calendar.special_days) Mark(special.dates);
  }
  bool Has(absl::CivilDay day) const { return dates_.Contains(day) && marks_[day - dates_.first]; }

 private:
  void Mark(const DateRange& listed) {
    const DateRange marked = Intersection(listed, dates_);
    for (absl::CivilDay day = marked.first; day <= marked.last; ++day) {
      marks_[day - dates_.first] = true;
    }
  }

  DateRange dates_;
  std::vector<bool> marks_;
};

// What the calendars of a schedule say of dates.
class ListedDates {
 public:
  ListedDates(const ScheduleRules& rules, const DateRange& dates) : except_(dates) {
    for (const Calendar& calendar : rules.except) except_.Mark(calendar);
    for (const Calendar& calendar : rules.only) {
      only_.emplace_back(dates);
      only_.back().Mark(calendar);
    }
  }

  // Whether anything may begin on `day`.
  bool AllowsAnything(absl::CivilDay day) const {
    return std::all_of(only_.begin(), only_.end(),
                       [day](const DateMarks& only) { return only.Has(day); });
  }
  // Whether weekly hours and recurrences may. Whether `except` has it closed or
  // special makes no difference to them: a special day wins because its hours
  // are added, and no calendar takes hours away.
  bool AllowsUsual(absl::CivilDay day) const { return !except_.Has(day) && AllowsAnything(day); }

 private:
  DateMarks except_;
  std::vector<DateMarks> only_;
};

int64_t Instant(const absl::TimeZone& zone, absl::CivilDay day, TimeOfDay time) {
  const absl::CivilMinute local = absl::CivilMinute(day) + time.minutes;
  return absl::ToUnixSeconds(zone.At(absl::CivilSecond(local)).pre);
}

TimeSpan OnDay(const OpeningHours& hours, absl::CivilDay day, const absl::TimeZone& zone) {
  return {.begin = Instant(zone, day, hours.from),
          .end = Instant(zone, hours.EndsNextDay() ? day + 1 : day, hours.to)};
}

// A span and the date to which it belongs.
struct DatedSpan {
  absl::CivilDay date;
  TimeSpan span;
};

void AddWeekly(const ResolvedRules& resolved, const ListedDates& listed, const DateRange& dates,
               std::vector<DatedSpan>& spans) {
  for (absl::CivilDay day = dates.first; day <= dates.last; ++day) {
    if (!listed.AllowsUsual(day)) continue;
    const absl::Weekday weekday = absl::GetWeekday(day);
    for (const WeeklyHours& weekly : resolved.rules->weekly) {
      if (!weekly.days.Contains(weekday)) continue;
      spans.push_back({day, OnDay(weekly.hours, day, resolved.zone)});
    }
  }
}

void AddSpecial(const ResolvedRules& resolved, const ListedDates& listed, const DateRange& dates,
                std::vector<DatedSpan>& spans) {
  for (const Calendar& calendar : resolved.rules->except) {
    for (const SpecialDay& special : calendar.special_days) {
      const DateRange days = Intersection(special.dates, dates);
      for (absl::CivilDay day = days.first; day <= days.last; ++day) {
        if (!listed.AllowsAnything(day)) continue;
        for (const OpeningHours& hours : special.hours) {
          spans.push_back({day, OnDay(hours, day, resolved.zone)});
        }
      }
    }
  }
}

void AddRecurrences(const ResolvedRules& resolved, const ListedDates& listed,
                    const TimeSpan& window, std::vector<DatedSpan>& spans) {
  for (const std::shared_ptr<const Recurrence>& recurrence : resolved.recurrences) {
    for (const Occurrence& occurrence : recurrence->Within(window)) {
      if (!listed.AllowsUsual(occurrence.date)) continue;
      spans.push_back({occurrence.date, occurrence.span});
    }
  }
}

// The dates around `window` on which something may begin that reaches into it.
DateRange BeginDates(const ResolvedRules& resolved, DateRange dates) {
  if (!resolved.recurrences.empty()) dates.first -= Recurrence::kMaxDays + 1;
  return dates;
}

// Those of its own hours that reach into `window`, other schedules left aside;
// not clipped, and some that do not reach into it.
std::vector<DatedSpan> OwnSpans(const ResolvedRules& resolved, const TimeSpan& window) {
  const DateRange dates = DatesAround(window, resolved.zone);
  const ListedDates listed(*resolved.rules, BeginDates(resolved, dates));
  std::vector<DatedSpan> spans;
  AddWeekly(resolved, listed, dates, spans);
  AddSpecial(resolved, listed, dates, spans);
  AddRecurrences(resolved, listed, window, spans);
  return spans;
}

// Whether any of the `open` spans, which are merged, has a part in `span`.
bool HasPartIn(const std::vector<TimeSpan>& open, const TimeSpan& span) {
  const auto first =
      std::upper_bound(open.begin(), open.end(), span.begin,
                       [](int64_t begin, const TimeSpan& each) { return begin < each.end; });
  return first != open.end() && first->begin < span.end && span.begin < span.end;
}

absl::StatusOr<std::vector<ResolvedRules>> ResolveAll(
    const std::vector<std::shared_ptr<const ScheduleRules>>& schedules) {
  std::vector<ResolvedRules> all;
  for (const std::shared_ptr<const ScheduleRules>& schedule : schedules) {
    absl::StatusOr<ResolvedRules> resolved = ResolveRules(schedule);
    if (!resolved.ok()) return resolved.status();
    all.push_back(*std::move(resolved));
  }
  return all;
}

absl::StatusOr<std::vector<std::shared_ptr<const Recurrence>>> CompileAll(
    const ScheduleRules& rules, const absl::TimeZone& zone) {
  if (!rules.compiled.empty()) return rules.compiled;
  std::vector<std::shared_ptr<const Recurrence>> compiled;
  RecurrenceBudget budget;
  for (const WrittenRecurrence& written : rules.recurrences) {
    absl::StatusOr<Recurrence> recurrence = Recurrence::Compile(written, zone, budget);
    if (!recurrence.ok()) return recurrence.status();
    compiled.push_back(std::make_shared<const Recurrence>(*std::move(recurrence)));
  }
  return compiled;
}

absl::StatusOr<std::vector<std::shared_ptr<const Recurrence>>> ResolveRecurrences(
    const ScheduleRules& rules, const absl::TimeZone& zone) {
  auto recurrences = CompileAll(rules, zone);
  if (!recurrences.ok()) return recurrences;
  int64_t starts = 0;
  for (const std::shared_ptr<const Recurrence>& recurrence : *recurrences) {
    starts += recurrence->most_starts();
  }
  if (starts <= kMaxRecurrenceStarts) return recurrences;
  return absl::InvalidArgumentError(
      absl::StrCat("the recurrences of a schedule may begin more than ", kMaxRecurrenceStarts,
                   " times in 400 days; let them begin less often"));
}

}  // namespace

absl::StatusOr<ResolvedRules> ResolveRules(std::shared_ptr<const ScheduleRules> rules) {
  if (absl::Status status = CheckRules(*rules); !status.ok()) return status;
  absl::StatusOr<absl::TimeZone> zone = LoadZone(rules->time_zone);
  if (!zone.ok()) return zone.status();
  ResolvedRules resolved = {.zone = *zone};
  absl::StatusOr<std::vector<std::shared_ptr<const Recurrence>>> recurrences =
      ResolveRecurrences(*rules, *zone);
  if (!recurrences.ok()) return recurrences.status();
  resolved.recurrences = *std::move(recurrences);
  absl::StatusOr<std::vector<ResolvedRules>> except = ResolveAll(rules->except_schedules);
  if (!except.ok()) return except.status();
  absl::StatusOr<std::vector<ResolvedRules>> only = ResolveAll(rules->only_schedules);
  if (!only.ok()) return only.status();
  resolved.except = *std::move(except);
  resolved.only = *std::move(only);
  resolved.rules = std::move(rules);
  return resolved;
}

std::vector<TimeSpan> ExpandRules(const ResolvedRules& resolved, const TimeSpan& window) {
  std::vector<TimeSpan> spans;
  for (const DatedSpan& own : OwnSpans(resolved, window)) spans.push_back(own.span);
  spans = ClipSpans(MergeSpans(std::move(spans)), window);
  for (const ResolvedRules& except : resolved.except) {
    spans = SubtractSpans(spans, ExpandRules(except, window));
  }
  for (const ResolvedRules& only : resolved.only) {
    spans = IntersectSpans(spans, ExpandRules(only, window));
  }
  return spans;
}

std::vector<absl::CivilDay> DatesOpening(const ResolvedRules& resolved, const TimeSpan& window) {
  const std::vector<TimeSpan> open = ExpandRules(resolved, window);
  std::vector<absl::CivilDay> dates;
  for (const DatedSpan& own : OwnSpans(resolved, window)) {
    if (HasPartIn(open, own.span)) dates.push_back(own.date);
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

}  // namespace libroute
