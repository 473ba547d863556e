#include "libroute/tree/weighted_order.h"

#include <numeric>

#include "absl/strings/str_cat.h"
#include "libroute/call/stable_hash.h"

namespace libroute {

TargetOrder DrawByWeight(const std::vector<uint32_t>& weights, uint64_t seed) {
  TargetOrder order;
  const int size = static_cast<int>(weights.size());
  uint32_t total = std::accumulate(weights.begin(), weights.end(), uint32_t{0});
  uint64_t hash = StableMix(seed);
  auto weight = [&](int position) { return weights[static_cast<size_t>(order.at(position))]; };
  for (int i = 0; i + 1 < size; ++i) {
    uint32_t drawn = StableBelow(hash, total);
    int at = i;
    while (drawn >= weight(at)) drawn -= weight(at++);
    order.MoveUp(at, i);
    total -= weight(i);
    hash = StableMix(hash + 1);
  }
  return order;
}

uint32_t ReadWeight(uint32_t written, absl::FunctionRef<void(std::string)> report) {
  constexpr uint32_t kMostWeight = 1'000'000;
  if (written >= 1 && written <= kMostWeight) return written;
  report(absl::StrCat("a weight is 1 to ", kMostWeight, ", not ", written));
  return 1;
}

}  // namespace libroute
