#ifndef LIBROUTE_TREE_NODES_CONFERENCE_NODE_H_
#define LIBROUTE_TREE_NODES_CONFERENCE_NODE_H_

#include <string>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Conference;
}
class NodeScope;

// Connects the call to a conference. Answers the call.
class ConferenceNode {
 public:
  static ConferenceNode Compile(const v1::Conference& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  std::string conference_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CONFERENCE_NODE_H_
