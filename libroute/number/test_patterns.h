#ifndef LIBROUTE_NUMBER_TEST_PATTERNS_H_
#define LIBROUTE_NUMBER_TEST_PATTERNS_H_

#include <algorithm>
#include <random>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/number/pattern.h"

// Numbers and patterns in few words, for tests only: wrong text is a crash.
namespace libroute {

inline Digits D(absl::string_view text) {
  return *Digits::Parse(text);
}
inline NumberPattern P(absl::string_view text) {
  return *NumberPattern::Parse(text);
}

// A prefix, a range or an exact number of 2 to 6 digits; so few of them that
// random ones often repeat, overlap and contain each other.
inline NumberPattern RandomPattern(std::mt19937& random) {
  Digits first;
  const int length = 2 + random() % 5;
  for (int i = 0; i < length; ++i) first = first.Append(1 + random() % 3);
  const Digits last = first.Prefix(length - 2).Append(random() % 10).Append(random() % 10);
  switch (random() % 3) {
    case 0:
      return NumberPattern::Prefix(first);
    case 1:
      return NumberPattern::Range(std::min(first, last), std::max(first, last));
    default:
      return NumberPattern::Exact(first);
  }
}

}  // namespace libroute

#endif  // LIBROUTE_NUMBER_TEST_PATTERNS_H_
