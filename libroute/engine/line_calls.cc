#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"
#include "libroute/number/number_text.h"
#include "libroute/number/numbering_plans.h"

// Calls that a customer's line makes, to each other and to the network: whose
// line it is, and what was dialled.
namespace libroute {
namespace {

// Whether one of the plan's feature codes was dialled; a dial string goes before them.
bool IsFeature(const CompiledPlan& plan, const Call& call) {
  return plan.HasFeatureCode(call.service_code) && !plan.HasDialString(call.dialled);
}

// "forward_always on, to +32470000001".
std::string ChangeText(LineFeature feature, const FeatureSetting& setting) {
  constexpr absl::string_view kStates[] = {"as it is written", "off", "on"};
  const bool is_on = setting.state == FeatureSetting::State::kOn;
  return absl::StrCat(LineFeatureName(feature), " ", kStates[static_cast<int>(setting.state)],
                      is_on && setting.to.has_value() ? ", to " : "",
                      is_on ? setting.to.ToString() : "");
}

}  // namespace

const Revision* Engine::Question::LiveRevision(uint32_t slot) const {
  const PublishedPlans* published =
      engine_.customers.at(slot).published.load(std::memory_order_seq_cst);
  return published == nullptr ? nullptr : published->live.get();
}

Engine::Question::Line Engine::Question::LineOfIngress(const Call& call, E164Number line_number,
                                                       absl::string_view customer_name) const {
  Line line;
  const Customer* customer = engine_.customers.Find(customer_name);
  if (customer == nullptr) return line;
  line.customer = customer->id;
  line.revision = LiveRevision(customer->id);
  if (line.revision == nullptr) return line;
  const CompiledPlan& plan = *line.revision->plan;
  const E164Number number =
      line_number.has_value() ? line_number : plan.FindInternal(call.internal_line);
  // Another customer's line does not call by this ingress.
  if (number.has_value() && plan.FindNumber(number.digits()) != nullptr) line.number = number;
  return line;
}

Engine::Question::Line Engine::Question::FindLine(const Call& call, E164Number number) const {
  const std::string& customer = engine_.ingresses.CustomerOf(call.ingress);
  if (!customer.empty()) return LineOfIngress(call, number, customer);
  Line line;
  if (!number.has_value()) return line;
  engine_.directory.ForEachCandidate(number.digits(), [&](uint32_t slot) {
    const Revision* revision = LiveRevision(slot);
    if (revision == nullptr || revision->plan->FindNumber(number.digits()) == nullptr) {
      return false;
    }
    line = {slot, revision, number};
    return true;
  });
  return line;
}

void Engine::Question::AskForLine(const Call& call, Course& course) {
  const Line line = FindLine(call, call.line);
  if (line.revision == nullptr) {
    if (CarrierDecides(call, {}, call.called, course)) return;
    PassThrough(call, {PassThroughReason::kNotSubscribed, ""});
    Note("no customer has this line or this ingress");
    return;
  }
  const CompiledPlan& plan = *line.revision->plan;
  course.customer = line.customer;
  Arrive(call, course.state);
  course.state.line = line.number;
  course.state.ingress = static_cast<int16_t>(plan.FindIngress(call.ingress));
  const bool is_withheld = Withhold(plan, line.number, course.state);
  if (!line.number.has_value()) Note("the line is not known: the customer is the ingress's");
  KeepAlive(line.revision->plan);
  DecideForLine(call, line, course);
  auto* pass = std::get_if<PassThroughDecision>(&decision_.action);
  if (pass != nullptr) pass->withhold_identity = is_withheld;
}

void Engine::Question::DecideForLine(const Call& call, const Line& line, Course& course) {
  const CompiledPlan& plan = *line.revision->plan;
  const PassThroughReason otherwise = SetDialled(plan, call, course.state);
  const NumberRoute* route =
      otherwise == PassThroughReason::kUnknownNumber ? nullptr : plan.RouteOf(course.state);
  // By its internal number, too.
  if (CarrierDecides(call, line.number, course.state.called, course)) {
    return Tell(plan, route, course.state);
  }
  if (route != nullptr) {
    course.by_plan = true;
    if (IsFeature(plan, call)) return DecideFeature(call, line, course);
    return Decide(call, *line.revision, *route, course);
  }
  Tell(plan, nullptr, course.state);
  if (CarriersInventory() != nullptr && IsNotActive(call, plan, nullptr, course.state)) return;
  if (otherwise == PassThroughReason::kOutbound) return LeaveOutside(call, plan, course.state);
  if (plan.IsInternal(call.dialled)) {
    return Reject(call, ResponseFor(Outcome::kBadNumber),
                  absl::StrCat("no line has the internal number ", call.dialled.ToString()));
  }
  PassThrough(call, {PassThroughReason::kUnknownNumber, ""});
  Note("nothing that this customer's lines may dial");
}

void Engine::Question::DecideFeature(const Call& call, const Line& line, Course& course) {
  const CompiledPlan& plan = *line.revision->plan;
  FeatureAnswer answer = AnswerFeatureCode(plan, line.revision->facts, CarriersScreening(),
                                           line.number, call.service_code);
  const CompiledFeatureCodes& codes = *plan.feature_codes();
  Decide(call, *line.revision, answer.refusal.empty() ? codes.accepted : codes.refused, course);
  // A customer who is not active switches nothing.
  if (!std::holds_alternative<AnnounceDecision>(decision_.action)) return;
  decision_.depends_on.Add(Dependence::kStatus);
  decision_.use_if_unreachable_until =
      std::min(decision_.use_if_unreachable_until, absl::ToUnixSeconds(now_));
  if (!answer.refusal.empty()) {
    Note(absl::StrCat("the feature code is refused: ", answer.refusal));
    return;
  }
  course.features_of = plan.line(answer.changes.line).name;
  for (const auto& [feature, setting] : answer.changes.settings) {
    Note(absl::StrCat("line ", course.features_of, ": ", ChangeText(feature, setting)));
  }
  if (answer.changes.empty()) Note(absl::StrCat("line ", course.features_of, ": is so already"));
  course.features = std::move(answer.changes);
}

void Engine::Question::LeaveOutside(const Call& call, const CompiledPlan& plan,
                                    const CallState& state) {
  using Refusal = AllowedDestinations::Refusal;
  const AllowedDestinations& allowed = plan.allowed_destinations();
  if (allowed.is_written() && state.called.has_value()) {
    const Refusal refusal = allowed.Check(state.called);
    if (refusal != Refusal::kNone) {
      return Reject(call, ResponseFor(Outcome::kRejected),
                    absl::StrCat(state.called.ToString(), " may not be called: it is ",
                                 RefusalText(state.called, refusal)));
    }
  }
  PassThrough(call, {PassThroughReason::kOutbound, ""});
  Note("the number is none of this customer's, and the plan has no `outbound`");
}

void Engine::Question::Reject(const Call& call, ResponseCode code, std::string why) {
  PassThrough(call, {});
  decision_.action = RejectDecision{code};
  Note(std::move(why));
}

bool Engine::Question::Withhold(const CompiledPlan& plan, E164Number line, CallState& state) {
  const NumberRoute* route = line.has_value() ? plan.FindNumber(line.digits()) : nullptr;
  if (route == nullptr || !route->is_withheld) return false;
  if (state.calling_privacy == Privacy::kAllowed) state.calling_privacy = Privacy::kRestricted;
  Note(absl::StrCat(line.ToString(), " always withholds its number"));
  return true;
}

// Of digits that are no number: the costly one with which they begin, for the
// network ignores what follows.
E164Number Engine::Question::ReadDialledByLine(Digits dialled, const NumberProfile& profile) {
  constexpr int kMostExcess = 4;
  const E164Number number = ReadNumberText(dialled.ToString(), profile).number;
  if (number.has_value()) return number;
  for (int size = dialled.size() - 1; size > 0 && size >= dialled.size() - kMostExcess; --size) {
    const E164Number shorter = ReadNumberText(dialled.Prefix(size).ToString(), profile).number;
    if (!shorter.has_value()) continue;
    const NumberKind kind = NumberingPlans::World().Find(shorter).kind;
    const bool is_costly = kind == NumberKind::kPremium || kind == NumberKind::kSharedCost;
    return is_costly ? shorter : E164Number();
  }
  return E164Number();
}

PassThroughReason Engine::Question::SetDialled(const CompiledPlan& plan, const Call& call,
                                               CallState& state) {
  if (plan.HasDialString(call.dialled)) {
    state.dialled = call.dialled;
    state.called = E164Number();
    return PassThroughReason::kOutbound;
  }
  if (IsFeature(plan, call)) {
    state.dialled = call.service_code.Shortened();
    state.called = E164Number();
    return PassThroughReason::kOutbound;
  }
  const E164Number internal = plan.FindInternal(call.dialled);
  if (internal.has_value()) {
    state.called = internal;
    state.routing_number = RoutingNumber();
    Note(absl::StrCat(call.dialled.ToString(), " is the internal number of ", internal.ToString()));
    return PassThroughReason::kOutbound;
  }
  if (state.called.has_value()) {
    state.called = plan.Trim(state.called);
    return PassThroughReason::kOutbound;
  }
  state.dialled = call.dialled;
  if (plan.Special(call.dialled) != SpecialKind::kNone) return PassThroughReason::kOutbound;
  if (plan.IsInternal(call.dialled)) return PassThroughReason::kUnknownNumber;
  const E164Number number = ReadDialledByLine(call.dialled, plan.profile());
  if (!number.has_value()) return PassThroughReason::kUnknownNumber;
  state.called = plan.Trim(number);
  state.dialled = Digits();
  Note(absl::StrCat(call.dialled.ToString(), " is ", number.ToString(),
                    " in the country of the plan"));
  return PassThroughReason::kOutbound;
}

}  // namespace libroute
