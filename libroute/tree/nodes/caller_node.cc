#include "libroute/tree/nodes/caller_node.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// Whether earlier cases, whose types are `seen`, leave nothing for `test`. Adds
// its types.
bool AddAndTestShadowed(const CallerCase& test, std::set<int>& seen) {
  bool news = test.caller_types().empty();
  for (int type : test.caller_types()) news |= seen.insert(type).second;
  return !news;
}

}  // namespace

CallerNode CallerNode::Compile(const v1::CallerBranch& written, NodeScope& scope) {
  CallerNode node;
  std::set<int> seen;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::CallerBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    CallerCase test = CallerCase::Read(item, path, scope);
    if (AddAndTestShadowed(test, seen)) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have all of its caller types; remove it");
    }
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({std::move(test), then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex CallerNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    const int type = item.test.FindType(frame);
    if constexpr (Observer::kRecords) observer.Compared(item.test.Words(frame));
    if (type < 0) continue;
    const CompiledCallerType& found = frame.plan.caller_type(type);
    frame.state.caller_type = static_cast<int16_t>(type);
    frame.state.priority = found.priority;
    for (const auto& [name, value] : found.attributes) SetAttribute(frame.state, name, value);
    if constexpr (Observer::kRecords) {
      observer.TookCase(i, cases_.size(), absl::StrCat("the caller is of type ", found.name));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) {
    observer.Took("otherwise", "the caller is of none of these types");
  }
  return otherwise_;
}

void CallerNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(CallerNode);

}  // namespace libroute
