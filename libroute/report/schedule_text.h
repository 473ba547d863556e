#ifndef LIBROUTE_REPORT_SCHEDULE_TEXT_H_
#define LIBROUTE_REPORT_SCHEDULE_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libroute/schedule/schedule.h"
#include "libroute/schedule/timeline.h"

namespace libroute {

// What pictures are drawn with.
enum class Glyphs { kUnicode, kAscii };

// Some days of a schedule.
struct DaySpan {
  absl::CivilDay first;
  int days = 7;
};

// The Unix seconds of these days in `zone`.
TimeSpan SpanOf(const DaySpan& days, const absl::TimeZone& zone);

// A picture of when it is open: a line for each day, a character for each half
// hour of the local clock, under a ruler of hours. Half hours that are open in
// part have a glyph of their own, those that the clock leaves out are blank,
// those that it shows twice count as one. `days.days` is at most 366.
//
//                   0     3     6     9     12    15    18    21    24
//   Mon 2026-11-23  ··················████████████████··············
std::string DayPicture(const Schedule& schedule, const DaySpan& days, Glyphs glyphs);

// A line for each span of opening: "Mon 2026-11-23 09:00 - 17:00", with the end's
// date where it is another one, and the zone's offset where it changes within.
// An empty list is the line "closed throughout".
std::string SpansText(const std::vector<TimeSpan>& spans, const absl::TimeZone& zone);

// "open until Mon 2026-11-23 17:00".
std::string StateText(const OpenState& state, const absl::TimeZone& zone);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_SCHEDULE_TEXT_H_
