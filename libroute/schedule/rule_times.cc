#include "libroute/schedule/rule_times.h"

#include <algorithm>

namespace libroute {
namespace {

constexpr absl::CivilSecond kEpoch(1970, 1, 1, 0, 0, 0);
constexpr int64_t kSecondsPerDay = 24 * 3600;

int64_t UnitOf(Frequency frequency) {
  if (frequency == Frequency::kMinutely) return 60;
  return frequency == Frequency::kHourly ? 3600 : kSecondsPerDay;
}

int64_t FloorTo(int64_t seconds, int64_t unit) {
  const int64_t rest = seconds % unit;
  return seconds - rest - (rest < 0 ? unit : 0);
}

bool Lists(const std::vector<int>& list, int number) {
  return list.empty() || std::binary_search(list.begin(), list.end(), number);
}

// The seconds since the beginning of a period at which it occurs, by the parts
// that list clock times. What is not listed is the start's, where the period
// does not say it.
std::vector<int64_t> ClockTimes(const RecurrenceRule& rule, absl::CivilSecond start) {
  const auto listed = [](const std::vector<int>& list, int otherwise) {
    return list.empty() ? std::vector<int>{otherwise} : list;
  };
  const std::vector<int> kWhole = {0};
  const bool has_hours =
      rule.frequency != Frequency::kMinutely && rule.frequency != Frequency::kHourly;
  const bool has_minutes = rule.frequency != Frequency::kMinutely;
  std::vector<int64_t> times;
  for (int hour : has_hours ? listed(rule.hours, start.hour()) : kWhole) {
    for (int minute : has_minutes ? listed(rule.minutes, start.minute()) : kWhole) {
      for (int second : listed(rule.seconds, start.second())) {
        times.push_back(hour * 3600 + minute * 60 + second);
      }
    }
  }
  return times;
}

// Those at the positions of BYSETPOS; all of them where there is none.
std::vector<absl::CivilSecond> AtPositions(const std::vector<int>& positions,
                                           std::vector<absl::CivilSecond> times) {
  if (positions.empty()) return times;
  const int size = static_cast<int>(times.size());
  std::vector<absl::CivilSecond> chosen;
  for (int position : positions) {
    const int index = position > 0 ? position - 1 : size + position;
    if (0 <= index && index < size) chosen.push_back(times[index]);
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

}  // namespace

// The periods of a rule in order, each with the times of all its parts but
// BYSETPOS.
class RuleTimes::Periods {
 public:
  virtual ~Periods() = default;
  // May be empty; nothing at the end of time.
  virtual std::optional<std::vector<absl::CivilSecond>> Next() = 0;
  // By libical.
  virtual int64_t dates_given() const { return 0; }
};

// Weeks, months and years.
class RuleTimes::DatePeriods : public RuleTimes::Periods {
 public:
  DatePeriods(const RecurrenceRule& rule, absl::CivilSecond start, absl::CivilSecond from,
              absl::CivilDay last)
      : dates_(rule, absl::CivilDay(start), absl::CivilDay(from), last),
        clock_(ClockTimes(rule, start)) {}

  std::optional<std::vector<absl::CivilSecond>> Next() override {
    const std::vector<absl::CivilDay> dates = dates_.Next();
    if (dates.empty()) return std::nullopt;
    std::vector<absl::CivilSecond> times;
    times.reserve(dates.size() * clock_.size());
    for (absl::CivilDay date : dates) {
      for (int64_t clock : clock_) times.push_back(absl::CivilSecond(date) + clock);
    }
    return times;
  }

  int64_t dates_given() const override { return dates_.dates_given(); }

 private:
  RuleDates dates_;
  const std::vector<int64_t> clock_;
};

// Days, hours and minutes: nothing adds dates to them, so each is only looked
// at. (libical steps through them at 2 us each, and through all of them up to
// its end where none fits: a rule by the minute takes it hours.)
class RuleTimes::ClockPeriods : public RuleTimes::Periods {
 public:
  ClockPeriods(const RecurrenceRule& rule, absl::CivilSecond start, absl::CivilSecond from,
               absl::CivilDay last)
      : rule_(rule),
        step_(UnitOf(rule.frequency) * rule.interval),
        end_(absl::CivilSecond(last + 1) - kEpoch),
        clock_(ClockTimes(rule, start)) {
    const int64_t first = FloorTo(start - kEpoch, UnitOf(rule.frequency));
    period_ = first + std::max<int64_t>(0, (from - kEpoch) - first) / step_ * step_;
  }

  std::optional<std::vector<absl::CivilSecond>> Next() override {
    if (period_ >= end_) return std::nullopt;
    const absl::CivilSecond period = kEpoch + period_;
    std::vector<absl::CivilSecond> times;
    if (!AcceptsDay(period_)) {
      const int64_t to_tomorrow = FloorTo(period_, kSecondsPerDay) + kSecondsPerDay - period_;
      period_ += (to_tomorrow + step_ - 1) / step_ * step_;
      return times;
    }
    period_ += step_;
    if (!AcceptsClock(period)) return times;
    for (int64_t clock : clock_) times.push_back(period + clock);
    return times;
  }

 private:
  bool AcceptsDay(int64_t seconds) {
    const int64_t day = FloorTo(seconds, kSecondsPerDay);
    if (day != day_) {
      day_ = day;
      accepts_day_ = AcceptsDate(rule_, absl::CivilDay(kEpoch + day));
    }
    return accepts_day_;
  }

  bool AcceptsClock(absl::CivilSecond period) const {
    if (rule_.frequency == Frequency::kDaily) return true;
    if (!Lists(rule_.hours, period.hour())) return false;
    return rule_.frequency == Frequency::kHourly || Lists(rule_.minutes, period.minute());
  }

  const RecurrenceRule& rule_;
  const int64_t step_;
  const int64_t end_;
  const std::vector<int64_t> clock_;
  // Local seconds since 1970.
  int64_t period_ = 0;
  // Whether this day was accepted; one day serves many minutes.
  int64_t day_ = -1;
  bool accepts_day_ = false;
};

RuleTimes::RuleTimes(const RecurrenceRule& rule, absl::CivilSecond start, absl::CivilSecond from,
                     absl::CivilDay last)
    : rule_(rule), first_(std::max(start, from)) {
  if (rule.frequency < Frequency::kWeekly) {
    periods_ = std::make_unique<ClockPeriods>(rule, start, from, std::min(last, kLastRuleDay));
  } else {
    periods_ = std::make_unique<DatePeriods>(rule, start, from, std::min(last, kLastRuleDay));
  }
}

RuleTimes::~RuleTimes() = default;

int64_t RuleTimes::work() const {
  return steps_ + times_looked_at_ + periods_->dates_given() * kWorkOfDate;
}

std::optional<absl::CivilSecond> RuleTimes::Next() {
  const int64_t last_step = steps_ + kMaxSteps;
  while (steps_ < last_step) {
    while (next_ < times_.size()) {
      const absl::CivilSecond time = times_[next_++];
      if (time >= first_) return time;
    }
    std::optional<std::vector<absl::CivilSecond>> times = periods_->Next();
    if (!times.has_value()) return std::nullopt;
    ++steps_;
    times_looked_at_ += static_cast<int64_t>(times->size());
    times_ = AtPositions(rule_.positions, *std::move(times));
    next_ = 0;
  }
  gave_up_ = true;
  return std::nullopt;
}

}  // namespace libroute
