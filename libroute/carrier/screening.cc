#include "libroute/carrier/screening.h"

#include <optional>

#include "libroute/number/numbering_plans.h"

namespace libroute {

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
