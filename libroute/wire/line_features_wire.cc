#include "libroute/wire/line_features_wire.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

using State = FeatureSetting::State;

static_assert(static_cast<int>(State::kOff) == v1::SWITCH_STATE_OFF);
static_assert(static_cast<int>(State::kOn) == v1::SWITCH_STATE_ON);

// A forwarding and where it stands in the message.
struct ForwardField {
  absl::string_view name;
  LineFeature feature;
  bool (v1::LineFeatures::*has)() const;
  const v1::LineFeatures::Forward& (v1::LineFeatures::*get)() const;
  v1::LineFeatures::Forward* (v1::LineFeatures::*set)();
};

constexpr ForwardField kForwards[] = {
    {"always", LineFeature::kForwardAlways, &v1::LineFeatures::has_always,
     &v1::LineFeatures::always, &v1::LineFeatures::mutable_always},
    {"busy", LineFeature::kForwardBusy, &v1::LineFeatures::has_busy, &v1::LineFeatures::busy,
     &v1::LineFeatures::mutable_busy},
    {"no_answer", LineFeature::kForwardNoAnswer, &v1::LineFeatures::has_no_answer,
     &v1::LineFeatures::no_answer, &v1::LineFeatures::mutable_no_answer},
    {"unreachable", LineFeature::kForwardUnreachable, &v1::LineFeatures::has_unreachable,
     &v1::LineFeatures::unreachable, &v1::LineFeatures::mutable_unreachable}};

absl::StatusOr<State> ReadState(int written, State absent, absl::string_view field) {
  if (written == 0) return absent;
  if (v1::SwitchState_IsValid(written)) return static_cast<State>(written);
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": ", written, " is not a state; expected on or off"));
}

absl::StatusOr<FeatureSetting> ReadForward(const v1::LineFeatures::Forward& written,
                                           absl::string_view field) {
  FeatureSetting setting;
  const absl::StatusOr<State> state =
      ReadState(written.state(), State::kOn, absl::StrCat(field, ".state"));
  if (!state.ok()) return state.status();
  setting.state = *state;
  if (written.to().empty()) {
    if (setting.state == State::kOff) return setting;
    return absl::InvalidArgumentError(
        absl::StrCat(field, ".to: is missing; expected an E.164 number, e.g. +3222000100"));
  }
  const absl::StatusOr<E164Number> number = E164Number::Parse(written.to());
  if (!number.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(field, ".to: ", number.status().message()));
  }
  setting.to = *number;
  return setting;
}

}  // namespace

absl::StatusOr<LineSettings> FromProto(const v1::LineFeatures& message) {
  LineSettings settings;
  const absl::StatusOr<State> undisturbed =
      ReadState(message.do_not_disturb(), State::kUnset, "do_not_disturb");
  if (!undisturbed.ok()) return undisturbed.status();
  settings[LineFeature::kDoNotDisturb].state = *undisturbed;
  for (const ForwardField& field : kForwards) {
    if (!(message.*field.has)()) continue;
    const absl::StatusOr<FeatureSetting> setting = ReadForward((message.*field.get)(), field.name);
    if (!setting.ok()) return setting.status();
    settings[field.feature] = *setting;
  }
  return settings;
}

void ToProto(const LineSettings& settings, v1::LineFeatures* message) {
  message->Clear();
  message->set_do_not_disturb(
      static_cast<v1::SwitchState>(settings[LineFeature::kDoNotDisturb].state));
  for (const ForwardField& field : kForwards) {
    const FeatureSetting& setting = settings[field.feature];
    if (setting.state == State::kUnset) continue;
    v1::LineFeatures::Forward& forward = *(message->*field.set)();
    forward.set_state(static_cast<v1::SwitchState>(setting.state));
    forward.set_to(setting.to.ToString());
  }
}

}  // namespace libroute
