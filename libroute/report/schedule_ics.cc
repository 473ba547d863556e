#include "libroute/report/schedule_ics.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"

namespace libroute {
namespace {

std::string UtcTime(int64_t seconds) {
  return absl::FormatTime("%Y%m%dT%H%M%SZ", absl::FromUnixSeconds(seconds), absl::UTCTimeZone());
}

// A content line, folded where it is longer than 75 bytes (3.1), between
// characters of UTF-8.
void AddLine(absl::string_view line, std::string& text) {
  size_t width = 75;
  while (line.size() > width) {
    size_t cut = width;
    while (cut > 1 && (line[cut] & 0xC0) == 0x80) --cut;
    absl::StrAppend(&text, line.substr(0, cut), "\r\n ");
    line.remove_prefix(cut);
    width = 74;
  }
  absl::StrAppend(&text, line, "\r\n");
}

}  // namespace

std::string SpansIcs(const std::vector<TimeSpan>& spans, absl::string_view name) {
  const std::string summary = absl::StrReplaceAll(
      name, {{"\\", "\\\\"}, {";", "\\;"}, {",", "\\,"}, {"\r", ""}, {"\n", "\\n"}});
  std::string text;
  AddLine("BEGIN:VCALENDAR", text);
  AddLine("VERSION:2.0", text);
  AddLine("PRODID:-//libroute//schedule//EN", text);
  for (const TimeSpan& span : spans) {
    AddLine("BEGIN:VEVENT", text);
    AddLine(absl::StrCat("UID:", UtcTime(span.begin), "-", summary, "@libroute"), text);
    AddLine(absl::StrCat("DTSTAMP:", UtcTime(span.begin)), text);
    AddLine(absl::StrCat("DTSTART:", UtcTime(span.begin)), text);
    AddLine(absl::StrCat("DTEND:", UtcTime(span.end)), text);
    AddLine(absl::StrCat("SUMMARY:", summary), text);
    AddLine("END:VEVENT", text);
  }
  AddLine("END:VCALENDAR", text);
  return text;
}

}  // namespace libroute
