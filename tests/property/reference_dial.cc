#include <algorithm>
#include <numeric>
#include <set>

#include "libroute/call/stable_hash.h"
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

// Whether trying once more may come to something else.
bool MayChange(Outcome outcome) {
  const std::set<Outcome> kept = {Outcome::kBusy, Outcome::kNoAnswer, Outcome::kNotConfirmed,
                                  Outcome::kUnreachable, Outcome::kCongestion};
  return kept.count(outcome) > 0;
}

// Indices of all weights, drawn without putting back.
std::vector<int> DrawnBy(const std::vector<uint32_t>& weights, const CallId& call,
                         const std::string& path) {
  std::vector<int> left(weights.size());
  std::iota(left.begin(), left.end(), 0);
  std::vector<int> order;
  uint64_t hash = StableMix(CallSeed(call) ^ StableHash(path));
  while (left.size() > 1) {
    uint32_t total = 0;
    for (int i : left) total += weights[static_cast<size_t>(i)];
    uint32_t drawn = StableBelow(hash, total);
    auto chosen = left.begin();
    for (;; ++chosen) {
      const uint32_t weight = weights[static_cast<size_t>(*chosen)];
      if (drawn < weight) break;
      drawn -= weight;
    }
    order.push_back(*chosen);
    left.erase(chosen);
    hash = StableMix(hash + 1);
  }
  order.push_back(left.front());
  return order;
}

// All targets of a node.
std::vector<int> Drawn(const v1::Dial& dial, const CallId& call, const std::string& path) {
  std::vector<uint32_t> weights(static_cast<size_t>(dial.to_size()), 1);
  if (dial.hunt() == v1::Dial::HUNT_WEIGHTED) {
    weights.assign(dial.weights().begin(), dial.weights().end());
  }
  return DrawnBy(weights, call, path);
}

}  // namespace

std::vector<int> ReferenceCall::Question::OrderOf(const v1::Dial& dial, const std::string& path) {
  std::vector<int> order(dial.to_size());
  std::iota(order.begin(), order.end(), 0);
  switch (dial.hunt()) {
    case v1::Dial::HUNT_CIRCULAR: {
      depends_on_.insert(v1::DEPENDENCE_LEDGER);
      const int first = static_cast<int>(world_.turns[path]++) % dial.to_size();
      std::rotate(order.begin(), order.begin() + first, order.end());
      return order;
    }
    case v1::Dial::HUNT_LEAST_RECENT:
      depends_on_.insert(v1::DEPENDENCE_LEDGER);
      ++world_.turns[path];
      std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return world_.used[{path, dial.to(a)}] < world_.used[{path, dial.to(b)}];
      });
      return order;
    case v1::Dial::HUNT_WEIGHTED:
    case v1::Dial::HUNT_RANDOM:
      return Drawn(dial, call_.call_.id, path);
    default:
      return order;
  }
}

void ReferenceCall::Question::Dial(const v1::Node& node, const std::string& path) {
  state_.order = OrderOf(node.dial(), path);
  state_.began = now_;
  Offer(node, path, true);
}

void ReferenceCall::Question::Offer(const v1::Node& node, const std::string& path, bool first) {
  const v1::Dial& dial = node.dial();
  const absl::Duration time_left = ToDuration(dial.total()) - (now_ - state_.began);
  if (dial.has_total() && time_left <= absl::ZeroDuration()) return Conclude(node, path);
  // Of what another node has looked at, nothing was dialled.
  by_language_.clear();
  std::vector<int> targets;
  std::vector<v1::Leg> legs;
  const size_t room =
      first ? static_cast<size_t>(call_.max_attempts_ - state_.attempts) : state_.order.size();
  // A target where only so many calls may be is offered by itself.
  const bool in_order = dial.order() != v1::Dial::ORDER_TOGETHER;
  bool waits = false;
  for (int i : state_.order) {
    if (state_.tried.count(i) > 0) continue;
    // Those for which there was no room at first are not dialled later.
    if (!first && state_.offered.count(i) == 0) continue;
    const bool is_limited = in_order && !LimitsOf(dial.to(i)).empty();
    waits |= is_limited && std::min(legs.size(), room) > 0;
    if (waits) {
      targets.push_back(i);
      continue;
    }
    std::optional<Outcome> known = KnownOutcome(dial, dial.to(i));
    if (!known.has_value() && GoesRound(MakeLeg(dial, i))) {
      known = Outcome::kFailure;
      state_.looped = true;
      depends_on_.insert(v1::DEPENDENCE_CALL);
    }
    const v1::GatewayGroup* gateways = ReferenceGateways(plan_, dial.to(i));
    if (!known.has_value() && gateways != nullptr && !dial.even_if_down()) {
      known = ReferenceNoGateway(world_, *gateways);
    }
    if (!known.has_value() && legs.size() < room && !HasRoom(dial.to(i))) known = Outcome::kBusy;
    if (known.has_value()) {
      Failed(i, *known);
      continue;
    }
    // Now: what is known of later targets is no reason to dial this one.
    legs.push_back(MakeLeg(dial, i));
    targets.push_back(i);
    if (legs.size() > room) continue;
    TakePlaces(dial.to(i));
    waits = is_limited;
  }
  if (legs.empty()) return first ? Conclude(node, path) : AfterRound(node, path);
  if (first) {
    if (room == 0) return Release(Best(), ReleaseReason::kTooManyAttempts, path);
    if (targets.size() > room) targets.resize(room);
    state_.attempts += static_cast<int>(targets.size());
    state_.offered.insert(targets.begin(), targets.end());
  }
  world_.used[{path, dial.to(targets.front())}] = world_.turns[path];
  v1::DialDecision& out = *decision_.mutable_dial();
  for (size_t i = 0; i < std::min(targets.size(), legs.size()); ++i) {
    if (i > 0 && dial.has_stagger()) {
      FromDuration(static_cast<int64_t>(i) * ToDuration(dial.stagger()),
                   legs[i].mutable_start_after());
    }
    *out.add_legs() = legs[i];
  }
  out.set_order(dial.order() == v1::Dial::ORDER_TOGETHER ? v1::LEG_ORDER_TOGETHER
                                                         : v1::LEG_ORDER_IN_ORDER);
  if (dial.has_total()) FromDuration(time_left, out.mutable_total_timeout());
  out.set_rounds_left(std::max<uint32_t>(1, dial.rounds()) - 1 -
                      static_cast<uint32_t>(state_.round));
  Act(&node, path, false);
}

void ReferenceCall::Question::AfterRound(const v1::Node& node, const std::string& path) {
  const v1::Dial& dial = node.dial();
  const bool is_last = state_.round + 1 >= static_cast<int>(std::max<uint32_t>(1, dial.rounds()));
  if (is_last || static_cast<int>(state_.settled.size()) == dial.to_size()) {
    return Conclude(node, path);
  }
  ++state_.round;
  state_.tried = state_.settled;
  state_.offered.clear();
  Offer(node, path, true);
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
    const std::string site = ReferenceSite(plan_, target);
    const bool is_called = target == "called" || !site.empty();
    SetAddress(is_called ? call_.call_.called.ToString() : target, leg);
    leg.set_site(site);
  }
  SetGateways(target, leg);
  FromDuration(setup, leg.mutable_setup_timeout());
  FromDuration(ring, leg.mutable_ring_timeout());
  FillCommon(index, leg);
  SetPresented(dial, target, leg);
  SetManner(dial, target, leg);
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
  leg.mutable_diversion()->set_privacy(call_.number_->withheld() ? v1::PRIVACY_RESTRICTED
                                                                 : v1::PRIVACY_ALLOWED);
}

void ReferenceCall::Question::SetGateways(const std::string& target, v1::Leg& leg) {
  const v1::GatewayGroup* group = ReferenceGateways(plan_, target);
  if (group == nullptr) return;
  for (const auto& [name, written] : plan_.gateways()) {
    if (&written == group) leg.set_gateway_group(name);
  }
  std::vector<int> order(static_cast<size_t>(group->gateways_size()));
  std::iota(order.begin(), order.end(), 0);
  if (group->order() == v1::GatewayGroup::ORDER_WEIGHTED) {
    std::vector<uint32_t> weights;
    for (const auto& gateway : group->gateways()) {
      weights.push_back(std::max<uint32_t>(1, gateway.weight()));
    }
    order = DrawnBy(weights, call_.call_.id, "gateways." + leg.gateway_group());
  }
  const bool all = ReferenceNoGateway(world_, *group).has_value();
  for (int i : order) {
    const v1::GatewayGroup::Gateway& gateway = group->gateways(i);
    if (!all && ReferenceGatewayStatus(world_, gateway) != v1::STATUS_UP) continue;
    leg.add_gateways()->set_name(gateway.name());
    leg.mutable_gateways(leg.gateways_size() - 1)->set_uri(gateway.uri());
  }
  *leg.mutable_try_next_on() = group->try_next_on();
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

void ReferenceCall::Question::SetPresented(const v1::Dial& dial, const std::string& target,
                                           v1::Leg& leg) {
  std::string present = dial.present();
  auto destination = plan_.destinations().find(target);
  if (destination != plan_.destinations().end() && !destination->second.present().empty()) {
    present = destination->second.present();
  }
  v1::Identity& seen = *leg.mutable_presented();
  if (present.empty() || present == "caller") return;
  if (present == "withheld") {
    if (call_.call_.calling.has_value()) seen.set_privacy(v1::PRIVACY_RESTRICTED);
    return;
  }
  seen.set_number(present == "called" ? call_.call_.called.ToString() : present);
  seen.set_privacy(v1::PRIVACY_ALLOWED);
}

void ReferenceCall::Question::SetManner(const v1::Dial& dial, const std::string& target,
                                        v1::Leg& leg) {
  leg.set_record(dial.record());
  leg.set_ringback(MessageText(dial.music()));
  if (dial.redirects() == v1::Dial::REDIRECTS_FOLLOW) {
    leg.set_redirect_policy(v1::REDIRECT_POLICY_FOLLOW);
  }
  const absl::StatusOr<E164Number> number = E164Number::Parse(leg.number());
  const bool is_outside =
      target != "called" && ReferenceSite(plan_, target).empty() && number.ok() &&
      (leg.number_kind() == v1::NUMBER_KIND_MOBILE || ReferenceServing(plan_, *number) == nullptr);
  std::string message = is_outside ? dial.confirm() : "";
  auto destination = plan_.destinations().find(target);
  if (destination != plan_.destinations().end() && !destination->second.confirm().empty()) {
    message = destination->second.confirm();
  }
  leg.set_confirmation_wanted(!message.empty());
  leg.set_confirmation_message(MessageText(message));
  if (plan_.messages().contains(dial.music()) || plan_.messages().contains(message)) {
    by_language_.insert(leg.attempt_id());
  }
}

std::map<std::string, uint32_t> ReferenceCall::Question::LimitsOf(const std::string& target) const {
  std::map<std::string, uint32_t> limits;
  const auto destination = plan_.destinations().find(target);
  std::string site = ReferenceSite(plan_, target);
  if (destination != plan_.destinations().end()) {
    const v1::Destination& to = destination->second;
    if (to.max_calls() > 0) limits["destination " + target] = to.max_calls();
    site = to.site();
  }
  if (site.empty()) return limits;
  const uint32_t lines = plan_.sites().at(site).max_calls();
  if (lines > 0) limits["site " + site] = lines;
  return limits;
}

bool ReferenceCall::Question::HasRoom(const std::string& target) {
  const std::string call = call_.call_.id.ToString();
  for (const auto& [what, most] : LimitsOf(target)) {
    depends_on_.insert(v1::DEPENDENCE_LEDGER);
    const std::set<std::string>& there = world_.places[what];
    if (there.count(call) > 0 || there.size() < most) continue;
    decision_.set_limited_by(what);
    return false;
  }
  return true;
}

void ReferenceCall::Question::TakePlaces(const std::string& target) {
  for (const auto& [what, most] : LimitsOf(target)) Take(what, most);
}

std::optional<Outcome> ReferenceCall::Question::KnownOutcome(const v1::Dial& dial,
                                                             const std::string& target) {
  const std::string site = ReferenceSite(plan_, target);
  if (site.empty() && plan_.destinations().count(target) == 0) return std::nullopt;
  depends_on_.insert(v1::DEPENDENCE_STATUS);
  const v1::Destination to = site.empty() ? plan_.destinations().at(target) : v1::Destination();
  if (to.has_from_called() && MadeOf(call_.call_.called.ToString(), to.from_called()).empty()) {
    return Outcome::kBadNumber;
  }
  if (dial.even_if_down()) return std::nullopt;
  switch (!site.empty() ? ReferenceSiteStatus(world_, site)
                        : ReferenceDestinationStatus(plan_, world_, target)) {
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

// The call goes on behind an answered leg.
bool ReferenceCall::Question::CalledReleased(const Event& event) {
  const v1::Dial& dial = state_.node->dial();
  if (!dial.has_after()) return false;
  const int target = event.results.empty() ? -1 : event.results.front().target;
  if (target >= 0 && (state_.offered.count(target) == 0 || state_.tried.count(target) > 0)) {
    return false;
  }
  for (const std::string& to : dial.to()) {
    for (const auto& [what, most] : LimitsOf(to)) left_.insert(what);
  }
  const std::string path = state_.path;
  AfterTalk(dial.after(), path);
  return true;
}

bool ReferenceCall::Question::DialEnded(const Event& event) {
  if (event.kind == EventKind::kCalledReleased) return CalledReleased(event);
  if (event.kind != EventKind::kDialResult || event.results.empty()) return false;
  const v1::Node& node = *state_.node;
  std::string path = state_.path;
  bool together = node.dial().order() == v1::Dial::ORDER_TOGETHER;
  bool person_spoke = false;
  for (const AttemptResult& result : event.results) {
    std::vector<int> left;
    for (int leg : state_.order) {
      if (state_.offered.count(leg) > 0 && state_.tried.count(leg) == 0) left.push_back(leg);
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
    const bool is_global = sip == 600 || sip == 603 || sip == 607 || sip == 608;
    if (is_global) state_.global_sip = sip;
    person_spoke |= is_global && node.dial().one_person();
    if (is_global || !MayChange(result.outcome)) state_.settled.insert(left.begin(), left.end());
  }
  for (const std::string& target : node.dial().to()) {
    for (const auto& [what, most] : LimitsOf(target)) left_.insert(what);
  }
  if (person_spoke) {
    Conclude(node, path);
  } else if (together) {
    AfterRound(node, path);
  } else {
    Offer(node, path, false);
  }
  return true;
}

void ReferenceCall::Question::Leave() {
  state_.order.clear();
  state_.settled.clear();
  state_.round = 0;
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
  if (state_.talked && state_.failures.empty()) return {480, 16};
  if (IsLoop()) return {482, 25};
  return BestResponse(SetOf(state_.failures), state_.global_sip);
}

v1::DiversionReason ReferenceCall::Question::Reason() const {
  if (state_.failures.empty()) return v1::DIVERSION_REASON_UNCONDITIONAL;
  return static_cast<v1::DiversionReason>(DiversionReasonFor(state_.failures.back()));
}

}  // namespace libroute
