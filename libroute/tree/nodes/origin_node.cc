#include "libroute/tree/nodes/origin_node.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/origin_reader.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

void CheckCalls(const OriginCalls& calls, const std::string& path, OriginCoverage& earlier,
                NodeScope& scope) {
  if (!WarnOfContradiction(calls, path, scope) && earlier.AddAndTestShadowed(calls)) {
    scope.Warn(path, "never-matches",
               "this case never matches: earlier cases have all of its calls; move it up or "
               "remove it");
  }
}

}  // namespace

OriginNode OriginNode::Compile(const v1::OriginBranch& written, NodeScope& scope) {
  OriginNode node;
  OriginCoverage earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::OriginBranch::Case& item = written.cases(i);
    const std::string path = CaseName(i);
    WrittenOrigin origin = ReadOriginCase(item, path, scope);
    CheckCalls(origin.calls, path, earlier, scope);
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    OriginCase calls(std::move(origin.calls), std::move(origin.way), std::move(origin.text));
    node.cases_.push_back({std::move(calls), then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex OriginNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const OriginCase& calls = cases_[i].calls;
    if (!TestCase(calls, frame, observer)) continue;
    if constexpr (Observer::kRecords) {
      observer.TookCase(i, cases_.size(), absl::StrCat("the caller is one of ", calls.text()));
    }
    return cases_[i].then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has this caller");
  return otherwise_;
}

void OriginNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(OriginNode);

}  // namespace libroute
