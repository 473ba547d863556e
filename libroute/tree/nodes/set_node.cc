#include "libroute/tree/nodes/set_node.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/plan/issue.h"
#include "libroute/tree/attributes.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/observer.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {

SetNode SetNode::Compile(const v1::Set& written, NodeScope& scope) {
  SetNode node;
  if (written.attributes().empty()) {
    scope.Error("attributes", "missing", "set needs at least one attribute, e.g. {language: nl}");
  }
  std::map<std::string, std::string> ordered(written.attributes().begin(),
                                             written.attributes().end());
  for (const auto& [name, value] : ordered) {
    std::string field = KeyPath("attributes", name);
    node.attributes_.emplace_back(scope.AttributeName(name, field),
                                  scope.AttributeValue(value, field));
  }
  node.then_ = scope.Child(written.has_then() ? &written.then() : nullptr, "then");
  return node;
}

template <class Observer>
NodeIndex SetNode::Evaluate(Frame& frame, Observer& observer) const {
  for (const auto& [name, value] : attributes_) {
    SetAttribute(frame.state, name, value);
    if constexpr (Observer::kRecords) {
      observer.Compared({absl::StrCat("attribute ", frame.plan.text(name)),
                         frame.plan.text(value).empty() ? "\"\"" : std::string(frame.plan.text(value)),
                         true, "set"});
    }
  }
  if constexpr (Observer::kRecords) observer.Took("then", "attributes are set");
  return then_;
}

void SetNode::VisitEdges(EdgeVisitor visit) const { visit({then_}); }

LIBROUTE_INSTANTIATE_EVALUATE(SetNode);

}  // namespace libroute
