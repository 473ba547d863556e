#include "libroute/carrier/screening.h"

#include <optional>

#include "libroute/number/numbering_plans.h"

namespace libroute {

const Barring* Screening::FindDestination(E164Number called) const {
  const Barring* barring = Find(destinations_, called);
  if (barring != nullptr || destinations_.empty()) return barring;
  const E164Number needed = NumberingPlans::World().WithoutExcess(called);
  return needed == called ? nullptr : Find(destinations_, needed);
}

const Barring* Screening::Find(const std::vector<Barring>& barrings, E164Number number) {
  if (!number.has_value()) return nullptr;
  std::optional<NumberFacts> facts;
  auto look_up = [&]() -> const NumberFacts& {
    if (!facts.has_value()) facts = NumberingPlans::World().Find(number);
    return *facts;
  };
  for (const Barring& barring : barrings) {
    if (barring.numbers.Compare(number.digits(), look_up) == NumberCriteria::Difference::kNone) {
      return &barring;
    }
  }
  return nullptr;
}

}  // namespace libroute
