#include <set>

#include "absl/strings/str_cat.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/walk.h"
#include "libroute/tree/way_text.h"

// What can only be seen of all trees together.
namespace libroute {
void PlanCompiler::CheckGraph() {
  TreeWalk walk(plan_->nodes_);
  std::vector<std::vector<NodeIndex>> cycles = walk.FindCycles();
  for (const std::vector<NodeIndex>& cycle : cycles) ReportCycle(cycle);
  if (cycles.empty()) {
    CheckUnanswered(walk);
    CheckAttempts(walk);
  }
  CheckPassThrough(walk);
  CheckRewrites(walk);
  CheckRecoveryTrees(walk);
  CheckMailboxes(walk);
  CheckLoops(walk, !cycles.empty());
  CheckInterruptible(walk);
  CheckUnused(walk);
  CheckUnusedMessages();
}

void PlanCompiler::ReportCycle(const std::vector<NodeIndex>& cycle) {
  WayText way(" -> ");
  std::string first_goto;
  for (NodeIndex index : cycle) {
    if (!IsNode<GotoNode>(plan_->nodes_[index])) continue;
    if (first_goto.empty()) first_goto = plan_->node_paths_[index];
    if (issues_.full()) break;
    way.Add(plan_->node_paths_[index]);
  }
  Error(first_goto, "goto-cycle",
        absl::StrCat("this leads back to itself (", way.ToString(),
                     "), so a call could go round for ever; let one of them end elsewhere"));
}

void PlanCompiler::CheckUnanswered(const TreeWalk& walk) {
  std::vector<LongestWay> ways = walk.LongestUnanswered();
  for (NodeIndex root : CallRoots()) {
    if (ways[root].unanswered <= max_unanswered_) continue;
    WayText witness(", then ");
    // Words for what is only counted would cost the length of all ways.
    for (NodeIndex at = root; at != kDecided && !issues_.full(); at = ways[at].next) {
      if (ways[at].here == absl::ZeroDuration()) continue;
      witness.Add(absl::StrCat(plan_->node_paths_[at], " ", absl::FormatDuration(ways[at].here)));
    }
    Error(plan_->node_paths_[root], "unanswered-too-long",
          absl::StrCat("a call may stay unanswered for ",
                       absl::FormatDuration(ways[root].unanswered), ", at most ",
                       absl::FormatDuration(max_unanswered_), " are allowed (", witness.ToString(),
                       "); shorten `setup` and `ring`, or answer the call on the way"));
  }
}

void PlanCompiler::CheckAttempts(const TreeWalk& walk) {
  constexpr int kMostAttempts = EvaluationContext::kUsualMaxAttempts;
  std::vector<int> most = walk.MostAttempts();
  for (NodeIndex root : CallRoots()) {
    if (most[root] <= kMostAttempts) continue;
    Warn(plan_->node_paths_[root], "too-many-attempts",
         absl::StrCat("the longest way from here dials ", most[root],
                      " targets, but for one call at most ", kMostAttempts,
                      " are tried: the last ones may be left out"));
  }
}

void PlanCompiler::CheckPassThrough(const TreeWalk& walk) {
  // The default may always be what follows an attempt.
  std::vector<NodeIndex> after_action = {defaults_.otherwise};
  for (Outcome outcome : kFailedOutcomes) after_action.push_back(defaults_[outcome]);
  walk.ForEachEdge([&](NodeIndex, const Edge& edge) {
    if (edge.acts) after_action.push_back(edge.to);
  });
  std::vector<bool> reached = walk.Reachable(after_action);
  for (NodeIndex i = 0; i < reached.size(); ++i) {
    if (!reached[i] || !IsNode<PassThroughNode>(plan_->nodes_[i])) continue;
    Error(plan_->node_paths_[i], "pass-through-too-late",
          "a call comes here after something was tried or played, and can then not be handed "
          "back to the network; dial `called` instead, or end the call");
  }
}

// Whether attributes that are looked at are ever set, and secrets only compared.
void PlanCompiler::CheckAttributes() {
  const std::vector<std::string> set(attribute_names_.begin(), attribute_names_.end());
  for (const AttributeUse& use : matches_) {
    if (attribute_names_.contains(use.name)) continue;
    Warn(use.path, "never-set",
         absl::StrCat("nothing in this plan gives the attribute ", Quoted(use.name), " a value",
                      DidYouMean(use.name, set)));
  }
  for (const AttributeUse& use : reads_) {
    if (!secret_names_.contains(use.name)) continue;
    Error(use.path, "secret",
          absl::StrCat(Quoted(use.name),
                       " is collected as a secret: compare it with equals, nothing else"));
  }
}

// Texts are numbered, and a continuation has room for numbers up to this.
void PlanCompiler::CheckTexts() {
  constexpr size_t kMostTexts = 1u << 21;
  if (plan_->texts_.size() <= kMostTexts) return;
  Error("tables", "too-long",
        absl::StrCat("a plan has at most ", kMostTexts,
                     " different names and values of attributes, not ", plan_->texts_.size()));
}

void PlanCompiler::CheckUnused(const TreeWalk& walk) {
  std::vector<NodeIndex> roots = CallRoots();
  roots.insert(roots.end(), mailbox_roots_.begin(), mailbox_roots_.end());
  const bool has_roots = !roots.empty();
  roots.push_back(defaults_.otherwise);
  for (Outcome outcome : kFailedOutcomes) roots.push_back(defaults_[outcome]);
  std::vector<bool> reached = walk.Reachable(roots);
  for (size_t i = 0; i < trees_.names().size() && has_roots; ++i) {
    if (reached[plan_->tree_roots_[i]]) continue;
    Warn(KeyPath("trees", trees_.names()[i]), "unused",
         absl::StrCat(
             "tree ", Quoted(trees_.names()[i]),
             " is used by no number, no mailbox, no dial string, no recovery plan and no goto "
             "that a call can come to"));
  }
  for (size_t i = 0; i < schedule_names_.names().size(); ++i) {
    if (used_schedules_.contains(static_cast<int>(i))) continue;
    Warn(KeyPath("schedules", schedule_names_.names()[i]), "unused",
         absl::StrCat("schedule ", Quoted(schedule_names_.names()[i]), " is used by no tree"));
  }
  for (size_t i = 0; i < table_names_.names().size(); ++i) {
    if (used_tables_.contains(static_cast<int>(i))) continue;
    Warn(KeyPath("tables", table_names_.names()[i]), "unused",
         absl::StrCat("table ", Quoted(table_names_.names()[i]), " is used by no tree"));
  }
  for (size_t i = 0; i < limit_names_.names().size(); ++i) {
    if (used_limits_.contains(static_cast<int>(i))) continue;
    Warn(KeyPath("limits", limit_names_.names()[i]), "unused",
         absl::StrCat("limit ", Quoted(limit_names_.names()[i]), " is used by no tree"));
  }
  for (size_t i = 0; i < gateway_group_names_.names().size(); ++i) {
    if (used_gateways_.contains(static_cast<int>(i))) continue;
    const std::string& name = gateway_group_names_.names()[i];
    Warn(KeyPath("gateways", name), "unused",
         absl::StrCat("no site or destination is reached by the gateways ", Quoted(name),
                      ", with via"));
  }
}

}  // namespace libroute
