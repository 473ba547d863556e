#ifndef LIBROUTE_FACTS_LINE_FEATURES_H_
#define LIBROUTE_FACTS_LINE_FEATURES_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "libroute/call/digits.h"

// What owners of lines have switched by themselves.
namespace libroute {

// Values as in libroute.v1.LineFeature.
enum class LineFeature : uint8_t {
  kDoNotDisturb = 1,
  kForwardAlways,
  kForwardBusy,
  kForwardNoAnswer,
  kForwardUnreachable,
};
inline constexpr LineFeature kLineFeatures[] = {
    LineFeature::kDoNotDisturb, LineFeature::kForwardAlways, LineFeature::kForwardBusy,
    LineFeature::kForwardNoAnswer, LineFeature::kForwardUnreachable};
inline constexpr size_t kLineFeatureCount = std::size(kLineFeatures);

// "do_not_disturb", "forward_always", ...
absl::string_view LineFeatureName(LineFeature feature);

// One feature of one line.
struct FeatureSetting {
  // kUnset: as the plan has it. Off is off whatever the plan has.
  enum class State : uint8_t { kUnset, kOff, kOn };

  State state = State::kUnset;
  // Where it forwards to, or did when it was on.
  E164Number to;

  friend bool operator==(const FeatureSetting&, const FeatureSetting&) = default;
};

// All features of one line.
class LineSettings {
 public:
  const FeatureSetting& operator[](LineFeature feature) const { return settings_[Index(feature)]; }
  FeatureSetting& operator[](LineFeature feature) { return settings_[Index(feature)]; }
  bool any() const { return !(*this == LineSettings()); }

  friend bool operator==(const LineSettings&, const LineSettings&) = default;

 private:
  static size_t Index(LineFeature feature) { return static_cast<size_t>(feature) - 1; }

  std::array<FeatureSetting, kLineFeatureCount> settings_;
};

// The same as calls read it. Thread-safe and lock-free: each feature is one relaxed
// load or store of its own.
class LineCell {
 public:
  FeatureSetting Get(LineFeature feature) const {
    return Unpack(words_[static_cast<size_t>(feature) - 1].load(std::memory_order_relaxed));
  }
  void Set(LineFeature feature, const FeatureSetting& setting) {
    words_[static_cast<size_t>(feature) - 1].store(Pack(setting), std::memory_order_relaxed);
  }

 private:
  static uint64_t Pack(const FeatureSetting& setting);
  static FeatureSetting Unpack(uint64_t word);

  std::array<std::atomic<uint64_t>, kLineFeatureCount> words_ = {};
};

}  // namespace libroute

#endif  // LIBROUTE_FACTS_LINE_FEATURES_H_
