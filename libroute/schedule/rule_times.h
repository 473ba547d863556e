#ifndef LIBROUTE_SCHEDULE_RULE_TIMES_H_
#define LIBROUTE_SCHEDULE_RULE_TIMES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "libroute/schedule/recurrence_rule.h"
#include "libroute/schedule/rule_dates.h"

namespace libroute {

// The local times at which a rule occurs, ascending, each once, UNTIL and
// COUNT left aside:
//
//   RuleTimes times(rule, start, start);
//   while (std::optional<absl::CivilSecond> time = times.Next()) ...
//
// Jumps to any time at the cost of one period. Then some 2 us for each date of
// a WEEKLY to YEARLY rule, and some 10 ns for each minute, hour or day at which
// one of the other frequencies looks. Thread-compatible.
class RuleTimes {
 public:
  // In one call of Next no more than these periods are looked at.
  static constexpr int kMaxSteps = 1'000'000;

  // Those that are not before `start`, the recurrence's, nor before `from`, up
  // to the period of `last`. `rule` must outlive this.
  RuleTimes(const RecurrenceRule& rule, absl::CivilSecond start, absl::CivilSecond from,
            absl::CivilDay last = kLastRuleDay);
  ~RuleTimes();
  RuleTimes(const RuleTimes&) = delete;
  RuleTimes& operator=(const RuleTimes&) = delete;

  // Nothing when there is none until the last day or in kMaxSteps steps.
  std::optional<absl::CivilSecond> Next();

  // Why Next() returned nothing: it gave up.
  bool gave_up() const { return gave_up_; }

  // Periods looked at so far.
  int64_t steps() const { return steps_; }

  // What that cost, in units of about 0.1 us: kWorkOfDate for each date that
  // libical gave, one for each period and time.
  int64_t work() const;
  static constexpr int64_t kWorkOfDate = 20;

 private:
  class Periods;
  class DatePeriods;
  class ClockPeriods;

  const RecurrenceRule& rule_;
  const absl::CivilSecond first_;
  std::unique_ptr<Periods> periods_;
  // Of the present period, those from next_ on still to come.
  std::vector<absl::CivilSecond> times_;
  size_t next_ = 0;
  int64_t steps_ = 0;
  int64_t times_looked_at_ = 0;
  bool gave_up_ = false;
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_RULE_TIMES_H_
