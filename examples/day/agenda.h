#ifndef EXAMPLES_DAY_AGENDA_H_
#define EXAMPLES_DAY_AGENDA_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "absl/time/time.h"

namespace center_day {

// What is going to happen, in order of time, and the clock that follows from it: nothing takes
// any time but what is written in here.
class Agenda {
 public:
  explicit Agenda(absl::Time begin) : now_(begin) {}

  absl::Time now() const { return now_; }
  // When the next thing happens; InfiniteFuture if nothing does.
  absl::Time next() const {
    return entries_.empty() ? absl::InfiniteFuture() : entries_.begin()->first.first;
  }

  // Of several things at one time the first entered is the first to happen.
  void At(absl::Time when, std::function<void()> what) {
    entries_.emplace(std::make_pair(std::max(when, now_), ++last_), std::move(what));
  }
  void In(absl::Duration after, std::function<void()> what) { At(now_ + after, std::move(what)); }

  void PassTo(absl::Time when) { now_ = std::max(now_, when); }
  // What is next happens, at its time.
  void Run() {
    auto entry = entries_.extract(entries_.begin());
    PassTo(entry.key().first);
    entry.mapped()();
  }

 private:
  absl::Time now_;
  uint64_t last_ = 0;
  std::map<std::pair<absl::Time, uint64_t>, std::function<void()>> entries_;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_AGENDA_H_
