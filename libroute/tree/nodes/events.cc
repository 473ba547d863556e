#include "libroute/tree/nodes/events.h"

#include "absl/strings/str_cat.h"

namespace libroute {

absl::Status UnexpectedEvent(const Event& event, absl::string_view decision,
                             absl::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat("event: ", EventKindName(event.kind),
                                                 " cannot follow ", decision, "; expected ",
                                                 expected));
}

}  // namespace libroute
