#ifndef LIBROUTE_TREE_NODES_SHARE_NODE_H_
#define LIBROUTE_TREE_NODES_SHARE_NODE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libroute/tree/edge.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class ShareBranch;
class ShareBranch_Case;
}  // namespace v1
class NodeScope;

// Shares calls out by weight. Either drawn, by the written hash of the call's id
// or the caller's number and the node's place in the plan: the same call or caller
// always falls in the same share, and shares of different nodes are independent.
// Or exactly, by turns of a counter of the ledger, which belongs to that place, so
// that publishing another revision does not begin anew. A call whose share is not
// available is drawn once more among the others, or goes elsewhere.
class ShareNode {
 public:
  static ShareNode Compile(const v1::ShareBranch& written, NodeScope& scope);

  // The next node, or kDecided.
  template <class Observer>
  NodeIndex Evaluate(Frame& frame, Observer& observer) const;

  // Every way out, for checks.
  void VisitEdges(EdgeVisitor visit) const;

 private:
  enum class Unavailable : uint8_t { kReshare, kOverflow, kStrict };

  struct Case {
    uint32_t weight = 0;
    NodeIndex then = 0;
    // Of which one must be up; both empty: always available.
    std::vector<int> destinations;
    std::vector<int> sites;

    bool may_fail() const { return !destinations.empty() || !sites.empty(); }
  };
  // A call's place among the shares.
  struct Draw {
    uint32_t drawn = 0;
    uint32_t of = 0;
    size_t index = 0;
  };

  void CompileWeights(const v1::ShareBranch& written, NodeScope& scope);
  static Case CompileCase(const v1::ShareBranch_Case& written, const std::string& path,
                          NodeScope& scope);
  void CompileCycle(const v1::ShareBranch& written, NodeScope& scope);
  void CompileOtherwise(const v1::ShareBranch& written, NodeScope& scope);

  bool IsAvailable(const Case& item, const Frame& frame) const;
  uint64_t HashOf(const Frame& frame) const;
  // By weight, among the cases that count; `total` is their weight, above 0.
  template <class Counts>
  Draw DrawAmong(uint64_t hash, uint32_t total, const Counts& counts) const;
  // The share that is the call's, whether available or not.
  Draw DrawFirst(Frame& frame) const;
  // One of those that are available; nothing if none is.
  std::optional<Draw> DrawAgain(const Frame& frame) const;
  // The call's own share is not available.
  template <class Observer>
  NodeIndex GoElsewhere(const Frame& frame, Observer& observer) const;

  template <class Observer>
  void Record(const Draw& draw, bool is_available, Observer& observer) const;

  std::vector<Case> cases_;
  uint32_t total_ = 0;
  // The written hash of the node's path.
  uint64_t key_ = 0;
  bool by_caller_ = false;
  // Whose turn it is, by the counter; empty: shares are drawn.
  std::vector<uint16_t> cycle_;
  uint32_t turns_ = 0;
  Unavailable unavailable_ = Unavailable::kReshare;
  // Whether a share may not be available, and that matters.
  bool looks_at_status_ = false;
  NodeIndex otherwise_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_SHARE_NODE_H_
