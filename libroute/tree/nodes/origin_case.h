#ifndef LIBROUTE_TREE_NODES_ORIGIN_CASE_H_
#define LIBROUTE_TREE_NODES_ORIGIN_CASE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/number/number_kind.h"
#include "libroute/number/number_set.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/origin_coverage.h"

namespace libroute {

// Which callers a case of an origin branch means. Immutable; thread-safe.
class OriginCase {
 public:
  // `text` is what the case says, for Explain.
  OriginCase(OriginCalls calls, std::string text);

  // Why a call is none of the case's.
  enum class Difference { kNone, kNumber, kKind, kCountry, kWithheld };

  // Looks at no more of the call than the case names.
  Difference Compare(Frame& frame) const {
    if (frame.caller_withheld()) {
      const bool meant = frame.caller_restricted() ? restricted_ : unavailable_;
      return meant ? Difference::kNone : Difference::kWithheld;
    }
    if (!known_ || (has_numbers_ && !numbers_.Contains(frame.state.calling.digits()))) {
      return Difference::kNumber;
    }
    return looks_closer_ ? CompareFacts(frame) : Difference::kNone;
  }

  absl::string_view text() const { return text_; }
  // What the case compares, for Explain: "calling +32470000000, mobile, BE".
  std::string Subject(Frame& frame) const;

 private:
  Difference CompareFacts(Frame& frame) const;

  bool known_;
  bool restricted_;
  bool unavailable_;
  bool has_numbers_;
  // There are kinds or countries.
  bool looks_closer_;
  NumberKindSet kinds_;
  NumberSet numbers_;
  std::vector<Country> countries_;
  std::string text_;
};

// "matches", "does not match", "is of another kind", ...
absl::string_view DifferenceText(OriginCase::Difference difference);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ORIGIN_CASE_H_
