#include "libroute/tree/recovery_cover.h"

#include <algorithm>
#include <utility>

namespace libroute {

void RecoveryCover::Add(int recovery, const NumberPattern& pattern, std::string path) {
  const size_t index = written_.size();
  written_.push_back({recovery, pattern, std::move(path)});
  if (pattern.kind() == NumberPattern::Kind::kRange) {
    ranges_.push_back(index);
  } else {
    by_pattern_[pattern].push_back(index);
  }
}

void RecoveryCover::TakeIfCovered(size_t index, const NumberPattern& entry,
                                  std::vector<int>& found) {
  Written& written = written_[index];
  if (!written.pattern.Covers(entry)) return;
  written.is_used = true;
  found.push_back(written.recovery);
}

std::vector<int> RecoveryCover::Take(const NumberPattern& entry) {
  std::vector<int> found = of_all_;
  const auto look_for = [&](const NumberPattern& pattern) {
    const auto known = by_pattern_.find(pattern);
    if (known == by_pattern_.end()) return;
    for (size_t index : known->second) TakeIfCovered(index, entry, found);
  };
  look_for(NumberPattern::Exact(entry.first()));
  constexpr int kMostPrefixDigits = Digits::kMaxLength - 1;
  for (int size = 1; size <= std::min(entry.first().size(), kMostPrefixDigits); ++size) {
    look_for(NumberPattern::Prefix(entry.first().Prefix(size)));
  }
  for (size_t index : ranges_) TakeIfCovered(index, entry, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace libroute
