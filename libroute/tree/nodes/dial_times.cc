#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/dial_node.h"
#include "libroute/v1/plan.pb.h"

// For how long a dial node tries its targets.
namespace libroute {

void DialNode::CompileTimes(const v1::Dial& written, NodeScope& scope) {
  const DurationRange stagger = {absl::Seconds(1), absl::Seconds(60), absl::ZeroDuration()};
  const DurationRange total = {absl::Seconds(1), absl::Seconds(300), absl::InfiniteDuration()};
  stagger_ =
      scope.DurationIn(written.has_stagger() ? &written.stagger() : nullptr, "stagger", stagger);
  total_ = scope.DurationIn(written.has_total() ? &written.total() : nullptr, "total", total);
  if (written.has_stagger() && !together_) {
    scope.Error("stagger", "bad-value",
                "targets that are dialled in_order wait for each other; write order: together");
  }
  const bool is_bounded = total_ != absl::InfiniteDuration();
  if (is_bounded && !targets_.empty() && total_ >= LongestTime()) {
    scope.Warn("total", "no-effect",
               absl::StrCat("all targets are tried within ", absl::FormatDuration(LongestTime()),
                            " anyway"));
  }
}

absl::Duration DialNode::TimeLeft(const Frame& frame) const {
  if (total_ == absl::InfiniteDuration()) return total_;
  return total_ - absl::Seconds(frame.now - frame.state.node_began);
}

absl::Duration DialNode::LongestTime() const {
  absl::Duration round;
  for (size_t i = 0; i < targets_.size(); ++i) {
    const absl::Duration own = targets_[i].setup() + targets_[i].ring();
    round = together_ ? std::max(round, own + stagger_ * static_cast<int64_t>(i)) : round + own;
  }
  return round * rounds_;
}

void DialNode::VisitEdges(EdgeVisitor visit) const {
  const absl::Duration unanswered = std::min(LongestTime(), total_);
  for (Outcome outcome : kFailedOutcomes) {
    visit({branches_[outcome], unanswered, /*answers=*/false, /*acts=*/true,
           static_cast<int>(targets_.size()) * rounds_});
  }
  if (after_ != kDecided) {
    visit({after_, unanswered, /*answers=*/true, /*acts=*/true,
           static_cast<int>(targets_.size()) * rounds_});
  }
}

}  // namespace libroute
