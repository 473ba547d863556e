#ifndef LIBROUTE_SCHEDULE_TEST_RECURRENCE_H_
#define LIBROUTE_SCHEDULE_TEST_RECURRENCE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libroute/schedule/recurrence.h"
#include "libroute/schedule/test_rules.h"
#include "libroute/schedule/zone.h"

// Recurrences in few words, for tests only.
namespace libroute {

// Ten minutes at a time.
inline WrittenRecurrence Recurring(std::string start, std::string rrule) {
  return {.start = std::move(start), .duration = absl::Minutes(10), .rrule = std::move(rrule)};
}

// "1997-09-02" when it begins at 09:00, with the time when at another.
inline std::string LocalText(int64_t seconds, const absl::TimeZone& zone) {
  const std::string text = absl::FormatTime("%Y-%m-%dT%H:%M", absl::FromUnixSeconds(seconds), zone);
  return text.substr(10) == "T09:00" ? text.substr(0, 10) : text;
}

// The first occurrences, `count` at most, in 40 years.
inline std::vector<std::string> FirstOf(const WrittenRecurrence& written, size_t count,
                                        const char* zone_name = "America/New_York") {
  const absl::TimeZone zone = *LoadZone(zone_name);
  const absl::StatusOr<Recurrence> recurrence = Recurrence::Compile(written, zone);
  if (!recurrence.ok()) return {std::string(recurrence.status().message())};
  const int64_t begin =
      absl::ToUnixSeconds(absl::FromCivil(WrittenTime::Parse(written.start)->time, zone)) - 86400;
  std::vector<std::string> texts;
  for (const Occurrence& occurrence : recurrence->Within({begin, begin + 40LL * 366 * 86400})) {
    if (texts.size() == count) break;
    texts.push_back(LocalText(occurrence.span.begin, zone));
  }
  return texts;
}

// "1997-09-02,04,08-10 1997-10-01" in full: each date by itself.
inline std::vector<std::string> DateList(const std::string& text) {
  std::vector<std::string> dates;
  for (const std::string& token :
       std::vector<std::string>(absl::StrSplit(text, ' ', absl::SkipEmpty()))) {
    for (const std::string& days : std::vector<std::string>(absl::StrSplit(token.substr(8), ','))) {
      const int last = std::stoi(days.substr(days.find('-') + 1));
      for (int day = std::stoi(days); day <= last; ++day) {
        dates.push_back(absl::StrCat(token.substr(0, 8), day < 10 ? "0" : "", day));
      }
    }
  }
  return dates;
}

}  // namespace libroute

#endif  // LIBROUTE_SCHEDULE_TEST_RECURRENCE_H_
