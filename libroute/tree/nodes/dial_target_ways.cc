#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/dial_address.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/dial_target.h"
#include "libroute/tree/nodes/gateway_choice.h"

// Targets that the plan has by name: destinations and sites, and their gateways.
namespace libroute {

void DialTarget::FindNamed(const std::string& text, absl::string_view field,
                           const DialManner& manner, NodeScope& scope) {
  absl::string_view site = text;
  const bool is_site = absl::ConsumePrefix(&site, kSitePrefix) ||
                       (!scope.HasDestination(text) && scope.HasSite(text));
  if (is_site) return SetSite(std::string(site), field, scope);
  destination_ = scope.FindDestination(text, field);
  if (destination_ >= 0) SetDestination(field, manner, scope);
}

void DialTarget::SetDestination(absl::string_view field, const DialManner& manner,
                                NodeScope& scope) {
  const CompiledDestination& destination = scope.destination(destination_);
  if (destination.setup > absl::ZeroDuration()) setup_ = destination.setup;
  if (destination.ring > absl::ZeroDuration()) ring_ = destination.ring;
  is_watched_ = destination.watch != nullptr || scope.IsWatched(destination.site);
  is_limited_ = destination.limit != nullptr || scope.site_limit(destination.site) != nullptr;
  may_meet_voicemail_ = destination.number.has_value() && IsMobileNumber(destination.facts) &&
                        destination.confirm == kNoMessage && manner.confirm == kNoMessage;
  SetGateways(destination.gateways, scope);
  if (manner.forwarding || !scope.IsLine(destination.number)) {
    scope.NoteDialled(destination.number, field);
  }
  if (destination.site != CompiledDestination::kNoSite) {
    scope.NoteSited(destination.site, absl::StrCat("destination ", Quoted(destination.name)),
                    field);
  }
  if (destination.from_called.has_value()) scope.NoteRewritten(destination_, field);
}

void DialTarget::SetSite(const std::string& name, absl::string_view field, NodeScope& scope) {
  called_ = true;
  site_ = scope.FindSite(name, field);
  if (site_ < 0) return;
  scope.NoteSited(site_, "the called number", field);
  is_watched_ = scope.IsWatched(site_);
  is_limited_ = scope.site_limit(site_) != nullptr;
  SetGateways(scope.site_gateways(site_), scope);
  if (gateways_ >= 0) return;
  scope.Error(field, "missing",
              absl::StrCat("nothing says how the site ", Quoted(name),
                           " is reached; write there `via` with the name of its gateways, or "
                           "dial a destination"));
}

void DialTarget::SetGateways(int gateways, const NodeScope& scope) {
  gateways_ = gateways;
  if (gateways < 0) return;
  const CompiledGatewayGroup& group = scope.gateway_group(gateways);
  ways_ = static_cast<int>(group.gateways.size());
  is_watched_ |= group.is_watched;
}

const CompiledGatewayGroup* DialTarget::GatewaysOf(const Frame& frame) const {
  return gateways_ < 0 ? nullptr : &frame.plan.gateway_group(gateways_);
}

int DialTarget::SiteOf(const Frame& frame) const {
  return destination_ < 0 ? site_ : frame.plan.destination(destination_).site;
}

std::optional<Outcome> DialTarget::OutcomeOfStatus(const Frame& frame) const {
  if (!depends_on_status()) return std::nullopt;
  const Status status = destination_ >= 0
                            ? frame.plan.DestinationStatus(destination_, frame.facts, frame.now)
                            : frame.facts.site(site_, frame.now);
  switch (status) {
    case Status::kUp:
      return std::nullopt;
    case Status::kBusy:
      return Outcome::kBusy;
    case Status::kDown:
      return Outcome::kUnreachable;
  }
  return std::nullopt;
}

std::string DialTarget::UnknownGateway(const Frame& frame, const AttemptResult& result) const {
  if (gateways_ >= 0) return libroute::UnknownGateway(GatewaysOf(frame)->ways, result);
  if (!result.gateway.empty() || result.failed_gateways.empty()) return result.gateway;
  return result.failed_gateways.front().gateway;
}

}  // namespace libroute
