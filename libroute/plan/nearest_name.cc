#include <algorithm>
#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr int kMaxWord = 64;

using Row = std::array<int, kMaxWord + 1>;

bool SameLetter(char a, char b) {
  return absl::ascii_tolower(a) == absl::ascii_tolower(b);
}

// The edit distance of a and b (optimal string alignment), or any number
// above `limit` when it is above `limit`. Both have at most kMaxWord bytes.
int Distance(absl::string_view a, absl::string_view b, int limit) {
  const int width = static_cast<int>(b.size());
  if (std::abs(static_cast<int>(a.size()) - width) > limit) return limit + 1;
  Row before, previous, current;
  for (int j = 0; j <= width; ++j) previous[j] = j;
  for (int i = 1; i <= static_cast<int>(a.size()); ++i) {
    current[0] = i;
    int lowest = i;
    for (int j = 1; j <= width; ++j) {
      const bool same = SameLetter(a[i - 1], b[j - 1]);
      int cost = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && SameLetter(a[i - 1], b[j - 2]) && SameLetter(a[i - 2], b[j - 1]);
      if (swapped) cost = std::min(cost, before[j - 2] + 1);
      current[j] = cost;
      lowest = std::min(lowest, cost);
    }
    // No later row goes lower: a swap skips a row, but costs 1, and a row is
    // at most 1 above the one before.
    if (lowest > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[width];
}

}  // namespace

std::string NearestName(absl::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kMaxWord) return "";
  int limit = std::max(static_cast<int>(word.size()) / 3, 1);
  absl::string_view nearest;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kMaxWord || candidate.empty()) continue;
    const int distance = Distance(word, candidate, limit);
    if (distance > limit) continue;
    nearest = candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return std::string(nearest);
}

std::string DidYouMean(absl::string_view word, const std::vector<std::string>& candidates) {
  const std::string nearest = NearestName(word, candidates);
  return nearest.empty() ? "" : absl::StrCat("; did you mean ", Quoted(nearest), "?");
}

}  // namespace libroute
