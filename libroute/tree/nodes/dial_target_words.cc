#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/carrier/screening.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/nodes/dial_target.h"
#include "libroute/tree/nodes/gateway_choice.h"

// What Explain says of targets: what they are, and why they are left out.
namespace libroute {

NotTaken DialTarget::Obstacle::why() const {
  if (barring != nullptr) return NotTaken::kBarred;
  if (goes_round) return NotTaken::kLoop;
  if (failing != nullptr || no_gateway != nullptr) return NotTaken::kDown;
  if (full != nullptr) return NotTaken::kAtLimit;
  switch (outcome) {
    case Outcome::kBusy:
      return NotTaken::kBusy;
    case Outcome::kRejected:
      return NotTaken::kBarred;
    case Outcome::kBadNumber:
      return NotTaken::kNoNumber;
    default:
      return NotTaken::kDown;
  }
}

std::vector<Comparison> DialTarget::LeftOutGateways(const Frame& frame) const {
  if (gateways_ < 0) return {};
  return libroute::LeftOutGateways(*GatewaysOf(frame), frame);
}

std::string DialTarget::FindingText(const Frame& frame,
                                    const std::optional<Obstacle>& obstacle) const {
  if (!obstacle.has_value()) {
    const bool has_none = gateways_ >= 0 && FindNoGateway(*GatewaysOf(frame), frame).has_value();
    return has_none ? "no gateway is left, so all are tried" : "nothing speaks against it";
  }
  if (obstacle->no_gateway != nullptr) {
    return absl::StrCat("no gateway of ", obstacle->no_gateway->ways.name, " is left");
  }
  if (obstacle->barring != nullptr) {
    return absl::StrCat("barred by the carrier: ", obstacle->barring->name);
  }
  if (obstacle->undisturbed) {
    return absl::StrCat("line ", frame.plan.line(LineOf(frame)).name,
                        " is not to be disturbed: left out as busy");
  }
  if (obstacle->goes_round && frame.state.diversions < frame.context.max_hops) {
    return absl::StrCat(NumberOf(frame).ToString(), " has diverted this call: not sent back");
  }
  if (obstacle->goes_round) {
    return absl::StrCat("diverted ", frame.state.diversions, " times already, at most ",
                        frame.context.max_hops, ": not sent on");
  }
  if (obstacle->failing != nullptr) return FailingText(*obstacle->failing, frame);
  if (obstacle->full != nullptr) {
    return absl::StrCat("full: all ", obstacle->full->calls, " calls of ", obstacle->full->name,
                        " are there");
  }
  if (obstacle->outcome == Outcome::kRejected) {
    const E164Number number = NumberOf(frame);
    return absl::StrCat(number.ToString(), " may not be called: it is ",
                        RefusalText(number, frame.plan.allowed_destinations().Check(number)));
  }
  return absl::StrCat("known to be ", OutcomeName(obstacle->outcome));
}

std::string DialTarget::Text(const Frame& frame) const {
  if (site_ >= 0) {
    return absl::StrCat(CalledText(frame.state), " at site ",
                        frame.plan.fact_names().sites[static_cast<size_t>(site_)]);
  }
  if (called_) return absl::StrCat("the called line ", CalledText(frame.state));
  if (destination_ >= 0) {
    const CompiledDestination& destination = frame.plan.destination(destination_);
    if (destination.forward_of.has_value()) {
      return absl::StrCat("destination ", destination.name, ", ", NumberOf(frame).ToString());
    }
    return absl::StrCat(
        "destination ", destination.name, destination.from_called.has_value() ? ", " : "",
        destination.from_called.has_value() ? destination.from_called->ToString() : "");
  }
  return number_.has_value() ? number_.ToString() : uri_;
}

}  // namespace libroute
