#ifndef LIBROUTE_TREE_NODES_STATUS_NODE_H_
#define LIBROUTE_TREE_NODES_STATUS_NODE_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/facts/facts.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class StatusBranch;
}
class NodeScope;

// Chooses by what is known of destinations and sites, before anything is
// tried: the first case whose subject has one of the wanted statuses. Nothing
// known counts as up; a destination on a site that is down is down.
class StatusNode {
 public:
  static StatusNode Compile(const v1::StatusBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  struct Case {
    bool is_site;
    int subject;
    // One bit for each wanted Status.
    uint8_t wanted;
    NodeIndex then;
  };

  static Status StatusOf(const Frame& frame, const Case& item);
  static absl::string_view SubjectName(const Frame& frame, const Case& item);

  std::vector<Case> cases_;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_STATUS_NODE_H_
