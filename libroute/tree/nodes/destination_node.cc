#include "libroute/tree/nodes/destination_node.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/origin_coverage.h"
#include "libroute/tree/nodes/origin_reader.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// What is left of the called numbers, as the check of origin branches sees it.
OriginCalls CallsTo(const WrittenNumbers& numbers) {
  OriginCalls calls;
  calls.known = !numbers.numbers.empty() || !numbers.kinds.empty() || !numbers.countries.empty();
  calls.numbers = numbers.numbers;
  calls.kinds = numbers.kinds;
  calls.countries = numbers.countries;
  return calls;
}

}  // namespace

DestinationNode DestinationNode::Compile(const v1::DestinationBranch& written, NodeScope& scope) {
  DestinationNode node;
  OriginCoverage earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::DestinationBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    WrittenDestination destination = DestinationCase::Read(item, path, scope);
    const OriginCalls calls = CallsTo(destination.numbers);
    const bool special = !destination.special.empty();
    if (!special && !WarnOfContradiction(calls, path, scope) && earlier.AddAndTestShadowed(calls)) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have all of its numbers; move it up or "
                 "remove it");
    }
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({DestinationCase(std::move(destination)), then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex DestinationNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    if (!TestCase(item.test, frame, observer)) continue;
    if constexpr (Observer::kRecords) {
      observer.TookCase(i, cases_.size(),
                        absl::StrCat("the called number is one of ", item.test.text()));
    }
    return item.then;
  }
  if constexpr (Observer::kRecords) observer.Took("otherwise", "no case has the called number");
  return otherwise_;
}

void DestinationNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(DestinationNode);

}  // namespace libroute
