#ifndef LIBROUTE_CONTACT_EXPECTED_WAIT_H_
#define LIBROUTE_CONTACT_EXPECTED_WAIT_H_

#include <array>
#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "libroute/contact/deadlines.h"

namespace libroute::contact {

// How long a contact will wait: half of them less than `median`, nine of ten
// less than `bound`.
struct ExpectedWait {
  absl::Duration median;
  absl::Duration bound;
};

// How fast those who wait in a group are answered: the last 32 answers to
// contacts that had waited. A value type.
//
// Method: with answers at a rate r, the wait at position n is that until the n-th
// answer from now, gamma distributed with shape n and rate r (exact for
// exponential times and a full house). Its quantiles are those of
// Wilson and Hilferty: (n/r) (1 - 1/(9n) + z/(3 sqrt(n)))^3, with z = 0 for the median
// and 1.2816 for nine of ten; within 2 % of the exact ones. The rate is that of
// the answers kept, none of them older than half an hour. It is a forecast from
// what has been: it knows of no break that comes.
class AnswerRate {
 public:
  void AddAnswer(Micros now);
  // For `position` >= 1. None with less than 4 answers in the last half hour.
  std::optional<ExpectedWait> At(size_t position, Micros now) const;

 private:
  static constexpr size_t kKept = 32;

  std::array<Micros, kKept> answers_{};
  uint32_t count_ = 0;
};

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_EXPECTED_WAIT_H_
