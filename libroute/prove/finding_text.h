#ifndef LIBROUTE_PROVE_FINDING_TEXT_H_
#define LIBROUTE_PROVE_FINDING_TEXT_H_

#include <string>

#include "absl/time/time.h"
#include "libroute/plan/issue.h"
#include "libroute/prove/flow.h"
#include "libroute/prove/prove.h"
#include "libroute/prove/stage.h"

namespace libroute {

// What is said of `suspect`, which `played` has shown; `branch` is the one that the
// call took at its node.
Issue IssueOf(const Suspect& suspect, const Played& played, const std::string& branch,
              const ProveOptions& options, absl::TimeZone zone);

}  // namespace libroute

#endif  // LIBROUTE_PROVE_FINDING_TEXT_H_
