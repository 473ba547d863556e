#include "libroute/schedule/rule_distance.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "libroute/schedule/rule_dates.h"

namespace libroute {
namespace {

constexpr int64_t kSecondsPerDay = 24 * 3600;
constexpr int64_t kSecondsPerWeek = 7 * kSecondsPerDay;
constexpr int64_t kYearsOfCalendar = 400;
// Leap years come every fourth year in all of them.
constexpr absl::CivilDay kRegularYears(2001, 1, 1);
constexpr int64_t kDaysOfRegularYears = 30 * 366;

// The shortest of the distances between numbers of a cycle.
int64_t ShortestDistance(const std::vector<int>& sorted, int64_t cycle) {
  if (sorted.size() < 2) return cycle;
  int64_t shortest = cycle + sorted.front() - sorted.back();
  for (size_t i = 1; i < sorted.size(); ++i) {
    shortest = std::min<int64_t>(shortest, sorted[i] - sorted[i - 1]);
  }
  return shortest;
}

// Whether its dates depend on the day of the week alone, and on INTERVAL.
bool KnowsOnlyWeekdays(const RecurrenceRule& rule) {
  const bool has_plain_days = std::all_of(rule.days.begin(), rule.days.end(),
                                          [](const RuleDay& day) { return day.nth == 0; });
  const bool has_no_date = rule.months.empty() && rule.month_days.empty() &&
                           rule.year_days.empty() && rule.weeks.empty();
  const bool is_by_week = rule.frequency <= Frequency::kWeekly;
  return has_plain_days && has_no_date && (is_by_week || !rule.days.empty());
}

std::vector<int> AllBelow(int limit) {
  std::vector<int> numbers(limit);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

std::vector<int> Or(const std::vector<int>& listed, std::vector<int> otherwise) {
  return listed.empty() ? std::move(otherwise) : listed;
}

// The minutes of a day at which the rule may occur, ascending.
std::vector<int> MinutesOfDay(const RecurrenceRule& rule, absl::CivilSecond start) {
  const bool has_all_hours = rule.frequency <= Frequency::kHourly;
  const bool has_all_minutes = rule.frequency == Frequency::kMinutely;
  const std::vector<int> minutes =
      Or(rule.minutes, has_all_minutes ? AllBelow(60) : std::vector<int>{start.minute()});
  std::vector<int> times;
  for (int hour : Or(rule.hours, has_all_hours ? AllBelow(24) : std::vector<int>{start.hour()})) {
    for (int minute : minutes) times.push_back(hour * 60 + minute);
  }
  return times;
}

// The fewest days from one accepted date to the next, 366 at most.
int64_t ShortestDays(const RecurrenceRule& rule, absl::CivilDay first, int64_t count) {
  std::optional<absl::CivilDay> before;
  int64_t shortest = 366;
  for (absl::CivilDay day = first; day < first + count; ++day) {
    if (!AcceptsDate(rule, day)) continue;
    if (before.has_value()) shortest = std::min<int64_t>(shortest, day - *before);
    if (shortest == 1) break;
    before = day;
  }
  return shortest;
}

// Seconds from one period to the next, of a rule that knows only weekdays.
int64_t StepOf(const RecurrenceRule& rule) {
  const int64_t unit = rule.frequency == Frequency::kMinutely ? 60
                       : rule.frequency == Frequency::kHourly ? 3600
                       : rule.frequency == Frequency::kDaily  ? kSecondsPerDay
                                                              : kSecondsPerWeek;
  return unit * rule.interval;
}

}  // namespace

int64_t PlainDistance(const RecurrenceRule& rule) {
  const int64_t minutes = ShortestDistance(rule.minutes, 60) * 60;
  const bool is_minute_alone = rule.minutes.size() < 2;
  switch (rule.frequency) {
    case Frequency::kMinutely:
      return int64_t{rule.interval} * 60;
    case Frequency::kHourly:
      return is_minute_alone ? int64_t{rule.interval} * 3600 : minutes;
    default:
      break;
  }
  if (!is_minute_alone) return minutes;
  if (rule.hours.size() > 1) return ShortestDistance(rule.hours, 24) * 3600;
  if (rule.frequency == Frequency::kDaily) return rule.interval * kSecondsPerDay;
  const bool is_weekday_alone = rule.frequency == Frequency::kWeekly && rule.days.size() < 2;
  return is_weekday_alone ? rule.interval * kSecondsPerWeek : kSecondsPerDay;
}

std::optional<int64_t> EvenStep(const RecurrenceRule& rule) {
  const bool has_part = !rule.seconds.empty() || !rule.minutes.empty() || !rule.hours.empty() ||
                        !rule.days.empty() || !rule.positions.empty();
  if (rule.frequency > Frequency::kWeekly || has_part || !KnowsOnlyWeekdays(rule)) {
    return std::nullopt;
  }
  return std::min(StepOf(rule), 1000 * 366 * kSecondsPerDay);
}

int64_t DatesToCompare(const RecurrenceRule& rule) {
  if (KnowsOnlyWeekdays(rule)) return 14;
  return rule.weeks.empty() ? kDaysOfRegularYears : (kYearsOfCalendar + 2) * 366;
}

int64_t DistanceOfParts(const RecurrenceRule& rule, absl::CivilSecond start) {
  const std::vector<int> times = MinutesOfDay(rule, start);
  const RecurrenceRule full = Explicit(rule, absl::CivilDay(start));
  const int64_t days = ShortestDays(full, kRegularYears, DatesToCompare(full));
  int64_t minutes = days * 24 * 60 + times.front() - times.back();
  for (size_t i = 1; i < times.size(); ++i) {
    minutes = std::min<int64_t>(minutes, times[i] - times[i - 1]);
  }
  return minutes * 60;
}

absl::CivilSecond RepeatsFrom(const RecurrenceRule& rule, absl::CivilSecond from) {
  const absl::CivilDay day(from);
  const absl::CivilSecond calendar(absl::CivilDay(day.year() + kYearsOfCalendar, 12, 31));
  if (rule.frequency <= Frequency::kWeekly && KnowsOnlyWeekdays(rule)) {
    const int64_t step = StepOf(rule);
    if (step > calendar - from) return calendar;
    return std::min(calendar, from + std::lcm(step, kSecondsPerWeek));
  }
  // 28 years in which leap years come every fourth year are among 60: at most
  // one is left out in them. (Weeks are counted otherwise, and longer intervals
  // meet other years in every century.)
  const bool is_plain = rule.interval == 1 && rule.weeks.empty();
  return is_plain ? absl::CivilSecond(absl::CivilDay(day.year() + 61, 12, 31)) : calendar;
}

}  // namespace libroute
