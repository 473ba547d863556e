#ifndef LIBROUTE_TREE_FEATURE_CODES_H_
#define LIBROUTE_TREE_FEATURE_CODES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"
#include "libroute/call/service_code.h"
#include "libroute/facts/line_features.h"
#include "libroute/tree/frame.h"

namespace libroute {

class CompiledPlan;
class FactView;
class Screening;

// What is to be switched on a line; by feature, in their order.
struct FeatureChanges {
  // Index of the plan's line.
  int line = -1;
  absl::InlinedVector<std::pair<LineFeature, FeatureSetting>, kLineFeatureCount> settings;

  bool empty() const { return settings.empty(); }
};

// The codes by which the owners of lines switch their features. Immutable;
// thread-safe.
class FeatureCodes {
 public:
  // What one of them switches.
  using Features = absl::InlinedVector<LineFeature, kLineFeatureCount>;

  void Add(Digits code, Features features) { codes_.emplace_back(code, std::move(features)); }
  // Null if it is no code of the plan.
  const Features* Find(const ServiceCode& dialled) const;

 private:
  // A handful.
  std::vector<std::pair<Digits, Features>> codes_;
};

// What comes of a code: nothing is changed by looking. Nothing to change and no
// refusal: all is as it is to be.
struct FeatureAnswer {
  FeatureChanges changes;
  // Why it is refused; empty if it is not.
  std::string refusal;
};
// Of a code that the plan has, dialled on `line`. The number that is said with it must be
// one that the plan may call, and that the carrier does not bar.
FeatureAnswer AnswerFeatureCode(const CompiledPlan& plan, const FactView& facts,
                                const Screening* screening, E164Number line,
                                const ServiceCode& dialled);

// Why calls to the line at `index` may not be forwarded to `number`; empty if they may.
std::string ForwardRefusal(const CompiledPlan& plan, const Screening* screening, int index,
                           E164Number number);

// The codes of a plan, and what is played to who dials one.
struct CompiledFeatureCodes {
  FeatureCodes codes;
  NumberRoute accepted;
  NumberRoute refused;
};

}  // namespace libroute

#endif  // LIBROUTE_TREE_FEATURE_CODES_H_
