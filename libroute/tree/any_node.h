#ifndef LIBROUTE_TREE_ANY_NODE_H_
#define LIBROUTE_TREE_ANY_NODE_H_

#include <utility>
#include <variant>

#include "libroute/tree/nodes/agents_node.h"
#include "libroute/tree/nodes/announce_node.h"
#include "libroute/tree/nodes/caller_node.h"
#include "libroute/tree/nodes/collect_node.h"
#include "libroute/tree/nodes/conference_access_node.h"
#include "libroute/tree/nodes/conference_node.h"
#include "libroute/tree/nodes/destination_node.h"
#include "libroute/tree/nodes/dial_node.h"
#include "libroute/tree/nodes/goto_node.h"
#include "libroute/tree/nodes/lookup_node.h"
#include "libroute/tree/nodes/match_node.h"
#include "libroute/tree/nodes/menu_node.h"
#include "libroute/tree/nodes/origin_node.h"
#include "libroute/tree/nodes/pass_through_node.h"
#include "libroute/tree/nodes/reject_node.h"
#include "libroute/tree/nodes/release_node.h"
#include "libroute/tree/nodes/set_node.h"
#include "libroute/tree/nodes/share_node.h"
#include "libroute/tree/nodes/status_node.h"
#include "libroute/tree/nodes/switch_node.h"
#include "libroute/tree/nodes/time_node.h"
#include "libroute/tree/nodes/voicemail_node.h"
#include "libroute/tree/nodes/when_node.h"

namespace libroute {

// A node of any kind. The first alternative stands for a node that could not
// be compiled; it never is in a finished plan.
using AnyNode = std::variant<std::monostate
#define LIBROUTE_NODE_KIND(Class, field_case, field) , Class
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
                             >;

// Calls `visit` with the node as what it is. A jump table, not a chain.
template <typename Visitor>
decltype(auto) VisitNode(const AnyNode& node, Visitor&& visit) {
  enum Kind : size_t {
    kNone,
#define LIBROUTE_NODE_KIND(Class, field_case, field) k##Class,
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
  };
  switch (node.index()) {
#define LIBROUTE_NODE_KIND(Class, field_case, field) \
  case k##Class:                                     \
    return visit(*std::get_if<Class>(&node));
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
    default:
      __builtin_unreachable();
  }
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_ANY_NODE_H_
