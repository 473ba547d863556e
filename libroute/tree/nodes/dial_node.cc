#include "libroute/tree/nodes/dial_node.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libroute/carrier/screening.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_limit.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/acting.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// For Explain.
template <class Observer>
void RecordNotTaken(const DialTarget& target, NotTaken why, absl::string_view finding,
                    const Frame& frame, Observer& observer) {
  if constexpr (Observer::kRecords) {
    observer.Compared({target.Text(frame), "can be tried", false, std::string(finding), why});
  }
}

constexpr absl::string_view kAllTried = "all targets tried";

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

// How often the targets were gone through, and which of them are not to be
// tried again: CallState::stage.
class Rounds {
 public:
  explicit Rounds(uint32_t stage) : stage_(stage) {}

  int done() const { return static_cast<int>(stage_ >> 16); }
  uint32_t settled() const { return stage_ & 0xFFFF; }
  uint32_t Settle(uint32_t targets) const { return stage_ | targets; }
  uint32_t Next() const { return stage_ + (1u << 16); }

 private:
  uint32_t stage_;
};

// Whether trying once more may come to something else.
bool MayChange(Outcome outcome) {
  return outcome == Outcome::kBusy || outcome == Outcome::kNoAnswer ||
         outcome == Outcome::kNotConfirmed || outcome == Outcome::kUnreachable ||
         outcome == Outcome::kCongestion;
}

// Whether the network's answer speaks for the person, not for one telephone.
bool IsGlobal(const AttemptResult& result) {
  NetworkResponse response;
  response.sip_status = result.sip_status;
  return VerdictOf(response).global;
}

}  // namespace

DialNode DialNode::Compile(const v1::Dial& written, NodeScope& scope) {
  constexpr uint32_t kMaxRounds = 5;
  DialNode node;
  if (!v1::Dial::Order_IsValid(written.order())) {
    scope.Error("order", "bad-value", "targets are dialled in_order or together");
  }
  node.together_ = written.order() == v1::Dial::ORDER_TOGETHER;
  node.one_person_ = written.one_person();
  node.manner_ = DialManner::Compile(written, scope);
  if (written.to().empty() || written.to_size() > kMaxTargets) {
    scope.Error("to", written.to().empty() ? "missing" : "too-long",
                absl::StrCat("dial needs 1 to ", kMaxTargets, " targets, not ", written.to_size()));
  }
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < std::min(written.to_size(), kMaxTargets); ++i) {
    std::string field = absl::StrCat("to[", i, "]");
    node.targets_.push_back(DialTarget::Compile(written.to(i), field, node.manner_, scope));
    node.is_limited_ |= node.targets_.back().is_limited();
    if (!seen.insert(written.to(i)).second) {
      scope.Error(field, "duplicate",
                  absl::StrCat(Quoted(written.to(i)), " is dialled twice by this node"));
    }
  }
  node.hunt_ = Hunt::Compile(written, static_cast<int>(node.targets_.size()), scope);
  if (written.rounds() > kMaxRounds) {
    scope.Error(
        "rounds", "bad-value",
        absl::StrCat("targets are tried 1 to ", kMaxRounds, " times, not ", written.rounds()));
  }
  node.rounds_ = static_cast<int>(std::clamp(written.rounds(), 1u, kMaxRounds));
  node.CompileTimes(written, scope);
  node.branches_ = CompileBranches(written, scope);
  node.after_ = scope.ChildOr(written.has_after() ? &written.after() : nullptr, "after", kDecided);
  node.WarnOfVoicemail(written, scope);
  return node;
}

template <class Observer>
NodeIndex DialNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.state.LeaveNode();
  frame.state.target_order = hunt_.Draw(frame);
  if (total_ != absl::InfiniteDuration()) frame.state.node_began = frame.now;
  return Offer(frame, Offering::kFirst, observer);
}

template <class Observer>
bool DialNode::IsLeftOut(Frame& frame, int index, Observer& observer) const {
  CallState& state = frame.state;
  const DialTarget& target = targets_[static_cast<size_t>(index)];
  const std::optional<DialTarget::Obstacle> obstacle = target.FindObstacle(frame, manner_);
  if (target.depends_on_status()) frame.decision.depends_on.Add(Dependence::kStatus);
  if constexpr (Observer::kRecords) {
    observer.Compared({target.Text(frame), "can be tried", !obstacle.has_value(),
                       target.FindingText(frame, obstacle),
                       obstacle.has_value() ? obstacle->why() : NotTaken::kNoMatch});
    for (Comparison& gateway : target.LeftOutGateways(frame)) {
      observer.Compared(std::move(gateway));
    }
  }
  if (!obstacle.has_value()) return false;
  if (obstacle->barring != nullptr) frame.decision.screened_by = obstacle->barring->name;
  if (obstacle->full != nullptr) {
    frame.decision.limited_by = obstacle->full->name;
    frame.decision.depends_on.Add(Dependence::kLedger);
  }
  if (obstacle->goes_round) {
    state.looped = true;
    frame.decision.depends_on.Add(Dependence::kCall);
  }
  state.tried_targets |= Bit(index);
  state.node_failed.Add(obstacle->outcome);
  // Legs before it have the reason that is not known yet, those after it have this one.
  const auto* dial = std::get_if<DialDecision>(&frame.decision.action);
  frame.needs_detail |= state.failure_open && dial != nullptr && !dial->legs.empty();
  NoteObstacle(state, obstacle->outcome);
  return true;
}

template <class Observer>
DialNode::Offered DialNode::AddLegs(Frame& frame, size_t room, DialDecision& dial,
                                    Observer& observer) const {
  CallState& state = frame.state;
  Offered offered;
  // For another question.
  bool wait = false;
  for (size_t position = 0; position < targets_.size(); ++position) {
    const int index = state.target_order.at(static_cast<int>(position));
    const DialTarget& target = targets_[static_cast<size_t>(index)];
    if ((state.tried_targets & Bit(index)) != 0) {
      RecordNotTaken(target, NotTaken::kTried, "tried or left out before", frame, observer);
      continue;
    }
    const bool is_exclusive = !together_ && target.IsExclusive(frame);
    wait |= is_exclusive && !dial.legs.empty();
    if (!wait && IsLeftOut(frame, index, observer)) continue;
    if (dial.legs.size() + offered.later >= room) {
      offered.left_out |= Bit(index);
      RecordNotTaken(target, NotTaken::kNoAttemptLeft, "no attempt is left for it", frame,
                     observer);
    } else if (wait) {
      ++offered.later;
      RecordNotTaken(target, NotTaken::kLaterInOrder, "its turn comes later, with another question",
                     frame, observer);
    } else {
      Leg& leg = dial.legs.emplace_back(target.MakeLeg(frame, manner_));
      leg.target = index;
      leg.start_after = stagger_ * static_cast<int64_t>(dial.legs.size() - 1);
      if (target.claims()) target.Claim(frame, leg);
      wait = is_exclusive;
    }
  }
  return offered;
}

void DialNode::LeavePlaces(Frame& frame) const {
  for (const DialTarget& target : targets_) {
    if (target.is_limited()) target.LeavePlaces(frame);
  }
}

template <class Observer>
NodeIndex DialNode::Offer(Frame& frame, Offering offering, Observer& observer) const {
  CallState& state = frame.state;
  const absl::Duration time_left = TimeLeft(frame);
  if (time_left <= absl::ZeroDuration()) return Conclude(frame, "no time is left", observer);
  // Later only those are left that were counted when first dialled.
  const size_t room =
      offering == Offering::kFirst
          ? static_cast<size_t>(std::max(0, frame.context.max_attempts - state.attempts))
          : kMaxTargets;
  DialDecision& dial = frame.decision.action.emplace<DialDecision>();
  dial.order = together_ ? LegOrder::kTogether : LegOrder::kInOrder;
  const Offered offered = AddLegs(frame, room, dial, observer);
  if (dial.legs.empty()) {
    if (offered.left_out != 0) return RefuseAttempt(frame, observer);
    // A round in which nothing could be tried is not worth another.
    return offering == Offering::kFirst ? Conclude(frame, kAllTried, observer)
                                        : AfterRound(frame, observer);
  }
  // Never offered, so no result may speak for them; they have no outcome.
  state.tried_targets |= offered.left_out;
  if (offering == Offering::kFirst) {
    state.attempts = static_cast<uint16_t>(state.attempts + dial.legs.size() + offered.later);
  }
  hunt_.NoteUsed(frame, dial.legs.front().target);
  dial.rounds_left = rounds_ - 1 - Rounds(state.stage).done();
  dial.total_timeout = time_left;
  // What is still tried after these depends on when they began.
  const bool goes_on = dial.rounds_left > 0 || dial.legs.size() + offered.later > 1;
  frame.asks_now |= total_ != absl::InfiniteDuration() && goes_on;
  frame.decision.ask_after = after_ != kDecided;
  if constexpr (Observer::kRecords) {
    observer.Decided(DialsText(dial, offered.left_out, frame.context.max_attempts));
  }
  return Ask(frame, Answers::kNo);
}

template <class Observer>
NodeIndex DialNode::AfterRound(Frame& frame, Observer& observer) const {
  CallState& state = frame.state;
  const Rounds rounds(state.stage);
  const uint32_t all = Bit(static_cast<int>(targets_.size())) - 1;
  if (rounds.done() + 1 >= rounds_ || rounds.settled() == all) {
    return Conclude(frame, kAllTried, observer);
  }
  state.stage = rounds.Next();
  state.tried_targets = rounds.settled();
  return Offer(frame, Offering::kFirst, observer);
}

template <class Observer>
NodeIndex DialNode::RefuseAttempt(Frame& frame, Observer& observer) const {
  frame.decision.action =
      ReleaseDecision{FinalResponse(frame.state), ReleaseReason::kTooManyAttempts};
  if constexpr (Observer::kRecords) {
    observer.Decided(
        absl::StrCat("more than ", frame.context.max_attempts, " attempts for one call"));
  }
  return End(frame, Answers::kNo);
}

template <class Observer>
NodeIndex DialNode::Conclude(Frame& frame, absl::string_view why, Observer& observer) const {
  std::optional<Outcome> outcome = frame.state.node_failed.Highest();
  NodeIndex next = outcome.has_value() ? branches_[*outcome] : branches_.otherwise;
  if constexpr (Observer::kRecords) {
    if (outcome.has_value()) {
      observer.Took(BranchName(branches_, *outcome),
                    absl::StrCat(why, ": ", OutcomeName(*outcome)));
    }
  }
  return Leave(frame, next);
}

std::optional<NodeIndex> DialNode::AfterAll(const CallState& state, const DialDecision& dial,
                                            Outcome outcome) const {
  const uint32_t all = Bit(static_cast<int>(targets_.size())) - 1;
  const size_t left = static_cast<size_t>(std::popcount(all & ~state.tried_targets));
  if (dial.rounds_left > 0 || left != dial.legs.size()) return std::nullopt;
  OutcomeSet outcomes = state.node_failed;
  outcomes.Add(outcome);
  return branches_[*outcomes.Highest()];
}

uint32_t DialNode::Concerned(const CallState& state, const AttemptResult& result) const {
  const uint32_t all = Bit(static_cast<int>(targets_.size())) - 1;
  const uint32_t left = all & ~state.tried_targets;
  if (result.target >= static_cast<int>(targets_.size())) return 0;
  if (result.target >= 0) return left & Bit(result.target);
  if (together_) return left;
  for (int position = 0; position < static_cast<int>(targets_.size()); ++position) {
    const uint32_t next = Bit(state.target_order.at(position));
    if ((left & next) != 0) return next;
  }
  return 0;
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
  for (size_t i = 0; i < targets_.size(); ++i) {
    if ((concerned & Bit(static_cast<int>(i))) == 0) continue;
    const std::string unknown = targets_[i].UnknownGateway(frame, result);
    if (!unknown.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("event: ", Quoted(unknown),
                                                     " is no gateway of the leg for target ", i,
                                                     "; name one of those that the leg has"));
    }
    targets_[i].NoteResult(frame, result);
  }
  CallState& state = frame.state;
  state.tried_targets |= concerned;
  state.node_failed.Add(result.outcome);
  const bool is_final = !MayChange(result.outcome) || IsGlobal(result);
  if (is_final) state.stage = Rounds(state.stage).Settle(concerned);
  NoteFailure(state, result);
  return absl::OkStatus();
}

template <class Observer>
absl::StatusOr<NodeIndex> DialNode::GoOnAfter(Frame& frame, const Event& event,
                                              Observer& observer) const {
  AttemptResult answered;
  answered.outcome = Outcome::kAnswered;
  if (!event.results.empty()) answered.target = event.results.front().target;
  const uint32_t concerned = Concerned(frame.state, answered);
  if (concerned == 0) {
    return absl::InvalidArgumentError(
        "event: called_released is not of a leg of the last decision that may have answered");
  }
  // Which one it was has to be said, or there was no other.
  const uint32_t left = (Bit(static_cast<int>(targets_.size())) - 1) & ~frame.state.tried_targets;
  for (size_t i = 0; i < targets_.size(); ++i) {
    const bool is_it = concerned == Bit(static_cast<int>(i));
    if (is_it && (answered.target >= 0 || left == concerned)) {
      targets_[i].NoteResult(frame, answered);
    }
  }
  if (is_limited_) LeavePlaces(frame);
  if constexpr (Observer::kRecords) observer.Took("after", "the called side has ended the call");
  return LeaveTalked(frame, after_);
}

template <class Observer>
absl::StatusOr<NodeIndex> DialNode::Resume(Frame& frame, const Event& event,
                                           Observer& observer) const {
  const bool has_after = after_ != kDecided;
  if (has_after && event.kind == EventKind::kCalledReleased) {
    return GoOnAfter(frame, event, observer);
  }
  if (event.kind != EventKind::kDialResult || event.results.empty()) {
    return UnexpectedEvent(event, "dial",
                           has_after ? "the results of its attempts, or called_released"
                                     : "the results of its attempts");
  }
  bool person_spoke = false;
  for (const AttemptResult& result : event.results) {
    absl::Status status = Record(frame, result);
    if (!status.ok()) return status;
    person_spoke |= one_person_ && IsGlobal(result);
  }
  if (is_limited_) LeavePlaces(frame);
  if constexpr (Observer::kRecords) {
    observer.Compared({"event", "dial", true, event.ToString()});
  }
  if (person_spoke) return Conclude(frame, "the person has said so for all telephones", observer);
  // Those dialled together end together.
  if (together_) return AfterRound(frame, observer);
  return Offer(frame, Offering::kAgain, observer);
}

std::string DialNode::DialsText(const DialDecision& dial, uint32_t left_out,
                                int max_attempts) const {
  const size_t legs = dial.legs.size();
  std::string text = legs == 1 ? "dials one target" : absl::StrCat("dials ", legs, " targets");
  if (legs > 1) absl::StrAppend(&text, together_ ? " together" : " in order");
  if (!hunt_.Text().empty()) absl::StrAppend(&text, ", ", hunt_.Text());
  if (left_out != 0) {
    absl::StrAppend(&text, ", the others would be more than ", max_attempts,
                    " attempts for one call");
  }
  return text;
}

LIBROUTE_INSTANTIATE_EVALUATE(DialNode);
LIBROUTE_INSTANTIATE_RESUME(DialNode);

}  // namespace libroute
