#ifndef LIBROUTE_TREE_NODES_AUTO_REPLY_NODE_H_
#define LIBROUTE_TREE_NODES_AUTO_REPLY_NODE_H_

#include "libroute/tree/compiled_message.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class AutoReply;
}
class NodeScope;

// Answers an e-mail with a message; the end of the tree. One that no person has written
// is discarded.
class AutoReplyNode {
 public:
  static AutoReplyNode Compile(const v1::AutoReply& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  MessageIndex message_ = kNoMessage;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_AUTO_REPLY_NODE_H_
