#ifndef EXAMPLES_DAY_RANDOM_H_
#define EXAMPLES_DAY_RANDOM_H_

#include <cmath>
#include <cstdint>

#include "absl/time/time.h"

namespace center_day {

// Lots (splitmix64): the same in every run with the same seed. Each call has its own, so that
// what one call does never changes what is drawn for another.
class Random {
 public:
  // `stream` tells lots of the same seed apart.
  Random(uint64_t seed, uint64_t stream) : state_(seed * 0x9E3779B97F4A7C15ULL + stream) {
    state_ = Next() ^ stream;
  }

  // From 0 to less than 1.
  double Share() { return static_cast<double>(Next() >> 11) * 0x1p-53; }
  bool Happens(double per_cent) { return Share() * 100 < per_cent; }
  // Of `count` things one.
  uint64_t Below(uint64_t count) { return Next() % count; }

  // As long as things take that may end at any time, such as patience; whole seconds.
  absl::Duration UpTo(absl::Duration mean) { return WholeSeconds(Exponential() * mean); }
  // As long as things take that have a usual length, such as a talk; whole seconds.
  absl::Duration About(absl::Duration mean) {
    return WholeSeconds((Exponential() + Exponential() + Exponential()) / 3 * mean);
  }
  // 1 on average.
  double Exponential() { return -std::log1p(-Share()); }

 private:
  static absl::Duration WholeSeconds(absl::Duration time) {
    return absl::Ceil(time, absl::Seconds(1)) +
           (time > absl::ZeroDuration() ? absl::ZeroDuration() : absl::Seconds(1));
  }
  uint64_t Next() {
    uint64_t mixed = state_ += 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
  }

  uint64_t state_;
};

}  // namespace center_day

#endif  // EXAMPLES_DAY_RANDOM_H_
