#ifndef LIBROUTE_TREE_NODES_CONFERENCE_ACCESS_NODE_H_
#define LIBROUTE_TREE_NODES_CONFERENCE_ACCESS_NODE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/call/claim.h"
#include "libroute/call/decision.h"
#include "libroute/call/event.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/prompt.h"

namespace libroute {

namespace v1 {
class ConferenceAccess;
}
class NodeScope;
struct CompiledConference;

// Asks for a conference and a code, and connects the call. A place in the
// conference and the number of wrong codes are claims. The code is in no
// decision, explanation or continuation. What was pressed before it was asked for counts.
class ConferenceAccessNode {
 public:
  static ConferenceAccessNode Compile(const v1::ConferenceAccess& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  // CallState::stage: what was asked last. kCode + i: the code of conference i.
  enum Stage : uint32_t { kGreeting, kNumber, kCode };

  void CompileConferences(const v1::ConferenceAccess& written, NodeScope& scope);
  void CompileBranches(const v1::ConferenceAccess& written, NodeScope& scope);

  NodeIndex AskNumber(Frame& frame) const;
  NodeIndex AskCode(Frame& frame, uint32_t conference) const;
  NodeIndex Ask(Frame& frame, MessageIndex message, int max_digits) const;

  // The caller has pressed something before the number was asked for.
  template <class Observer>
  NodeIndex TakeTyped(Frame& frame, Digits pressed, Observer& observer) const;
  template <class Observer>
  NodeIndex TakeNumber(Frame& frame, Digits pressed, Observer& observer) const;
  template <class Observer>
  NodeIndex TakeCode(Frame& frame, Digits pressed, Observer& observer) const;
  template <class Observer>
  NodeIndex Join(Frame& frame, uint32_t index, ConferenceRole role, Observer& observer) const;
  // What was entered is not what is wanted, or nothing was: asks again or leaves.
  template <class Observer>
  NodeIndex Fault(Frame& frame, EventKind kind, absl::string_view why, Observer& observer) const;

  // Whether there are wrong codes left for this caller and conference; a wrong
  // one is used up, for a right one it is only asked.
  bool ClaimTry(Frame& frame, const CompiledConference& conference, Claim::Kind kind) const;
  // Takes that back.
  void DropTry(Frame& frame, const CompiledConference& conference) const;

  Prompt prompt_;
  MessageIndex greeting_ = kNoMessage;
  MessageIndex code_message_ = kNoMessage;
  // Indices into the plan's conferences, and the longest of their numbers.
  std::vector<uint32_t> conferences_;
  int max_number_digits_ = 1;
  // 0: not limited.
  uint32_t wrong_per_caller_ = 0;
  uint32_t wrong_per_conference_ = 0;
  absl::Duration wrong_within_;
  // Index into the plan's counters.
  uint32_t wrong_codes_ = 0;
  NodeIndex on_too_early_ = 0;
  NodeIndex on_ended_ = 0;
  NodeIndex on_full_ = 0;
  NodeIndex on_blocked_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CONFERENCE_ACCESS_NODE_H_
