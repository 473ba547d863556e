#ifndef LIBROUTE_TREE_NODES_LINE_CASE_H_
#define LIBROUTE_TREE_NODES_LINE_CASE_H_

#include <string>

#include "libroute/facts/line_features.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"

namespace libroute {

namespace v1 {
class LineCase;
}
class NodeScope;

// A feature that `written`, a libroute.v1.LineFeature, names; an error at `path` for what
// is none.
LineFeature ReadLineFeature(int written, const std::string& path, NodeScope& scope);

// Whether a line is not to be disturbed, or its owner has switched its forwarding.
// Immutable; thread-safe.
class LineCase {
 public:
  // Reads and checks the case at `path`.
  static LineCase Read(const v1::LineCase& written, const std::string& path, NodeScope& scope);

  bool Matches(Frame& frame) const;
  // The same in words.
  Comparison Words(Frame& frame) const;

 private:
  int index_ = -1;
  LineFeature feature_ = LineFeature::kDoNotDisturb;
  bool on_ = true;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_LINE_CASE_H_
