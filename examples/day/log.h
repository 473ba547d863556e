#ifndef EXAMPLES_DAY_LOG_H_
#define EXAMPLES_DAY_LOG_H_

#include <ostream>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace center_day {

// "12 s", "3 min 05 s", "1 h 02 min".
std::string InWords(absl::Duration time);

// What happens, line by line: when, to whom, what.
class Log {
 public:
  Log(std::ostream& out, absl::TimeZone zone) : out_(out), zone_(zone) {}

  // Only lines from `from` on, before `to`.
  void ShowOnly(absl::Time from, absl::Time to) {
    from_ = from;
    to_ = to;
  }
  // "09:14:32  call 17    waits in french, place 2"
  void Line(absl::Time now, absl::string_view who, absl::string_view what);
  std::string TimeOfDay(absl::Time time) const;

 private:
  std::ostream& out_;
  absl::TimeZone zone_;
  absl::Time from_ = absl::InfinitePast();
  absl::Time to_ = absl::InfiniteFuture();
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_LOG_H_
