#ifndef LIBROUTE_SCHEDULE_RECURRENCE_H_
#define LIBROUTE_SCHEDULE_RECURRENCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libroute/schedule/recurrence_rule.h"
#include "libroute/schedule/timeline.h"
#include "libroute/schedule/written_time.h"

namespace libroute {

// Hours that come again, as RFC 5545 describes them and a person writes them.
// All times have the form of `start`: a date, a local time or one in UTC (and
// UNTIL of a local one may be in UTC).
struct WrittenRecurrence {
  // In the years 1601 to 2100. Where the rule does not give it, which RFC 5545,
  // 3.8.5.3, leaves undefined, it is not an occurrence, as with most readers of
  // calendars: the rule begins with its first time after it.
  std::string start;
  // How long each one lasts, in one of three ways; none for one day, when
  // `start` is a date. With `end`, all last exactly as long as the first
  // (3.8.5.3).
  std::string end;
  // Exact, to the second, 366 days at most.
  std::optional<absl::Duration> duration;
  // On the calendar: a day may have 23 or 25 hours. 0: not said.
  int days = 0;
  // As RecurrenceRule::Parse reads it; none when empty.
  std::string rrule;
  // More starts, and those at which it does not occur after all.
  std::vector<std::string> rdate;
  std::vector<std::string> exdate;
};

// One time that a recurrence occurs.
struct Occurrence {
  friend bool operator==(const Occurrence&, const Occurrence&) = default;

  TimeSpan span;
  // The date on which it begins, by the zone it was compiled for.
  absl::CivilDay date;
};

// How much work may still be spent on checking recurrences: that of RuleTimes,
// in units of up to a microsecond, and one for each date otherwise looked at. Those of
// a plan share one.
struct RecurrenceBudget {
  static constexpr int64_t kMost = 3'000'000;
  bool is_spent() const { return left < 0; }

  int64_t left = kMost;
};

// A recurrence in a time zone: says when it occurs. It is reckoned on the wall
// clock, then placed in time: a local time that does not exist is read with the
// offset before the gap, one that exists twice is its first (3.3.5).
//
// Nothing occurs after the year 2500 (kLastRuleDay). Immutable, thread-safe.
class Recurrence {
 public:
  // With which calendars begin that do not know when something did.
  static constexpr int kFirstYear = 1601;
  static constexpr int kMaxDates = 1'000;
  static constexpr int kMaxDays = 366;
  static constexpr int kMaxYearsWithout = 400;

  // InvalidArgument, of which FieldOf tells the field, when something cannot be
  // read or is out of its range; when the length is not given, given twice or
  // not positive; and when, judged on the wall clock, it overlaps itself,
  // begins twice in a minute, or never occurs: not within 400 years or
  // RuleTimes::kMaxSteps steps, the message says which.
  //
  // Costs some 10 us; with COUNT and a part BY..., up to 2 us for each time;
  // when an occurrence lasts longer than the shortest distance between any two
  // dates of its kind, up to 2 us for each time in which the rule repeats
  // itself. What it costs is taken from `budget`; InvalidArgument as well when
  // that does not suffice. NotFound when all its times are among `exdate`.
  static absl::StatusOr<Recurrence> Compile(const WrittenRecurrence& written,
                                            const absl::TimeZone& zone, RecurrenceBudget& budget);
  // With a budget of its own.
  static absl::StatusOr<Recurrence> Compile(const WrittenRecurrence& written,
                                            const absl::TimeZone& zone);

  // The name of the field in WrittenRecurrence with which Compile found fault,
  // "rdate[3]" for one of several.
  static std::string FieldOf(const absl::Status& status);

  // Those that overlap with `window`, ascending. Costs some 20 us, and 2 us
  // for each; what was before the window costs nothing.
  std::vector<Occurrence> Within(const TimeSpan& window) const;

  // How often it begins in 400 days at the most, by its rule.
  int64_t most_starts() const { return most_starts_; }

  // The zone for which it was compiled.
  const absl::TimeZone& zone() const { return schedule_zone_; }

  // Whether the rule does not give the start, which was hardly meant.
  bool starts_outside_rule() const { return starts_outside_rule_; }

 private:
  friend class RecurrenceCompiler;

  Recurrence() = default;

  struct FoundStarts {
    std::vector<absl::CivilSecond> times;
    // As RuleTimes counts it.
    int64_t work = 0;
  };

  FoundStarts Starts(absl::CivilSecond from, absl::CivilSecond to) const;
  bool IsExcluded(absl::CivilSecond start) const;
  // By UNTIL or COUNT.
  bool IsOver(absl::CivilSecond start) const;
  int64_t Place(absl::CivilSecond local) const;
  int64_t EndOf(absl::CivilSecond start) const;

  absl::CivilSecond start_;
  std::optional<RecurrenceRule> rule_;
  bool starts_outside_rule_ = false;
  int64_t most_starts_ = 1;
  // The last by COUNT or by a local UNTIL; the instant of one in UTC.
  std::optional<absl::CivilSecond> last_;
  std::optional<int64_t> until_;
  // Exact seconds, or days when these are 0.
  int64_t seconds_ = 0;
  int days_ = 0;
  // On the wall clock.
  int64_t nominal_seconds_ = 0;
  // Ascending.
  std::vector<absl::CivilSecond> rdates_;
  std::vector<absl::CivilSecond> exdates_;
  // Of the times written here, and of the schedule.
  absl::TimeZone zone_;
  absl::TimeZone schedule_zone_;
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_RECURRENCE_H_
