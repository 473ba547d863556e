#include "libroute/tree/operator_table.h"

#include <optional>
#include <string>

#include "absl/strings/match.h"

#include "libroute/number/numbering_plans.h"

namespace libroute {

DialledNumberFacts OperatorTable::FactsOf(E164Number number) const {
  DialledNumberFacts facts;
  if (!number.has_value()) return facts;
  const NumberFacts known = NumberingPlans::World().Find(number);
  facts.kind = static_cast<uint8_t>(static_cast<int>(known.kind) + 1);
  if (known.country.has_value()) {
    const std::string country = known.country.ToString();
    facts.country = {country[0], country[1]};
  }
  const std::optional<uint32_t> found = numbers_.Find(number.digits());
  if (!found.has_value()) return facts;
  facts.operator_name = names_[*found / 2];
  facts.operator_source = *found % 2 == 0 ? OperatorSource::kPlan : OperatorSource::kAssumed;
  return facts;
}

void OperatorTable::SetOperator(RoutingNumber routing_number, DialledNumberFacts& facts) const {
  facts.operator_name = absl::string_view();
  facts.operator_source = OperatorSource::kNone;
  const std::string text = routing_number.ToString();
  size_t longest = 0;
  for (const auto& [prefix, name] : routing_) {
    if (prefix.size() <= longest || !absl::StartsWith(text, prefix)) continue;
    longest = prefix.size();
    facts.operator_name = names_[name];
    facts.operator_source = OperatorSource::kRoutingNumber;
  }
}

}  // namespace libroute
