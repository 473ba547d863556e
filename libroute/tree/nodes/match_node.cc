#include "libroute/tree/nodes/match_node.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/case_test.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// The values that cases take by `equals`, each with the attribute that has it.
class EarlierValues {
 public:
  // Adds those of a case; whether earlier ones have them all.
  bool AddAndTestShadowed(const std::string& attribute, const v1::MatchBranch::Case& written) {
    bool has_news = written.equals().empty();
    for (const std::string& text : written.equals()) {
      has_news |= seen_.emplace(attribute, text).second;
    }
    return !has_news;
  }

 private:
  std::set<std::pair<std::string, std::string>> seen_;
};

bool NeedsAttribute(const v1::MatchBranch& written) {
  return written.cases().empty() ||
         std::any_of(written.cases().begin(), written.cases().end(),
                     [](const v1::MatchBranch::Case& item) { return item.attribute().empty(); });
}

}  // namespace

MatchNode MatchNode::Compile(const v1::MatchBranch& written, NodeScope& scope) {
  MatchNode node;
  MatchedValue of_branch;
  if (NeedsAttribute(written) || !written.attribute().empty()) {
    of_branch = {written.attribute(),
                 CallValueSource::Read(written.attribute(), "attribute", scope)};
  }
  EarlierValues earlier;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::MatchBranch::Case& item = written.cases(i);
    const std::string path = CaseName(static_cast<size_t>(i));
    if (earlier.AddAndTestShadowed(
            item.attribute().empty() ? written.attribute() : item.attribute(), item)) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have all of its values; remove it");
    }
    MatchCase test = MatchCase::Read(item, of_branch, path, scope);
    const NodeIndex then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back({std::move(test), then});
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

template <class Observer>
NodeIndex MatchNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  for (size_t i = 0; i < cases_.size(); ++i) {
    if (!TestCase(cases_[i].test, frame, observer)) continue;
    if constexpr (Observer::kRecords) {
      observer.TookCase(i, cases_.size(), absl::StrCat(cases_[i].test.Subject(frame), " matches"));
    }
    return cases_[i].then;
  }
  if constexpr (Observer::kRecords) {
    observer.Took("otherwise", cases_.empty() ? "there is no case"
                                              : absl::StrCat(cases_.back().test.Subject(frame),
                                                             " matches no case"));
  }
  return otherwise_;
}

void MatchNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(MatchNode);

}  // namespace libroute
