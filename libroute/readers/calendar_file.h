#ifndef LIBROUTE_READERS_CALENDAR_FILE_H_
#define LIBROUTE_READERS_CALENDAR_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"
#include "libroute/schedule/rules.h"

namespace libroute {

// What came of reading a calendar file.
struct CalendarFileReading {
  // Its closed dates, ascending. Null if there are errors.
  std::shared_ptr<const Calendar> calendar;
  // Each with its place in the file, and without a path.
  std::vector<Issue> issues;
};

// Which dates a calendar file has: others are left out, because a rule may go
// on for ever.
constexpr absl::CivilDay kFirstCalendarDay(1970, 1, 1);
constexpr absl::CivilDay kLastCalendarDay(2100, 12, 31);

// At most so many events of one file recur.
constexpr int kMaxRecurringEvents = 200;

// Reads the dates of an iCalendar text (RFC 5545) as public holidays are
// published: every day of every event that covers whole days.
//
// Such an event has dates (VALUE=DATE), or midnights on some place's clock;
// without DTEND and DURATION it is one day. RRULE, RDATE, EXDATE and events that
// replace one occurrence (RECURRENCE-ID, which needs the UID of the event) are
// followed, however their dates are written: UNTIL, EXDATE and RECURRENCE-ID may
// be a date or a midnight, whatever DTSTART is. STATUS:CANCELLED is left
// out. An event at a time of day is an error, because it closes no date. TRANSP
// is not looked at: published holidays have OPAQUE and TRANSPARENT alike. A TZID
// must be an IANA name or that of a VTIMEZONE of the file; it does not move a
// date. Other components and properties are passed over.
//
// `file` only names the places. Costs some 1 us a line, and for rules what
// Recurrence::Compile costs and 2 us a date. Thread-safe.
CalendarFileReading ReadCalendarFile(absl::string_view text, const std::string& file,
                                     const AttachmentLimits& limits);

}  // namespace libroute

#endif  // LIBROUTE_READERS_CALENDAR_FILE_H_
