#ifndef LIBROUTE_TREE_NODES_AGENTS_NODE_H_
#define LIBROUTE_TREE_NODES_AGENTS_NODE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libroute/call/event.h"
#include "libroute/tree/compiled_message.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/agents_callback.h"

namespace libroute {

namespace v1 {
class Agents;
class WaitAnnouncement;
}  // namespace v1
class NodeScope;

// Asks for an agent of a group: the call waits until the contact centre has
// one, or until the time is over. Answers the call. An e-mail that no person has written
// is discarded.
class AgentsNode {
 public:
  static AgentsNode Compile(const v1::Agents& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Goes on after what this node told the switch to do.
  template <class Observer>
  absl::StatusOr<NodeIndex> Resume(Frame& frame, const Event& event, Observer& observer) const;

  // How long a call waits, and an e-mail if that is written.
  absl::Duration wait() const { return wait_; }

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  // Waits on, or has the agents dialled who are to take the call.
  NodeIndex Ask(Frame& frame) const;
  // The decision is made.
  NodeIndex Asked(Frame& frame, uint32_t stage) const;
  void Wait(Frame& frame) const;
  void DialPhones(Frame& frame) const;
  // Whether an event says why nobody comes.
  static bool EndsWaiting(EventKind kind);

  // agents_callback.cc
  template <class Observer>
  absl::StatusOr<NodeIndex> PromiseCallback(Frame& frame, const Event& event,
                                            Observer& observer) const;
  // Resume, for a call whose caller is called back.
  template <class Observer>
  absl::StatusOr<NodeIndex> ResumeCallback(Frame& frame, const Event& event,
                                           Observer& observer) const;
  // Nobody calls the caller back any more.
  NodeIndex EndCallback(Frame& frame, ReleaseReason reason) const;

  // CallState::stage.
  static constexpr uint32_t kWaiting = 0;
  static constexpr uint32_t kDialled = 1;

  // Why nobody came, and where the call goes then.
  static constexpr size_t kReasons = 5;

  int group_ = 0;
  absl::Duration wait_;
  // It is written: for e-mails, too.
  bool has_wait_ = false;
  // Which place a call takes among its equals; 0: as it came.
  uint32_t position_ = 0;
  // How long its agent has for work after it.
  std::optional<absl::Duration> wrap_up_;
  MessageIndex message_ = kNoMessage;
  // What callers hear besides.
  struct Announcement {
    MessageIndex message = kNoMessage;
    absl::Duration after;
    // 0: once.
    absl::Duration every;
    bool says_position = false;
    bool says_expected_wait = false;
  };
  static Announcement ReadAnnouncement(const v1::WaitAnnouncement& written, const std::string& path,
                                       NodeScope& scope);

  std::vector<Announcement> announcements_;
  // Nothing: nobody is called back.
  std::optional<AgentsCallback> callback_;
  // In the order of kWaysOut.
  std::array<NodeIndex, kReasons> ways_out_{};
  // When the agent has ended the call; kDecided: it is released.
  NodeIndex after_ = kDecided;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_AGENTS_NODE_H_
