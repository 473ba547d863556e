#ifndef LIBROUTE_TREE_NODES_VOICEMAIL_NODE_H_
#define LIBROUTE_TREE_NODES_VOICEMAIL_NODE_H_

#include <string>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Voicemail;
}
class NodeScope;

// Hands the call to a mailbox, with the reason why it comes there (RFC 4458).
// Answers the call.
class VoicemailNode {
 public:
  static VoicemailNode Compile(const v1::Voicemail& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  std::string mailbox_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_VOICEMAIL_NODE_H_
