#ifndef LIBROUTE_TREE_NODES_SWITCH_CASE_H_
#define LIBROUTE_TREE_NODES_SWITCH_CASE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class SwitchBranch_Case;
}
class NodeScope;

// Whether a hand switch is on. Immutable; thread-safe.
class SwitchCase {
 public:
  // Reads and checks the case at `path`.
  static SwitchCase Read(const v1::SwitchBranch_Case& written, const std::string& path,
                         NodeScope& scope);

  bool Matches(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kStatus);
    return frame.facts.switch_on(index_, frame.now);
  }
  // The same in words.
  Comparison Words(Frame& frame) const;
  absl::string_view Name(const Frame& frame) const;

 private:
  int index_ = -1;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_SWITCH_CASE_H_
