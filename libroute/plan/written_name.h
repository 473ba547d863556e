#ifndef LIBROUTE_PLAN_WRITTEN_NAME_H_
#define LIBROUTE_PLAN_WRITTEN_NAME_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace libroute {

// Whether `name` may name something in a plan or an inventory: 1 to 64 letters,
// digits, '-', '_' and '.', the first one a letter or a digit. NotFound if it is
// empty, InvalidArgument if it is something else; thread-safe.
absl::Status CheckWrittenName(absl::string_view name);

// The code of the issue that such an error is: "missing" or "bad-name".
absl::string_view NameIssueCode(const absl::Status& error);

}  // namespace libroute

#endif  // LIBROUTE_PLAN_WRITTEN_NAME_H_
