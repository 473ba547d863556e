#include "services/request/field.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

namespace libroute {
namespace {

constexpr size_t kMaxName = 64;

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

}  // namespace

bool IsName(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxName &&
         std::all_of(text.begin(), text.end(), IsNameCharacter);
}

absl::Status CheckName(absl::string_view text) {
  if (IsName(text)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(text), " is not a name: 1 to 64 letters, digits, '-', '_' and '.'"));
}

absl::Status InField(absl::string_view path, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat(path, ": ", status.message()));
}

absl::Status BadField(absl::string_view path, absl::string_view message) {
  return InField(path, absl::InvalidArgumentError(message));
}

}  // namespace libroute
