#ifndef LIBROUTE_TREE_OPERATOR_TABLE_H_
#define LIBROUTE_TREE_OPERATOR_TABLE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "libroute/call/decision.h"
#include "libroute/call/routing_number.h"
#include "libroute/number/number_table.h"

namespace libroute {

// Who serves which numbers, as a plan says. Immutable; thread-safe.
class OperatorTable {
 public:
  OperatorTable() = default;
  // `numbers` has indices into `names` as its values, two for each name: the
  // even one (2 * index) for an exact number, the odd one for blocks and
  // prefixes.
  // `routing` are beginnings of routing numbers, as text, with indices into
  // `names`.
  using RoutingPrefixes = std::vector<std::pair<std::string, uint32_t>>;
  OperatorTable(NumberTable numbers, RoutingPrefixes routing, std::vector<std::string> names)
      : numbers_(std::move(numbers)), routing_(std::move(routing)), names_(std::move(names)) {}

  // Kind, country and operator of `number`; views into the table.
  DialledNumberFacts FactsOf(E164Number number) const;

  // The operator of a number with this routing number, which was ported: what is
  // known of the number itself is out of date. Of `facts` changes the operator.
  void SetOperator(RoutingNumber routing_number, DialledNumberFacts& facts) const;

 private:
  NumberTable numbers_;
  // A handful.
  RoutingPrefixes routing_;
  std::vector<std::string> names_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_OPERATOR_TABLE_H_
