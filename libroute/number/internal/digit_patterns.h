#ifndef LIBROUTE_NUMBER_INTERNAL_DIGIT_PATTERNS_H_
#define LIBROUTE_NUMBER_INTERNAL_DIGIT_PATTERNS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace libroute::internal {

// Patterns of decimal digits, all of them matched at once, digit by digit. They
// are written in the part of regular expressions that numbering plans use:
// digits, \d, [2-46], (..), (?:..), |, ?, *, +, {n}, {n,m}.
//
//   DigitPatterns patterns;
//   patterns.Add("4\\d{8}", 1);
//   DigitPatterns::State state = patterns.Start();
//   for (int digit : {4, 7, ...}) state = patterns.Next(state, digit);
//   patterns.Matched(state);  // {1} after nine digits
//
// Thread-compatible. Not for the call path: from its states a table is made.
// (The positions of a pattern are its digits as they are written, repetitions
// written out: Glushkov's construction.)
class DigitPatterns {
 public:
  // Where in the patterns a number stands: positions, sorted. Empty: no pattern
  // begins so.
  using State = std::vector<uint32_t>;

  // What `*` and `+` repeat is repeated at most so often.
  static constexpr int kMaxRepeats = 15;

  // Adds a pattern that matches as `id`, which several may share.
  // InvalidArgument, naming it and the place, for what is no such pattern; then
  // nothing was added.
  absl::Status Add(absl::string_view pattern, int id);

  State Start() const { return {0}; }
  State Next(const State& state, int digit) const;

  // The ids of the patterns that end here, each at least once. (No pattern
  // ends before the first digit.)
  std::vector<int> Matched(const State& state) const;

 private:
  class Parser;

  struct Position {
    // Which digits may stand here, one bit each.
    uint16_t digits;
    // The pattern that ends here, or kGoesOn.
    int ends;
    std::vector<uint32_t> next;
  };
  static constexpr int kGoesOn = -1;

  // The first stands before all patterns.
  std::vector<Position> positions_ = {{0, kGoesOn, {}}};
};

}  // namespace libroute::internal

#endif  // LIBROUTE_NUMBER_INTERNAL_DIGIT_PATTERNS_H_
