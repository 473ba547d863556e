#ifndef LIBROUTE_FACTS_PORTABILITY_H_
#define LIBROUTE_FACTS_PORTABILITY_H_

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

namespace libroute {

// Who serves a number that may have been ported: implemented by whoever has such
// a table. Must be thread-safe, quick, and give the same answer while a decision
// is made.
class PortabilityTable {
 public:
  virtual ~PortabilityTable() = default;

  // Name of the operator; empty if it is not known. What it points to lives at
  // least as long as the table.
  virtual absl::string_view OperatorOf(E164Number number) const = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_PORTABILITY_H_
