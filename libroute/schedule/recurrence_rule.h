#ifndef LIBROUTE_SCHEDULE_RECURRENCE_RULE_H_
#define LIBROUTE_SCHEDULE_RECURRENCE_RULE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libroute/schedule/written_time.h"

namespace libroute {

// How often a rule's period comes. SECONDLY is not among them: a schedule
// changes at most once a minute.
enum class Frequency { kMinutely, kHourly, kDaily, kWeekly, kMonthly, kYearly };

// A day of the week, or the nth one of a month or year (from its end when
// negative); 0 is every one.
struct RuleDay {
  friend bool operator==(const RuleDay&, const RuleDay&) = default;
  friend auto operator<=>(const RuleDay&, const RuleDay&) = default;

  int nth = 0;
  absl::Weekday day = absl::Weekday::monday;
};

// A recurrence rule of RFC 5545, 3.3.10, with every part but SECONDLY. A plain
// value; RuleTimes says when it occurs.
struct RecurrenceRule {
  static constexpr int kMaxInterval = 1'000'000'000;
  static constexpr int kMaxCount = 1'000'000;

  // Reads "FREQ=WEEKLY;BYDAY=MO,WE". InvalidArgument, naming the part and what
  // it may be, for anything that RFC 5545 does not allow: a part that is
  // unknown or there twice, values out of range, parts that do not go together,
  // UNTIL and COUNT; and for what a schedule cannot do: FREQ=SECONDLY, several
  // BYSECOND, a COUNT above kMaxCount.
  static absl::StatusOr<RecurrenceRule> Parse(absl::string_view text);

  friend bool operator==(const RecurrenceRule&, const RecurrenceRule&) = default;

  Frequency frequency = Frequency::kDaily;
  int interval = 1;
  std::optional<int> count;
  std::optional<WrittenTime> until;
  absl::Weekday week_start = absl::Weekday::monday;
  // Ascending, each once; empty where the part is not there.
  std::vector<int> seconds;
  std::vector<int> minutes;
  std::vector<int> hours;
  std::vector<RuleDay> days;
  std::vector<int> month_days;
  std::vector<int> year_days;
  std::vector<int> weeks;
  std::vector<int> months;
  std::vector<int> positions;
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_RECURRENCE_RULE_H_
