#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libroute/engine/state.h"
#include "libroute/tree/feature_codes.h"

// What is switched on lines otherwise than by codes that are dialled there.
namespace libroute {
namespace {

// What speaks against one feature of the line at `index`.
absl::Status CheckSetting(const CompiledPlan& plan, const Screening* screening, int index,
                          LineFeature feature, const FeatureSetting& setting) {
  const bool forwards = feature != LineFeature::kDoNotDisturb;
  const bool is_on = setting.state == FeatureSetting::State::kOn;
  if (!setting.to.has_value() && !(is_on && forwards)) return absl::OkStatus();
  const std::string refusal = forwards ? ForwardRefusal(plan, screening, index, setting.to)
                                       : "it forwards nothing, so that it has no number";
  if (refusal.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(LineFeatureName(feature), ": ", refusal));
}

}  // namespace

absl::Status Engine::State::SetLineFeatures(absl::string_view customer, absl::string_view line,
                                            const LineSettings& settings) {
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  const CompiledPlan& plan = *live->plan;
  const std::vector<std::string>& names = plan.fact_names().lines;
  const auto found = std::find(names.begin(), names.end(), line);
  if (found == names.end()) {
    return absl::NotFoundError(absl::StrCat("no line ", Quoted(line), " in the live plan of ",
                                            customer, DidYouMean(line, names)));
  }
  if (plan.feature_codes() == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("the live plan of ", customer,
                     " has no feature_codes, so that nothing is switched on its lines"));
  }
  ReadGuard guard(domain);
  const std::shared_ptr<const Inventory>* known = inventory();
  const Screening* screening = known == nullptr ? nullptr : &(*known)->screening();
  for (LineFeature feature : kLineFeatures) {
    absl::Status status = CheckSetting(plan, screening, static_cast<int>(found - names.begin()),
                                       feature, settings[feature]);
    if (!status.ok()) return status;
  }
  customers.Find(customer)->facts.SetLine(line, settings);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SwitchedLine>> Engine::State::LineFeatures(
    absl::string_view customer) const {
  const std::shared_ptr<const Revision> live = Live(customer);
  if (live == nullptr) return NoLivePlan(customer);
  ReadGuard guard(domain);
  const FactBoard& facts = customers.Find(customer)->facts;
  std::vector<SwitchedLine> lines;
  for (const std::string& name : live->plan->fact_names().lines) {
    LineSettings settings = facts.Line(name);
    if (settings.any()) lines.push_back({name, settings});
  }
  return lines;
}

}  // namespace libroute
