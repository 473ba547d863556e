#include "libroute/report/written_schedule.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/schedule/schedule_pool.h"
#include "libroute/tree/compile.h"
#include "libroute/tree/compiled_plan.h"

namespace libroute {

absl::StatusOr<std::shared_ptr<const Schedule>> WrittenSchedule(const v1::Plan& plan,
                                                                const Attachments& attachments,
                                                                absl::string_view name,
                                                                absl::Time now) {
  SchedulePool pool;
  CompileResult compiled = Compile(plan, {attachments, pool, now});
  if (compiled.plan == nullptr) {
    auto error = std::find_if(compiled.issues.begin(), compiled.issues.end(), [](const Issue& i) {
      return i.severity == Severity::kError;
    });
    return absl::InvalidArgumentError(FormatIssue(*error));
  }
  std::shared_ptr<const Schedule> schedule = compiled.plan->FindSchedule(name);
  if (schedule != nullptr) return schedule;
  return absl::NotFoundError(absl::StrCat("no schedule ", Quoted(name),
                                          DidYouMean(name, compiled.plan->schedule_names())));
}

}  // namespace libroute
