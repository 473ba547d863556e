#ifndef LIBROUTE_TREE_NODES_SWITCH_CASE_H_
#define LIBROUTE_TREE_NODES_SWITCH_CASE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class SwitchBranch_Case;
}
class NodeScope;

// Whether a hand switch stands at one of some values: at "on", where none is written.
// Immutable; thread-safe.
class SwitchCase {
 public:
  // Reads and checks the case at `path`.
  static SwitchCase Read(const v1::SwitchBranch_Case& written, const std::string& path,
                         NodeScope& scope);

  bool Matches(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kStatus);
    return (wanted_ >> frame.facts.switch_value(index_, frame.now) & 1) != 0;
  }
  // The same in words.
  Comparison Words(Frame& frame) const;
  // "meeting is on".
  std::string Finding(const Frame& frame) const;

  // -1 for a name that is none.
  int index() const { return index_; }
  // A bit for each value, the first being 1.
  uint32_t wanted() const { return wanted_; }

 private:
  int index_ = -1;
  uint32_t wanted_ = 0;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_SWITCH_CASE_H_
