#include <algorithm>

#include "libroute/number/numbering_plans.h"
#include "tests/property/reference_question.h"
#include "tests/property/reference_written.h"

namespace libroute {
namespace {

OutcomeSet SetOf(const std::vector<Outcome>& outcomes) {
  OutcomeSet set;
  for (Outcome outcome : outcomes) set.Add(outcome);
  return set;
}

void SetAddress(const std::string& address, v1::Leg& leg) {
  if (address[0] == '+') {
    leg.set_number(address);
  } else {
    leg.set_uri(address);
  }
}

// What is made of the called number; empty if it is no number.
std::string MadeOf(std::string called, const v1::NumberFromCalled& written) {
  called.erase(0, 1);
  const size_t size = called.size();
  size_t kept = written.part_case() == v1::NumberFromCalled::kStrip
                    ? size - std::min<size_t>(size, written.strip())
                    : written.keep_last();
  if (kept == 0 || kept > size) return "";
  const std::string made = written.add() + called.substr(size - kept);
  return made.size() < 8 || made.size() > 16 ? "" : made;
}

}  // namespace

void ReferenceCall::Question::Offer(const v1::Node& node, const std::string& path) {
  const v1::Dial& dial = node.dial();
  bool first = state_.offered.empty();
  std::vector<int> targets;
  std::vector<v1::Leg> legs;
  for (int i = 0; i < dial.to_size(); ++i) {
    if (state_.tried.count(i) > 0) continue;
    // Those for which there was no room at first are not dialled later.
    if (!first && state_.offered.count(i) == 0) continue;
    std::optional<Outcome> known = KnownOutcome(dial.to(i));
    if (!known.has_value() && GoesRound(MakeLeg(dial, i))) {
      known = Outcome::kFailure;
      state_.looped = true;
      depends_on_.insert(v1::DEPENDENCE_CALL);
    }
    if (known.has_value()) {
      Failed(i, *known);
    } else {
      // Now: what is known of later targets is no reason to dial this one.
      legs.push_back(MakeLeg(dial, i));
      targets.push_back(i);
    }
  }
  if (legs.empty()) return Conclude(node, path);
  if (first) {
    size_t room = static_cast<size_t>(call_.max_attempts_ - state_.attempts);
    if (room == 0) return Release(Best(), ReleaseReason::kTooManyAttempts, path);
    if (legs.size() > room) targets.resize(room);
    state_.attempts += static_cast<int>(targets.size());
    state_.offered.insert(targets.begin(), targets.end());
  }
  v1::DialDecision& out = *decision_.mutable_dial();
  for (size_t i = 0; i < targets.size(); ++i) *out.add_legs() = legs[i];
  out.set_order(dial.order() == v1::Dial::ORDER_TOGETHER ? v1::LEG_ORDER_TOGETHER
                                                         : v1::LEG_ORDER_IN_ORDER);
  Act(&node, path, false);
}

v1::Leg ReferenceCall::Question::MakeLeg(const v1::Dial& dial, int index) {
  v1::Leg leg;
  const std::string& target = dial.to(index);
  absl::Duration setup = Written(dial, dial.has_setup(), 6, &v1::Dial::setup);
  absl::Duration ring = Written(dial, dial.has_ring(), 20, &v1::Dial::ring);
  auto destination = plan_.destinations().find(target);
  if (destination != plan_.destinations().end()) {
    const v1::Destination& to = destination->second;
    leg.set_destination(target);
    leg.set_site(to.site());
    if (to.has_from_called()) {
      leg.set_number(MadeOf(call_.call_.called.ToString(), to.from_called()));
    } else {
      SetAddress(to.number().empty() ? to.uri() : to.number(), leg);
    }
    if (to.has_setup()) setup = ToDuration(to.setup());
    if (to.has_ring()) ring = ToDuration(to.ring());
  } else {
    SetAddress(target == "called" ? call_.call_.called.ToString() : target, leg);
  }
  FromDuration(setup, leg.mutable_setup_timeout());
  FromDuration(ring, leg.mutable_ring_timeout());
  FillCommon(index, leg);
  return leg;
}

void ReferenceCall::Question::FillCommon(int index, v1::Leg& leg) {
  const Call& call = call_.call_;
  leg.set_attempt_id(absl::StrCat(state_.step, ".", index));
  leg.mutable_presented()->set_number(call.calling.ToString());
  leg.mutable_presented()->set_privacy(call.calling.has_value()
                                           ? static_cast<v1::Privacy>(call.calling_privacy)
                                           : v1::PRIVACY_UNAVAILABLE);
  leg.set_charge_to(Holder());
  leg.set_charged_number(call.called.ToString());
  leg.set_carrier_preselection_bypassed(true);
  leg.set_redirect_policy(v1::REDIRECT_POLICY_REPORT);
  if (const absl::StatusOr<E164Number> number = E164Number::Parse(leg.number()); number.ok()) {
    const NumberFacts facts = NumberingPlans::World().Find(*number);
    leg.set_number_kind(static_cast<v1::NumberKind>(static_cast<int>(facts.kind) + 1));
    leg.set_country(facts.country.ToString());
  }
  bool own = leg.number() == call.called.ToString();
  leg.set_trigger(own ? v1::TRIGGER_SUPPRESS : v1::TRIGGER_ALLOW);
  if (own) leg.set_routing_number(call.routing_number.ToString());
  if (own) return;
  leg.mutable_diversion()->set_number(call.called.ToString());
  leg.mutable_diversion()->set_reason(Reason());
  leg.mutable_diversion()->set_count(static_cast<uint32_t>(call.diversions + 1));
  leg.mutable_diversion()->set_privacy(v1::PRIVACY_ALLOWED);
}

bool ReferenceCall::Question::GoesRound(const v1::Leg& leg) const {
  if (!leg.has_diversion()) return false;
  const Call& call = call_.call_;
  if (static_cast<int>(leg.diversion().count()) > call_.max_hops_) return true;
  if (call.diversions == 0 || leg.number().empty()) return false;
  std::set<std::string> diverters = {call.diverted_by.ToString()};
  for (E164Number number : call.diverted_before) diverters.insert(number.ToString());
  return diverters.count(leg.number()) > 0;
}

std::optional<Outcome> ReferenceCall::Question::KnownOutcome(const std::string& target) {
  if (plan_.destinations().count(target) == 0) return std::nullopt;
  depends_on_.insert(v1::DEPENDENCE_STATUS);
  const v1::Destination& to = plan_.destinations().at(target);
  if (to.has_from_called() && MadeOf(call_.call_.called.ToString(), to.from_called()).empty()) {
    return Outcome::kBadNumber;
  }
  switch (ReferenceDestinationStatus(plan_, world_, target)) {
    case v1::STATUS_BUSY:
      return Outcome::kBusy;
    case v1::STATUS_DOWN:
      return Outcome::kUnreachable;
    default:
      return std::nullopt;
  }
}

void ReferenceCall::Question::Failed(int target, Outcome outcome) {
  state_.tried.insert(target);
  state_.failures.push_back(outcome);
  state_.node_failures.push_back(outcome);
}

void ReferenceCall::Question::Conclude(const v1::Node& node, const std::string& path) {
  Outcome outcome = *SetOf(state_.node_failures).Highest();
  Leave();
  for (std::optional<Outcome> o = outcome; o.has_value(); o = ParentOutcome(*o)) {
    const v1::Node* branch = OnOutcome(node.dial(), *o);
    if (branch == nullptr) continue;
    return Visit(*branch, absl::StrCat(path, ".on_", OutcomeName(*o)));
  }
  if (node.dial().has_otherwise()) {
    return Visit(node.dial().otherwise(), path + ".otherwise");
  }
  Fallback(path, outcome);
}

bool ReferenceCall::Question::DialEnded(const Event& event) {
  if (event.kind != EventKind::kDialResult || event.results.empty()) return false;
  const v1::Node& node = *state_.node;
  std::string path = state_.path;
  bool together = node.dial().order() == v1::Dial::ORDER_TOGETHER;
  for (const AttemptResult& result : event.results) {
    std::vector<int> left;
    for (int leg : state_.offered) {
      if (state_.tried.count(leg) == 0) left.push_back(leg);
    }
    if (result.target >= 0) {
      if (std::find(left.begin(), left.end(), result.target) == left.end()) return false;
      left = {result.target};
    }
    if (left.empty() || result.outcome == Outcome::kAnswered) return false;
    if (!together) left.erase(left.begin() + 1, left.end());
    // Those that end at once are one failure.
    for (int leg : left) state_.tried.insert(leg);
    Failed(left.front(), result.outcome);
    int sip = result.sip_status;
    if (sip == 600 || sip == 603 || sip == 607 || sip == 608) state_.global_sip = sip;
  }
  if (together) {
    Conclude(node, path);
  } else {
    Offer(node, path);
  }
  return true;
}

void ReferenceCall::Question::Leave() {
  state_.offered.clear();
  state_.tried.clear();
  state_.node_failures.clear();
  state_.plays = 0;
}

bool ReferenceCall::Question::IsLoop() const {
  return state_.looped && state_.global_sip == 0 &&
         std::all_of(state_.failures.begin(), state_.failures.end(),
                     [](Outcome outcome) { return outcome == Outcome::kFailure; });
}

ResponseCode ReferenceCall::Question::Best() const {
  if (IsLoop()) return {482, 25};
  return BestResponse(SetOf(state_.failures), state_.global_sip);
}

v1::DiversionReason ReferenceCall::Question::Reason() const {
  if (state_.failures.empty()) return v1::DIVERSION_REASON_UNCONDITIONAL;
  return static_cast<v1::DiversionReason>(DiversionReasonFor(state_.failures.back()));
}

}  // namespace libroute
