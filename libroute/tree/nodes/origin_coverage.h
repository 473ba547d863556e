#ifndef LIBROUTE_TREE_NODES_ORIGIN_COVERAGE_H_
#define LIBROUTE_TREE_NODES_ORIGIN_COVERAGE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "libroute/number/number_kind.h"
#include "libroute/number/pattern.h"
#include "libroute/tree/nodes/pattern_cases.h"

namespace libroute {

// Which calls a case of an origin branch means, as its checks see it.
struct OriginCalls {
  // Callers whose number is known: those who fulfil all of what is not empty.
  bool known = false;
  std::vector<NumberPattern> numbers;
  NumberKindSet kinds;
  std::vector<Country> countries;
  // Callers whose number is not known.
  bool restricted = false;
  bool unavailable = false;
  // What else must hold, in words that are the same for the same; empty:
  // nothing.
  std::string besides;
};

// What the cases of an origin branch that were added have taken already.
class OriginCoverage {
 public:
  // Whether earlier cases have all of `calls`: false also where that is not
  // certain, and for very long lists. (Each pattern must lie within one earlier
  // pattern; kinds and countries may be spread over several cases; what else
  // must hold is the same, or nothing there.) Then remembers them.
  bool AddAndTestShadowed(const OriginCalls& calls);

 private:
  // By kind and country, each one of them or any; and by what else must hold.
  std::map<std::string, PatternCases> numbers_;
  // By what else must hold.
  std::set<std::string> restricted_;
  std::set<std::string> unavailable_;
};

// Whether no caller can be in `calls` because the numbers, the kinds and the
// countries exclude each other.
bool ContradictsItself(const OriginCalls& calls);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ORIGIN_COVERAGE_H_
