#ifndef LIBROUTE_TREE_NODES_PATTERN_CASES_H_
#define LIBROUTE_TREE_NODES_PATTERN_CASES_H_

#include <string>
#include <vector>

#include "libroute/number/pattern.h"

namespace libroute {

// What origin and destination branches share: cases of number patterns, of
// which earlier ones may leave nothing for later ones.
class PatternCases {
 public:
  // Whether earlier cases have every number of `patterns` (each covered by one
  // earlier pattern); false for none. Then remembers them.
  bool AddAndTestShadowed(const std::vector<NumberPattern>& patterns) {
    const bool shadowed = Shadow(patterns);
    Add(patterns);
    return shadowed;
  }

  // The same, one by one.
  bool Shadow(const std::vector<NumberPattern>& patterns) const;
  void Add(const std::vector<NumberPattern>& patterns) {
    earlier_.insert(earlier_.end(), patterns.begin(), patterns.end());
  }

 private:
  std::vector<NumberPattern> earlier_;
};

// "+322*, +32475123456, and 12 more".
std::string PatternsText(const std::vector<NumberPattern>& patterns);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_PATTERN_CASES_H_
