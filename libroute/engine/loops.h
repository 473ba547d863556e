#ifndef LIBROUTE_ENGINE_LOOPS_H_
#define LIBROUTE_ENGINE_LOOPS_H_

#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/dial_graph.h"

// Ways on which a call comes back to a number through the plans of several
// customers. (What comes back by one plan alone is found when that is compiled.)
namespace libroute {

// A plan that serves numbers.
struct ServingPlan {
  const CompiledPlan* plan = nullptr;
  const DialGraph* dials = nullptr;

  friend bool operator==(const ServingPlan&, const ServingPlan&) = default;
};

// Whose plan a call to a number follows; nothing if nobody's.
using ServedBy = absl::FunctionRef<std::optional<ServingPlan>(E164Number)>;

// Whether something that `plan` dials is served by another plan.
bool DialsOthers(const ServingPlan& plan, ServedBy served_by);

// A warning for each set of numbers that lead to each other, of `plan` and of
// others: the shortest way from a number of `plan` back to it. In the order of the
// plan, at most `max_issues` and one that counts the rest. Linear in what the
// plans dial that calls of `plan` can come to, of which it looks at 200 000 at
// most: what lies beyond is not found.
std::vector<Issue> FindLoops(const ServingPlan& plan, ServedBy served_by, int max_issues);

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_LOOPS_H_
