#ifndef LIBROUTE_TREE_NODES_HUNT_H_
#define LIBROUTE_TREE_NODES_HUNT_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/target_order.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class Dial;
}
class NodeScope;

// Which of a node's targets is tried first, and which ones follow.
//
// Circular and least recent hunting go by counters of the ledger: the node's,
// which gives every call a turn, and for least recent one of each target, which
// says how many turns there had been when a call was sent there last. They belong to the node's path in
// the plan, so that publishing another revision does not begin anew.
// Weighted and random order are drawn by the written hash of the call's id and
// that path: the same call always gets the same.
class Hunt {
 public:
  // As written.
  Hunt() = default;
  // Of a node with so many targets, at most TargetOrder::kMost.
  static Hunt Compile(const v1::Dial& written, int targets, NodeScope& scope);

  // The order for this call; claims what it uses up. Below 200 ns for 16
  // targets.
  TargetOrder Draw(Frame& frame) const;

  // The decision sends the call to `target`.
  void NoteUsed(Frame& frame, int target) const;

  // "in order of their turns", for Explain; "" as written.
  absl::string_view Text() const;

 private:
  enum class Kind : uint8_t { kLinear, kCircular, kLeastRecent, kWeighted, kRandom };

  TargetOrder DrawCircular(Frame& frame) const;
  TargetOrder DrawLeastRecent(Frame& frame) const;

  Kind kind_ = Kind::kLinear;
  int targets_ = 0;
  // Of the node.
  uint32_t turns_ = 0;
  // By target: how many turns there had been when it was used last.
  std::vector<uint32_t> used_;
  std::vector<uint32_t> weights_;
  // The written hash of the node's path.
  uint64_t key_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_HUNT_H_
