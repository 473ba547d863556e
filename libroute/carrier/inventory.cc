#include "libroute/carrier/inventory.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// Whether it is a geographic number, as far as that can be told.
bool IsGeographic(std::optional<NumberKind> kind, const NumberPattern& claimed) {
  if (kind.has_value()) return *kind == NumberKind::kFixed || *kind == NumberKind::kFixedOrMobile;
  const NumberingPlans& world = NumberingPlans::World();
  NumberKindSet kinds;
  if (claimed.kind() == NumberPattern::Kind::kExact) {
    kinds.Add(world.Find(E164Number::FromDigits(claimed.first())).kind);
  } else {
    for (Digits prefix : claimed.Prefixes()) {
      kinds = NumberKindSet::FromBits(
          static_cast<uint16_t>(kinds.bits() | world.KindsUnder(prefix).bits()));
    }
  }
  return kinds.Has(NumberKind::kFixed) || kinds.Has(NumberKind::kFixedOrMobile);
}

}  // namespace

Service Inventory::ServiceOf(Digits number, int64_t now) const {
  const std::optional<uint32_t> index = numbers_.Find(number);
  if (!index.has_value()) return {};
  const auto& changes = entries_[*index].service;
  auto next = std::upper_bound(changes.begin(), changes.end(), now,
                               [](int64_t time, const auto& change) { return time < change.first; });
  Service service;
  if (next != changes.begin()) service.state = std::prev(next)->second;
  if (next != changes.end()) service.until = next->first;
  return service;
}

std::vector<uint32_t> Inventory::EntriesOf(const NumberPattern& pattern) const {
  std::vector<uint32_t> found;
  if (pattern.kind() == NumberPattern::Kind::kExact) {
    const std::optional<uint32_t> index = numbers_.Find(pattern.first());
    if (index.has_value()) found.push_back(*index);
    return found;
  }
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].pattern.Overlaps(pattern)) found.push_back(i);
  }
  return found;
}

// What the carrier knows against a plan for numbers of `entry`.
std::vector<Inventory::Objection> Inventory::ObjectionsTo(const Entry& entry,
                                                          const NumberPattern& claimed,
                                                          const std::string& holder) {
  std::vector<Objection> objections;
  auto object = [&](Severity severity, absl::string_view code, std::string why) {
    objections.push_back({severity, code, std::move(why)});
  };
  if (!entry.network.empty()) {
    object(Severity::kError, "not-own-network",
           absl::StrCat("is in the network ", Quoted(entry.network), ", not in the carrier's own"));
  }
  if (!IsGeographic(entry.kind, claimed.Covers(entry.pattern) ? entry.pattern : claimed)) {
    object(Severity::kError, "not-geographic",
           "is no geographic number: only those can be routed by a plan");
  }
  if (entry.enterprise_office) {
    object(Severity::kError, "enterprise-office",
           "has an Enterprise Office switch, which excludes a plan");
  }
  if (entry.one_company_number) {
    object(Severity::kError, "one-company-number",
           "is a One Company Number, which excludes a plan");
  }
  if (!entry.holder.empty() && entry.holder != holder) {
    object(Severity::kError, "other-holder",
           absl::StrCat("is held by ", Quoted(entry.holder), ", not by ", Quoted(holder)));
  }
  if (entry.cnip) {
    object(Severity::kWarning, "loses-cnip",
           "has its calling name displayed (CNIP), which the activation removes");
  }
  return objections;
}

std::vector<Issue> Inventory::CheckClaim(const NumberPattern& claimed, const std::string& holder,
                                         const std::string& path) const {
  const std::vector<uint32_t> entries = EntriesOf(claimed);
  std::vector<Objection> objections;
  if (entries.empty()) {
    objections.push_back({Severity::kError, "not-in-inventory", "is no number of the carrier"});
  }
  std::vector<Issue> issues;
  std::set<absl::string_view> told;
  for (uint32_t index : entries) {
    for (Objection& objection : ObjectionsTo(entries_[index], claimed, holder)) {
      if (told.insert(objection.code).second) objections.push_back(std::move(objection));
    }
  }
  for (const Objection& objection : objections) {
    Issue issue;
    issue.severity = objection.severity;
    issue.code = std::string(objection.code);
    issue.path = path + ".number";
    issue.message = absl::StrCat(claimed.ToString(), " ", objection.why);
    issues.push_back(std::move(issue));
  }
  return issues;
}

std::vector<Issue> Inventory::CheckClaims(const v1::Plan& plan) const {
  std::vector<Issue> issues;
  for (int i = 0; i < plan.numbers_size(); ++i) {
    const v1::Number& number = plan.numbers(i);
    const absl::StatusOr<NumberPattern> claimed = NumberPattern::Parse(number.number());
    if (!claimed.ok()) continue;
    for (Issue& issue :
         CheckClaim(*claimed, number.holder().empty() ? plan.customer() : number.holder(),
                    IndexPath("numbers", i))) {
      issues.push_back(std::move(issue));
    }
  }
  return issues;
}

}  // namespace libroute
