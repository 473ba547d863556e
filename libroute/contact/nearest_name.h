#ifndef LIBROUTE_CONTACT_NEAREST_NAME_H_
#define LIBROUTE_CONTACT_NEAREST_NAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace libroute::contact {

// "; did you mean \"french\"?" if a name is near, else "".
std::string DidYouMean(absl::string_view name, absl::Span<const std::string> names);

}  // namespace libroute::contact

#endif  // LIBROUTE_CONTACT_NEAREST_NAME_H_
