#ifndef LIBROUTE_ENGINE_CENTER_NAMES_H_
#define LIBROUTE_ENGINE_CENTER_NAMES_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"

// For center*.cc.
namespace libroute {

inline absl::Status NoAgent(absl::string_view name) {
  return absl::NotFoundError(absl::StrCat("the live plan has no agent ", Quoted(name)));
}

inline absl::Status NoGroup(absl::string_view name) {
  return absl::NotFoundError(absl::StrCat("the live plan has no group ", Quoted(name)));
}

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_CENTER_NAMES_H_
