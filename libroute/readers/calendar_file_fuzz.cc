// Fuzz target: whatever the bytes are, reading a calendar ends without harm,
// says where each fault is, and gives dates in order, each once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "libroute/readers/calendar_file.h"

namespace libroute {
namespace {

[[noreturn]] void Fail(const char* what, const std::string& detail) {
  std::fprintf(stderr, "%s\n%s\n", what, detail.c_str());
  std::abort();
}

void CheckIssues(const CalendarFileReading& reading, int lines) {
  for (const Issue& issue : reading.issues) {
    if (issue.code == "more") continue;
    if (issue.code.empty() || issue.message.empty() || issue.position.line < 1 ||
        issue.position.line > lines) {
      Fail("an issue says too little", FormatIssue(issue));
    }
  }
  if (HasErrors(reading.issues) != (reading.calendar == nullptr)) {
    Fail("a calendar is neither taken nor refused", "");
  }
}

void CheckDates(const Calendar& calendar) {
  absl::CivilDay next = kFirstCalendarDay;
  for (const DateRange& range : calendar.closed) {
    if (range.first < next || range.last < range.first || range.last > kLastCalendarDay ||
        range.days() > DateRange::kMaxDays) {
      Fail("dates are out of order", range.ToString());
    }
    next = range.last + 1;
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const libroute::CalendarFileReading reading =
      libroute::ReadCalendarFile(text, "fuzz.ics", libroute::AttachmentLimits());
  libroute::CheckIssues(reading, 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n')));
  if (reading.calendar != nullptr) libroute::CheckDates(*reading.calendar);
  return 0;
}
