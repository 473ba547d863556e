#include "services/routectl/step_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libroute/report/decision_text.h"
#include "libroute/v1/explanation.pb.h"

namespace libroute {

std::string Indented(absl::string_view lines) {
  std::string text;
  for (absl::string_view line : absl::StrSplit(absl::StripSuffix(lines, "\n"), '\n')) {
    absl::StrAppend(&text, line.empty() ? "" : "  ", line, "\n");
  }
  return text;
}

std::string StepTitle(int number, const RehearsalStep& step) {
  return absl::StrCat("step ", number, step.event.empty() ? "" : ": ", step.event);
}

std::string ExplainedStep(const RehearsalStep& step, absl::TimeZone zone) {
  return Indented(absl::StrCat(ExplanationText(*step.explanation), "\n",
                               DecisionText(step.explanation->decision(), zone)));
}

}  // namespace libroute
