#ifndef LIBROUTE_FACTS_FACT_HISTORY_H_
#define LIBROUTE_FACTS_FACT_HISTORY_H_

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace libroute {

// How something that people set was set once: a hand switch, a recovery plan.
struct FactChange {
  absl::Time at;
  // What it was set to.
  std::string value;
  // Until when; absl::InfiniteFuture(): for good.
  absl::Time until = absl::InfiniteFuture();
  // Who has set it.
  std::string by;

  friend bool operator==(const FactChange&, const FactChange&) = default;
};

// The last changes of one thing, so many at most. Thread-compatible.
class FactHistory {
 public:
  static constexpr size_t kMost = 20;
  // What is longer is cut.
  static constexpr size_t kMostByBytes = 128;

  void Add(FactChange change) {
    if (change.by.size() > kMostByBytes) change.by.resize(kMostByBytes);
    changes_.push_front(std::move(change));
    if (changes_.size() > kMost) changes_.pop_back();
  }
  // The latest first.
  std::vector<FactChange> List() const { return {changes_.begin(), changes_.end()}; }

 private:
  std::deque<FactChange> changes_;
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_FACT_HISTORY_H_
