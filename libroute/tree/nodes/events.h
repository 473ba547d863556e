#ifndef LIBROUTE_TREE_NODES_EVENTS_H_
#define LIBROUTE_TREE_NODES_EVENTS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "libroute/call/event.h"

namespace libroute {

// InvalidArgument: `event` cannot follow a decision of this kind.
absl::Status UnexpectedEvent(const Event& event, absl::string_view decision,
                             absl::string_view expected);

}  // namespace libroute

// Makes a node's evaluation for both observers.
#define LIBROUTE_INSTANTIATE_EVALUATE(Class)                             \
  template NodeIndex Class::Evaluate(Frame& frame, NoObserver&) const; \
  template NodeIndex Class::Evaluate(Frame& frame, Recorder&) const

#define LIBROUTE_INSTANTIATE_RESUME(Class)                                                     \
  template absl::StatusOr<NodeIndex> Class::Resume(Frame&, const Event&, NoObserver&) const; \
  template absl::StatusOr<NodeIndex> Class::Resume(Frame&, const Event&, Recorder&) const

#endif  // LIBROUTE_TREE_NODES_EVENTS_H_
