#include "libroute/schedule/working_time.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

constexpr int64_t kYear = 366 * 24 * 3600;

absl::Status NotOpen(absl::string_view what) {
  return absl::NotFoundError(
      absl::StrCat("the schedule ", what, " within ", kMaxWorkingTimeYears, " years"));
}

int64_t BeginOf(const Schedule& schedule, absl::CivilDay day) {
  const absl::TimeZone::TimeInfo info = schedule.zone().At(absl::CivilSecond(day));
  // The change itself, where midnight is left out.
  const bool is_skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  return absl::ToUnixSeconds(is_skipped ? info.trans : info.pre);
}

// What begins on a day may last for days, after what is left out of it.
bool IsWorkingDay(const Schedule& schedule, absl::CivilDay day) {
  const int64_t begin = BeginOf(schedule, day);
  const std::vector<absl::CivilDay> dates = schedule.OpeningDates({begin, begin + 2 * kYear});
  return std::binary_search(dates.begin(), dates.end(), day);
}

absl::StatusOr<absl::CivilDay> NextWorkingDay(const Schedule& schedule, absl::CivilDay day) {
  const int64_t begin = BeginOf(schedule, day + 1);
  for (int year = 0; year < kMaxWorkingTimeYears; ++year) {
    const std::vector<absl::CivilDay> dates =
        schedule.OpeningDates({begin + year * kYear, begin + (year + 2) * kYear});
    const auto next = std::upper_bound(dates.begin(), dates.end(), day);
    if (next != dates.end()) return *next;
  }
  return NotOpen("is not open");
}

}  // namespace

absl::StatusOr<int64_t> AddOpenTime(const Schedule& schedule, int64_t from, int64_t open_seconds) {
  if (open_seconds <= 0) {
    return absl::InvalidArgumentError("the open time to add must be longer than nothing");
  }
  int64_t left = open_seconds;
  for (int year = 0; year < kMaxWorkingTimeYears; ++year) {
    for (const TimeSpan& span :
         schedule.OpenSpans({from + year * kYear, from + (year + 1) * kYear})) {
      const int64_t length = span.end - span.begin;
      if (left <= length) return span.begin + left;
      left -= length;
    }
  }
  return NotOpen("is not open for so long");
}

absl::StatusOr<absl::CivilDay> DayAfterCutoff(const Schedule& schedule, int64_t at,
                                              TimeOfDay cutoff) {
  const absl::CivilSecond local = schedule.zone().At(absl::FromUnixSeconds(at)).cs;
  absl::CivilDay asked(local);
  const int minutes = local.hour() * 60 + local.minute();
  if (minutes >= cutoff.minutes || !IsWorkingDay(schedule, asked)) {
    absl::StatusOr<absl::CivilDay> next = NextWorkingDay(schedule, asked);
    if (!next.ok()) return next.status();
    asked = *next;
  }
  return NextWorkingDay(schedule, asked);
}

}  // namespace libroute
