#ifndef LIBROUTE_PROVE_TIME_SETS_H_
#define LIBROUTE_PROVE_TIME_SETS_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libroute/schedule/timeline.h"

namespace libroute {

class CompiledPlan;

// Sets of times within a window, each kept once and named by a number, so that
// calls that come at the same times are seen to do so, and what was worked out
// of two sets is not again.
class TimeSets {
 public:
  using Set = int;
  // No time, and the whole window.
  static constexpr Set kNever = 0;
  static constexpr Set kAlways = 1;

  // `plan` must outlive this.
  TimeSets(const CompiledPlan& plan, TimeSpan window);

  // While the plan's schedule of that name is open; always if there is none.
  Set OpenOf(const std::string& schedule);
  Set And(Set a, Set b);
  Set Without(Set a, Set b);
  Set Or(Set a, Set b);
  bool Has(Set all, Set some) { return Without(some, all) == kNever; }

  const std::vector<TimeSpan>& spans(Set set) const { return sets_[static_cast<size_t>(set)]; }

 private:
  using Pair = std::pair<Set, Set>;
  Set Keep(std::vector<TimeSpan> spans);
  // The result for the pair, made by `make` once.
  template <class Make>
  Set Known(std::map<Pair, Set>& results, Pair pair, Make make);

  const CompiledPlan& plan_;
  TimeSpan window_;
  std::vector<std::vector<TimeSpan>> sets_;
  // By a hash of their spans.
  std::multimap<uint64_t, Set> by_hash_;
  std::map<std::string, Set> open_;
  std::map<Pair, Set> ands_;
  std::map<Pair, Set> withouts_;
};

}  // namespace libroute

#endif  // LIBROUTE_PROVE_TIME_SETS_H_
