#ifndef LIBROUTE_SERVICES_LIVE_HAS_AGENTS_H_
#define LIBROUTE_SERVICES_LIVE_HAS_AGENTS_H_

#include "absl/status/status.h"
#include "libroute/engine/engine.h"

namespace libroute {

// FailedPrecondition where agents are kept elsewhere, so that nothing ever happens here.
inline absl::Status CheckHasAgents(const Engine& engine) {
  if (engine.has_agents()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "this server has no agents (`agents: true` in its configuration)");
}

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_LIVE_HAS_AGENTS_H_
