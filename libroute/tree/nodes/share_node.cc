#include "libroute/tree/nodes/share_node.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

ShareNode ShareNode::Compile(const v1::ShareBranch& written, NodeScope& scope) {
  constexpr uint32_t kMaxWeight = 1'000'000;
  constexpr int kMaxCases = 1000;
  ShareNode node;
  node.key_ = StableHash(scope.path());
  if (written.cases_size() > kMaxCases) {
    scope.Error("cases", "too-long", "a share branch has at most 1000 cases");
  }
  for (int i = 0; i < std::min(written.cases_size(), kMaxCases); ++i) {
    const v1::ShareBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    if (item.weight() > kMaxWeight) {
      scope.Error(path + ".weight", "bad-value",
                  absl::StrCat("weight ", item.weight(), " is too large; at most 1000000"));
    } else if (item.weight() == 0) {
      scope.Warn(path, "never-matches", "this case never matches: its weight is 0");
    }
    node.total_ += std::min(item.weight(), kMaxWeight);
    NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({node.total_, then});
  }
  if (node.total_ == 0) {
    scope.Error("cases", "bad-weights",
                "the weights sum to 0, so no call could go anywhere; give one case a weight "
                "above 0");
  }
  return node;
}

template <class Observer>
NodeIndex ShareNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const uint32_t drawn = StableBelow(StableMix(frame.state.seed ^ key_), total_);
  size_t index = 0;
  while (drawn >= cases_[index].up_to) ++index;
  if constexpr (Observer::kRecords) {
    for (size_t i = 0; i < cases_.size(); ++i) {
      uint32_t from = i == 0 ? 0 : cases_[i - 1].up_to;
      observer.Compared({absl::StrCat("drawn ", drawn, " of ", total_),
                         absl::StrCat("weight ", cases_[i].up_to - from), i == index,
                         absl::StrCat(from, " to below ", cases_[i].up_to)});
    }
    observer.Took(CaseName(index), "the call's id falls in this share");
  }
  return cases_[index].then;
}

void ShareNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
}

LIBROUTE_INSTANTIATE_EVALUATE(ShareNode);

}  // namespace libroute
