#include <map>

#include "absl/strings/str_cat.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/plan_compiler.h"

// Trees and the plan's default.
namespace libroute {
namespace {

// The name of the field that makes a node what it is.
absl::string_view NodeFieldName(v1::Node::KindCase kind) {
  return v1::Node::descriptor()->FindFieldByNumber(kind)->name();
}

}  // namespace

NodeIndex PlanCompiler::AddNode(AnyNode node, std::string path) {
  plan_->nodes_.push_back(std::move(node));
  plan_->node_paths_.push_back(std::move(path));
  return static_cast<NodeIndex>(plan_->nodes_.size() - 1);
}

NodeIndex PlanCompiler::CompileNode(const v1::Node& node, const std::string& path, int depth) {
  if (depth > context_.limits.max_nesting) {
    Error(path, "too-deep",
          absl::StrCat("nested ", depth, " nodes deep, at most ", context_.limits.max_nesting,
                       "; give this subtree a name under trees and `goto` it"));
    return end_of_plan_;
  }
  // A node stands before its children, near its first one.
  NodeIndex index = AddNode(NoNode(), path);
  if (node.has_agents()) written_agents_.emplace(index, &node.agents());
  auto compile = [&](absl::string_view field, auto&& make) {
    NodeScope scope(*this, FieldPath(path, field), index, depth);
    auto compiled = make(scope);
    plan_->nodes_[index] = std::move(compiled);
    plan_->node_paths_[index] = scope.path();
  };
  switch (node.kind_case()) {
#define LIBROUTE_NODE_KIND(Class, field_case, field)                                             \
  case v1::Node::field_case:                                                                     \
    compile(NodeFieldName(v1::Node::field_case),                                                 \
            [&](NodeScope& scope) { return Class::Compile(node.field(), scope); });              \
    break;
#include "libroute/tree/nodes/node_kinds.def"
#undef LIBROUTE_NODE_KIND
    case v1::Node::KIND_NOT_SET:
      Error(path, "dead-end",
            "this node is empty, so a call that comes here goes nowhere; write an action, or "
            "goto a tree");
      break;
  }
  return index;
}

void PlanCompiler::CompileDefault() {
  end_of_plan_ = AddNode(ReleaseNode::EndOfPlan(), "default");
  release_ = AddNode(ReleaseNode(), "release");
  const v1::Default& written = written_.default_();
  // Within the default's own branches nothing but the end stands behind them.
  defaults_.by_outcome.fill(end_of_plan_);
  defaults_.otherwise = end_of_plan_;
  OutcomeBranches compiled = defaults_;
  if (written.has_otherwise()) {
    compiled.otherwise = CompileNode(written.otherwise(), "default.otherwise", 1);
  }
  std::map<Outcome, NodeIndex> own;
  for (Outcome outcome : kFailedOutcomes) {
    const v1::Node* node = WrittenBranch(written, outcome);
    if (node == nullptr) continue;
    own[outcome] = CompileNode(*node, absl::StrCat("default.on_", OutcomeName(outcome)), 1);
  }
  for (Outcome outcome : kFailedOutcomes) {
    std::optional<Outcome> parent = ParentOutcome(outcome);
    if (own.contains(outcome)) {
      compiled.Set(outcome, own[outcome], BranchSource::kDefault);
    } else if (parent.has_value() && own.contains(*parent)) {
      compiled.Set(outcome, own[*parent], BranchSource::kDefault);
    } else {
      compiled.Set(outcome, compiled.otherwise, BranchSource::kDefault);
    }
  }
  defaults_ = compiled;
  plan_->fallback_ = compiled.otherwise;
}

void PlanCompiler::CompileTrees() {
  for (const std::string& name : trees_.names()) {
    plan_->tree_names_.push_back(name);
    plan_->tree_roots_.push_back(
        CompileNode(written_.trees().at(name), KeyPath("trees", name), 1));
  }
}

void PlanCompiler::ResolveGotos() {
  for (AnyNode& node : plan_->nodes_) {
    GotoNode* jump = std::get_if<GotoNode>(&node);
    if (jump == nullptr) continue;
    bool known = jump->tree_ < plan_->tree_roots_.size();
    jump->root_ = known ? plan_->tree_roots_[jump->tree_] : end_of_plan_;
  }
}

}  // namespace libroute
