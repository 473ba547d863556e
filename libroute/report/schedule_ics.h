#ifndef LIBROUTE_REPORT_SCHEDULE_ICS_H_
#define LIBROUTE_REPORT_SCHEDULE_ICS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/schedule/timeline.h"

namespace libroute {

// The spans as an iCalendar object (RFC 5545): an event for each, in UTC, with
// `name` as its summary. The same spans give the same bytes.
std::string SpansIcs(const std::vector<TimeSpan>& spans, absl::string_view name);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_SCHEDULE_ICS_H_
