#ifndef LIBROUTE_REPORT_TREE_DOT_H_
#define LIBROUTE_REPORT_TREE_DOT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace libroute {

namespace v1 {
class Plan;
}  // namespace v1

// A tree as a picture: a graph in the DOT language of Graphviz. Branches are
// diamonds, actions boxes, ends of the tree boxes with two lines; each way is
// labelled with what leads there, in the plan's own words. Every tree that is
// reached by `goto` is drawn in a frame of its own, with dashed arrows into it.
// The same plan always gives the same text.
//
// NotFound, with the nearest name, when the plan has no such tree. Trees that
// it names but does not have are shown as missing. Linear in the trees drawn.
// Thread-safe.
absl::StatusOr<std::string> TreeDot(const v1::Plan& plan, absl::string_view tree);

// All trees of the plan, and its default.
std::string PlanDot(const v1::Plan& plan);

}  // namespace libroute

#endif  // LIBROUTE_REPORT_TREE_DOT_H_
