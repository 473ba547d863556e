#include "libroute/tree/nodes/line_case.h"

#include "absl/strings/str_cat.h"
#include "libroute/tree/compiled_plan.h"
#include "libroute/tree/node_scope.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

static_assert(static_cast<int>(LineFeature::kDoNotDisturb) == v1::LINE_FEATURE_DO_NOT_DISTURB);
static_assert(static_cast<int>(LineFeature::kForwardUnreachable) ==
              v1::LINE_FEATURE_FORWARD_UNREACHABLE);

std::string SettingText(const FeatureSetting& setting) {
  switch (setting.state) {
    case FeatureSetting::State::kUnset:
      return "is not switched";
    case FeatureSetting::State::kOff:
      return "is switched off";
    case FeatureSetting::State::kOn:
      break;
  }
  return absl::StrCat("is switched on", setting.to.has_value() ? ", to " : "",
                      setting.to.ToString());
}

}  // namespace

LineFeature ReadLineFeature(int written, const std::string& path, NodeScope& scope) {
  if (v1::LineFeature_IsValid(written) && written != v1::LINE_FEATURE_UNSPECIFIED) {
    return static_cast<LineFeature>(written);
  }
  scope.Error(path, written == 0 ? "missing" : "bad-value",
              "write do_not_disturb, forward_always, forward_busy, forward_no_answer or "
              "forward_unreachable");
  return LineFeature::kForwardAlways;
}

LineCase LineCase::Read(const v1::LineCase& written, const std::string& path, NodeScope& scope) {
  LineCase item;
  item.index_ = scope.FindLine(written.line(), path + ".line");
  item.feature_ = ReadLineFeature(written.feature(), path + ".feature", scope);
  if (!v1::SwitchState_IsValid(written.state())) {
    scope.Error(path + ".state", "bad-value", "write on or off");
  }
  item.on_ = written.state() != v1::SWITCH_STATE_OFF;
  return item;
}

bool LineCase::Matches(Frame& frame) const {
  if (feature_ == LineFeature::kDoNotDisturb) {
    return frame.plan.line(index_).IsUndisturbed(index_, frame) == on_;
  }
  frame.decision.depends_on.Add(Dependence::kStatus);
  return frame.facts.line(index_, feature_).state ==
         (on_ ? FeatureSetting::State::kOn : FeatureSetting::State::kOff);
}

Comparison LineCase::Words(Frame& frame) const {
  const bool matched = Matches(frame);
  std::string finding = SettingText(frame.facts.line(index_, feature_));
  if (feature_ == LineFeature::kDoNotDisturb) {
    absl::StrAppend(
        &finding, matched == on_ ? "; it is not to be disturbed now" : "; it may be disturbed now");
  }
  return {absl::StrCat("line ", frame.plan.line(index_).name, ", ", LineFeatureName(feature_)),
          on_ ? "on" : "off", matched, std::move(finding)};
}

bool CompiledLine::IsUndisturbed(int index, Frame& frame) const {
  frame.decision.depends_on.Add(Dependence::kStatus);
  using State = FeatureSetting::State;
  const State switched = frame.facts.line(index, LineFeature::kDoNotDisturb).state;
  if (switched == State::kOff) return false;
  bool is_written = always || switched == State::kOn;
  for (size_t i = 0; i < during.size() && !is_written; ++i) is_written = during[i].Matches(frame);
  return is_written && !(except.has_value() && except->Matches(frame));
}

}  // namespace libroute
