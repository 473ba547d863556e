#include "libroute/tree/nodes/share_node.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/nodes/events.h"
#include "libroute/tree/nodes/known_status.h"
#include "libroute/tree/observer.h"
#include "libroute/tree/share_cycle.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

constexpr uint32_t kMaxWeight = 1'000'000;
constexpr int kMaxCases = 1000;
constexpr uint64_t kMaxCycle = 10'000;

absl::string_view WhatComes(const Frame& frame) {
  return frame.context.email == nullptr ? "call" : "e-mail";
}

}  // namespace

ShareNode ShareNode::Compile(const v1::ShareBranch& written, NodeScope& scope) {
  ShareNode node;
  node.key_ = StableHash(scope.path());
  node.CompileWeights(written, scope);
  if (!v1::ShareBranch::By_IsValid(written.by())) {
    scope.Error("by", "bad-value", "calls are shared out by call or by caller");
  }
  node.by_caller_ = written.by() == v1::ShareBranch::BY_CALLER;
  if (written.exact()) node.CompileCycle(written, scope);
  switch (written.unavailable()) {
    case v1::ShareBranch::UNAVAILABLE_UNSPECIFIED:
    case v1::ShareBranch::UNAVAILABLE_RESHARE:
      break;
    case v1::ShareBranch::UNAVAILABLE_OVERFLOW:
      node.unavailable_ = Unavailable::kOverflow;
      break;
    case v1::ShareBranch::UNAVAILABLE_STRICT:
      node.unavailable_ = Unavailable::kStrict;
      break;
    default:
      scope.Error("unavailable", "bad-value",
                  "calls whose share is not available are reshared, go to the overflow, or "
                  "strictly to their share");
  }
  node.CompileOtherwise(written, scope);
  return node;
}

void ShareNode::CompileWeights(const v1::ShareBranch& written, NodeScope& scope) {
  if (written.cases_size() > kMaxCases) {
    scope.Error("cases", "too-long", "a share branch has at most 1000 cases");
  }
  for (int i = 0; i < std::min(written.cases_size(), kMaxCases); ++i) {
    cases_.push_back(CompileCase(written.cases(i), CaseName(static_cast<size_t>(i)), scope));
    total_ += cases_.back().weight;
  }
  if (total_ == 0) {
    scope.Error("cases", "bad-weights",
                "the weights sum to 0, so no call could go anywhere; give one case a weight "
                "above 0");
  }
}

ShareNode::Case ShareNode::CompileCase(const v1::ShareBranch_Case& written, const std::string& path,
                                       NodeScope& scope) {
  Case item;
  if (written.weight() > kMaxWeight) {
    scope.Error(path + ".weight", "bad-value",
                absl::StrCat("weight ", written.weight(), " is too large; at most 1000000"));
  } else if (written.weight() == 0) {
    scope.Warn(path, "never-matches", "this case never matches: its weight is 0");
  }
  item.weight = std::min(written.weight(), kMaxWeight);
  for (int i = 0; i < written.destination_size(); ++i) {
    const int found =
        scope.FindDestination(written.destination(i), absl::StrCat(path, ".destination[", i, "]"));
    if (found >= 0) item.destinations.push_back(found);
  }
  for (int i = 0; i < written.site_size(); ++i) {
    const int found = scope.FindSite(written.site(i), absl::StrCat(path, ".site[", i, "]"));
    if (found >= 0) item.sites.push_back(found);
  }
  item.then = scope.Child(written.has_then() ? &written.then() : nullptr, path + ".then");
  return item;
}

void ShareNode::CompileCycle(const v1::ShareBranch& written, NodeScope& scope) {
  if (written.by() != v1::ShareBranch::BY_UNSPECIFIED) {
    scope.Error("exact", "contradiction",
                "shares cannot be exact and always the same for a call or a caller; write exact or "
                "by, not both");
  }
  std::vector<uint32_t> weights;
  for (const Case& item : cases_) weights.push_back(item.weight);
  const uint64_t length = ShareCycleLength(weights);
  if (length == 0) return;
  if (length > kMaxCycle) {
    scope.Error("cases", "bad-weights",
                absl::StrCat("exact shares take turns in a cycle, which would be ", length,
                             " calls long with these weights; at most ", kMaxCycle,
                             ": choose smaller ones, or such as one number divides"));
    return;
  }
  cycle_ = MakeShareCycle(weights);
  turns_ = scope.Counter(absl::StrCat("share ", scope.path()));
}

void ShareNode::CompileOtherwise(const v1::ShareBranch& written, NodeScope& scope) {
  const auto may_fail = [](const Case& item) { return item.may_fail(); };
  const auto stands = [](const Case& item) { return item.weight > 0 && !item.may_fail(); };
  looks_at_status_ =
      unavailable_ != Unavailable::kStrict && std::any_of(cases_.begin(), cases_.end(), may_fail);
  const bool none_may_be_left =
      looks_at_status_ && (unavailable_ == Unavailable::kOverflow ||
                           std::none_of(cases_.begin(), cases_.end(), stands));
  const v1::Node* otherwise = written.has_otherwise() ? &written.otherwise() : nullptr;
  if (none_may_be_left) {
    otherwise_ = scope.Otherwise(otherwise);
    return;
  }
  if (otherwise != nullptr) {
    scope.Warn("otherwise", "never-matches",
               looks_at_status_ ? "no call comes here: a share without destination and site is "
                                  "always available"
               : unavailable_ == Unavailable::kStrict
                   ? "no call comes here: each goes strictly to its share"
                   : "no call comes here: no share says on which destination or site it depends");
  }
  if (unavailable_ == Unavailable::kOverflow) {
    scope.Warn(
        "unavailable", "no-effect",
        "every share is always available: none says on which destination or site it depends");
  }
  otherwise_ = scope.ChildOr(otherwise, "otherwise", scope.release());
}

bool ShareNode::IsAvailable(const Case& item, const Frame& frame) const {
  if (!item.may_fail()) return true;
  for (int destination : item.destinations) {
    if (KnownDestinationStatus(destination, frame) == Status::kUp) {
      return true;
    }
  }
  for (int site : item.sites) {
    if (KnownSiteStatus(site, frame) == Status::kUp) return true;
  }
  return false;
}

uint64_t ShareNode::HashOf(const Frame& frame) const {
  const CallState& state = frame.state;
  const bool is_known = state.calling.has_value() && state.calling_privacy == Privacy::kAllowed;
  if (!by_caller_ || !is_known) return StableMix(state.seed ^ key_);
  return StableMix(StableMix(state.calling.digits().packed()) ^ key_);
}

template <class Counts>
ShareNode::Draw ShareNode::DrawAmong(uint64_t hash, uint32_t total, const Counts& counts) const {
  Draw draw = {StableBelow(hash, total), total, 0};
  uint32_t left = draw.drawn;
  for (;; ++draw.index) {
    const Case& item = cases_[draw.index];
    if (!counts(item)) continue;
    if (left < item.weight) return draw;
    left -= item.weight;
  }
}

ShareNode::Draw ShareNode::DrawFirst(Frame& frame) const {
  if (cycle_.empty()) {
    return DrawAmong(HashOf(frame), total_, [](const Case&) { return true; });
  }
  const auto length = static_cast<uint32_t>(cycle_.size());
  const uint32_t turn = frame.TakeTurn(turns_) % length;
  return {turn, length, cycle_[turn]};
}

std::optional<ShareNode::Draw> ShareNode::DrawAgain(const Frame& frame) const {
  const auto counts = [&](const Case& item) { return IsAvailable(item, frame); };
  uint32_t total = 0;
  for (const Case& item : cases_) total += counts(item) ? item.weight : 0;
  if (total == 0) return std::nullopt;
  return DrawAmong(StableMix(HashOf(frame) + 1), total, counts);
}

template <class Observer>
void ShareNode::Record(const Draw& draw, bool is_available, Observer& observer) const {
  const std::string what =
      absl::StrCat(cycle_.empty() ? "drawn " : "turn ", draw.drawn, " of ", draw.of);
  uint32_t from = 0;
  for (size_t i = 0; i < cases_.size(); ++i) {
    const uint32_t up_to = from + cases_[i].weight;
    std::string finding = cycle_.empty() ? absl::StrCat(from, " to below ", up_to) : std::string();
    if (i == draw.index && !is_available) {
      absl::StrAppend(&finding, finding.empty() ? "" : ", ", "not available");
    }
    observer.Compared({what, absl::StrCat("weight ", cases_[i].weight),
                       i == draw.index && is_available, finding,
                       i == draw.index ? NotTaken::kDown : NotTaken::kAnotherShare});
    from = up_to;
  }
}

template <class Observer>
NodeIndex ShareNode::Evaluate(Frame& frame, Observer& observer) const {
  frame.decision.depends_on.Add(Dependence::kCall);
  const Draw draw = DrawFirst(frame);
  if (looks_at_status_) frame.decision.depends_on.Add(Dependence::kStatus);
  const bool is_available = !looks_at_status_ || IsAvailable(cases_[draw.index], frame);
  if constexpr (Observer::kRecords) Record(draw, is_available, observer);
  if (!is_available) return GoElsewhere(frame, observer);
  if constexpr (Observer::kRecords) {
    observer.Took(CaseName(draw.index), !cycle_.empty() ? "it is this share's turn"
                                        : by_caller_    ? "the caller falls in this share"
                                                        : absl::StrCat("the ", WhatComes(frame),
                                                                       "'s id falls in this share"));
  }
  return cases_[draw.index].then;
}

template <class Observer>
NodeIndex ShareNode::GoElsewhere(const Frame& frame, Observer& observer) const {
  const bool reshares = unavailable_ == Unavailable::kReshare;
  const std::optional<Draw> again = reshares ? DrawAgain(frame) : std::nullopt;
  if (!again.has_value()) {
    if constexpr (Observer::kRecords) {
      observer.Took("otherwise",
                    reshares ? "no share is available"
                             : absl::StrCat("the ", WhatComes(frame), "'s share is not available"));
    }
    return otherwise_;
  }
  if constexpr (Observer::kRecords) {
    observer.Took(
        CaseName(again->index),
        absl::StrCat("the ", WhatComes(frame), " falls in this one of those that are available"));
  }
  return cases_[again->index].then;
}

void ShareNode::VisitEdges(EdgeVisitor visit) const {
  for (const Case& item : cases_) visit({item.then});
  visit({otherwise_});
}

LIBROUTE_INSTANTIATE_EVALUATE(ShareNode);

}  // namespace libroute
