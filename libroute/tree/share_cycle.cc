#include "libroute/tree/share_cycle.h"

#include <cstddef>
#include <numeric>

namespace libroute {
namespace {

uint64_t DivisorOf(absl::Span<const uint32_t> weights) {
  uint32_t divisor = 0;
  for (uint32_t weight : weights) divisor = std::gcd(divisor, weight);
  return divisor;
}

}  // namespace

uint64_t ShareCycleLength(absl::Span<const uint32_t> weights) {
  const uint64_t divisor = DivisorOf(weights);
  if (divisor == 0) return 0;
  return std::accumulate(weights.begin(), weights.end(), uint64_t{0}) / divisor;
}

// The k-th turn of a share with weight w of a cycle of n is due between
// (k - 1) n / w and k n / w. Always taking the turn that is due first, of those
// that may be taken, keeps all of them in time: were each share served evenly
// and without pause, they would be, and for turns of equal length that begin at
// whole numbers no more is needed.
std::vector<uint16_t> MakeShareCycle(absl::Span<const uint32_t> weights) {
  const uint64_t divisor = DivisorOf(weights);
  const uint64_t length = ShareCycleLength(weights);
  std::vector<uint64_t> taken(weights.size(), 0);
  std::vector<uint16_t> cycle;
  cycle.reserve(length);
  for (uint64_t at = 0; at < length; ++at) {
    size_t next = 0;
    uint64_t earliest = UINT64_MAX;
    for (size_t i = 0; i < weights.size(); ++i) {
      const uint64_t weight = weights[i] / divisor;
      const bool may_be_taken = weight != 0 && taken[i] * length < (at + 1) * weight;
      if (!may_be_taken) continue;
      const uint64_t due = ((taken[i] + 1) * length + weight - 1) / weight;
      if (due >= earliest) continue;
      earliest = due;
      next = i;
    }
    ++taken[next];
    cycle.push_back(static_cast<uint16_t>(next));
  }
  return cycle;
}

}  // namespace libroute
