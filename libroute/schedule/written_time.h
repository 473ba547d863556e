#ifndef LIBROUTE_SCHEDULE_WRITTEN_TIME_H_
#define LIBROUTE_SCHEDULE_WRITTEN_TIME_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace libroute {

// The form in which a time is written: it decides with what it may be compared.
enum class TimeForm {
  kDate,   // "2026-12-25"
  kLocal,  // "2026-12-25T09:00:00", on the schedule's clock
  kUtc,    // "2026-12-25T09:00:00Z"
};

// A time of the Gregorian calendar as written; a date is its midnight.
struct WrittenTime {
  // Reads the forms of TimeForm, and iCalendar's "20261225",
  // "20261225T090000" and "20261225T090000Z"; the seconds may be left out
  // where there are colons. InvalidArgument when it is none of these or no
  // such time exists in the years 1 to 9999.
  static absl::StatusOr<WrittenTime> Parse(absl::string_view text);

  friend bool operator==(const WrittenTime&, const WrittenTime&) = default;

  absl::CivilSecond time;
  TimeForm form = TimeForm::kLocal;
};

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_WRITTEN_TIME_H_
