#ifndef LIBROUTE_TREE_NODES_CALLER_CASE_H_
#define LIBROUTE_TREE_NODES_CALLER_CASE_H_

#include <string>
#include <vector>

#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class CallerBranch_Case;
}
class NodeScope;

// Whether the caller is of one of some types. Nobody is who withholds the
// number. Immutable; thread-safe.
class CallerCase {
 public:
  // Reads and checks the case at `path`.
  static CallerCase Read(const v1::CallerBranch_Case& written, const std::string& path,
                         NodeScope& scope);

  // Index of the first of the types that the caller is in, -1 if none.
  int FindType(Frame& frame) const;
  bool Matches(Frame& frame) const { return FindType(frame) >= 0; }
  // The same in words.
  Comparison Words(Frame& frame) const;

  // -1 for a name that is none.
  const std::vector<int>& caller_types() const { return caller_types_; }

 private:
  std::vector<int> caller_types_;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_CALLER_CASE_H_
