#include "libroute/schedule/rule_dates.h"

#include <libical/ical.h>

#include <algorithm>

namespace libroute {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);
constexpr absl::Weekday kAllDays[] = {absl::Weekday::monday,    absl::Weekday::tuesday,
                                      absl::Weekday::wednesday, absl::Weekday::thursday,
                                      absl::Weekday::friday,    absl::Weekday::saturday,
                                      absl::Weekday::sunday};

// More than lies between any start and kLastRuleDay, and less than libical's
// 16 bits hold: longer intervals come to the same.
int IntervalOf(const RecurrenceRule& rule) {
  const int most = rule.frequency == Frequency::kWeekly    ? 32'000
                   : rule.frequency == Frequency::kMonthly ? 8'000
                                                           : 650;
  return std::min(rule.interval, most);
}

absl::CivilDay WeekBegin(absl::CivilDay day, absl::Weekday week_start) {
  return absl::PrevWeekday(day + 1, week_start);
}

// The year to which the week of `day` belongs: the one that has most of its
// days, thus its fourth.
int64_t WeekYear(absl::CivilDay day, absl::Weekday week_start) {
  return (WeekBegin(day, week_start) + 3).year();
}

// Whether `number`, or its negative counted from `length`'s end, is listed.
bool ListsNth(const std::vector<int>& list, int number, int length) {
  return std::any_of(list.begin(), list.end(),
                     [&](int listed) { return listed == number || listed == number - length - 1; });
}

int DaysInMonth(absl::CivilDay day) {
  return static_cast<int>(absl::CivilDay(absl::CivilMonth(day) + 1) -
                          absl::CivilDay(absl::CivilMonth(day)));
}

int DaysInYear(absl::CivilDay day) {
  return static_cast<int>(absl::CivilDay(absl::CivilYear(day) + 1) -
                          absl::CivilDay(absl::CivilYear(day)));
}

// Whether `day`, the `number`th of the `length` days of a month or year, is
// meant.
bool IsRuleDay(const RuleDay& rule_day, absl::CivilDay day, int number, int length) {
  if (absl::GetWeekday(day) != rule_day.day) return false;
  const int from_begin = (number - 1) / 7 + 1;
  const int from_end = -((length - number) / 7 + 1);
  return rule_day.nth == 0 || rule_day.nth == from_begin || rule_day.nth == from_end;
}

bool ListsDay(const RecurrenceRule& rule, absl::CivilDay day) {
  const bool in_month = rule.frequency == Frequency::kMonthly || !rule.months.empty();
  const int number = in_month ? day.day() : absl::GetYearDay(day);
  const int length = in_month ? DaysInMonth(day) : DaysInYear(day);
  return std::any_of(rule.days.begin(), rule.days.end(), [&](const RuleDay& rule_day) {
    return IsRuleDay(rule_day, day, number, length);
  });
}

// The week of its year, and how many weeks that year has.
bool ListsWeek(const RecurrenceRule& rule, absl::CivilDay day) {
  const int64_t year = WeekYear(day, rule.week_start);
  // The week with the 4th of January is the first.
  const absl::CivilDay first = WeekBegin(absl::CivilDay(year, 1, 4), rule.week_start);
  const absl::CivilDay next = WeekBegin(absl::CivilDay(year + 1, 1, 4), rule.week_start);
  return ListsNth(rule.weeks, static_cast<int>((day - first) / 7 + 1),
                  static_cast<int>((next - first) / 7));
}

}  // namespace

RecurrenceRule Explicit(RecurrenceRule rule, absl::CivilDay start) {
  const bool has_day = !rule.days.empty() || !rule.month_days.empty() || !rule.year_days.empty();
  if (has_day || rule.frequency < Frequency::kWeekly) return rule;
  if (rule.frequency == Frequency::kWeekly || !rule.weeks.empty()) {
    rule.days = {{0, absl::GetWeekday(start)}};
    return rule;
  }
  rule.month_days = {start.day()};
  if (rule.frequency == Frequency::kYearly && rule.months.empty()) rule.months = {start.month()};
  return rule;
}

bool AcceptsDate(const RecurrenceRule& rule, absl::CivilDay day) {
  const std::vector<int>& months = rule.months;
  if (!months.empty() && !std::binary_search(months.begin(), months.end(), day.month())) {
    return false;
  }
  if (!rule.days.empty() && !ListsDay(rule, day)) return false;
  return (rule.month_days.empty() || ListsNth(rule.month_days, day.day(), DaysInMonth(day))) &&
         (rule.year_days.empty() ||
          ListsNth(rule.year_days, absl::GetYearDay(day), DaysInYear(day))) &&
         (rule.weeks.empty() || ListsWeek(rule, day));
}

// Asks libical for the dates of the parts that add dates.
class RuleDates::Iterator {
 public:
  // The dates from `begin` on, the beginning of a period.
  Iterator(const RecurrenceRule& rule, absl::CivilDay begin) {
    icalrecurrencetype_clear(&asked_);
    asked_.interval = static_cast<short>(IntervalOf(rule));
    if (!rule.weeks.empty()) {
      AskWeeks(rule);
    } else if (rule.frequency == Frequency::kWeekly) {
      AskWeekly(rule);
    } else if (rule.frequency == Frequency::kMonthly) {
      AskMonthly(rule);
    } else {
      AskYearly(rule);
    }
    const absl::CivilDay first = begin + first_ - shift_;
    // Midnight; icaltime_null_date() would be an hour and more before it.
    icaltimetype start = {};
    start.is_date = 1;
    start.year = static_cast<int>(first.year());
    start.month = first.month();
    start.day = first.day();
    iterator_ = icalrecur_iterator_new(asked_, start);
  }
  ~Iterator() {
    if (iterator_ != nullptr) icalrecur_iterator_free(iterator_);
  }
  Iterator(const Iterator&) = delete;
  Iterator& operator=(const Iterator&) = delete;

  std::optional<absl::CivilDay> Next() {
    if (iterator_ == nullptr) return std::nullopt;
    const icaltimetype time = icalrecur_iterator_next(iterator_);
    if (icaltime_is_null_time(time)) return std::nullopt;
    const absl::CivilDay day = absl::CivilDay(time.year, time.month, time.day) + shift_;
    return day;
  }

 private:
  // Weeks that begin on Monday, from the first day that is wanted: with another
  // WKST, and for the last day of a week from its first one on, libical takes
  // the wrong ones when there is an INTERVAL.
  void AskWeekly(const RecurrenceRule& rule) {
    asked_.freq = ICAL_WEEKLY_RECURRENCE;
    shift_ = static_cast<int>(rule.week_start);
    first_ = 6;
    for (const RuleDay& day : rule.days) {
      first_ = std::min(first_, (static_cast<int>(day.day) + 7 - shift_) % 7);
    }
    AskDays(rule.days);
  }

  // Every week, without BYWEEKNO: of that libical gets the first week of the
  // first year, weeks counted from the end and other WKST wrong.
  void AskWeeks(const RecurrenceRule& rule) {
    asked_.freq = ICAL_WEEKLY_RECURRENCE;
    asked_.interval = 1;
    AskDays(rule.days);
  }

  // BYMONTHDAY or BYDAY, and no BYMONTH: what goes on for years without a date
  // is stepped through at our own pace.
  void AskMonthly(const RecurrenceRule& rule) {
    asked_.freq = ICAL_MONTHLY_RECURRENCE;
    if (!rule.month_days.empty()) {
      Ask(rule.month_days, 31, asked_.by_month_day);
    } else {
      AskDays(rule.days);
    }
  }

  // One of the parts that libical refuses together.
  void AskYearly(const RecurrenceRule& rule) {
    asked_.freq = ICAL_YEARLY_RECURRENCE;
    if (!rule.year_days.empty()) {
      Ask(rule.year_days, 366, asked_.by_year_day);
      return;
    }
    // BYMONTHDAY means every month where none is named; libical would take the
    // start's.
    if (!rule.month_days.empty() || !rule.months.empty()) Ask(rule.months, 12, asked_.by_month);
    if (!rule.month_days.empty()) {
      Ask(rule.month_days, 31, asked_.by_month_day);
    } else {
      AskDays(rule.days);
    }
  }

  // The numbers of a list; all up to `last` where there are none or more than
  // libical's lists hold: what is too much is refused later.
  template <size_t size>
  static void Ask(const std::vector<int>& numbers, int last, short (&list)[size]) {
    size_t count = 0;
    if (numbers.empty() || numbers.size() >= size) {
      for (int number = 1; number <= last; ++number) list[count++] = static_cast<short>(number);
    } else {
      for (int number : numbers) list[count++] = static_cast<short>(number);
    }
    list[count] = ICAL_RECURRENCE_ARRAY_MAX;
  }

  void AskDays(std::vector<RuleDay> days) {
    if (days.empty() || days.size() >= ICAL_BY_DAY_SIZE) {
      days.clear();
      for (absl::Weekday day : kAllDays) days.push_back({0, day});
    }
    // libical needs them in the order of its week.
    const auto in_week = [this](const RuleDay& day) {
      return (static_cast<int>(day.day) + 7 - shift_) % 7;
    };
    std::stable_sort(days.begin(), days.end(),
                     [&](const RuleDay& a, const RuleDay& b) { return in_week(a) < in_week(b); });
    size_t count = 0;
    for (const RuleDay& day : days) {
      // Its Sunday is 1.
      const int weekday = (in_week(day) + 1) % 7 + 1;
      const int packed = day.nth * 8 + (day.nth < 0 ? -weekday : weekday);
      asked_.by_day[count++] = static_cast<short>(packed);
    }
    asked_.by_day[count] = ICAL_RECURRENCE_ARRAY_MAX;
  }

  icalrecurrencetype asked_;
  // Days that libical's calendar is behind ours.
  int shift_ = 0;
  // Days from the beginning of the first period to libical's start.
  int first_ = 0;
  icalrecur_iterator* iterator_ = nullptr;
};

RuleDates::RuleDates(const RecurrenceRule& rule, absl::CivilDay start, absl::CivilDay from,
                     absl::CivilDay last)
    : rule_(Explicit(rule, start)), last_(last) {
  const int interval = IntervalOf(rule_);
  first_period_ = PeriodOf(start);
  const int64_t passed = std::max<int64_t>(0, (PeriodOf(from) - first_period_) / interval);
  iterator_ = std::make_unique<Iterator>(rule_, BeginOf(first_period_ + passed * interval));
  pending_ = NextDate();
}

RuleDates::~RuleDates() = default;

std::vector<absl::CivilDay> RuleDates::Next() {
  std::vector<absl::CivilDay> dates;
  if (!pending_.has_value()) return dates;
  const int64_t period = PeriodOf(*pending_);
  while (pending_.has_value() && PeriodOf(*pending_) == period) {
    dates.push_back(*pending_);
    pending_ = NextDate();
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

std::optional<absl::CivilDay> RuleDates::NextDate() {
  while (std::optional<absl::CivilDay> date = iterator_->Next()) {
    ++dates_given_;
    if (PeriodOf(*date) > PeriodOf(last_)) return std::nullopt;
    if (*date <= kLastRuleDay && Accepts(*date)) return date;
  }
  return std::nullopt;
}

bool RuleDates::Accepts(absl::CivilDay day) const {
  const int64_t passed = PeriodOf(day) - first_period_;
  return passed >= 0 && passed % IntervalOf(rule_) == 0 && AcceptsDate(rule_, day);
}

int64_t RuleDates::PeriodOf(absl::CivilDay day) const {
  switch (rule_.frequency) {
    case Frequency::kWeekly:
      return (WeekBegin(day, rule_.week_start) - WeekBegin(kEpoch, rule_.week_start)) / 7;
    case Frequency::kMonthly:
      return absl::CivilMonth(day) - absl::CivilMonth(kEpoch);
    default:
      return rule_.weeks.empty() ? day.year() : WeekYear(day, rule_.week_start);
  }
}

absl::CivilDay RuleDates::BeginOf(int64_t period) const {
  switch (rule_.frequency) {
    case Frequency::kWeekly:
      return WeekBegin(kEpoch, rule_.week_start) + 7 * period;
    case Frequency::kMonthly:
      return absl::CivilDay(absl::CivilMonth(kEpoch) + period);
    default:
      break;
  }
  if (rule_.weeks.empty()) return absl::CivilDay(period, 1, 1);
  return WeekBegin(absl::CivilDay(period, 1, 4), rule_.week_start);
}

}  // namespace libroute
