#include "libroute/tree/nodes/caller_node.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

std::string TypeNames(const Frame& frame, const std::vector<int>& types) {
  std::string text;
  for (int type : types) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", frame.plan.caller_type(type).name);
  }
  return text;
}

}  // namespace

CallerNode CallerNode::Compile(const v1::CallerBranch& written, NodeScope& scope) {
  CallerNode node;
  std::vector<int> seen;
  for (int i = 0; i < written.cases_size(); ++i) {
    const v1::CallerBranch::Case& item = written.cases(i);
    std::string path = CaseName(i);
    if (item.caller_types().empty()) {
      scope.Error(path, "missing", "a case of a caller branch needs caller_types");
    }
    Case compiled;
    bool news = item.caller_types().empty();
    for (int t = 0; t < item.caller_types_size(); ++t) {
      int type = scope.FindCallerType(item.caller_types(t),
                                      absl::StrCat(path, ".caller_types[", t, "]"));
      news |= std::find(seen.begin(), seen.end(), type) == seen.end();
      seen.push_back(type);
      compiled.caller_types.push_back(type);
    }
    if (!news) {
      scope.Warn(path, "never-matches",
                 "this case never matches: earlier cases have all of its caller types; remove it");
    }
    compiled.then = scope.Child(item.has_then() ? &item.then() : nullptr, path + ".then");
    node.cases_.push_back(std::move(compiled));
  }
  node.otherwise_ = scope.Otherwise(written.has_otherwise() ? &written.otherwise() : nullptr);
  return node;
}

int CallerNode::FindType(const Frame& frame, const Case& item) {
  if (frame.caller_withheld()) return -1;
  const Digits calling = frame.state.calling.digits();
  for (int type : item.caller_types) {
    if (frame.plan.caller_type(type).callers.Contains(calling)) return type;
  }
  return -1;
}

template <class Observer>
NodeIndex CallerNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  for (size_t i = 0; i < cases_.size(); ++i) {
    const Case& item = cases_[i];
    const int type = FindType(frame, item);
    if constexpr (Observer::kRecords) {
      observer.Compared({frame.caller_withheld()
                             ? "calling number withheld or not known"
                             : absl::StrCat("calling ", frame.state.calling.ToString()),
                         absl::StrCat("caller types ", TypeNames(frame, item.caller_types)),
                         type >= 0, type >= 0 ? "is one of them" : "is none of them"});
    }
    if (type < 0) continue;
    const CompiledCallerType& found = frame.plan.caller_type(type);
    frame.state.caller_type = static_cast<int16_t>(type);
    frame.state.priority = found.priority;
    for (const auto& [name, value] : found.attributes) SetAttribute(frame.state, name, value);
    if constexpr (Observer::kRecords) {
      observer.Took(CaseName(i), absl::StrCat("the caller is of type ", found.name));
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
