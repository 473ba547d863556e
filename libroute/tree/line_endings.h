#ifndef LIBROUTE_TREE_LINE_ENDINGS_H_
#define LIBROUTE_TREE_LINE_ENDINGS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "libroute/tree/line_expander.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

// How a line may end without having been answered: each may be forwarded by itself.
struct LineExpander::Ending {
  using Branch = v1::Node* (v1::Dial::*)();

  static absl::Span<const Ending> All();
  static const Ending& Busy() { return All().front(); }

  // Of Line.Forward; names of trees and destinations end so, with '-' for '_'.
  absl::string_view field;
  v1::LineFeature feature = v1::LINE_FEATURE_UNSPECIFIED;
  const std::string& (v1::Line::Forward::*target)() const = nullptr;
  // Branches of the dial that rings the line.
  std::vector<Branch> branches;
  v1::Reject::Cause cause = v1::Reject::CAUSE_UNSPECIFIED;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_LINE_ENDINGS_H_
