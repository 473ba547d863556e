#include "libroute/report/schedule_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {
namespace {

constexpr int kCellMinutes = 30;
constexpr int kCellsPerDay = 24 * 60 / kCellMinutes;
constexpr int kRulerHours = 3;

struct GlyphSet {
  absl::string_view open;
  absl::string_view partly;
  absl::string_view closed;
};

GlyphSet SetOf(Glyphs glyphs) {
  if (glyphs == Glyphs::kAscii) return {"#", "+", "."};
  return {"\u2588", "\u2592", "\u00b7"};
}

int64_t SecondsAt(absl::CivilSecond local, const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info = zone.At(local);
  // The change itself, for local times that it leaves out.
  return absl::ToUnixSeconds(info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans
                                                                            : info.pre);
}

int64_t SecondsOpen(const std::vector<TimeSpan>& spans, const TimeSpan& cell) {
  int64_t seconds = 0;
  for (const TimeSpan& span : spans) {
    seconds +=
        std::max<int64_t>(0, std::min(span.end, cell.end) - std::max(span.begin, cell.begin));
  }
  return seconds;
}

std::string DayLine(const Schedule& schedule, absl::CivilDay day, const GlyphSet& glyphs) {
  const absl::TimeZone& zone = schedule.zone();
  const std::vector<TimeSpan> spans = schedule.OpenSpans(SpanOf({day, 1}, zone));
  std::string line = absl::FormatTime("%a %Y-%m-%d  ", absl::FromCivil(day, zone), zone);
  for (int i = 0; i < kCellsPerDay; ++i) {
    const absl::CivilSecond from = absl::CivilSecond(day) + int64_t{i} * kCellMinutes * 60;
    const TimeSpan cell = {SecondsAt(from, zone), SecondsAt(from + kCellMinutes * 60, zone)};
    const int64_t open = SecondsOpen(spans, cell);
    absl::StrAppend(&line, cell.begin >= cell.end          ? " "
                           : open == 0                     ? glyphs.closed
                           : open == cell.end - cell.begin ? glyphs.open
                                                           : glyphs.partly);
  }
  return line + "\n";
}

std::string Ruler() {
  std::string ruler(16, ' ');
  for (int hour = 0; hour <= 24; hour += kRulerHours) {
    ruler.resize(16 + static_cast<size_t>(hour) * 60 / kCellMinutes, ' ');
    absl::StrAppend(&ruler, hour);
  }
  return ruler + "\n";
}

std::string TimeText(int64_t seconds, const absl::TimeZone& zone, const char* format) {
  return absl::FormatTime(format, absl::FromUnixSeconds(seconds), zone);
}

std::string EndText(const TimeSpan& span, const absl::TimeZone& zone) {
  const absl::TimeZone::CivilInfo begin = zone.At(absl::FromUnixSeconds(span.begin));
  const absl::TimeZone::CivilInfo end = zone.At(absl::FromUnixSeconds(span.end));
  const bool next_midnight = end.cs == absl::CivilSecond(absl::CivilDay(begin.cs) + 1);
  std::string text = next_midnight ? "24:00"
                     : absl::CivilDay(begin.cs) == absl::CivilDay(end.cs)
                         ? TimeText(span.end, zone, "%H:%M")
                         : TimeText(span.end, zone, "%a %Y-%m-%d %H:%M");
  if (begin.offset != end.offset) {
    absl::StrAppend(&text, TimeText(span.begin, zone, " (the clock goes from %Ez"),
                    TimeText(span.end, zone, " to %Ez)"));
  }
  return text;
}

}  // namespace

TimeSpan SpanOf(const DaySpan& days, const absl::TimeZone& zone) {
  return {SecondsAt(absl::CivilSecond(days.first), zone),
          SecondsAt(absl::CivilSecond(days.first + days.days), zone)};
}

std::string DayPicture(const Schedule& schedule, const DaySpan& days, Glyphs glyphs) {
  std::string picture = Ruler();
  for (int i = 0; i < days.days; ++i) {
    absl::StrAppend(&picture, DayLine(schedule, days.first + i, SetOf(glyphs)));
  }
  return picture;
}

std::string SpansText(const std::vector<TimeSpan>& spans, const absl::TimeZone& zone) {
  if (spans.empty()) return "closed throughout\n";
  std::string text;
  for (const TimeSpan& span : spans) {
    absl::StrAppend(&text, TimeText(span.begin, zone, "%a %Y-%m-%d %H:%M - "), EndText(span, zone),
                    "\n");
  }
  return text;
}

std::string StateText(const OpenState& state, const absl::TimeZone& zone) {
  const char* word = state.open ? "open" : "closed";
  if (state.until == kNoChange) return absl::StrCat(word, ", no change known");
  return absl::StrCat(word, " until ", TimeText(state.until, zone, "%a %Y-%m-%d %H:%M"));
}

}  // namespace libroute
