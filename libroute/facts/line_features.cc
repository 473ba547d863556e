#include "libroute/facts/line_features.h"

namespace libroute {
namespace {

// A number of at most 15 digits has less than 50 bits.
constexpr int kStateShift = 56;

}  // namespace

absl::string_view LineFeatureName(LineFeature feature) {
  switch (feature) {
    case LineFeature::kDoNotDisturb:
      return "do_not_disturb";
    case LineFeature::kForwardAlways:
      return "forward_always";
    case LineFeature::kForwardBusy:
      return "forward_busy";
    case LineFeature::kForwardNoAnswer:
      return "forward_no_answer";
    case LineFeature::kForwardUnreachable:
      return "forward_unreachable";
  }
  return "unknown";
}

// No E.164 number begins with 0, so that its value says which one it is.
uint64_t LineCell::Pack(const FeatureSetting& setting) {
  const Digits digits = setting.to.digits();
  uint64_t value = 0;
  for (int i = 0; i < digits.size(); ++i) value = value * 10 + digits.digit(i);
  return static_cast<uint64_t>(setting.state) << kStateShift | value;
}

FeatureSetting LineCell::Unpack(uint64_t word) {
  FeatureSetting setting;
  setting.state = static_cast<FeatureSetting::State>(word >> kStateShift);
  uint64_t value = word & ((uint64_t{1} << kStateShift) - 1);
  if (value == 0) return setting;
  uint64_t power = 1;
  while (value / power >= 10) power *= 10;
  Digits digits;
  for (; power > 0; power /= 10) digits = digits.Append(static_cast<int>(value / power % 10));
  setting.to = E164Number::FromDigits(digits);
  return setting;
}

}  // namespace libroute
