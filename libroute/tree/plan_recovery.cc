#include <algorithm>
#include <queue>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/recovery_cover.h"
#include "libroute/tree/walk.h"
#include "libroute/tree/way_text.h"

// Recovery plans: which numbers they are for, and whether they are of use when what
// they stand in for is lost.
namespace libroute {
namespace {

constexpr int kMostRecoveryPlans = 32;
constexpr size_t kMostRecoveryNameBytes = 40;
// They are looked at one after the other for every entry of `numbers`.
constexpr size_t kMostRecoveryRanges = 1000;

// How calls come from the root of a tree to the nodes that it leads to, on the shortest
// ways.
class WaysFrom {
 public:
  WaysFrom(NodeIndex root, const std::vector<std::vector<NodeIndex>>& edges)
      : distance_(edges.size(), kNotReached), before_(edges.size(), kDecided) {
    std::queue<NodeIndex> open;
    distance_[root] = 0;
    open.push(root);
    while (!open.empty()) {
      const NodeIndex node = open.front();
      open.pop();
      for (NodeIndex to : edges[node]) {
        if (distance_[to] != kNotReached) continue;
        distance_[to] = distance_[node] + 1;
        before_[to] = node;
        open.push(to);
      }
    }
  }

  bool Reaches(NodeIndex node) const { return distance_[node] != kNotReached; }
  uint32_t distance(NodeIndex node) const { return distance_[node]; }
  // From the root to the node, itself included.
  std::vector<NodeIndex> To(NodeIndex node) const {
    std::vector<NodeIndex> way;
    for (; node != kDecided; node = before_[node]) way.push_back(node);
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  static constexpr uint32_t kNotReached = UINT32_MAX;

  std::vector<uint32_t> distance_;
  std::vector<NodeIndex> before_;
};

}  // namespace

void PlanCompiler::CompileRecoveryPlans() {
  const NameIndex names(written_.recovery_plans());
  if (names.names().empty()) return;
  if (names.names().size() > kMostRecoveryPlans) {
    Error("recovery_plans", "too-long",
          absl::StrCat("a plan has at most ", kMostRecoveryPlans, " recovery plans, not ",
                       names.names().size()));
    return;
  }
  recovery_cover_ = std::make_shared<RecoveryCover>();
  for (const std::string& name : names.names()) {
    const v1::RecoveryPlan& written = written_.recovery_plans().at(name);
    const std::string path = KeyPath("recovery_plans", name);
    if (IsName(name, path) && name.size() > kMostRecoveryNameBytes) {
      Error(path, "too-long",
            absl::StrCat("the name of a recovery plan has at most ", kMostRecoveryNameBytes,
                         " characters, not ", name.size()));
    }
    CompiledRecoveryPlan recovery;
    recovery.name = name;
    recovery.tree = written.tree();
    const int tree = Lookup(trees_, "tree", written.tree(), path + ".tree");
    recovery.root = tree < 0 ? end_of_plan_ : plan_->tree_roots_[tree];
    for (int i = 0; i < written.replaces_size(); ++i) {
      Lookup(site_names_, "site", written.replaces(i), IndexPath(path + ".replaces", i));
    }
    CompileDrillCallers(written, path, recovery);
    NoteRecoveryPatterns(static_cast<int>(plan_->recovery_plans_.size()), written, path);
    plan_->recovery_plans_.push_back(std::move(recovery));
  }
}

void PlanCompiler::CompileDrillCallers(const v1::RecoveryPlan& written, const std::string& path,
                                       CompiledRecoveryPlan& recovery) {
  std::vector<NumberPattern> patterns;
  for (int i = 0; i < written.drill_callers_size(); ++i) {
    const std::string& caller = written.drill_callers(i);
    const std::string entry = IndexPath(path + ".drill_callers", i);
    if (absl::StartsWith(caller, "+")) {
      const absl::StatusOr<NumberPattern> pattern = ReadPattern(caller, entry, Mobiles::kMeant);
      if (pattern.ok()) patterns.push_back(*pattern);
    } else {
      const int type = Lookup(caller_type_names_, "caller type", caller, entry);
      if (type >= 0) recovery.drill_types.push_back(type);
    }
  }
  recovery.has_drill = !written.drill_callers().empty();
  recovery.drill_numbers = NumberSet(patterns);
}

void PlanCompiler::NoteRecoveryPatterns(int index, const v1::RecoveryPlan& written,
                                        const std::string& path) {
  if (written.numbers().empty()) recovery_cover_->AddAll(index);
  for (int i = 0; i < written.numbers_size(); ++i) {
    const std::string entry = IndexPath(path + ".numbers", i);
    const absl::StatusOr<NumberPattern> pattern =
        ReadPattern(written.numbers(i), entry, Mobiles::kMeant);
    if (!pattern.ok()) continue;
    recovery_cover_->Add(index, *pattern, entry);
    if (recovery_cover_->range_count() == kMostRecoveryRanges + 1) {
      Error(entry, "too-long",
            absl::StrCat("recovery plans have at most ", kMostRecoveryRanges,
                         " ranges of numbers in all"));
    }
    if (recovery_cover_->range_count() > kMostRecoveryRanges) return;
  }
}

uint32_t PlanCompiler::RecoveryNumber(const NumberPattern& pattern, const std::string& written) {
  if (recovery_cover_ == nullptr) return NumberRoute::kNoRecovery;
  const std::vector<int> plans = recovery_cover_->Take(pattern);
  if (plans.empty()) return NumberRoute::kNoRecovery;
  const auto number = static_cast<uint32_t>(plan_->recovery_numbers_.size());
  plan_->recovery_numbers_.push_back(written);
  for (int plan : plans)
    plan_->recovery_plans_[static_cast<size_t>(plan)].numbers.push_back(number);
  return number;
}

NodeIndex PlanCompiler::NumberRoot(const v1::Number& number, const std::string& path,
                                   uint32_t recovery) {
  if (number.tree().empty() && recovery != NumberRoute::kNoRecovery) {
    if (!continuity_off_.has_value()) {
      continuity_off_ = AddNode(PassThroughNode::ContinuityOff(), "recovery_plans");
    }
    return *continuity_off_;
  }
  const int tree = Lookup(trees_, "tree", number.tree(), path + ".tree");
  return tree < 0 ? end_of_plan_ : plan_->tree_roots_[static_cast<size_t>(tree)];
}

void PlanCompiler::CheckRecoveryNumbers() {
  if (recovery_cover_ == nullptr) return;
  for (const RecoveryCover::Written& written : recovery_cover_->written()) {
    const std::string pattern = written.pattern.ToString();
    if (!written.is_used) {
      Error(written.path, "recovery-numbers",
            absl::StrCat("no entry of `numbers` lies within ", pattern,
                         "; write the whole of one or several, as they are written there"));
      continue;
    }
    const std::optional<E164Number> cut =
        CutNumber(plan_->recovery_plans_[static_cast<size_t>(written.recovery)], written.pattern);
    if (!cut.has_value()) continue;
    Error(
        written.path, "recovery-numbers",
        absl::StrCat(pattern, " has a part alone of the entry of `numbers` that ", cut->ToString(),
                     " belongs to; write all of that entry, or give the part an entry of its own"));
  }
}

std::optional<E164Number> PlanCompiler::CutNumber(const CompiledRecoveryPlan& recovery,
                                                  const NumberPattern& pattern) const {
  const auto is_cut = [&](Digits digits) {
    const NumberRoute* route = plan_->FindNumber(digits);
    return route != nullptr && !recovery.IsFor(*route);
  };
  for (Digits end : {pattern.first(), pattern.last()}) {
    if (pattern.kind() != NumberPattern::Kind::kPrefix && is_cut(end)) {
      return E164Number::FromDigits(end);
    }
  }
  if (pattern.kind() != NumberPattern::Kind::kPrefix) return std::nullopt;
  // The first and the last number of each length that begin so.
  for (int filler : {0, 9}) {
    Digits digits = pattern.first();
    while (digits.size() < Digits::kMaxLength) {
      if (digits.size() >= E164Number::kMinLength && is_cut(digits)) {
        return E164Number::FromDigits(digits);
      }
      digits = digits.Append(filler);
    }
  }
  return std::nullopt;
}

std::vector<NodeIndex> PlanCompiler::CallRoots() const {
  std::set<NodeIndex> roots;
  for (const NumberRoute& route : plan_->routes_) roots.insert(route.root);
  for (const CompiledRecoveryPlan& recovery : plan_->recovery_plans_) roots.insert(recovery.root);
  return {roots.begin(), roots.end()};
}

void PlanCompiler::CheckRecoveryTrees(const TreeWalk& walk) {
  if (plan_->recovery_plans_.empty()) return;
  std::vector<std::vector<NodeIndex>> edges(plan_->nodes_.size());
  walk.ForEachEdge([&](NodeIndex from, const Edge& edge) { edges[from].push_back(edge.to); });
  for (const CompiledRecoveryPlan& recovery : plan_->recovery_plans_) {
    CheckRecoveryTree(recovery, edges);
  }
}

void PlanCompiler::CheckRecoveryTree(const CompiledRecoveryPlan& recovery,
                                     const std::vector<std::vector<NodeIndex>>& edges) {
  const v1::RecoveryPlan& written = written_.recovery_plans().at(recovery.name);
  const std::string path = KeyPath("recovery_plans", recovery.name);
  const WaysFrom ways(recovery.root, edges);
  for (int i = 0; i < written.replaces_size(); ++i) {
    const int site = site_names_.Find(written.replaces(i));
    const SitedTarget* nearest = nullptr;
    for (const SitedTarget& target : sited_) {
      if (!ways.Reaches(target.node)) continue;
      if (target.site != site) continue;
      const bool is_nearer =
          nearest == nullptr || ways.distance(target.node) < ways.distance(nearest->node);
      if (is_nearer) nearest = &target;
    }
    if (nearest == nullptr) continue;
    WayText way(" -> ");
    for (NodeIndex node : ways.To(nearest->node)) {
      if (IsNode<GotoNode>(plan_->nodes_[node])) way.Add(plan_->node_paths_[node]);
    }
    way.Add(nearest->path);
    Error(IndexPath(path + ".replaces", i), "replaced-site",
          absl::StrCat("its tree dials ", nearest->words, " at site ", Quoted(written.replaces(i)), " (",
                       way.ToString(),
                       "); dial something that is left when that site is lost"));
  }
  for (const DialledNumber& dialled : dialled_) {
    if (!ways.Reaches(dialled.node)) continue;
    const NumberRoute* route = plan_->FindNumber(plan_->Trim(dialled.number).digits());
    if (route == nullptr || !recovery.IsFor(*route)) continue;
    Warn(dialled.path, "own-number",
         absl::StrCat("while recovery plan ", Quoted(recovery.name), " is on for ",
                      dialled.number.ToString(), ", calls to it come here again"));
  }
}

}  // namespace libroute
