#ifndef LIBROUTE_SERVICES_ROUTECTL_DIALOGUES_H_
#define LIBROUTE_SERVICES_ROUTECTL_DIALOGUES_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/routectl/call_options.h"
#include "services/routectl/dialogue.h"
#include "services/routectl/plan_set.h"

namespace libroute {

// The call or e-mail of `options`, asked of the plans of `set`, which must outlive it.
// `now` is the time of arrival if `options` names none. InvalidArgument when
// an option cannot be understood, NotFound when a file cannot be read.
absl::StatusOr<std::unique_ptr<Dialogue>> PlanDialogue(const CallOptions& options, PlanSet& set,
                                                       absl::Time now);

// The same, asked of a server. Explaining has no effect there; routing does,
// and the call is reported as released when the dialogue is destroyed.
absl::StatusOr<std::unique_ptr<Dialogue>> ServerDialogue(const CallOptions& options, AskMode mode,
                                                         absl::Time now);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_DIALOGUES_H_
