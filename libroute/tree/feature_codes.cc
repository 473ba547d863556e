#include "libroute/tree/feature_codes.h"

#include "absl/strings/str_cat.h"
#include "libroute/carrier/screening.h"
#include "libroute/number/number_text.h"
#include "libroute/tree/compiled_plan.h"

namespace libroute {
namespace {

using Procedure = ServiceCode::Procedure;
using State = FeatureSetting::State;

// The number that is said: as the plan's lines write numbers, or an internal one.
E164Number NumberSaid(const CompiledPlan& plan, const ServiceCode& dialled) {
  if (!dialled.is_international) {
    const E164Number internal = plan.FindInternal(dialled.number);
    if (internal.has_value()) return internal;
    if (plan.Special(dialled.number) != SpecialKind::kNone) return {};
  }
  const std::string text =
      absl::StrCat(dialled.is_international ? "+" : "", dialled.number.ToString());
  return ReadNumberText(text, plan.profile()).number;
}

// What the feature is to be; a refusal if that cannot be.
FeatureSetting Switched(LineFeature feature, const FeatureSetting& before, Procedure procedure,
                        E164Number number, std::string& refusal) {
  switch (procedure) {
    case Procedure::kDeactivate:
      return {State::kOff, before.to};
    case Procedure::kErase:
      return {};
    case Procedure::kActivate:
      if (feature != LineFeature::kDoNotDisturb && !before.to.has_value()) {
        refusal = absl::StrCat(LineFeatureName(feature), ": no number was said before");
      }
      return {State::kOn, before.to};
    case Procedure::kRegister:
    case Procedure::kNone:
      break;
  }
  if (feature == LineFeature::kDoNotDisturb) refusal = "do_not_disturb takes no number";
  return {State::kOn, number};
}

}  // namespace

const FeatureCodes::Features* FeatureCodes::Find(const ServiceCode& dialled) const {
  if (!dialled.has_value()) return nullptr;
  for (const auto& [code, features] : codes_) {
    if (code == dialled.code) return &features;
  }
  return nullptr;
}

std::string ForwardRefusal(const CompiledPlan& plan, const Screening* screening, int index,
                           E164Number number) {
  if (!number.has_value()) return "what was said is no number that calls can be forwarded to";
  if (number == plan.line(index).number) return "a line cannot be forwarded to itself";
  const AllowedDestinations::Refusal refusal = plan.allowed_destinations().Check(number);
  if (refusal != AllowedDestinations::Refusal::kNone) {
    return absl::StrCat(number.ToString(), " may not be called: it is ",
                        RefusalText(number, refusal));
  }
  if (screening == nullptr || screening->FindDestination(number) == nullptr) return "";
  return absl::StrCat(number.ToString(), " is barred by the carrier");
}

FeatureAnswer AnswerFeatureCode(const CompiledPlan& plan, const FactView& facts,
                                const Screening* screening, E164Number line,
                                const ServiceCode& dialled) {
  FeatureAnswer answer;
  const FeatureCodes::Features* features = plan.feature_codes()->codes.Find(dialled);
  answer.changes.line = plan.FindLine(line);
  if (features == nullptr || answer.changes.line < 0) {
    answer.refusal = absl::StrCat(line.has_value() ? line.ToString() : "who dials it",
                                  " is none of the plan's lines");
    return answer;
  }
  E164Number number;
  if (dialled.procedure == Procedure::kRegister) {
    number = NumberSaid(plan, dialled);
    answer.refusal = ForwardRefusal(plan, screening, answer.changes.line, number);
  }
  for (LineFeature feature : *features) {
    const FeatureSetting before = facts.line(answer.changes.line, feature);
    const FeatureSetting after =
        Switched(feature, before, dialled.procedure, number, answer.refusal);
    if (after != before) answer.changes.settings.emplace_back(feature, after);
  }
  if (!answer.refusal.empty()) answer.changes.settings.clear();
  return answer;
}

}  // namespace libroute
