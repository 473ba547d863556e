#ifndef LIBROUTE_TREE_FRAME_H_
#define LIBROUTE_TREE_FRAME_H_

#include <algorithm>
#include <cstdint>
#include <optional>

#include "libroute/call/call_state.h"
#include "libroute/call/claim.h"
#include "libroute/call/contact_now.h"
#include "libroute/call/decision.h"
#include "libroute/facts/counters.h"
#include "libroute/facts/facts.h"
#include "libroute/facts/group_board.h"
#include "libroute/number/numbering_plans.h"

namespace libroute {

struct EmailFacts;
class CompiledPlan;
class PortabilityTable;
class Screening;

// Index of a node in its compiled plan.
using NodeIndex = uint32_t;

// In place of a next node: the node has filled in the decision.
inline constexpr NodeIndex kDecided = UINT32_MAX;

// Who pays for a number's calls, and which tree they follow.
struct NumberRoute {
  NodeIndex root = 0;
  // Index into the plan's texts.
  uint32_t holder = 0;
  // How many digits the number has: with fewer it is not complete, and those
  // beyond are no part of it.
  uint8_t min_digits = 0;
  uint8_t max_digits = Digits::kMaxLength;
  // A number of the plan; else something that its lines dial.
  bool is_own = true;
  // Calls that the line makes withhold its number.
  bool is_withheld = false;
  // Indices into the plan's texts: the language that its calls begin with, and the
  // name that is shown where the line calls.
  static constexpr uint32_t kNoText = UINT32_MAX;
  uint32_t language = kNoText;
  uint32_t display_name = kNoText;
  // Index among the plan's numbers that a recovery plan may be on for.
  static constexpr uint32_t kNoRecovery = UINT32_MAX;
  uint32_t recovery = kNoRecovery;

  friend auto operator<=>(const NumberRoute&, const NumberRoute&) = default;
};

// The number that a line's owner has said with a feature; -1: no line.
struct LineForward {
  int line = -1;
  LineFeature feature = LineFeature::kForwardAlways;

  friend bool operator==(const LineForward&, const LineForward&) = default;
};

// The plan's recovery plan that is on for the called number, by its index.
struct RecoveryOn {
  int16_t plan = CallState::kNoRecovery;
  bool is_drill = false;
};

// What a question is evaluated against.
struct EvaluationContext {
  static constexpr int kUsualMaxAttempts = 32;
  static constexpr int kUsualMaxHops = 10;

  const CompiledPlan& plan;
  const FactView& facts;
  // Where the call goes: plan.RouteOf(state).
  const NumberRoute& route;
  // Unix seconds.
  int64_t now = 0;
  int max_attempts = kUsualMaxAttempts;
  // What the ledger has said to this question's claims; null: nothing so far.
  const SettledClaims* settled = nullptr;
  // The carrier's, above the plan; null if there is none.
  const Screening* screening = nullptr;
  // Who serves ported numbers; null if nobody knows.
  const PortabilityTable* portability = nullptr;
  // Whose turn it is, by the plan's counters; empty: the first one's.
  const CounterView* counters = nullptr;
  // How often a call may be diverted in all, before it came and by this plan.
  int max_hops = kUsualMaxHops;
  // Of a first question.
  RecoveryOn recovery = {};
  // Of EventKind::kContactChanged; null: the call waits, nothing else is known. Lives as
  // long as the decision.
  const ContactNow* contact = nullptr;
  // What is asked about is this e-mail; null: a call.
  const EmailFacts* email = nullptr;
  // How things stand in groups; null: nothing is known.
  const GroupBoard* groups = nullptr;
  // Whether somebody is there who calls back: agents are not kept elsewhere.
  bool calls_back = true;
};

// All that nodes read and write while one question is evaluated. Lives on the
// stack of the evaluation.
struct Frame {
  const EvaluationContext& context;
  const CompiledPlan& plan;
  const FactView& facts;
  const NumberRoute& route;
  // Who is charged, as in NumberRoute.
  uint32_t holder;
  CallState& state;
  Decision& decision;
  // Unix seconds: the time of the question, and of the call's arrival.
  int64_t now = 0;
  int64_t arrival = 0;
  // What the caller has pressed already and no node has taken yet. It is forgotten with
  // the frame: when a node decides that does not take it.
  Digits typed = {};

  // Whether the decision may have this: it claims it then. Otherwise the ledger
  // has refused it.
  bool Claim(const libroute::Claim& claim) {
    decision.depends_on.Add(Dependence::kLedger);
    if (IsRefused(claim)) return false;
    // Once is enough, however often a call comes by.
    const bool has =
        std::find(decision.claims.begin(), decision.claims.end(), claim) != decision.claims.end();
    if (!has) decision.claims.push_back(claim);
    return true;
  }
  // Whether the ledger has refused this before.
  bool IsRefused(const libroute::Claim& claim) const {
    return context.settled != nullptr && context.settled->IsRefused(claim.counter);
  }
  // What `counter` stands at.
  uint32_t CounterAt(uint32_t counter) const {
    return context.counters == nullptr || context.counters->empty()
               ? 0
               : context.counters->at(counter)->taken();
  }
  // Null: nothing is known.
  const Health* HealthAt(uint32_t counter) const {
    return context.counters == nullptr || context.counters->empty()
               ? nullptr
               : &context.counters->at(counter)->health();
  }
  // The turn of this question at `counter`, which no other question gets: the
  // decision claims it.
  uint32_t TakeTurn(uint32_t counter) {
    decision.depends_on.Add(Dependence::kLedger);
    const std::optional<uint32_t> given =
        context.settled == nullptr ? std::nullopt : context.settled->TurnAt(counter);
    const uint32_t turn = given.value_or(CounterAt(counter));
    libroute::Claim claim;
    claim.kind = libroute::Claim::Kind::kTurn;
    claim.counter = counter;
    claim.subject = turn;
    claim.limit = given.has_value() ? 0 : 1;
    decision.claims.push_back(claim);
    return turn;
  }
  // `counter` is to stand at `value` at least.
  void Mark(uint32_t counter, uint32_t value) {
    libroute::Claim claim;
    claim.kind = libroute::Claim::Kind::kMark;
    claim.counter = counter;
    claim.subject = value;
    decision.claims.push_back(claim);
  }
  // The static part of the decision holds until `boundary` at most.
  void HoldUntil(int64_t boundary) {
    decision.use_if_unreachable_until = std::min(decision.use_if_unreachable_until, boundary);
  }
  // What is known of the caller's number; looked up once, for who asks.
  const NumberFacts& caller_facts() {
    if (!caller_facts_.has_value()) caller_facts_ = NumberingPlans::World().Find(state.calling);
    return *caller_facts_;
  }
  // The same of the called number.
  const NumberFacts& called_facts() {
    if (!called_facts_.has_value()) called_facts_ = NumberingPlans::World().Find(state.called);
    return *called_facts_;
  }
  bool caller_withheld() const {
    return state.calling_privacy != Privacy::kAllowed || !state.calling.has_value();
  }
  // The caller does not want to be known; else a number that is withheld is
  // one that the network does not have.
  bool caller_restricted() const { return state.calling_privacy == Privacy::kRestricted; }

  // From now on the network does not have the caller's number.
  void ForgetCaller() {
    state.calling = E164Number();
    if (state.calling_privacy == Privacy::kAllowed) state.calling_privacy = Privacy::kUnavailable;
    caller_facts_ = std::nullopt;
  }

  // The number that a line's owner has said, the same as long as nothing else is asked
  // for: what was found to be allowed is what is dialled.
  E164Number ForwardOf(const LineForward& forward) const {
    if (forward != last_forward_) {
      last_forward_ = forward;
      last_forward_number_ = facts.line(forward.line, forward.feature).to;
    }
    return last_forward_number_;
  }

  // The time of the question matters: a schedule was asked for it, or a clock begins. At
  // another, the same call may go elsewhere.
  bool asks_now = false;
  // Figures of groups were looked at, which are others at each moment.
  bool asks_groups = false;
  // What is decided depends on more than looking ahead tells apart.
  bool needs_detail = false;
  std::optional<NumberFacts> caller_facts_ = std::nullopt;
  std::optional<NumberFacts> called_facts_ = std::nullopt;
  mutable LineForward last_forward_ = {};
  mutable E164Number last_forward_number_ = {};
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_FRAME_H_
