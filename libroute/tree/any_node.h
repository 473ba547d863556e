#ifndef LIBROUTE_TREE_ANY_NODE_H_
#define LIBROUTE_TREE_ANY_NODE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/base/attributes.h"
#include "libroute/tree/nodes/agents_node.h"
#include "libroute/tree/nodes/announce_node.h"
#include "libroute/tree/nodes/auto_reply_node.h"
#include "libroute/tree/nodes/caller_node.h"
#include "libroute/tree/nodes/collect_node.h"
#include "libroute/tree/nodes/conference_access_node.h"
#include "libroute/tree/nodes/conference_node.h"
#include "libroute/tree/nodes/destination_node.h"
#include "libroute/tree/nodes/dial_node.h"
#include "libroute/tree/nodes/discard_node.h"
#include "libroute/tree/nodes/forward_email_node.h"
#include "libroute/tree/nodes/goto_node.h"
#include "libroute/tree/nodes/group_node.h"
#include "libroute/tree/nodes/limit_node.h"
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

// A node that is too large to stand among the others.
template <class Node>
class NodeApart {
 public:
  NodeApart(Node node) : node_(std::make_unique<const Node>(std::move(node))) {}  // NOLINT
  const Node& operator*() const { return *node_; }

 private:
  std::unique_ptr<const Node> node_;
};

// Nodes stand side by side, each as large as the largest: as many bytes as a line of
// the cache has, not more.
inline constexpr size_t kLargestNode = 56;
template <class Node>
using KeptNode = std::conditional_t<(sizeof(Node) > kLargestNode), NodeApart<Node>, Node>;

template <class Node>
const Node& TheNode(const Node& node) {
  return node;
}
template <class Node>
const Node& TheNode(const NodeApart<Node>& node) {
  return *node;
}

// A node that could not be compiled; never in a finished plan. It takes all the room
// there is, so that where a node stands is a shift away and not a product.
struct NoNode {
  std::array<uint64_t, kLargestNode / 8> room;
};

// A node of any kind.
using AnyNode = std::variant<NoNode
#define LIBROUTE_NODE_KIND(Class, field_case, field) , KeptNode<Class>
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
                             >;
static_assert(sizeof(AnyNode) == kLargestNode + 8);

template <class Node>
bool IsNode(const AnyNode& node) {
  return std::holds_alternative<KeptNode<Node>>(node);
}

// Calls `visit` with the node as what it is. A jump table, not a chain.
template <typename Visitor>
ABSL_ATTRIBUTE_ALWAYS_INLINE inline decltype(auto) VisitNode(const AnyNode& node, Visitor&& visit) {
  enum Kind : size_t {
    kNone,
#define LIBROUTE_NODE_KIND(Class, field_case, field) k##Class,
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
  };
  switch (node.index()) {
#define LIBROUTE_NODE_KIND(Class, field_case, field) \
  case k##Class:                                     \
    return visit(TheNode(*std::get_if<KeptNode<Class>>(&node)));
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
    default:
      __builtin_unreachable();
  }
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_ANY_NODE_H_
