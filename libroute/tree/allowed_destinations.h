#ifndef LIBROUTE_TREE_ALLOWED_DESTINATIONS_H_
#define LIBROUTE_TREE_ALLOWED_DESTINATIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "libroute/call/digits.h"
#include "libroute/number/number_kind.h"
#include "libroute/number/number_set.h"

namespace libroute {

// Which numbers a plan may call, as its customer pays for them. Immutable;
// thread-safe.
class AllowedDestinations {
 public:
  // Why a number may not be called.
  enum class Refusal : uint8_t { kNone, kKind, kCountry };

  // Every country, and every kind but those that cost the caller more than
  // usual: premium and shared_cost.
  AllowedDestinations() = default;

  // `kinds` in `countries` (empty: in all), and `numbers` anyway. Where a
  // country does not tell fixed and mobile numbers from each other, both must be
  // among the kinds.
  AllowedDestinations(NumberKindSet kinds, std::vector<Country> countries, NumberSet numbers);

  // Whether the plan says so, or nothing is written there.
  bool is_written() const { return is_written_; }

  // What is allowed where a plan names no kinds.
  static NumberKindSet UsualKinds();

  // Of a costly number with digits too many: what that number is. Below 100 ns,
  // 500 of an unknown one, once NumberingPlans::World() is there.
  Refusal Check(E164Number number) const;

 private:
  bool is_written_ = false;
  NumberKindSet kinds_ = UsualKinds();
  std::vector<Country> countries_;
  NumberSet numbers_;
};

// "a premium number", "a number of FR": what speaks against calling `number`.
std::string RefusalText(E164Number number, AllowedDestinations::Refusal refusal);

}  // namespace libroute

#endif  // LIBROUTE_TREE_ALLOWED_DESTINATIONS_H_
