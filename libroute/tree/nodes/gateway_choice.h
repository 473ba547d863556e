#ifndef LIBROUTE_TREE_NODES_GATEWAY_CHOICE_H_
#define LIBROUTE_TREE_NODES_GATEWAY_CHOICE_H_

#include <optional>
#include <string>
#include <vector>

#include "libroute/call/event.h"
#include "libroute/call/gateway.h"
#include "libroute/call/outcome.h"
#include "libroute/tree/compiled_gateways.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

// By which gateways of a group a leg may go. One that is known to be down or busy, is
// disabled, or fails is left out; when a failing one may be tried again that is the
// first one of a leg's, whose try the decision claims, or one after others.
namespace libroute {

// Nothing if some gateway may be used, else what it comes to that none may.
std::optional<Outcome> FindNoGateway(const CompiledGatewayGroup& group, const Frame& frame);

// Those that may be used, in the order for this call; if none may, all of them.
GatewayOrder ChooseGateways(const CompiledGatewayGroup& group, const Frame& frame);

// Whether the one that a leg would try first has failed, and may be tried again now.
bool MayTryGateway(const CompiledGatewayGroup& group, const Frame& frame);

// That attempts by these are watched, for target `index` of a dial; and the try of the
// first one if it had failed.
void ClaimGateways(const CompiledGatewayGroup& group, const GatewayOrder& order, int index,
                   Frame& frame);

// What the end of an attempt shows of the gateways that were tried.
void NoteGateways(const CompiledGatewayGroup& group, const AttemptResult& result, Frame& frame);

// The names in `result` that are none of the group's: the first of them, else "".
std::string UnknownGateway(const GatewayGroup& group, const AttemptResult& result);

// Those that may not be used, for Explain: "paris-1 is down".
std::vector<Comparison> LeftOutGateways(const CompiledGatewayGroup& group, const Frame& frame);

// To tell that something failed or was reached, by what a result says; nothing where
// that shows nothing.
std::optional<Claim> ClaimOfResult(const CompiledWatch& watch, Reach reach,
                                   absl::Duration retry_after);

// Why what is watched is passed over.
std::string FailingText(const CompiledWatch& watch, const Frame& frame);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_GATEWAY_CHOICE_H_
