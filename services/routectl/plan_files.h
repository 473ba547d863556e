#ifndef LIBROUTE_SERVICES_ROUTECTL_PLAN_FILES_H_
#define LIBROUTE_SERVICES_ROUTECTL_PLAN_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace libroute {

// The plan files that `paths` stand for: a file for itself, whatever its name;
// a directory for all *.yaml, *.yml and *.json below it, sorted, so that only
// plans may live there under such names. Files named twice count once.
// NotFound for a path that does not exist or a directory without plans.
absl::StatusOr<std::vector<std::string>> FindPlanFiles(const std::vector<std::string>& paths);

// What is in a file; at most `max_bytes` and one more of it. Errors name the
// file.
absl::StatusOr<std::string> ReadTextFile(const std::string& path, size_t max_bytes);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_PLAN_FILES_H_
