#ifndef LIBROUTE_TREE_NODES_DIAL_NODE_H_
#define LIBROUTE_TREE_NODES_DIAL_NODE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/outcome_branches.h"

namespace libroute {

namespace v1 {
class Dial;
}
class NodeScope;
struct Barring;

// Dials targets, in order or together. Targets known to be down or busy are
// left out before the switch is asked, with the outcome that trying them would
// have had. When all have failed the branch is that of the highest outcome
// (OutcomeSet::Highest).
class DialNode {
 public:
  static DialNode Compile(const v1::Dial& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

  // The most targets that one node may have.
  static constexpr int kMaxTargets = 16;

 private:
  struct Target {
    // Index of the plan's destination, -1 for one written in place.
    int destination = -1;
    // The called line itself.
    bool called = false;
    E164Number number;
    std::string uri;
    // The number within `uri`, if there is one.
    E164Number in_uri;
    absl::Duration setup;
    absl::Duration ring;
    // Of `number` or `in_uri`.
    DialledNumberFacts facts;
  };

  static Target CompileTarget(const std::string& text, absl::string_view field, NodeScope& scope);

  // Orders the legs of all targets that are left, of those only as many as the
  // call has attempts left, or takes the branch of what they came to.
  template <class Observer>
  NodeIndex Offer(Frame& frame, Observer& observer) const;
  // Releases a call that has no attempts left.
  template <class Observer>
  NodeIndex RefuseAttempt(Frame& frame, Observer& observer) const;
  // Takes the branch for the outcomes of this node.
  template <class Observer>
  NodeIndex Conclude(Frame& frame, Observer& observer) const;
  Leg MakeLeg(const Frame& frame, int index) const;
  static DialledNumberFacts FactsOf(const Frame& frame, const Target& target, E164Number number);
  // Outcome of a target that need not be tried; nothing for one that may be.
  // No number for a URI, and where none can be made of the called one.
  static E164Number NumberOf(const Frame& frame, const Target& target);
  // The same, and for a URI the number within it: what the call is.
  static E164Number NumberMeant(const Frame& frame, const Target& target);
  // What the carrier has against the target; null for nothing.
  const Barring* FindBarring(const Frame& frame, const Target& target) const;
  std::optional<Outcome> KnownOutcome(const Frame& frame, const Target& target) const;
  absl::Status Record(Frame& frame, const AttemptResult& result) const;
  // Which targets a result speaks for, one bit each; 0 if none is left.
  uint32_t Concerned(const CallState& state, const AttemptResult& result) const;
  std::string TargetText(const Frame& frame, const Target& target) const;
  // Why a target can be tried, or cannot.
  std::string FindingText(const Frame& frame, const Target& target, const Barring* barring,
                          std::optional<Outcome> known) const;

  std::vector<Target> targets_;
  bool together_ = false;
  OutcomeBranches branches_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_DIAL_NODE_H_
