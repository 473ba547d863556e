#ifndef LIBROUTE_TREE_NODES_KNOWN_STATUS_H_
#define LIBROUTE_TREE_NODES_KNOWN_STATUS_H_

#include "libroute/facts/facts.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/gateway_choice.h"

// What branches go by before anything is tried. What is up but has all the calls
// that may be there is busy; a call that is there already counts itself.
namespace libroute {

inline bool IsFull(const CompiledLimit* limit, const Frame& frame) {
  if (limit == nullptr) return false;
  frame.decision.depends_on.Add(Dependence::kLedger);
  return frame.CounterAt(limit->places) >= limit->calls;
}

// What this question knows already counts, too.
inline Health::State HealthOf(const CompiledWatch& watch, const Frame& frame) {
  for (const Claim& claim : frame.decision.claims) {
    const bool reached = claim.kind == Claim::Kind::kReached && claim.counter == watch.counter;
    if (reached) return Health::State::kUp;
  }
  const Health* health = frame.HealthAt(watch.counter);
  return health == nullptr ? Health::State::kUp
                           : health->At(absl::FromUnixSeconds(frame.now), watch.rule);
}

// Its failures show that it is down; what may be tried once more is not.
inline bool Fails(const CompiledWatch* watch, const Frame& frame) {
  if (watch == nullptr) return false;
  const Health::State state = HealthOf(*watch, frame);
  return state == Health::State::kDown || state == Health::State::kProbed;
}

inline Status KnownSiteStatus(int site, const Frame& frame) {
  const Status status = frame.facts.site(site, frame.now);
  if (Fails(frame.plan.site_watch(site), frame)) return Status::kDown;
  return status == Status::kUp && IsFull(frame.plan.site_limit(site), frame) ? Status::kBusy
                                                                             : status;
}

inline Status KnownGatewayStatus(int index, const Frame& frame) {
  const CompiledGateway& gateway = frame.plan.gateway(index);
  if (gateway.disabled || Fails(gateway.watch.get(), frame)) return Status::kDown;
  return frame.facts.gateway(index, frame.now);
}

inline Status KnownDestinationStatus(int index, const Frame& frame) {
  const Status status = frame.plan.DestinationStatus(index, frame.facts, frame.now);
  if (status == Status::kDown) return status;
  const CompiledDestination& destination = frame.plan.destination(index);
  if (Fails(destination.watch.get(), frame) ||
      Fails(frame.plan.site_watch(destination.site), frame)) {
    return Status::kDown;
  }
  if (destination.gateways >= 0) {
    const std::optional<Outcome> none =
        FindNoGateway(frame.plan.gateway_group(destination.gateways), frame);
    if (none.has_value()) return *none == Outcome::kUnreachable ? Status::kDown : Status::kBusy;
  }
  if (status == Status::kBusy) return status;
  return IsFull(destination.limit.get(), frame) ||
                 IsFull(frame.plan.site_limit(destination.site), frame)
             ? Status::kBusy
             : status;
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_KNOWN_STATUS_H_
