#ifndef LIBROUTE_TREE_RECOVERY_COVER_H_
#define LIBROUTE_TREE_RECOVERY_COVER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libroute/number/pattern.h"

namespace libroute {

// Which recovery plans have all numbers of an entry of `numbers`. Looking costs some
// steps for each of its digits, and one for each range.
class RecoveryCover {
 public:
  // A number pattern of a recovery plan.
  struct Written {
    int recovery;
    NumberPattern pattern;
    // Of the pattern in the plan.
    std::string path;
    // It has an entry.
    bool is_used = false;
  };

  // The plan is for all numbers.
  void AddAll(int recovery) { of_all_.push_back(recovery); }
  void Add(int recovery, const NumberPattern& pattern, std::string path);

  // Indices of those that have all of `entry`, in order, without repeats.
  std::vector<int> Take(const NumberPattern& entry);

  const std::vector<Written>& written() const { return written_; }
  size_t range_count() const { return ranges_.size(); }

 private:
  void TakeIfCovered(size_t index, const NumberPattern& entry, std::vector<int>& found);

  std::vector<Written> written_;
  std::vector<int> of_all_;
  // Indices of exact numbers and prefixes, and of ranges.
  absl::flat_hash_map<NumberPattern, std::vector<size_t>> by_pattern_;
  std::vector<size_t> ranges_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_RECOVERY_COVER_H_
