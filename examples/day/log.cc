#include "examples/day/log.h"

#include "absl/strings/str_format.h"

namespace center_day {

std::string InWords(absl::Duration time) {
  const int64_t seconds = absl::ToInt64Seconds(time);
  if (seconds < 60) return absl::StrFormat("%d s", seconds);
  if (seconds < 3600) return absl::StrFormat("%d min %02d s", seconds / 60, seconds % 60);
  return absl::StrFormat("%d h %02d min", seconds / 3600, seconds / 60 % 60);
}

void Log::Line(absl::Time now, absl::string_view who, absl::string_view what) {
  if (now < from_ || now >= to_) return;
  out_ << absl::StrFormat("%s  %-9s %s\n", absl::FormatTime("%H:%M:%S", now, zone_), who, what);
}

std::string Log::TimeOfDay(absl::Time time) const {
  return absl::FormatTime("%H:%M", time, zone_);
}

}  // namespace center_day
