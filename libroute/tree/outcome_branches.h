#ifndef LIBROUTE_TREE_OUTCOME_BRANCHES_H_
#define LIBROUTE_TREE_OUTCOME_BRANCHES_H_

#include <array>
#include <cstdint>

#include "absl/time/time.h"
#include "libroute/call/outcome.h"
#include "libroute/tree/frame.h"

namespace libroute {

// By which of its rules an outcome leads somewhere.
enum class BranchSource : uint8_t { kOwn, kParent, kOtherwise, kDefault };

// Where each failed outcome leads, with every fallback resolved.
struct OutcomeBranches {
  static constexpr size_t kSize = static_cast<size_t>(Outcome::kCancelled) + 1;

  NodeIndex operator[](Outcome outcome) const { return by_outcome[static_cast<size_t>(outcome)]; }
  void Set(Outcome outcome, NodeIndex to, BranchSource source) {
    by_outcome[static_cast<size_t>(outcome)] = to;
    sources[static_cast<size_t>(outcome)] = source;
  }
  BranchSource source(Outcome outcome) const { return sources[static_cast<size_t>(outcome)]; }

  std::array<NodeIndex, kSize> by_outcome = {};
  std::array<BranchSource, kSize> sources = {};
  NodeIndex otherwise = 0;
};

// The bounds of a duration that a plan may write, and what it is when it is
// not written.
struct DurationRange {
  absl::Duration min;
  absl::Duration max;
  absl::Duration absent;
};

// The node that a message with on_<outcome> fields (Dial, Default) has for
// `outcome` itself; nullptr if it is not written.
template <typename Message>
auto WrittenBranch(const Message& message, Outcome outcome) -> decltype(&message.on_busy()) {
  switch (outcome) {
    case Outcome::kBusy:
      return message.has_on_busy() ? &message.on_busy() : nullptr;
    case Outcome::kNoAnswer:
      return message.has_on_no_answer() ? &message.on_no_answer() : nullptr;
    case Outcome::kNotConfirmed:
      return message.has_on_not_confirmed() ? &message.on_not_confirmed() : nullptr;
    case Outcome::kUnreachable:
      return message.has_on_unreachable() ? &message.on_unreachable() : nullptr;
    case Outcome::kRejected:
      return message.has_on_rejected() ? &message.on_rejected() : nullptr;
    case Outcome::kRedirected:
      return message.has_on_redirected() ? &message.on_redirected() : nullptr;
    case Outcome::kBadNumber:
      return message.has_on_bad_number() ? &message.on_bad_number() : nullptr;
    case Outcome::kCongestion:
      return message.has_on_congestion() ? &message.on_congestion() : nullptr;
    case Outcome::kFailure:
      return message.has_on_failure() ? &message.on_failure() : nullptr;
    case Outcome::kAnswered:
    case Outcome::kCancelled:
      return nullptr;
  }
  return nullptr;
}

}  // namespace libroute

#endif  // LIBROUTE_TREE_OUTCOME_BRANCHES_H_
