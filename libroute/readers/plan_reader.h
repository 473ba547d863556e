#ifndef LIBROUTE_READERS_PLAN_READER_H_
#define LIBROUTE_READERS_PLAN_READER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// A plan as read from a file.
struct ReadResult {
  // Never null. When there are errors, what could be read.
  std::shared_ptr<v1::Plan> plan;
  SourceMap source;
  // All that is wrong with the text, each with its position. That names refer
  // to something and hours make sense is not checked here.
  std::vector<Issue> issues;
};

// Reads a plan from YAML or JSON text:
//
//   ReadResult read = ReadPlan(text, "acme.yaml");
//   if (HasErrors(read.issues)) ...
//
// What is accepted and which issues there are is said at ReadMessage
// (message_reader.h). `file_name` only names the positions. Thread-safe.
ReadResult ReadPlan(absl::string_view text, std::string file_name,
                    const PlanLimits& limits = PlanLimits());

}  // namespace libroute

#endif  // LIBROUTE_READERS_PLAN_READER_H_
