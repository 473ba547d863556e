#include "libroute/tree/look_ahead.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/observer.h"
#include "libroute/tree/run.h"

namespace libroute {
namespace {

// A decision of which it is looked for what follows.
struct Standing {
  NodeIndex position;
  const CallState& state;
  const Decision& decision;
  uint32_t depth;
};

// What has been found from one decision: where it leads from a node on is the same,
// whatever led there.
struct FoundWay {
  NodeIndex from;
  uint32_t step;
  AskAgain ask;
};

class AheadMaker {
 public:
  AheadMaker(const EvaluationContext& context, Ahead& ahead)
      : context_(Unsettled(context)), ahead_(ahead) {}

  // All that `from` leads to.
  AheadEdges Expand(const Standing& from) {
    const uint32_t first = ahead_.edge_count();
    found_.clear();
    std::visit([&](const auto& action) { AddEdges(from, action); }, from.decision.action);
    if (from.decision.ask_after) AddEdgeAfterTalk(from);
    return ahead_.EdgesSince(first);
  }

 private:
  // What the ledger has said to the question that was asked it has not to another.
  static EvaluationContext Unsettled(EvaluationContext context) {
    context.settled = nullptr;
    return context;
  }

  template <class Action>
  void AddEdges(const Standing&, const Action&) {}

  // The called side has ended the call: an agent's contact has to leave then, and places
  // of targets are free.
  void AddEdgeAfterTalk(const Standing& from) {
    AheadEdge edge;
    edge.happened = AheadEdge::Happened::kCalledReleased;
    const auto* dial = Find<DialNode>(from.position);
    if (dial != nullptr && !dial->is_limited()) {
      return AddAfter(from, edge, EventKind::kCalledReleased);
    }
    edge.ask = dial == nullptr ? AskAgain::kQueue : AskAgain::kClaim;
    ahead_.AddEdge(edge);
  }

  // All legs have failed: outcomes that lead to one node together.
  void AddEdges(const Standing& from, const DialDecision& dial) {
    const auto* node = Find<DialNode>(from.position);
    if (node == nullptr) return;
    OutcomeSet left = PossibleOutcomes(dial);
    if (node->is_limited()) {
      // Its places are free for others once that is told.
      AheadEdge edge;
      edge.outcomes = left;
      edge.ask = AskAgain::kClaim;
      return ahead_.AddEdge(edge);
    }
    for (Outcome outcome : kFailedOutcomes) {
      if (!left.Has(outcome)) continue;
      AheadEdge edge;
      const std::optional<NodeIndex> next = node->AfterAll(from.state, dial, outcome);
      if (!next.has_value()) {
        edge.outcomes = left;
        edge.ask = AskAgain::kDetail;
        return ahead_.AddEdge(edge);
      }
      OutcomeSet others;
      for (Outcome other : kFailedOutcomes) {
        if (!left.Has(other)) continue;
        const bool is_same = node->AfterAll(from.state, dial, other) == next;
        (is_same ? edge.outcomes : others).Add(other);
      }
      left = others;
      AddWay(from, edge, *next, outcome);
    }
  }
  void AddEdges(const Standing& from, const AnnounceDecision&) {
    AheadEdge edge;
    edge.happened = AheadEdge::Happened::kPlayed;
    AddAfter(from, edge, EventKind::kPlayed);
  }
  void AddEdges(const Standing& from, const MenuDecision& menu) {
    const auto* node = Find<MenuNode>(from.position);
    if (node == nullptr) return;
    for (size_t i = 0; i < menu.keys.size(); ++i) {
      AheadEdge edge;
      edge.digits = menu.keys[i];
      AddWay(from, edge, node->AfterKey(i), std::nullopt);
    }
    AheadEdge edge;
    edge.happened = AheadEdge::Happened::kOtherDigits;
    Add(from, edge, [&](Frame& frame) { return node->AfterFault(frame, EventKind::kDigits); });
    edge.happened = AheadEdge::Happened::kNoInput;
    Add(from, edge, [&](Frame& frame) { return node->AfterFault(frame, EventKind::kNoInput); });
  }
  // Which digits they are only the switch knows.
  void AddEdges(const Standing& from, const CollectDecision&) {
    AheadEdge edge;
    if (Find<CollectNode>(from.position) != nullptr) {
      edge.happened = AheadEdge::Happened::kNoInput;
      AddAfter(from, edge, EventKind::kNoInput);
    }
    edge.happened = AheadEdge::Happened::kOtherDigits;
    edge.ask = AskAgain::kDetail;
    ahead_.AddEdge(edge);
  }

  static OutcomeSet PossibleOutcomes(const DialDecision& dial) {
    OutcomeSet possible;
    for (Outcome outcome : kFailedOutcomes) {
      const bool is_possible =
          std::any_of(dial.legs.begin(), dial.legs.end(), [&](const Leg& leg) {
            if (outcome == Outcome::kNotConfirmed) return !leg.confirmation.empty();
            if (outcome == Outcome::kRedirected) {
              return leg.redirect_policy == RedirectPolicy::kReport;
            }
            return true;
          });
      if (is_possible) possible.Add(outcome);
    }
    return possible;
  }

  template <class Node>
  const Node* Find(NodeIndex position) const {
    const AnyNode& node = context_.plan.node(position);
    return IsNode<Node>(node) ? &TheNode(*std::get_if<KeptNode<Node>>(&node)) : nullptr;
  }

  // The call leaves the node that acted for `next`, with `failure` if it dialled.
  void AddWay(const Standing& from, AheadEdge edge, NodeIndex next,
              std::optional<Outcome> failure) {
    while (const auto* away = Find<GotoNode>(next)) next = away->target();
    auto found = std::find_if(found_.begin(), found_.end(),
                              [next](const FoundWay& way) { return way.from == next; });
    if (found != found_.end()) {
      edge.step = found->step;
      edge.ask = found->ask;
      return ahead_.AddEdge(edge);
    }
    edge = Add(from, edge, [&](Frame& frame) {
      frame.state.LeaveNode();
      if (failure.has_value()) {
        frame.state.failure_open = true;
        frame.state.last_failure = *failure;
      }
      return next;
    });
    found_.push_back({next, edge.step, edge.ask});
  }
  void AddAfter(const Standing& from, AheadEdge edge, EventKind kind) {
    Event event;
    event.kind = kind;
    Add(from, edge, [&](Frame& frame) {
      NoObserver observer;
      return ResumeNode(frame, from.position, event, observer);
    });
  }

  // Adds `edge` to the step that comes of `go`, which says where the call goes on.
  template <class Go>
  AheadEdge Add(const Standing& from, AheadEdge edge, Go go) {
    if (ahead_.is_full()) {
      edge.ask = AskAgain::kTooFar;
    } else {
      edge.ask = Draft(from, go);
      if (edge.ask == AskAgain::kNo) edge.step = ahead_.Keep();
    }
    ahead_.AddEdge(edge);
    return edge;
  }

  template <class Go>
  AskAgain Draft(const Standing& from, Go go) {
    AheadStep& step = ahead_.Draft();
    step.state = from.state;
    step.decision.Clear();
    step.depth = from.depth + 1;
    step.position = from.position;
    step.next = AheadEdges();
    Frame frame = MakeFrame(context_, step.state, step.decision);
    NoObserver observer;
    const absl::StatusOr<NodeIndex> next = go(frame);
    if (!next.ok()) return AskAgain::kDetail;
    if (*next != kDecided) {
      step.position = Run(frame, *next, observer);
    } else {
      FillIn(frame, step.position);
    }
    step.reason_by_outcome = step.state.failure_open && HasReason(step.decision);
    return WhyAsk(frame);
  }

  static bool HasReason(const Decision& decision) {
    if (std::holds_alternative<VoicemailDecision>(decision.action)) return true;
    const auto* dial = std::get_if<DialDecision>(&decision.action);
    return dial != nullptr &&
           std::any_of(dial->legs.begin(), dial->legs.end(),
                       [](const Leg& leg) { return leg.diverted_by.has_value(); });
  }

  // What watches destinations learns of these attempts by reports alone.
  static AskAgain WhyAsk(Frame& frame) {
    Claims& claims = frame.decision.claims;
    claims.erase(std::remove_if(claims.begin(), claims.end(),
                                [](const Claim& claim) {
                                  return claim.kind == Claim::Kind::kWatch;
                                }),
                 claims.end());
    const bool waits = std::holds_alternative<WaitDecision>(frame.decision.action);
    if (waits || frame.asks_groups) return AskAgain::kQueue;
    // How full something is may change by what the call itself leaves on its way.
    const bool counts = frame.decision.depends_on.Has(Dependence::kLedger);
    if (!claims.empty() || counts) return AskAgain::kClaim;
    if (frame.asks_now) return AskAgain::kTime;
    // Whether a loop is the reason in the end depends on all outcomes.
    return frame.state.looped || frame.needs_detail ? AskAgain::kDetail : AskAgain::kNo;
  }

  const EvaluationContext context_;
  Ahead& ahead_;
  absl::InlinedVector<FoundWay, 8> found_;
};

}  // namespace

void LookAhead(const EvaluationContext& context, NodeIndex position, const CallState& state,
               const Decision& decision, Ahead& ahead) {
  ahead.Clear();
  if (!decision.resumable) return;
  AheadMaker maker(context, ahead);
  ahead.set_next(maker.Expand({position, state, decision, 0}));
  // What is found is looked at in turn.
  for (size_t i = 0; i < ahead.steps().size(); ++i) {
    AheadStep& step = ahead.steps()[i];
    if (!step.decision.resumable) continue;
    step.next = maker.Expand({step.position, step.state, step.decision, step.depth});
  }
}

}  // namespace libroute
