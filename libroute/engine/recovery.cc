#include "libroute/engine/recovery.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"

namespace libroute {

int FindRecoveryPlan(const CompiledPlan& plan, absl::string_view name) {
  const std::vector<CompiledRecoveryPlan>& plans = plan.recovery_plans();
  for (size_t i = 0; i < plans.size(); ++i) {
    if (plans[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

std::vector<uint32_t> NumbersOf(const CompiledPlan& plan, int recovery,
                                const std::vector<std::string>& written) {
  const std::vector<uint32_t>& all = plan.recovery_plans()[static_cast<size_t>(recovery)].numbers;
  if (written.empty()) return all;
  const absl::flat_hash_set<absl::string_view> wanted(written.begin(), written.end());
  std::vector<uint32_t> numbers;
  for (uint32_t number : all) {
    if (wanted.contains(plan.recovery_numbers()[number])) numbers.push_back(number);
  }
  return numbers;
}

std::unique_ptr<const RecoveryNow> RecoveryNow::Make(const CompiledPlan& plan,
                                                     const KnownRecoveries& known,
                                                     int64_t now_seconds) {
  std::vector<std::pair<int, const KnownRecovery*>> on;
  for (const auto& [name, recovery] : known) {
    const int index = FindRecoveryPlan(plan, name);
    if (index >= 0 && recovery.IsOn(now_seconds)) on.emplace_back(index, &recovery);
  }
  std::sort(on.begin(), on.end(),
            [](const auto& a, const auto& b) { return a.second->order < b.second->order; });
  auto now = std::make_unique<RecoveryNow>();
  now->of_number_.resize(plan.recovery_numbers().size());
  bool has_any = false;
  for (const auto& [index, recovery] : on) {
    const bool is_drill = recovery->setting.state == RecoveryState::kDrill;
    now->on_.push_back({{static_cast<int16_t>(index), is_drill}, recovery->expires_seconds});
    for (uint32_t number : NumbersOf(plan, index, recovery->setting.numbers)) {
      uint8_t& of = now->of_number_[number];
      if (of != 0) continue;
      of = static_cast<uint8_t>(now->on_.size());
      has_any = true;
    }
  }
  if (!has_any) return nullptr;
  return now;
}

}  // namespace libroute
