#include "libroute/tree/nodes/dial_node.h"

#include <algorithm>
#include <map>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/carrier/screening.h"
#include "libroute/facts/portability.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/dial_address.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint32_t Bit(int target) {
  return 1u << target;
}

// Fills in where each outcome leads: what the node says, then its parent
// outcome, then `otherwise`, then the plan's default.
OutcomeBranches CompileBranches(const v1::Dial& written, NodeScope& scope) {
  const OutcomeBranches& defaults = scope.defaults();
  std::map<Outcome, NodeIndex> own;
  for (Outcome outcome : kFailedOutcomes) {
    const v1::Node* node = WrittenBranch(written, outcome);
    if (node == nullptr) continue;
    own[outcome] = scope.Child(node, absl::StrCat("on_", OutcomeName(outcome)));
  }
  OutcomeBranches branches;
  branches.otherwise = scope.ChildOr(written.has_otherwise() ? &written.otherwise() : nullptr,
                                     "otherwise", defaults.otherwise);
  for (Outcome outcome : kFailedOutcomes) {
    std::optional<Outcome> parent = ParentOutcome(outcome);
    if (own.contains(outcome)) {
      branches.Set(outcome, own[outcome], BranchSource::kOwn);
    } else if (parent.has_value() && own.contains(*parent)) {
      branches.Set(outcome, own[*parent], BranchSource::kParent);
    } else if (written.has_otherwise()) {
      branches.Set(outcome, branches.otherwise, BranchSource::kOtherwise);
    } else {
      branches.Set(outcome, defaults[outcome], BranchSource::kDefault);
    }
  }
  return branches;
}

// The branch as the plan writes it, for Explain.
std::string BranchName(const OutcomeBranches& branches, Outcome outcome) {
  switch (branches.source(outcome)) {
    case BranchSource::kOwn:
      return absl::StrCat("on_", OutcomeName(outcome));
    case BranchSource::kParent:
      return absl::StrCat("on_", OutcomeName(*ParentOutcome(outcome)));
    case BranchSource::kOtherwise:
      return "otherwise";
    case BranchSource::kDefault:
      return "default";
  }
  return "";
}

// A called line of the plan may always be dialled; not what its lines call.
AllowedDestinations::Refusal RefusalOf(const Frame& frame, E164Number number) {
  if (frame.route.is_own && number == frame.state.called) {
    return AllowedDestinations::Refusal::kNone;
  }
  return frame.plan.allowed_destinations().Check(number);
}

std::string DialsText(size_t targets, bool together) {
  if (targets == 1) return "dials one target";
  return absl::StrCat("dials ", targets, together ? " targets together" : " targets in order");
}

}  // namespace

DialNode DialNode::Compile(const v1::Dial& written, NodeScope& scope) {
  DialNode node;
  if (!v1::Dial::Order_IsValid(written.order())) {
    scope.Error("order", "bad-value", "targets are dialled in_order or together");
  }
  node.together_ = written.order() == v1::Dial::ORDER_TOGETHER;
  absl::Duration setup =
      scope.DurationIn(written.has_setup() ? &written.setup() : nullptr, "setup", kSetupRange);
  absl::Duration ring =
      scope.DurationIn(written.has_ring() ? &written.ring() : nullptr, "ring", kRingRange);
  if (written.to().empty() || written.to_size() > kMaxTargets) {
    scope.Error("to", written.to().empty() ? "missing" : "too-long",
                absl::StrCat("dial needs 1 to ", kMaxTargets, " targets, not ", written.to_size()));
  }
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < std::min(written.to_size(), kMaxTargets); ++i) {
    std::string field = absl::StrCat("to[", i, "]");
    Target target = CompileTarget(written.to(i), field, scope);
    if (!seen.insert(written.to(i)).second) {
      scope.Error(field, "duplicate",
                  absl::StrCat(Quoted(written.to(i)), " is dialled twice by this node"));
    }
    if (target.setup == absl::ZeroDuration()) target.setup = setup;
    if (target.ring == absl::ZeroDuration()) target.ring = ring;
    node.targets_.push_back(std::move(target));
  }
  node.branches_ = CompileBranches(written, scope);
  return node;
}

DialNode::Target DialNode::CompileTarget(const std::string& text, absl::string_view field,
                                         NodeScope& scope) {
  Target target;
  if (text == kCalledLine) {
    target.called = true;
    return target;
  }
  if (!LooksLikeAddress(text)) {
    target.destination = scope.FindDestination(text, field);
    if (target.destination < 0) return target;
    const CompiledDestination& destination = scope.destination(target.destination);
    target.setup = destination.setup;
    target.ring = destination.ring;
    scope.NoteDialled(destination.number, field);
    if (destination.from_called.has_value()) scope.NoteRewritten(target.destination, field);
    return target;
  }
  absl::StatusOr<DialAddress> address = ParseDialAddress(text);
  if (!address.ok()) {
    scope.Error(field, "bad-address", std::string(address.status().message()));
    return target;
  }
  scope.CheckAllowed(address->number, address->uri, field);
  target.number = address->number;
  target.uri = address->uri;
  target.in_uri = scope.NumberInUri(target.uri);
  target.facts = scope.FactsOf(target.number.has_value() ? target.number : target.in_uri);
  scope.NoteDialled(target.number, field);
  return target;
}

const Barring* DialNode::FindBarring(const Frame& frame, const Target& target) const {
  // The called line is screened before the plan.
  if (frame.screening == nullptr || target.called) return nullptr;
  return frame.screening->FindDestination(NumberMeant(frame, target));
}

E164Number DialNode::NumberOf(const Frame& frame, const Target& target) {
  if (target.called) return frame.state.called;
  if (target.destination < 0) return target.number;
  const CompiledDestination& destination = frame.plan.destination(target.destination);
  return destination.from_called.has_value() ? destination.from_called->Apply(frame.state.called)
                                             : destination.number;
}

E164Number DialNode::NumberMeant(const Frame& frame, const Target& target) {
  const E164Number number = NumberOf(frame, target);
  if (number.has_value() || target.called) return number;
  return target.destination < 0 ? target.in_uri : frame.plan.destination(target.destination).in_uri;
}

std::optional<Outcome> DialNode::KnownOutcome(const Frame& frame, const Target& target) const {
  if (target.called) {
    if (!frame.state.called.has_value()) return Outcome::kBadNumber;
    const bool refused =
        RefusalOf(frame, frame.state.called) != AllowedDestinations::Refusal::kNone;
    return refused ? std::optional<Outcome>(Outcome::kRejected) : std::nullopt;
  }
  if (target.destination < 0) return std::nullopt;
  if (frame.plan.destination(target.destination).from_called.has_value()) {
    const E164Number number = NumberOf(frame, target);
    if (!number.has_value()) return Outcome::kBadNumber;
    if (RefusalOf(frame, number) != AllowedDestinations::Refusal::kNone) return Outcome::kRejected;
  }
  switch (frame.plan.DestinationStatus(target.destination, frame.facts, frame.now)) {
    case Status::kUp:
      return std::nullopt;
    case Status::kBusy:
      return Outcome::kBusy;
    case Status::kDown:
      return Outcome::kUnreachable;
  }
  return std::nullopt;
}

std::string DialNode::FindingText(const Frame& frame, const Target& target, const Barring* barring,
                                  std::optional<Outcome> known) const {
  if (barring != nullptr) return absl::StrCat("barred by the carrier: ", barring->name);
  if (!known.has_value()) return "nothing speaks against it";
  if (*known == Outcome::kRejected) {
    const E164Number number = NumberOf(frame, target);
    return absl::StrCat(number.ToString(), " may not be called: it is ",
                        RefusalText(number, RefusalOf(frame, number)));
  }
  return absl::StrCat("known to be ", OutcomeName(*known));
}

std::string DialNode::TargetText(const Frame& frame, const Target& target) const {
  if (target.called) return absl::StrCat("the called line ", CalledText(frame.state));
  if (target.destination >= 0) {
    const CompiledDestination& destination = frame.plan.destination(target.destination);
    return absl::StrCat(
        "destination ", destination.name, destination.from_called.has_value() ? ", " : "",
        destination.from_called.has_value() ? destination.from_called->ToString() : "");
  }
  return target.number.has_value() ? target.number.ToString() : target.uri;
}

// What the plan says of a number that it writes was looked up when it was
// compiled.
DialledNumberFacts DialNode::FactsOf(const Frame& frame, const Target& target, E164Number number) {
  if (!number.has_value()) return {};
  const CompiledDestination* destination =
      target.destination < 0 ? nullptr : &frame.plan.destination(target.destination);
  const bool computed =
      target.called || (destination != nullptr && destination->from_called.has_value());
  DialledNumberFacts facts = destination != nullptr ? destination->facts : target.facts;
  if (computed) facts = frame.plan.operators().FactsOf(number);
  if (number == frame.state.called && frame.state.routing_number.has_value()) {
    frame.plan.operators().SetOperator(frame.state.routing_number, facts);
    if (facts.operator_source != OperatorSource::kNone) return facts;
  }
  if (frame.portability == nullptr) return facts;
  const absl::string_view ported = frame.portability->OperatorOf(number);
  if (ported.empty()) return facts;
  facts.operator_name = ported;
  facts.operator_source = OperatorSource::kPortability;
  return facts;
}

Leg DialNode::MakeLeg(const Frame& frame, int index) const {
  const Target& target = targets_[index];
  const CallState& state = frame.state;
  Leg leg;
  leg.target = index;
  leg.number = NumberOf(frame, target);
  leg.uri = target.uri;
  if (target.destination >= 0) {
    const CompiledDestination& destination = frame.plan.destination(target.destination);
    leg.destination = destination.name;
    leg.uri = destination.uri;
    if (destination.site != CompiledDestination::kNoSite) {
      leg.site = frame.plan.fact_names().sites[destination.site];
    }
  }
  leg.setup_timeout = target.setup;
  leg.ring_timeout = target.ring;
  leg.presented = state.calling;
  leg.presented_privacy = state.calling.has_value() ? state.calling_privacy : Privacy::kUnavailable;
  if (leg.presented_privacy == Privacy::kAllowed) leg.presented_name = frame.plan.DisplayName(state);
  const bool to_called = leg.number.has_value() && leg.number == state.called;
  if (to_called) {
    leg.trigger = Trigger::kSuppress;
    leg.routing_number = state.routing_number;
  } else if (frame.route.is_own) {
    // What lines dial that is no number of the plan diverts nothing.
    leg.diverted_by = state.called;
    leg.diversion_reason = state.has_failed() ? DiversionReasonFor(state.last_failure)
                                              : DiversionReason::kUnconditional;
    leg.diversion_count = state.diversions + 1;
  }
  leg.facts = FactsOf(frame, target, NumberMeant(frame, target));
  leg.charge_to = frame.plan.text(frame.holder);
  leg.charged_number = frame.route.is_own ? state.called : state.line;
  return leg;
}

template <class Observer>
NodeIndex DialNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  return Offer(frame, observer);
}

template <class Observer>
NodeIndex DialNode::Offer(Frame& frame, Observer& observer) const {
  CallState& state = frame.state;
  // Later only those are left that were counted when first dialled.
  const bool first = state.tried_targets == 0;
  const size_t room =
      first ? static_cast<size_t>(std::max(0, frame.max_attempts - state.attempts)) : kMaxTargets;
  uint32_t left_out = 0;
  DialDecision& dial = frame.decision.action.emplace<DialDecision>();
  dial.order = together_ ? LegOrder::kTogether : LegOrder::kInOrder;
  for (size_t i = 0; i < targets_.size(); ++i) {
    if ((state.tried_targets & Bit(i)) != 0) continue;
    std::optional<Outcome> known = KnownOutcome(frame, targets_[i]);
    const Barring* barring = FindBarring(frame, targets_[i]);
    if (barring != nullptr) {
      known = Outcome::kRejected;
      frame.decision.screened_by = barring->name;
    }
    if (targets_[i].destination >= 0) frame.decision.depends_on.Add(Dependence::kStatus);
    if constexpr (Observer::kRecords) {
      observer.Compared({TargetText(frame, targets_[i]), "can be tried", !known.has_value(),
                         FindingText(frame, targets_[i], barring, known)});
    }
    if (!known.has_value()) {
      if (dial.legs.size() < room) {
        dial.legs.push_back(MakeLeg(frame, i));
      } else {
        left_out |= Bit(i);
      }
      continue;
    }
    state.tried_targets |= Bit(i);
    state.node_failed.Add(*known);
    state.failed.Add(*known);
    state.last_failure = *known;
  }
  if (dial.legs.empty()) {
    return left_out == 0 ? Conclude(frame, observer) : RefuseAttempt(frame, observer);
  }
  // Never offered, so no result may speak for them; they have no outcome.
  state.tried_targets |= left_out;
  if (first) state.attempts = static_cast<uint16_t>(state.attempts + dial.legs.size());
  if constexpr (Observer::kRecords) {
    std::string text = DialsText(dial.legs.size(), together_);
    if (left_out != 0) {
      absl::StrAppend(&text, ", the others would be more than ", frame.max_attempts,
                      " attempts for one call");
    }
    observer.Decided(text);
  }
  return Ask(frame, Answers::kNo);
}

template <class Observer>
NodeIndex DialNode::RefuseAttempt(Frame& frame, Observer& observer) const {
  ResponseCode code = BestResponse(frame.state.failed, frame.state.global_sip);
  if (frame.state.answered) code.sip_status = 0;
  frame.decision.action = ReleaseDecision{code, ReleaseReason::kTooManyAttempts};
  if constexpr (Observer::kRecords) {
    observer.Decided(absl::StrCat("more than ", frame.max_attempts, " attempts for one call"));
  }
  return End(frame, Answers::kNo);
}

template <class Observer>
NodeIndex DialNode::Conclude(Frame& frame, Observer& observer) const {
  std::optional<Outcome> outcome = frame.state.node_failed.Highest();
  NodeIndex next = outcome.has_value() ? branches_[*outcome] : branches_.otherwise;
  if constexpr (Observer::kRecords) {
    if (outcome.has_value()) {
      observer.Took(BranchName(branches_, *outcome),
                    absl::StrCat("all targets tried: ", OutcomeName(*outcome)));
    }
  }
  return Leave(frame, next);
}

uint32_t DialNode::Concerned(const CallState& state, const AttemptResult& result) const {
  const uint32_t all = Bit(targets_.size()) - 1;
  const uint32_t left = all & ~state.tried_targets;
  if (result.target >= static_cast<int>(targets_.size())) return 0;
  if (result.target >= 0) return left & Bit(result.target);
  return together_ ? left : left & (~left + 1);
}

absl::Status DialNode::Record(Frame& frame, const AttemptResult& result) const {
  if (result.outcome == Outcome::kAnswered) {
    return absl::InvalidArgumentError(
        "event: an answered attempt needs no further decision; tell of it by Report");
  }
  uint32_t concerned = Concerned(frame.state, result);
  if (concerned == 0 && result.target < 0) {
    return absl::InvalidArgumentError(
        "event: a result without attempt_id speaks for all legs that are left, and none is");
  }
  if (concerned == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("event: the result for target ", result.target,
                     " is not of a leg of the last decision, or was given twice"));
  }
  frame.state.tried_targets |= concerned;
  frame.state.node_failed.Add(result.outcome);
  NoteFailure(frame.state, result);
  return absl::OkStatus();
}

template <class Observer>
absl::StatusOr<NodeIndex> DialNode::Resume(Frame& frame, const Event& event,
                                           Observer& observer) const {
  if (event.kind != EventKind::kDialResult || event.results.empty()) {
    return UnexpectedEvent(event, "dial", "the results of its attempts");
  }
  for (const AttemptResult& result : event.results) {
    absl::Status status = Record(frame, result);
    if (!status.ok()) return status;
  }
  if constexpr (Observer::kRecords) {
    observer.Compared({"event", "dial", true, event.ToString()});
  }
  // Those dialled together end together.
  if (together_) return Conclude(frame, observer);
  return Offer(frame, observer);
}

void DialNode::VisitEdges(EdgeVisitor visit) const {
  absl::Duration unanswered;
  for (const Target& target : targets_) {
    absl::Duration own = target.setup + target.ring;
    unanswered = together_ ? std::max(unanswered, own) : unanswered + own;
  }
  for (Outcome outcome : kFailedOutcomes) {
    visit({branches_[outcome], unanswered, /*answers=*/false, /*acts=*/true,
           static_cast<int>(targets_.size())});
  }
}

LIBROUTE_INSTANTIATE_EVALUATE(DialNode);
LIBROUTE_INSTANTIATE_RESUME(DialNode);

}  // namespace libroute
