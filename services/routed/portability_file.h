#ifndef LIBROUTE_SERVICES_ROUTED_PORTABILITY_FILE_H_
#define LIBROUTE_SERVICES_ROUTED_PORTABILITY_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libroute/facts/portability.h"

namespace libroute {

// Reads who serves ported numbers from a CSV text: a row is a number or a number
// pattern ("+32470123456", "+3247012*", "+32470000000-+32470000999") and the name
// of its operator; the most specific row counts. At most 20 million rows. What is
// wrong is logged, with its place; InvalidArgument then. `file` only names it.
absl::StatusOr<std::unique_ptr<PortabilityTable>> ReadPortability(absl::string_view text,
                                                                  const std::string& file);

// The same of a file of at most 1 GiB.
absl::StatusOr<std::unique_ptr<PortabilityTable>> LoadPortability(const std::string& path);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_PORTABILITY_FILE_H_
