#include "libroute/tree/nodes/pattern_cases.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace libroute {

bool PatternCases::Shadow(const std::vector<NumberPattern>& patterns) const {
  // Beyond this many comparisons the warning is not worth its time.
  constexpr size_t kMostComparisons = 1'000'000;
  bool shadowed = !patterns.empty() && patterns.size() * earlier_.size() <= kMostComparisons;
  for (size_t i = 0; shadowed && i < patterns.size(); ++i) {
    shadowed = std::any_of(earlier_.begin(), earlier_.end(), [&](const NumberPattern& pattern) {
      return pattern.Covers(patterns[i]);
    });
  }
  return shadowed;
}

std::string PatternsText(const std::vector<NumberPattern>& patterns) {
  constexpr size_t kShown = 5;
  std::string text;
  for (size_t i = 0; i < std::min(patterns.size(), kShown); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", patterns[i].ToString());
  }
  if (patterns.size() > kShown) {
    absl::StrAppend(&text, ", and ", patterns.size() - kShown, " more");
  }
  return text;
}

}  // namespace libroute
