#ifndef LIBROUTE_READERS_ICAL_EVENT_H_
#define LIBROUTE_READERS_ICAL_EVENT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libroute/readers/ical_lines.h"
#include "libroute/schedule/written_time.h"

namespace libroute {

// A time of an event that begins a day: a date, or midnight on the clock of a
// place.
struct IcalDay {
  // kDate or kLocal.
  TimeForm form = TimeForm::kDate;
  absl::CivilDay day;
  // Of a local one: its TZID, empty if it has none.
  std::string zone;
};

// Dates in a property that lists some, and where that stands.
struct IcalDays {
  int line = 0;
  std::vector<IcalDay> days;
};

// What of a VEVENT (RFC 5545, 3.6.1) says which whole days it covers.
struct IcalEvent {
  // Where it begins.
  int line = 0;
  std::string uid;
  std::string summary;
  bool is_cancelled = false;
  // A property of it was refused, so that the rest says little.
  bool is_faulty = false;
  std::optional<IcalDay> start;
  std::optional<IcalDay> end;
  // From DURATION.
  std::optional<int> days;
  std::string rrule;
  // Where each of these properties stands, by its name.
  std::map<std::string, int> lines;
  std::vector<IcalDays> rdates;
  std::vector<IcalDays> exdates;
  // Which occurrence of the event of that uid it replaces.
  std::optional<IcalDay> replaces;

  // Takes a property in. InvalidArgument when it cannot be read, is there
  // twice, or speaks of a time that is not the beginning of a day.
  absl::Status Add(const IcalLine& property);

  // How many days it covers. InvalidArgument when that is not one or more.
  absl::StatusOr<int> CountDays() const;
};

// `rrule` with an UNTIL that has the form of the start: often it is a time where
// that is a date, or the other way round. What cannot be read stays as it is, to
// be told.
std::string WithUntilAs(TimeForm form, absl::string_view rrule);

}  // namespace libroute

#endif  // LIBROUTE_READERS_ICAL_EVENT_H_
