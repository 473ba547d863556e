#include "libroute/tree/nodes/status_node.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// What the cases so far take of all that can be known.
class EarlierStatuses {
 public:
  // Adds a case about some statuses of `subject`, which is called `name`. Why
  // they leave the case nothing, "" if they may.
  std::string Add(std::pair<StatusCase::Kind, int> subject, absl::string_view name,
                  uint8_t wanted) {
    if (!whole_.empty()) return absl::StrCat("this case never matches: ", WhyNothingIsLeft());
    uint8_t& taken = taken_[subject];
    const bool none_left = wanted != 0 && (wanted & ~taken) == 0;
    taken |= wanted;
    if (taken == kEveryStatus) whole_ = Quoted(name);
    return none_left ? "this case never matches: earlier cases have these statuses already" : "";
  }

  // Whether one of them matches, whatever is known.
  bool TakeAll() const { return !whole_.empty(); }
  std::string WhyNothingIsLeft() const {
    return absl::StrCat("earlier cases have up, busy and down of ", whole_,
                        ", one of which it always is; remove this one");
  }

 private:
  // By what it is, and its index.
  std::map<std::pair<StatusCase::Kind, int>, uint8_t> taken_;
  // The first of which every status is taken, quoted.
  std::string whole_;
};

// What a case is about.
const std::string& NameOf(const v1::StatusBranch::Case& item) {
  if (item.has_site()) return item.site();
  return item.has_gateway() ? item.gateway() : item.destination();
}

}  // namespace

StatusNode StatusNode::Compile(const v1::StatusBranch& written, NodeScope& scope) {
  StatusNode node;
  EarlierStatuses earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::StatusBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    const StatusCase test = StatusCase::Read(item, path, scope);
    if (test.subject() >= 0) {
      std::string shadowed =
          earlier.Add({test.kind(), test.subject()}, NameOf(item), test.wanted());
      if (!shadowed.empty()) scope.Warn(path, "never-matches", std::move(shadowed));
    }
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({test, then});
  }
  const v1::Node* otherwise = written.has_otherwise() ? &written.otherwise() : nullptr;
  if (!earlier.TakeAll()) {
    node.otherwise_ = scope.Otherwise(otherwise);
    return node;
  }
  if (otherwise != nullptr) {
    scope.Warn("otherwise", "never-matches",
               absl::StrCat("no call comes here: ", earlier.WhyNothingIsLeft()));
  }
  node.otherwise_ = scope.ChildOr(otherwise, "otherwise", scope.release());
  return node;
}

template <class Observer>
NodeIndex StatusNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kStatus);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    if (!TestCase(item.test, frame, observer)) continue;
    if constexpr (Observer::kRecords) observer.TookCase(i, cases_.size(), item.test.Finding(frame));
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has such a status");
  return otherwise_;
}

void StatusNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(StatusNode);

}  // namespace libroute
