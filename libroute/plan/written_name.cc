#include "libroute/plan/written_name.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute {

absl::Status CheckWrittenName(absl::string_view name) {
  constexpr size_t kMaxBytes = 64;
  if (name.empty()) return absl::NotFoundError("a name is missing here");
  bool good = name.size() <= kMaxBytes && absl::ascii_isalnum(name[0]);
  for (char c : name) good &= absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(name),
                   " is not a name: 1 to 64 letters, digits, '-', '_' and '.', the first a "
                   "letter or a digit"));
}

absl::string_view NameIssueCode(const absl::Status& error) {
  return absl::IsNotFound(error) ? "missing" : "bad-name";
}

}  // namespace libroute
