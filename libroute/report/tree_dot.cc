#include "libroute/report/tree_dot.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "libroute/plan/issue.h"
#include "libroute/report/node_words.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// A string of the DOT language. What is special to its labels ("\n", "\l", ...)
// is taken literally, newlines are centred line ends.
std::string DotString(absl::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted.push_back(c);
    }
  }
  quoted.push_back('"');
  return quoted;
}

// Numbers whose calls follow a tree, and recovery plans with which they do, a line
// each.
std::string NumberLines(const v1::Plan& plan, const std::string& tree) {
  constexpr int kShown = 3;
  std::string lines;
  int count = 0;
  for (const v1::Number& number : plan.numbers()) {
    if (number.tree() == tree && ++count <= kShown) absl::StrAppend(&lines, "\n", number.number());
  }
  if (count > kShown) absl::StrAppend(&lines, "\nand ", count - kShown, " more numbers");
  std::vector<std::string> recoveries;
  for (const auto& [name, recovery] : plan.recovery_plans()) {
    if (recovery.tree() == tree) recoveries.push_back(name);
  }
  std::sort(recoveries.begin(), recoveries.end());
  for (const std::string& name : recoveries) absl::StrAppend(&lines, "\nrecovery plan ", name);
  return lines;
}

absl::string_view ShapeOf(const v1::Node& node) {
  const google::protobuf::Message* kind = KindMessage(node);
  if (kind == nullptr) return "shape=box, color=red";
  const google::protobuf::Descriptor& type = *kind->GetDescriptor();
  if (type.FindFieldByName("cases") != nullptr) return "shape=diamond";
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->message_type() == v1::Node::descriptor()) return "shape=box";
  }
  return "shape=box, peripheries=2";
}

// Writes one graph. Trees are drawn in the order in which they are met.
class DotWriter {
 public:
  explicit DotWriter(const v1::Plan& plan) : plan_(plan) {}

  void AddTree(const std::string& name) { Entry(name); }

  // Arrows between frames come last: an arrow written within a frame would
  // draw its far end into it.
  std::string Write(absl::string_view title) && {
    while (drawn_ < trees_.size()) DrawTree(drawn_++);
    return absl::StrCat("digraph ", DotString(title), " {\n",
                        "  graph [rankdir=TB, compound=true, fontname=\"Helvetica\"];\n",
                        "  node [fontname=\"Helvetica\", fontsize=11];\n",
                        "  edge [fontname=\"Helvetica\", fontsize=10];\n", frames_, jumps_, "}\n");
  }

  void DrawDefault() {
    absl::StrAppend(&frames_, "  subgraph cluster_default {\n    label=\"default\";\n",
                    "    default [label=\"default\", shape=cds];\n");
    for (const WrittenBranch& branch : WrittenBranches(plan_.default_()))
      DrawBranch("default", branch);
    absl::StrAppend(&frames_, "  }\n");
  }

 private:
  // The id of the node by which a tree is entered; the tree is drawn later.
  std::string Entry(const std::string& name) {
    auto [found, is_new] = index_.try_emplace(name, trees_.size());
    if (is_new) trees_.push_back(name);
    return absl::StrCat("tree", found->second);
  }

  void DrawTree(size_t index) {
    const std::string name = trees_[index];
    const std::string id = absl::StrCat("tree", index);
    auto tree = plan_.trees().find(name);
    if (tree == plan_.trees().end()) {
      DrawNode(id, absl::StrCat("no tree ", name), "shape=cds, color=red");
      return;
    }
    absl::StrAppend(&frames_, "  subgraph cluster_", id, " {\n    label=", DotString(name), ";\n");
    DrawNode(id, absl::StrCat(name, NumberLines(plan_, name)), "shape=cds");
    DrawBranch(id, {"", &tree->second});
    absl::StrAppend(&frames_, "  }\n");
  }

  void DrawNode(const std::string& id, absl::string_view label, absl::string_view look) {
    absl::StrAppend(&frames_, "    ", id, " [label=", DotString(label), ", ", look, "];\n");
  }

  // The arrow from node `from`, and all that it leads to.
  void DrawBranch(const std::string& from, const WrittenBranch& branch) {
    const std::string label =
        branch.label.empty() ? "" : absl::StrCat("label=", DotString(branch.label));
    if (branch.node->kind_case() == v1::Node::kGoto) {
      absl::StrAppend(&jumps_, "  ", from, " -> ", Entry(branch.node->goto_()), " [style=dashed",
                      label.empty() ? "" : ", ", label, "];\n");
      return;
    }
    const std::string id = absl::StrCat("n", next_node_++);
    DrawNode(id, absl::StrJoin(NodeWords(*branch.node), "\n"), ShapeOf(*branch.node));
    absl::StrAppend(&frames_, "    ", from, " -> ", id, " [", label, "];\n");
    for (const WrittenBranch& next : WrittenBranches(*branch.node)) DrawBranch(id, next);
  }

  const v1::Plan& plan_;
  std::vector<std::string> trees_;
  std::map<std::string, size_t> index_;
  size_t drawn_ = 0;
  int next_node_ = 0;
  std::string frames_;
  std::string jumps_;
};

std::vector<std::string> TreeNames(const v1::Plan& plan) {
  std::vector<std::string> names;
  for (const auto& [name, tree] : plan.trees()) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

absl::StatusOr<std::string> TreeDot(const v1::Plan& plan, absl::string_view tree) {
  const std::string name(tree);
  if (!plan.trees().contains(name)) {
    return absl::NotFoundError(
        absl::StrCat("no tree ", Quoted(name), DidYouMean(name, TreeNames(plan))));
  }
  DotWriter writer(plan);
  writer.AddTree(name);
  return std::move(writer).Write(name);
}

std::string PlanDot(const v1::Plan& plan) {
  DotWriter writer(plan);
  for (const std::string& name : TreeNames(plan)) writer.AddTree(name);
  if (plan.has_default_()) writer.DrawDefault();
  return std::move(writer).Write(plan.customer());
}

}  // namespace libroute
