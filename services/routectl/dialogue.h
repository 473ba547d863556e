#ifndef LIBROUTE_SERVICES_ROUTECTL_DIALOGUE_H_
#define LIBROUTE_SERVICES_ROUTECTL_DIALOGUE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/rehearsal/rehearsal.h"

namespace libroute {

// The questions about one call or e-mail, asked in turn of whoever decides.
class Dialogue {
 public:
  virtual ~Dialogue() = default;

  // The first question, then what `event` leads to. A step's explanation may
  // have nothing but the decision in it.
  virtual absl::StatusOr<RehearsalStep> First() = 0;
  virtual absl::StatusOr<RehearsalStep> Next(absl::string_view event) = 0;

  // The zone in which a person wants to read times.
  virtual absl::TimeZone zone() const = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_DIALOGUE_H_
