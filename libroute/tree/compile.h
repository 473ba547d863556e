#ifndef LIBROUTE_TREE_COMPILE_H_
#define LIBROUTE_TREE_COMPILE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/plan/attachments.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"
#include "libroute/schedule/schedule_pool.h"

namespace libroute {

namespace v1 {
class Plan;
}
class CompiledPlan;
struct DialGraph;

// What compiling a plan needs besides the plan.
struct CompileContext {
  // What was in the files that the plan names.
  const Attachments& attachments;
  // Where schedules are shared between plans.
  SchedulePool& schedules;
  // From where on schedules look ahead.
  absl::Time now;
  // Of these the nesting of nodes and the number of issues; the others are for
  // readers of text.
  PlanLimits limits = {};
};

// What came of it.
struct CompileResult {
  // Null if there are errors.
  std::shared_ptr<const CompiledPlan> plan;
  // What calls to its numbers may dial; null if there are errors.
  std::shared_ptr<const DialGraph> dials;
  // All that was found, in the order of the plan's sections; of very many the
  // first limits.max_issues, then one that counts the rest.
  std::vector<Issue> issues;
};

// Checks `plan` and makes of it what is evaluated. The one way to check a
// plan, for publishing, for tests and for the command line alike. Reads zone
// data through abseil, nothing else from outside. Thread-safe.
CompileResult Compile(const v1::Plan& plan, const CompileContext& context);

}  // namespace libroute

#endif  // LIBROUTE_TREE_COMPILE_H_
