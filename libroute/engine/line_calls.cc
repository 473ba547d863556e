#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/engine/question.h"

// Calls that a customer's line makes, to each other and to the network: whose
// line it is, and what was dialled.
namespace libroute {

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
    PassThrough(call, {PassThroughReason::kNotSubscribed, ""});
    Note("no customer has this line or this ingress");
    return;
  }
  const CompiledPlan& plan = *line.revision->plan;
  course.customer = line.customer;
  course.state = Arrived(call);
  course.state.line = line.number;
  course.state.ingress = static_cast<int16_t>(plan.FindIngress(call.ingress));
  const bool is_withheld = Withhold(plan, line.number, course.state);
  if (!line.number.has_value()) Note("the line is not known: the customer is the ingress's");
  const PassThroughReason otherwise = SetDialled(plan, call, course.state);
  // By its internal number, too.
  if (PassCallBack(call, course.state.called)) return;
  KeepAlive(line.revision->plan);
  const NumberRoute* route =
      otherwise == PassThroughReason::kUnknownNumber ? nullptr : plan.RouteOf(course.state);
  if (route != nullptr) {
    course.by_plan = true;
    Decide(call, *line.revision, *route, course);
    if (auto* pass = std::get_if<PassThroughDecision>(&decision_.action)) {
      pass->withhold_identity = is_withheld;
    }
    return;
  }
  PassThroughDecision pass = {otherwise, ""};
  pass.withhold_identity = is_withheld;
  PassThrough(call, pass);
  decision_.customer = plan.customer();
  decision_.revision = plan.revision();
  Note(otherwise == PassThroughReason::kOutbound
           ? "the number is none of this customer's, and the plan has no `outbound`"
           : "nothing that this customer's lines may dial");
}

bool Engine::Question::Withhold(const CompiledPlan& plan, E164Number line, CallState& state) {
  const NumberRoute* route = line.has_value() ? plan.FindNumber(line.digits()) : nullptr;
  if (route == nullptr || !route->is_withheld) return false;
  if (state.calling_privacy == Privacy::kAllowed) state.calling_privacy = Privacy::kRestricted;
  Note(absl::StrCat(line.ToString(), " always withholds its number"));
  return true;
}

PassThroughReason Engine::Question::SetDialled(const CompiledPlan& plan, const Call& call,
                                               CallState& state) {
  if (plan.HasDialString(call.dialled)) {
    state.dialled = call.dialled;
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
  const bool is_special = plan.Special(call.dialled) != SpecialKind::kNone;
  return is_special ? PassThroughReason::kOutbound : PassThroughReason::kUnknownNumber;
}

}  // namespace libroute
