#include "libroute/call/decision.h"

#include <algorithm>

namespace libroute {

DiversionReason DiversionReasonFor(Outcome outcome) {
  switch (outcome) {
    case Outcome::kBusy:
      return DiversionReason::kBusy;
    case Outcome::kNoAnswer:
    case Outcome::kNotConfirmed:
      return DiversionReason::kNoAnswer;
    case Outcome::kRejected:
    case Outcome::kRedirected:
      return DiversionReason::kDeflected;
    case Outcome::kBadNumber:
      return DiversionReason::kUnknown;
    case Outcome::kUnreachable:
    case Outcome::kCongestion:
    case Outcome::kFailure:
      return DiversionReason::kUnreachable;
    case Outcome::kAnswered:
    case Outcome::kCancelled:
      return DiversionReason::kUnconditional;
  }
  return DiversionReason::kUnconditional;
}

absl::string_view ConferenceRoleName(ConferenceRole role) {
  return role == ConferenceRole::kListener ? "listener" : "participant";
}

absl::string_view ActionName(const Action& action) {
  constexpr absl::string_view kNames[] = {
      "none",       "dial",          "announce", "menu",         "wait",    "voicemail",
      "conference", "reject",        "release",  "pass_through", "collect", "more_digits",
      "auto_reply", "forward_email", "discard",  "assigned"};
  static_assert(std::size(kNames) == std::variant_size_v<Action>);
  return kNames[action.index()];
}

absl::string_view DiscardReasonName(DiscardReason reason) {
  constexpr absl::string_view kNames[] = {"plan",   "auto_submitted", "bulk",     "list",
                                          "bounce", "suppressed",     "withdrawn"};
  return kNames[static_cast<size_t>(reason) - 1];
}

absl::string_view ServiceStateName(ServiceState state) {
  constexpr absl::string_view kNames[] = {"none",      "pending", "active",
                                          "suspended", "ended",   "ported"};
  return kNames[static_cast<size_t>(state)];
}

void Decision::Clear() {
  action = std::monostate();
  answered = false;
  resumable = false;
  depends_on = DependenceSet();
  priority = 0;
  use_if_unreachable_until = kNoBoundary;
  number = E164Number();
  // One by one: a text that is copied from another right after it was written
  // waits for the write.
  customer = absl::string_view();
  revision = absl::string_view();
  holder = absl::string_view();
  caller_type = absl::string_view();
  node = absl::string_view();
  limited_by = absl::string_view();
  recovery_plan = absl::string_view();
  recovery_drill = false;
  ask_after = false;
  gap.reset();
  holds_places = false;
  made_ahead = false;
  attributes.clear();
  collected.clear();
  claims.clear();
  correlation = CorrelationId();
  continuation.clear();
  if (keep_phones != nullptr) keep_phones.reset();
  screened_by.clear();
  recorded = false;
}

bool EndsCall(const Decision& decision) {
  return std::holds_alternative<RejectDecision>(decision.action) ||
         std::holds_alternative<ReleaseDecision>(decision.action);
}

bool DialsAgents(const Decision& decision) {
  const auto* dial = std::get_if<DialDecision>(&decision.action);
  if (dial == nullptr || dial->legs.empty()) return false;
  return dial->is_transfer || !dial->legs.front().agent.empty();
}

bool WantsRelease(const Decision& decision) {
  const Action& action = decision.action;
  if (decision.made_ahead && (decision.recorded || decision.holds_places)) return true;
  if (EndsCall(decision)) return false;
  const bool ends_here = std::holds_alternative<PassThroughDecision>(action);
  if (decision.recorded && !ends_here) return true;
  const bool holds_place =
      decision.holds_places ||
      std::any_of(decision.claims.begin(), decision.claims.end(),
                  [](const Claim& claim) { return claim.kind == Claim::Kind::kPlace; });
  return holds_place || std::holds_alternative<DialDecision>(action) ||
         std::holds_alternative<WaitDecision>(action);
}

}  // namespace libroute
