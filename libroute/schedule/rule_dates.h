#ifndef LIBROUTE_SCHEDULE_RULE_DATES_H_
#define LIBROUTE_SCHEDULE_RULE_DATES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "libroute/schedule/recurrence_rule.h"

namespace libroute {

// No date after it is computed: libical's own end is the year 2582.
constexpr absl::CivilDay kLastRuleDay(2500, 12, 31);

// The dates of a rule of a frequency from WEEKLY to YEARLY, a period (week,
// month or year of the rule) at a time, by libical.
//
// libical 3.0.16 gets the plain rules right and stumbles over many others
// (recurrence_faults_test.cc has those that we know), so it is only asked the
// plain question: which dates do the parts that add dates give, from the
// beginning of a period on? What a rule leaves to its start is written out
// before; parts that only refuse dates are looked at here; times of day,
// BYSETPOS, COUNT and UNTIL are their reader's business. Thus it always makes
// progress, at some 2 us a date.
//
// Thread-compatible.
class RuleDates {
 public:
  // From the last period that begins on or before `from`, or an earlier one;
  // `start` is the recurrence's. None of a period after that of `last`, which
  // is kLastRuleDay at most.
  RuleDates(const RecurrenceRule& rule, absl::CivilDay start, absl::CivilDay from,
            absl::CivilDay last);
  ~RuleDates();
  RuleDates(const RuleDates&) = delete;
  RuleDates& operator=(const RuleDates&) = delete;

  // The dates of the next period that has any, ascending; empty when there is
  // none until the last day.
  std::vector<absl::CivilDay> Next();

  // How many dates libical gave so far, whether or not they were refused.
  int64_t dates_given() const { return dates_given_; }

 private:
  class Iterator;

  std::optional<absl::CivilDay> NextDate();
  bool Accepts(absl::CivilDay day) const;
  // Weeks or months since 1970, or the year.
  int64_t PeriodOf(absl::CivilDay day) const;
  absl::CivilDay BeginOf(int64_t period) const;

  // With what it leaves to the start written out.
  const RecurrenceRule rule_;
  const absl::CivilDay last_;
  int64_t dates_given_ = 0;
  int64_t first_period_ = 0;
  std::unique_ptr<Iterator> iterator_;
  std::optional<absl::CivilDay> pending_;
};

// `rule` with what it leaves to its start written out: the weekday, or the day
// of the month and the month.
RecurrenceRule Explicit(RecurrenceRule rule, absl::CivilDay start);

// Whether `day` is among those of each part of `rule` that lists dates.
bool AcceptsDate(const RecurrenceRule& rule, absl::CivilDay day);

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_RULE_DATES_H_
