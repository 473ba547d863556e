#ifndef LIBROUTE_TREE_OPERATOR_TABLE_H_
#define LIBROUTE_TREE_OPERATOR_TABLE_H_

#include <string>
#include <utility>
#include <vector>

#include "libroute/call/decision.h"
#include "libroute/number/number_table.h"

namespace libroute {

// Who serves which numbers, as a plan says. Immutable; thread-safe.
class OperatorTable {
 public:
  OperatorTable() = default;
  // `numbers` has indices into `names` as its values, two for each name: the
  // even one (2 * index) for an exact number, the odd one for blocks and
  // prefixes.
  OperatorTable(NumberTable numbers, std::vector<std::string> names)
      : numbers_(std::move(numbers)), names_(std::move(names)) {}

  // Kind, country and operator of `number`; views into the table.
  DialledNumberFacts FactsOf(E164Number number) const;

 private:
  NumberTable numbers_;
  std::vector<std::string> names_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_OPERATOR_TABLE_H_
