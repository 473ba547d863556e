#include "libroute/tree/nodes/lookup_node.h"

#include <optional>
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

LookupNode LookupNode::Compile(const v1::Lookup& written, NodeScope& scope) {
  LookupNode node;
  node.source_ = CallValueSource::Read(written.attribute(), "attribute", scope);
  scope.NoteRead(written.attribute(), "attribute");
  node.table_ = scope.FindTable(written.table(), "table");
  node.into_ = scope.AttributeName(written.into(), "into");
  node.then_ = scope.Child(written.has_then() ? &written.then() : nullptr, "then");
  const v1::Node* otherwise = written.has_otherwise() ? &written.otherwise() : nullptr;
  if (node.table_ < 0 || !scope.table(node.table_).has_default()) {
    node.otherwise_ = scope.Otherwise(otherwise);
    return node;
  }
  if (otherwise != nullptr) {
    scope.Warn("otherwise", "never-matches",
               absl::StrCat("no call comes here: table ", Quoted(written.table()),
                            " has a default; remove one of them"));
  }
  node.otherwise_ = scope.ChildOr(otherwise, "otherwise", scope.release());
  return node;
}

template <class Observer>
NodeIndex LookupNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const CallValue value = source_.Of(frame);
  CallValue::Room room;
  const std::optional<uint32_t> found = frame.plan.table(table_).Find(value.Text(frame, room));
  if constexpr (Observer::kRecords) {
    const absl::string_view into = frame.plan.text(into_);
    observer.Compared({source_.Words(frame, value),
                       absl::StrCat("table ", frame.plan.table_name(table_)), found.has_value(),
                       found.has_value() ? absl::StrCat("gives \"", frame.plan.text(*found), "\"")
                                         : "has no row"});
    observer.Took(found.has_value() ? "then" : "otherwise",
                  found.has_value() ? absl::StrCat("attribute ", into, " is set")
                                    : "the table has no such row");
  }
  if (!found.has_value()) return otherwise_;
  SetAttribute(frame.state, into_, *found);
  return then_;
}

void LookupNode::VisitEdges(EdgeVisitor visit) const {
  visit({then_});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(LookupNode);

}  // namespace libroute
