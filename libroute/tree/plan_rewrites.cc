#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/tree/edge.h"
#include "libroute/tree/plan_compiler.h"
#include "libroute/tree/walk.h"

// Whether what destinations make of the called number is one, for all numbers
// that can come to where it is dialled.
namespace libroute {

// What numbers can come to each node: their lengths, and for each length one
// pattern that shows it. Linear in edges and entries.
class ReachingNumbers {
 public:
  // Numbers of so many digits can come here: those of the entry are a witness.
  struct Witness {
    const NumberTable::Entry* entry = nullptr;
    // The plan says that the entry has numbers of this length; else it does not
    // say how long they are.
    bool certain = false;
  };
  using ByLength = std::array<Witness, Digits::kMaxLength + 1>;

  ReachingNumbers(const TreeWalk& walk, size_t node_count)
      : at_(node_count), edges_(node_count), is_open_(node_count, false) {
    walk.ForEachEdge([this](NodeIndex from, const Edge& edge) { edges_[from].push_back(edge.to); });
  }

  // Numbers of `entry` follow `route`.
  void Add(const NumberTable::Entry& entry, const NumberRoute& route) {
    const bool block = entry.first.kind() == NumberPattern::Kind::kPrefix;
    const int written = entry.first.first().size();
    int least = block ? std::max(written, E164Number::kMinLength) : written;
    const int most = block ? route.max_digits : written;
    least = std::max<int>(least, route.min_digits);
    const bool certain =
        !block || (route.min_digits > 0 && most < Digits::kMaxLength) || route.min_digits == most;
    for (int length = least; length <= most; ++length) Come(route.root, length, {&entry, certain});
  }

  void Spread() {
    while (!open_.empty()) {
      const NodeIndex from = open_.back();
      open_.pop_back();
      is_open_[from] = false;
      const ByLength numbers = at_[from];
      for (NodeIndex to : edges_[from]) {
        for (int length = 0; length <= Digits::kMaxLength; ++length)
          Come(to, length, numbers[length]);
      }
    }
  }

  const ByLength& at(NodeIndex node) const { return at_[node]; }

 private:
  // For each length a node learns at most twice.
  void Come(NodeIndex node, int length, Witness witness) {
    Witness& known = at_[node][length];
    if (witness.entry == nullptr ||
        (known.entry != nullptr && (known.certain || !witness.certain))) {
      return;
    }
    known = witness;
    if (!is_open_[node]) open_.push_back(node);
    is_open_[node] = true;
  }

  std::vector<ByLength> at_;
  std::vector<std::vector<NodeIndex>> edges_;
  // Nodes that learnt something that those behind them do not know yet.
  std::vector<NodeIndex> open_;
  std::vector<bool> is_open_;
};

namespace {

// A number of `length` digits that `pattern` names: its first, or its last.
E164Number NumberOf(const NumberPattern& pattern, Digits end, int length) {
  const int filler = end == pattern.first() ? 0 : 9;
  while (end.size() < length) end = end.Append(filler);
  return E164Number::FromDigits(end);
}

}  // namespace

void PlanCompiler::CheckRewrites(const TreeWalk& walk) {
  if (rewritten_.empty()) return;
  ReachingNumbers numbers(walk, plan_->nodes_.size());
  for (const NumberTable::Entry& entry : numbers_) {
    const NumberRoute& route = plan_->routes_[entry.second];
    numbers.Add(entry, route);
    if (route.recovery == NumberRoute::kNoRecovery) continue;
    for (const CompiledRecoveryPlan& recovery : plan_->recovery_plans_) {
      if (!recovery.IsFor(route)) continue;
      NumberRoute recovered = route;
      recovered.root = recovery.root;
      numbers.Add(entry, recovered);
    }
  }
  numbers.Spread();
  for (const RewrittenNumber& dialled : rewritten_) CheckRewrite(dialled, numbers);
}

void PlanCompiler::CheckRewrite(const RewrittenNumber& dialled, const ReachingNumbers& numbers) {
  const CompiledDestination& destination = plan_->destinations_[dialled.destination];
  const NumberRewrite& rewrite = *destination.from_called;
  // One of each kind says enough.
  bool failed = false;
  bool may_fail = false;
  bool refused = false;
  for (int length = 0; length <= Digits::kMaxLength; ++length) {
    const ReachingNumbers::Witness& witness = numbers.at(dialled.node)[length];
    if (witness.entry == nullptr) continue;
    const NumberPattern& pattern = witness.entry->first;
    const E164Number first = NumberOf(pattern, pattern.first(), length);
    if (rewrite.AppliesTo(length)) {
      // Where it leads is checked with what else is dialled.
      for (E164Number number : {first, NumberOf(pattern, pattern.last(), length)}) {
        const E164Number made = rewrite.Apply(number);
        if (made != number) dialled_.push_back({dialled.node, made, dialled.path});
        const bool is_new = made != number && witness.certain && !refused;
        if (is_new) refused = !CheckAllowed(made, "", dialled.path);
        if (pattern.first() == pattern.last()) break;
      }
    } else if (std::exchange(witness.certain ? failed : may_fail, true)) {
      continue;
    } else if (witness.certain) {
      Error(dialled.path, "bad-rewrite",
            absl::StrCat("calls to ", first.ToString(), " can come here, and of it destination ",
                         Quoted(destination.name), " makes no number of ", E164Number::kMinLength,
                         " to ", Digits::kMaxLength, " digits (", rewrite.ToString(), ")"));
    } else {
      Warn(dialled.path, "rewrite-may-fail",
           absl::StrCat("if ", pattern.ToString(), " has numbers of ", length,
                        " digits, destination ", Quoted(destination.name),
                        " makes no number of them (", rewrite.ToString(),
                        "); say how long they are by min_digits and max_digits"));
    }
  }
}

}  // namespace libroute
