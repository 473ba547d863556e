#ifndef LIBROUTE_SERVICES_ROUTED_PLAN_FILES_H_
#define LIBROUTE_SERVICES_ROUTED_PLAN_FILES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace libroute {

// The plan files of `path`: itself if it is a file, else all *.yaml, *.yml and
// *.json below that directory, sorted; links to directories are not followed.
// What is there but cannot be looked at, such as a link to nothing, counts as a
// file, which cannot be read. NotFound when there is nothing of that name;
// errors as the system gives them.
absl::StatusOr<std::vector<std::string>> FindPlanFiles(const std::string& path);

// The bytes of a file. InvalidArgument when there are more than `max_bytes` or
// it is no plain file, NotFound and others as the system says.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_PLAN_FILES_H_
