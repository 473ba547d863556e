#ifndef LIBROUTE_TREE_NODES_ORIGIN_CASE_H_
#define LIBROUTE_TREE_NODES_ORIGIN_CASE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/number/number_criteria.h"
#include "libroute/number/number_set.h"
#include "libroute/tree/explanation.h"
#include "libroute/tree/frame.h"
#include "libroute/tree/nodes/origin_coverage.h"

namespace libroute {

// How a call came here; what is empty is not looked at.
struct OriginWay {
  // Bits of Verstat.
  uint8_t verstats = 0;
  // Bits of Attestation.
  uint8_t attestations = 0;
  // Indices in the plan.
  std::vector<int> ingresses;
  // A caller who is at one of these, or at a place that begins so ("20801*").
  std::vector<std::string> locations;
  bool diverted = false;
  bool has_diverters = false;
  NumberSet diverters;
  // Bits of DiversionReason.
  uint8_t reasons = 0;
  int least_diversions = 1;
  int most_diversions = 255;
};

// Which calls a case of an origin branch means. Immutable; thread-safe.
class OriginCase {
 public:
  // `text` is what the case says, for Explain.
  OriginCase(OriginCalls calls, std::optional<OriginWay> way, std::string text);

  // Why a call is none of the case's.
  enum class Difference {
    kNone,
    kNumber,
    kKind,
    kCountry,
    kWithheld,
    kVerstat,
    kAttestation,
    kIngress,
    kLocation,
    kDiverted,
    kEmail
  };

  // Looks at no more of the call than the case names.
  Difference Compare(Frame& frame) const {
    if (frame.context.email != nullptr) return Difference::kEmail;
    if (way_ != nullptr) {
      const Difference difference = CompareWay(frame.state);
      if (difference != Difference::kNone) return difference;
    }
    if (frame.caller_withheld()) {
      const bool meant = frame.caller_restricted() ? restricted_ : unavailable_;
      return meant ? Difference::kNone : Difference::kWithheld;
    }
    return known_ ? CompareNumber(frame) : Difference::kNumber;
  }
  bool Matches(Frame& frame) const {
    frame.decision.depends_on.Add(Dependence::kCall);
    return Compare(frame) == Difference::kNone;
  }
  // The same in words.
  Comparison Words(Frame& frame) const;

  absl::string_view text() const { return text_; }
  // What the case compares, for Explain: "calling +32470000000, mobile, BE".
  std::string Subject(Frame& frame) const;

 private:
  Difference CompareNumber(Frame& frame) const {
    switch (numbers_.Compare(frame.state.calling.digits(),
                             [&]() -> const NumberFacts& { return frame.caller_facts(); })) {
      case NumberCriteria::Difference::kNone:
        return Difference::kNone;
      case NumberCriteria::Difference::kNumber:
        return Difference::kNumber;
      case NumberCriteria::Difference::kKind:
        return Difference::kKind;
      case NumberCriteria::Difference::kCountry:
        return Difference::kCountry;
    }
    return Difference::kNumber;
  }
  Difference CompareWay(const CallState& state) const;
  std::string CallerText(Frame& frame) const;

  bool known_;
  bool restricted_;
  bool unavailable_;
  NumberCriteria numbers_;
  // Null: any.
  std::unique_ptr<const OriginWay> way_;
  std::string text_;
};

// "matches", "does not match", "is of another kind", ...
absl::string_view DifferenceText(OriginCase::Difference difference);

}  // namespace libroute

#endif  // LIBROUTE_TREE_NODES_ORIGIN_CASE_H_
