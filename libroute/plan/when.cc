#include "libroute/plan/when.h"

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr const char* kTimeFormats[] = {absl::RFC3339_full, "%Y-%m-%d%ET%H:%M%Ez",
                                        "%Y-%m-%d %H:%M",   "%Y-%m-%d %H:%M:%S",
                                        "%Y-%m-%d%ET%H:%M", "%Y-%m-%d%ET%H:%M:%S"};

}  // namespace

absl::StatusOr<absl::Time> ParseWhen(absl::string_view text, absl::TimeZone zone) {
  // ParseTime would also take "infinite-future" and spaces around.
  const bool plausible = text.size() <= 40 && !text.empty() && absl::ascii_isdigit(text.front()) &&
                         !absl::ascii_isspace(text.back());
  absl::Time time;
  for (const char* format : kTimeFormats) {
    if (plausible && absl::ParseTime(format, text, zone, &time, nullptr)) return time;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(text), " is not a time; write e.g. \"2026-11-23 10:00\" or ",
                   "\"2026-11-23T10:00:00+01:00\""));
}

}  // namespace libroute
