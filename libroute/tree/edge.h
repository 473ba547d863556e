#ifndef LIBROUTE_TREE_EDGE_H_
#define LIBROUTE_TREE_EDGE_H_

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "libroute/tree/frame.h"

namespace libroute {

// A way from one node to another, for checks that walk over whole trees.
struct Edge {
  NodeIndex to = 0;
  // How long a call that is not answered may stay in the node before it
  // comes this way.
  absl::Duration unanswered;
  // The node answers the call.
  bool answers = false;
  // The node tells the switch to do something: a question follows.
  bool acts = false;
  // How many targets the node may have tried before.
  int attempts = 0;
  // No e-mail comes this way.
  bool is_for_calls = false;
};

using EdgeVisitor = absl::FunctionRef<void(const Edge&)>;

}  // namespace libroute

#endif  // LIBROUTE_TREE_EDGE_H_
