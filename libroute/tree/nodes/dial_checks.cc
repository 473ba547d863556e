#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/dial_node.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

void DialNode::WarnOfVoicemail(const v1::Dial& written, NodeScope& scope) const {
  // Most voicemails of mobile networks answer between 20 and 30 s.
  constexpr absl::Duration kPickUp = absl::Seconds(20);
  const bool leads_on =
      branches_.source(Outcome::kNoAnswer) != BranchSource::kDefault || scope.has_default();
  const bool any_order = together_ || !hunt_.Text().empty() || rounds_ > 1;
  for (size_t i = 0; i < targets_.size(); ++i) {
    const absl::Duration ring = std::min(targets_[i].ring(), total_);
    if (!targets_[i].may_meet_voicemail() || ring <= kPickUp) continue;
    const bool others = any_order ? targets_.size() > 1 : i + 1 < targets_.size();
    if (!others && !leads_on) continue;
    scope.Warn(absl::StrCat("to[", i, "]"), "mobile-voicemail",
               absl::StrCat(Quoted(written.to(static_cast<int>(i))),
                            " is a mobile number that rings for ", absl::FormatDuration(ring),
                            ": by then its own voicemail has taken the call, and ",
                            others ? "the other targets are not tried"
                                   : "what is written for no answer never comes",
                            "; write `confirm`, so that a person must answer, or a ring time of ",
                            absl::FormatDuration(kPickUp), " at most"));
  }
}

}  // namespace libroute
