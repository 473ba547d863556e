#include "libroute/tree/nodes/dial_target.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/carrier/screening.h"
#include "libroute/facts/portability.h"
#include "libroute/number/number_kind.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/dial_address.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/gateway_choice.h"
#include "libroute/tree/nodes/known_status.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// A called line of the plan may always be dialled; not what its lines call.
AllowedDestinations::Refusal RefusalOf(const Frame& frame, E164Number number) {
  if (frame.route.is_own && number == frame.state.called) {
    return AllowedDestinations::Refusal::kNone;
  }
  return frame.plan.allowed_destinations().Check(number);
}

RedirectPolicy CompileRedirects(const v1::Dial& written, NodeScope& scope) {
  if (!v1::Dial::Redirects_IsValid(written.redirects())) {
    scope.Error("redirects", "bad-value", "redirections are a matter of report or follow");
  }
  return written.redirects() == v1::Dial::REDIRECTS_FOLLOW ? RedirectPolicy::kFollow
                                                           : RedirectPolicy::kReport;
}

}  // namespace

DialManner DialManner::Compile(const v1::Dial& written, NodeScope& scope) {
  DialManner manner;
  manner.setup =
      scope.DurationIn(written.has_setup() ? &written.setup() : nullptr, "setup", kSetupRange);
  manner.ring =
      scope.DurationIn(written.has_ring() ? &written.ring() : nullptr, "ring", kRingRange);
  manner.present = scope.ReadPresented(written.present(), "present");
  manner.redirects = CompileRedirects(written, scope);
  manner.confirm = scope.MessageOrNone(written.confirm(), "confirm");
  manner.music = scope.MessageOrNone(written.music(), "music");
  manner.record = written.record();
  manner.even_if_down = written.even_if_down();
  manner.forwarding = written.forwarding();
  return manner;
}

DialTarget DialTarget::Compile(const std::string& text, absl::string_view field,
                               const DialManner& manner, NodeScope& scope) {
  DialTarget target;
  target.setup_ = manner.setup;
  target.ring_ = manner.ring;
  target.forwarding_ = manner.forwarding;
  if (text == kCalledLine) {
    target.called_ = true;
    return target;
  }
  if (!LooksLikeAddress(text) || absl::StartsWith(text, kSitePrefix)) {
    target.FindNamed(text, field, manner, scope);
    return target;
  }
  absl::StatusOr<DialAddress> address = ParseDialAddress(text);
  if (!address.ok()) {
    scope.Error(field, "bad-address", std::string(address.status().message()));
    return target;
  }
  scope.CheckAllowed(address->number, address->uri, field);
  target.number_ = address->number;
  target.uri_ = address->uri;
  target.in_uri_ = scope.NumberInUri(target.uri_);
  target.facts_ = scope.FactsOf(target.number_.has_value() ? target.number_ : target.in_uri_);
  target.may_meet_voicemail_ =
      target.number_.has_value() && IsMobileNumber(target.facts_) && manner.confirm == kNoMessage;
  // A line that just rings sends nothing on.
  if (manner.forwarding || !scope.IsLine(target.number_)) scope.NoteDialled(target.number_, field);
  return target;
}

E164Number DialTarget::NumberOf(const Frame& frame) const {
  if (called_) return frame.state.called;
  if (destination_ < 0) return number_;
  const CompiledDestination& destination = frame.plan.destination(destination_);
  if (destination.forward_of.has_value()) return frame.ForwardOf(*destination.forward_of);
  return destination.from_called.has_value() ? destination.from_called->Apply(frame.state.called)
                                             : destination.number;
}

E164Number DialTarget::NumberMeant(const Frame& frame) const {
  const E164Number number = NumberOf(frame);
  if (number.has_value() || called_) return number;
  return destination_ < 0 ? in_uri_ : frame.plan.destination(destination_).in_uri;
}

int DialTarget::LineOf(const Frame& frame) const {
  if (called_ || forwarding_ || frame.plan.fact_names().lines.empty()) return -1;
  const E164Number number = NumberOf(frame);
  // The called line has looked at its own rules.
  return number == frame.state.called ? -1 : frame.plan.FindLine(number);
}

std::optional<DialTarget::Obstacle> DialTarget::FindObstacle(Frame& frame,
                                                             const DialManner& manner) const {
  // The called line is screened before the plan.
  if (frame.context.screening != nullptr && !called_) {
    const Barring* barring = frame.context.screening->FindDestination(NumberMeant(frame));
    if (barring != nullptr) return Obstacle{Outcome::kRejected, barring};
  }
  const std::optional<Outcome> known = KnownOutcome(frame, manner);
  if (known.has_value()) return Obstacle{*known};
  Obstacle obstacle;
  const int line = LineOf(frame);
  if (line >= 0 && frame.plan.line(line).IsUndisturbed(line, frame)) {
    obstacle.outcome = Outcome::kBusy;
    obstacle.undisturbed = true;
    return obstacle;
  }
  obstacle.goes_round = GoesRound(frame);
  if (obstacle.goes_round) return obstacle;
  if (gateways_ >= 0 && !manner.even_if_down) {
    const std::optional<Outcome> none = FindNoGateway(*GatewaysOf(frame), frame);
    if (none.has_value()) {
      obstacle.outcome = *none;
      obstacle.no_gateway = GatewaysOf(frame);
      return obstacle;
    }
  }
  obstacle.failing = is_watched_ && !manner.even_if_down ? FailingWatch(frame) : nullptr;
  obstacle.full = is_limited_ ? FullLimit(frame) : nullptr;
  if (obstacle.failing == nullptr && obstacle.full == nullptr) return std::nullopt;
  obstacle.outcome = obstacle.failing != nullptr ? Outcome::kUnreachable : Outcome::kBusy;
  return obstacle;
}

std::array<const CompiledWatch*, 2> DialTarget::WatchesOf(const Frame& frame) const {
  const CompiledWatch* own =
      destination_ < 0 ? nullptr : frame.plan.destination(destination_).watch.get();
  return {own, frame.plan.site_watch(SiteOf(frame))};
}

const CompiledWatch* DialTarget::FailingWatch(const Frame& frame) const {
  for (const CompiledWatch* watch : WatchesOf(frame)) {
    if (watch == nullptr) continue;
    const Health::State state = HealthOf(*watch, frame);
    if (state == Health::State::kUp) continue;
    const bool may_try = state == Health::State::kMayProbe &&
                         !frame.IsRefused(watch->ClaimOf(libroute::Claim::Kind::kProbe));
    if (!may_try) return watch;
  }
  return nullptr;
}

bool DialTarget::MayTry(const Frame& frame) const {
  if (!is_watched_) return false;
  for (const CompiledWatch* watch : WatchesOf(frame)) {
    if (watch != nullptr && HealthOf(*watch, frame) == Health::State::kMayProbe) return true;
  }
  return gateways_ >= 0 && MayTryGateway(*GatewaysOf(frame), frame);
}

std::array<const CompiledLimit*, 2> DialTarget::LimitsOf(const Frame& frame) const {
  const CompiledLimit* own =
      destination_ < 0 ? nullptr : frame.plan.destination(destination_).limit.get();
  return {own, frame.plan.site_limit(SiteOf(frame))};
}

const CompiledLimit* DialTarget::FullLimit(const Frame& frame) const {
  for (const CompiledLimit* limit : LimitsOf(frame)) {
    if (limit != nullptr && frame.IsRefused(PlaceClaim(limit->places, limit->calls))) return limit;
  }
  return nullptr;
}

void DialTarget::Claim(Frame& frame, const Leg& leg) const {
  WatchSubject subject;
  subject.target = leg.target;
  for (const CompiledWatch* watch : WatchesOf(frame)) {
    if (watch == nullptr) continue;
    if (HealthOf(*watch, frame) == Health::State::kMayProbe) {
      frame.Claim(watch->ClaimOf(libroute::Claim::Kind::kProbe));
    }
    frame.decision.claims.push_back(watch->ClaimOf(libroute::Claim::Kind::kWatch, subject));
  }
  if (gateways_ >= 0) ClaimGateways(*GatewaysOf(frame), leg.gateways, leg.target, frame);
  for (const CompiledLimit* limit : LimitsOf(frame)) {
    if (limit != nullptr) frame.Claim(PlaceClaim(limit->places, limit->calls));
  }
}

void DialTarget::LeavePlaces(Frame& frame) const {
  for (const CompiledLimit* limit : LimitsOf(frame)) {
    if (limit != nullptr) frame.decision.claims.push_back(LeaveClaim(limit->places));
  }
}

bool DialTarget::HasDivertedIt(const Frame& frame) const {
  const E164Number number = NumberOf(frame);
  return number.has_value() && frame.state.WasDivertedBy(number);
}

bool DialTarget::GoesRound(const Frame& frame) const {
  // Only calls to numbers are diverted, and most were not before.
  const CallState& state = frame.state;
  if (state.diversions == 0 || !frame.route.is_own) return false;
  const E164Number number = NumberOf(frame);
  if (number.has_value() && number == state.called) return false;
  return state.diversions >= frame.context.max_hops || HasDivertedIt(frame);
}

std::optional<Outcome> DialTarget::KnownOutcome(const Frame& frame,
                                                const DialManner& manner) const {
  if (called_) {
    if (!frame.state.called.has_value()) return Outcome::kBadNumber;
    const bool refused =
        RefusalOf(frame, frame.state.called) != AllowedDestinations::Refusal::kNone;
    if (refused) return Outcome::kRejected;
  } else if (destination_ >= 0) {
    const CompiledDestination& destination = frame.plan.destination(destination_);
    if (destination.from_called.has_value() || destination.forward_of.has_value()) {
      const E164Number number = NumberOf(frame);
      if (!number.has_value()) return Outcome::kBadNumber;
      if (RefusalOf(frame, number) != AllowedDestinations::Refusal::kNone) {
        return Outcome::kRejected;
      }
    }
  }
  return manner.even_if_down ? std::nullopt : OutcomeOfStatus(frame);
}

void DialTarget::NoteResult(Frame& frame, const AttemptResult& result) const {
  if (!is_watched_) return;
  const Reach reach = ReachOf(result.outcome, result.sip_status, result.q850_cause);
  for (const CompiledWatch* watch : WatchesOf(frame)) {
    if (watch == nullptr) continue;
    const auto claim = ClaimOfResult(*watch, reach, result.retry_after);
    if (claim.has_value()) frame.decision.claims.push_back(*claim);
  }
  if (gateways_ >= 0) NoteGateways(*GatewaysOf(frame), result, frame);
}

// What the plan says of a number that it writes was looked up when it was
// compiled.
DialledNumberFacts DialTarget::FactsOf(const Frame& frame, E164Number number) const {
  if (!number.has_value()) return {};
  const CompiledDestination* destination =
      destination_ < 0 ? nullptr : &frame.plan.destination(destination_);
  const bool computed =
      called_ || (destination != nullptr &&
                  (destination->from_called.has_value() || destination->forward_of.has_value()));
  DialledNumberFacts facts = destination != nullptr ? destination->facts : facts_;
  if (computed) facts = frame.plan.operators().FactsOf(number);
  if (number == frame.state.called && frame.state.routing_number.has_value()) {
    frame.plan.operators().SetOperator(frame.state.routing_number, facts);
    if (facts.operator_source != OperatorSource::kNone) return facts;
  }
  if (frame.context.portability == nullptr) return facts;
  const absl::string_view ported = frame.context.portability->OperatorOf(number);
  if (ported.empty()) return facts;
  facts.operator_name = ported;
  facts.operator_source = OperatorSource::kPortability;
  return facts;
}

void DialTarget::SetDiversion(const Frame& frame, Leg& leg) const {
  const CallState& state = frame.state;
  const bool to_called = leg.number.has_value() && leg.number == state.called;
  if (to_called) {
    leg.trigger = Trigger::kSuppress;
    leg.routing_number = state.routing_number;
    return;
  }
  if (LineOf(frame) >= 0) leg.trigger = Trigger::kSuppress;
  if (frame.route.is_own) {
    // What lines dial that is no number of the plan diverts nothing.
    leg.diverted_by = state.called;
    leg.diversion_reason = state.has_failed() ? DiversionReasonFor(state.last_failure)
                                              : DiversionReason::kUnconditional;
    if (frame.route.is_withheld) leg.diversion_privacy = Privacy::kRestricted;
    leg.diversion_count = state.diversions + 1;
  }
}

MessageIndex DialTarget::ConfirmationOf(const Frame& frame, const DialManner& manner,
                                        const Leg& leg) const {
  if (destination_ >= 0) {
    const MessageIndex own = frame.plan.destination(destination_).confirm;
    if (own != kNoMessage) return own;
  }
  if (manner.confirm == kNoMessage || called_ || !leg.number.has_value()) return kNoMessage;
  return frame.plan.IsElsewhere(leg.number, leg.facts) ? manner.confirm : kNoMessage;
}

Leg DialTarget::MakeLeg(const Frame& frame, const DialManner& manner) const {
  Leg leg;
  leg.number = NumberOf(frame);
  leg.uri = uri_;
  const Presented* present = &manner.present;
  if (destination_ >= 0) {
    const CompiledDestination& destination = frame.plan.destination(destination_);
    leg.destination = destination.name;
    leg.uri = destination.uri;
    if (destination.present.is_written()) present = &destination.present;
  }
  const int site = SiteOf(frame);
  if (site >= 0) leg.site = frame.plan.fact_names().sites[static_cast<size_t>(site)];
  if (gateways_ >= 0) leg.gateways = ChooseGateways(*GatewaysOf(frame), frame);
  leg.setup_timeout = setup_;
  leg.ring_timeout = ring_;
  const PresentedIdentity identity = IdentityFor(*present, frame.state);
  leg.presented = identity.number;
  leg.presented_privacy = identity.privacy;
  const bool is_caller = identity.number == frame.state.calling;
  if (is_caller && identity.privacy == Privacy::kAllowed) {
    leg.presented_name = frame.plan.DisplayName(frame.state);
  }
  SetDiversion(frame, leg);
  leg.facts = FactsOf(frame, NumberMeant(frame));
  leg.charge_to = frame.plan.text(frame.holder);
  leg.charged_number = frame.route.is_own ? frame.state.called : frame.state.line;
  leg.redirect_policy = manner.redirects;
  leg.confirmation = MessageName(frame, ConfirmationOf(frame, manner, leg));
  leg.ringback = MessageName(frame, manner.music);
  leg.record = manner.record;
  return leg;
}

}  // namespace libroute
