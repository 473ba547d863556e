#ifndef LIBROUTE_REPORT_WRITTEN_SCHEDULE_H_
#define LIBROUTE_REPORT_WRITTEN_SCHEDULE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/plan/attachments.h"
#include "libroute/schedule/schedule.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// One schedule of a plan that was checked, compiled by itself, to be looked
// at. NotFound, with the nearest name, when there is none of that name;
// InvalidArgument when it cannot be compiled.
absl::StatusOr<std::shared_ptr<const Schedule>> WrittenSchedule(const v1::Plan& plan,
                                                                const Attachments& attachments,
                                                                absl::string_view name,
                                                                absl::Time now);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_WRITTEN_SCHEDULE_H_
