// Fuzz target: whatever a recurrence is, reading it ends, soon and without
// harm; what is read occurs in order, each time once, and the same in whatever
// window it is looked at.

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libroute/schedule/recurrence.h"
#include "libroute/schedule/zone.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

constexpr int64_t kDay = 24 * 3600;

void CheckOrder(const std::vector<Occurrence>& occurrences, const std::string& rule) {
  for (size_t i = 0; i < occurrences.size(); ++i) {
    const TimeSpan& span = occurrences[i].span;
    if (i > 0 && span.begin < occurrences[i - 1].span.begin - kDay) {
      FuzzFailure("occurrences are out of order", rule);
    }
    if (i > 0 && occurrences[i] == occurrences[i - 1]) FuzzFailure("one occurs twice", rule);
  }
}

// The halves of the window have what the whole has.
void CheckHalves(const Recurrence& recurrence, const TimeSpan& window, const std::string& rule) {
  const int64_t middle = window.begin + (window.end - window.begin) / 2;
  std::vector<Occurrence> halves = recurrence.Within({window.begin, middle});
  for (const Occurrence& occurrence : recurrence.Within({middle, window.end})) {
    // One that runs through the middle is in both.
    if (occurrence.span.begin >= middle) halves.push_back(occurrence);
  }
  if (halves != recurrence.Within(window)) FuzzFailure("it depends on the window", rule);
}

// Lines: the start, the rule, the length in minutes (in days with a 'd' behind
// it), and dates to add and, after '-', to leave out.
WrittenRecurrence Read(absl::string_view text) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  WrittenRecurrence written;
  if (!lines.empty()) written.start = lines[0];
  if (lines.size() > 1) written.rrule = lines[1];
  if (lines.size() > 2) {
    int64_t length = 0;
    for (char c : lines[2].substr(0, 6)) {
      if ('0' <= c && c <= '9') length = length * 10 + (c - '0');
    }
    if (!lines[2].empty() && lines[2].back() == 'd') {
      written.days = static_cast<int>(length);
    } else {
      written.duration = absl::Minutes(length);
    }
  }
  for (size_t i = 3; i < lines.size(); ++i) {
    const bool is_out = !lines[i].empty() && lines[i][0] == '-';
    (is_out ? written.exdate : written.rdate).push_back(lines[i].substr(is_out ? 1 : 0));
  }
  return written;
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace libroute;
  static const absl::TimeZone zone = *LoadZone("Europe/Brussels");
  const WrittenRecurrence written = Read({reinterpret_cast<const char*>(data), size});
  const absl::StatusOr<Recurrence> recurrence = Recurrence::Compile(written, zone);
  if (!recurrence.ok()) {
    if (recurrence.status().message().empty()) FuzzFailure("nothing is said", written.rrule);
    return 0;
  }
  const int64_t start =
      absl::ToUnixSeconds(absl::FromCivil(WrittenTime::Parse(written.start)->time, zone));
  for (int64_t begin : {start - kDay, start + 3650 * kDay}) {
    const TimeSpan window = {begin, begin + 100 * kDay};
    CheckOrder(recurrence->Within(window), written.rrule);
    CheckHalves(*recurrence, window, written.rrule);
  }
  return 0;
}
