#ifndef LIBROUTE_PLAN_CONFIRMATION_H_
#define LIBROUTE_PLAN_CONFIRMATION_H_

#include "absl/strings/string_view.h"
#include "libroute/plan/text_template.h"

namespace libroute {

// What the confirmation of a conference may have filled in (plan.proto,
// PlannedConference.confirmation).
inline constexpr absl::string_view kConfirmationNames[] = {
    "conference", "description", "when", "start", "end", "access", "number", "code", "name", "role"};

}  // namespace libroute

#endif  // LIBROUTE_PLAN_CONFIRMATION_H_
