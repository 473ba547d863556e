#ifndef LIBROUTE_CALL_AHEAD_H_
#define LIBROUTE_CALL_AHEAD_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "libroute/call/call_state.h"
#include "libroute/call/decision.h"
#include "libroute/call/outcome.h"

// Decisions made ahead: see libroute.v1.LookAhead, whose fields these have.
namespace libroute {

// Why a way ends where it is to be asked again. Values as in AheadEdge.Ask.
enum class AskAgain : uint8_t { kNo, kTooFar, kClaim, kQueue, kTime, kDetail };
// "", "too far", "claim", ...
absl::string_view AskAgainName(AskAgain why);

// From one decision to another.
struct AheadEdge {
  // Values as in AheadEdge.Happened.
  enum class Happened : uint8_t { kOther, kNoInput, kOtherDigits, kPlayed, kCalledReleased };

  OutcomeSet outcomes;
  absl::string_view digits;
  Happened happened = Happened::kOther;
  // 1 for the first; 0: it is to be asked for.
  uint32_t step = 0;
  AskAgain ask = AskAgain::kNo;
};

// Some edges that stand one after the other.
struct AheadEdges {
  uint32_t first = 0;
  uint32_t count = 0;
};

struct AheadStep {
  // Views into the revision of the decision that was asked for, which keeps it alive.
  Decision decision;
  // How many decisions after that one.
  uint32_t depth = 0;
  AheadEdges next;
  bool reason_by_outcome = false;
  // From where and with what the call goes on.
  uint32_t position = 0;
  CallState state;
};

// What follows a decision. Of use again: its memory stays.
class Ahead {
 public:
  static constexpr int kMostSteps = 64;

  // Forgets what was made; at most `max_steps`, 0 to kMostSteps, are made next.
  void Begin(int max_steps) {
    max_steps_ = static_cast<size_t>(max_steps);
    if (steps_.size() < max_steps_) steps_.resize(max_steps_);
    Clear();
  }
  void Clear() {
    made_ = 0;
    edges_.clear();
    next_ = AheadEdges();
  }

  // Those that are fewest decisions away come first.
  absl::Span<AheadStep> steps() { return absl::MakeSpan(steps_.data(), made_); }
  absl::Span<const AheadStep> steps() const { return absl::MakeSpan(steps_.data(), made_); }
  // What leads on from the decision that was asked for; `edges` of it and of steps.
  AheadEdges next() const { return next_; }
  absl::Span<const AheadEdge> edges(AheadEdges which) const {
    return absl::MakeSpan(edges_.data() + which.first, which.count);
  }
  bool empty() const { return edges_.empty(); }

  // For who makes them. Steps stay where they are while others are made.
  bool is_full() const { return made_ == max_steps_; }
  // The next step, which counts once it is kept.
  AheadStep& Draft() { return steps_[made_]; }
  uint32_t Keep() { return static_cast<uint32_t>(++made_); }
  uint32_t edge_count() const { return static_cast<uint32_t>(edges_.size()); }
  void AddEdge(const AheadEdge& edge) { edges_.push_back(edge); }
  AheadEdges EdgesSince(uint32_t first) const { return {first, edge_count() - first}; }
  void set_next(AheadEdges next) { next_ = next; }

 private:
  size_t max_steps_ = 0;
  size_t made_ = 0;
  std::vector<AheadStep> steps_;
  std::vector<AheadEdge> edges_;
  AheadEdges next_;
};

}  // namespace libroute

#endif  // LIBROUTE_CALL_AHEAD_H_
