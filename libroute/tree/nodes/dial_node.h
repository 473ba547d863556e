#ifndef LIBROUTE_TREE_NODES_DIAL_NODE_H_
#define LIBROUTE_TREE_NODES_DIAL_NODE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/dial_target.h"
#include "libroute/tree/nodes/hunt.h"
#include "libroute/tree/outcome_branches.h"

namespace libroute {

namespace v1 {
class Dial;
}
class NodeScope;

// Dials targets, in the order of its hunt or together, once or in rounds.
// Targets known to be down or busy are left out before the switch is asked, with
// the outcome that trying them would have had. When all have failed the branch
// is that of the highest outcome (OutcomeSet::Highest).
class DialNode {
 public:
  static DialNode Compile(const v1::Dial& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Whether only so many calls may be at some target.
  bool is_limited() const { return is_limited_; }

  // Where the call goes on when all that this node has told the switch to dial came to
  // `outcome`, the highest of several; nothing if that depends on more.
  std::optional<NodeIndex> AfterAll(const CallState& state, const DialDecision& dial,
                                    Outcome outcome) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

  // The most targets that one node may have.
  static constexpr int kMaxTargets = TargetOrder::kMost;

 private:
  // Whether legs are offered that no decision of this round had before.
  enum class Offering : bool { kAgain, kFirst };

  // Orders the legs of all targets that are left, of those only as many as the
  // call has attempts left, or takes the branch of what they came to.
  template <class Observer>
  NodeIndex Offer(Frame& frame, Offering offering, Observer& observer) const;
  // What became of the targets that were left.
  struct Offered {
    // For which there was no room, one bit each.
    uint32_t left_out = 0;
    // How many are left for another question.
    size_t later = 0;
  };
  // Adds a leg for each target that is left and may be tried; of those no more
  // than `room`. In order, an exclusive target is offered by itself: what it
  // claims is taken when it is its turn.
  template <class Observer>
  Offered AddLegs(Frame& frame, size_t room, DialDecision& dial, Observer& observer) const;
  // Nothing, or why `target` was left out, which is noted.
  template <class Observer>
  bool IsLeftOut(Frame& frame, int target, Observer& observer) const;
  // What the call has at targets where only so many may be.
  void LeavePlaces(Frame& frame) const;
  // All were tried: once more, or the end.
  template <class Observer>
  NodeIndex AfterRound(Frame& frame, Observer& observer) const;
  // Releases a call that has no attempts left.
  template <class Observer>
  NodeIndex RefuseAttempt(Frame& frame, Observer& observer) const;
  // Takes the branch for the outcomes of this node; `why` no more is tried.
  template <class Observer>
  NodeIndex Conclude(Frame& frame, absl::string_view why, Observer& observer) const;
  // How long may still be dialled; infinite without a bound.
  absl::Duration TimeLeft(const Frame& frame) const;
  // The called side has answered, and ended the call.
  template <class Observer>
  absl::StatusOr<NodeIndex> GoOnAfter(Frame& frame, const Event& event, Observer& observer) const;
  absl::Status Record(Frame& frame, const AttemptResult& result) const;
  // Which targets a result speaks for, one bit each; 0 if none is left.
  uint32_t Concerned(const CallState& state, const AttemptResult& result) const;
  void CompileTimes(const v1::Dial& written, NodeScope& scope);
  // Of mobile targets whose own voicemail comes before what the plan says next.
  void WarnOfVoicemail(const v1::Dial& written, NodeScope& scope) const;
  // How long it takes until all were tried.
  absl::Duration LongestTime() const;
  std::string DialsText(const DialDecision& dial, uint32_t left_out, int max_attempts) const;

  std::vector<DialTarget> targets_;
  DialManner manner_;
  Hunt hunt_;
  bool together_ = false;
  // Of some target.
  bool is_limited_ = false;
  bool one_person_ = false;
  int rounds_ = 1;
  absl::Duration stagger_;
  absl::Duration total_ = absl::InfiniteDuration();
  OutcomeBranches branches_;
  // When the called side has ended the call; kDecided: it is released.
  NodeIndex after_ = kDecided;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DIAL_NODE_H_
