#ifndef LIBROUTE_SERVICES_ROUTECTL_STEP_TEXT_H_
#define LIBROUTE_SERVICES_ROUTECTL_STEP_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/rehearsal/rehearsal.h"

namespace libroute {

// `lines`, each moved two columns to the right.
std::string Indented(absl::string_view lines);

// "step 1: busy".
std::string StepTitle(int number, const RehearsalStep& step);

// The way of a step and its decision, indented.
std::string ExplainedStep(const RehearsalStep& step, absl::TimeZone zone);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_STEP_TEXT_H_
