#include "libroute/tree/nodes/hunt.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"
#include "libroute/tree/node_scope.h"
#include "libroute/tree/weighted_order.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// One weight for each target; all alike where they are wrong.
std::vector<uint32_t> CompileWeights(const v1::Dial& written, int targets, NodeScope& scope) {
  std::vector<uint32_t> weights(written.weights().begin(), written.weights().end());
  if (written.weights_size() != written.to_size()) {
    scope.Error("weights", "bad-weights",
                absl::StrCat("hunt: weighted needs a weight for each target: ", written.to_size(),
                             ", not ", written.weights_size()));
  }
  for (size_t i = 0; i < weights.size(); ++i) {
    weights[i] = ReadWeight(weights[i], [&](std::string what) {
      scope.Error(absl::StrCat("weights[", i, "]"), "bad-weights", std::move(what));
    });
  }
  weights.resize(static_cast<size_t>(targets), 1);
  return weights;
}

}  // namespace

Hunt Hunt::Compile(const v1::Dial& written, int targets, NodeScope& scope) {
  Hunt hunt;
  hunt.targets_ = targets;
  hunt.key_ = StableHash(scope.path());
  const std::string name = absl::StrCat("hunt ", scope.path());
  switch (written.hunt()) {
    case v1::Dial::HUNT_UNSPECIFIED:
    case v1::Dial::HUNT_LINEAR:
      break;
    case v1::Dial::HUNT_CIRCULAR:
      hunt.kind_ = Kind::kCircular;
      hunt.turns_ = scope.Counter(name);
      break;
    case v1::Dial::HUNT_LEAST_RECENT:
      hunt.kind_ = Kind::kLeastRecent;
      hunt.turns_ = scope.Counter(name);
      for (int i = 0; i < targets; ++i) {
        hunt.used_.push_back(scope.Counter(absl::StrCat(name, " ", written.to(i))));
      }
      break;
    case v1::Dial::HUNT_WEIGHTED:
      hunt.kind_ = Kind::kWeighted;
      hunt.weights_ = CompileWeights(written, targets, scope);
      break;
    case v1::Dial::HUNT_RANDOM:
      hunt.kind_ = Kind::kRandom;
      hunt.weights_.assign(static_cast<size_t>(targets), 1);
      break;
    default:
      scope.Error("hunt", "bad-value",
                  "targets are hunted linear, circular, least_recent, weighted or random");
  }
  if (!written.weights().empty() && written.hunt() != v1::Dial::HUNT_WEIGHTED) {
    scope.Error("weights", "bad-weights", "weights are for hunt: weighted; write that as well");
  }
  return hunt;
}

TargetOrder Hunt::Draw(Frame& frame) const {
  switch (kind_) {
    case Kind::kCircular:
      return DrawCircular(frame);
    case Kind::kLeastRecent:
      return DrawLeastRecent(frame);
    case Kind::kWeighted:
    case Kind::kRandom:
      return DrawByWeight(weights_, frame.state.seed ^ key_);
    case Kind::kLinear:
      break;
  }
  return TargetOrder();
}

TargetOrder Hunt::DrawCircular(Frame& frame) const {
  const int first = static_cast<int>(frame.TakeTurn(turns_) % static_cast<uint32_t>(targets_));
  TargetOrder order;
  // Those before it come last.
  for (int i = 0; i < targets_ - first && first > 0; ++i) order.MoveUp(first + i, i);
  return order;
}

TargetOrder Hunt::DrawLeastRecent(Frame& frame) const {
  frame.TakeTurn(turns_);
  TargetOrder order;
  // Sorted by insertion, so that those used in the same turn stay as written.
  for (int i = 1; i < targets_; ++i) {
    const uint32_t used = frame.CounterAt(used_[order.at(i)]);
    int to = i;
    while (to > 0 && frame.CounterAt(used_[order.at(to - 1)]) > used) --to;
    order.MoveUp(i, to);
  }
  return order;
}

void Hunt::NoteUsed(Frame& frame, int target) const {
  if (kind_ != Kind::kLeastRecent) return;
  uint32_t turns = frame.CounterAt(turns_);
  for (const Claim& claim : frame.decision.claims) {
    // This decision's own.
    const bool is_own = claim.kind == Claim::Kind::kTurn && claim.counter == turns_;
    if (is_own) turns = std::max(turns, static_cast<uint32_t>(claim.subject) + 1);
  }
  frame.Mark(used_[target], turns);
}

absl::string_view Hunt::Text() const {
  switch (kind_) {
    case Kind::kCircular:
      return "from the one whose turn it is";
    case Kind::kLeastRecent:
      return "the longest unused first";
    case Kind::kWeighted:
      return "drawn by weight";
    case Kind::kRandom:
      return "drawn by the call's id";
    case Kind::kLinear:
      break;
  }
  return "";
}

}  // namespace libroute
