#include "libroute/carrier/inventory.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/v1/plan.pb.h"

namespace libroute {
namespace {

// What numbers are that no plan may route, in words; empty for geographic ones.
std::string NotGeographic(std::optional<NumberKind> kind, const NumberPattern& claimed) {
  NumberKindSet kinds;
  if (kind.has_value()) kinds.Add(*kind);
  if (!kind.has_value()) kinds = NumberingPlans::World().KindsOf(claimed);
  std::vector<absl::string_view> others;
  bool is_any = false;
  for (int i = 0; i < kNumberKinds; ++i) {
    const auto one = static_cast<NumberKind>(i);
    if (!kinds.Has(one) || one == NumberKind::kUnknown) continue;
    is_any = true;
    if (one != NumberKind::kFixed && one != NumberKind::kFixedOrMobile) {
      others.push_back(NumberKindName(one));
    }
  }
  if (!is_any) return "no kind that is known";
  return absl::StrJoin(others, ", ");
}

}  // namespace

Service Inventory::At(const Changes& changes, int64_t now) {
  auto next = std::upper_bound(changes.begin(), changes.end(), now,
                               [](int64_t time, const auto& change) { return time < change.first; });
  Service service;
  if (next != changes.begin()) service.state = std::prev(next)->second;
  if (next != changes.end()) service.until = next->first;
  return service;
}

Service Inventory::ServiceOf(Digits number, int64_t now) const {
  const std::optional<uint32_t> index = numbers_.Find(number);
  return index.has_value() ? At(entries_[*index].service, now) : Service();
}

Service Inventory::CustomerService(absl::string_view customer, int64_t now) const {
  if (customers_.empty()) return {};
  const auto found = customers_.find(customer);
  return found == customers_.end() ? Service() : At(found->second, now);
}

void Inventory::MakePieces() {
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    const bool is_exact = entries_[i].pattern.kind() == NumberPattern::Kind::kExact;
    for (Digits begin : entries_[i].pattern.Prefixes()) pieces_.push_back({begin, is_exact, i});
  }
  std::sort(pieces_.begin(), pieces_.end(),
            [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
}

Inventory::Found Inventory::EntriesOf(const NumberPattern& pattern) const {
  Found found;
  if (pattern.kind() == NumberPattern::Kind::kExact) {
    const std::optional<uint32_t> index = numbers_.Find(pattern.first());
    if (index.has_value()) found.entries.insert(*index);
    if (!index.has_value()) found.missing = pattern;
    return found;
  }
  const bool is_range = pattern.kind() == NumberPattern::Kind::kRange;
  const int longest = is_range ? pattern.first().size() : Digits::kMaxLength;
  for (Digits begin : pattern.Prefixes()) FindUnder(begin, longest, found);
  return found;
}

// Where an entry ends within these numbers, they are looked at digit by digit. A
// number that is an entry has none behind it.
void Inventory::FindUnder(Digits begin, int longest, Found& found) const {
  auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), begin,
                                [](const Piece& a, Digits digits) { return a.begin < digits; });
  bool is_number = false;
  for (; piece != pieces_.end() && piece->begin == begin; ++piece) is_number |= piece->is_exact;
  // In a range only those count that are as long.
  if (is_number && (longest == Digits::kMaxLength || begin.size() == longest)) {
    found.entries.insert(*numbers_.Find(begin));
    return;
  }
  const bool is_split = piece != pieces_.end() && piece->begin.StartsWith(begin);
  if (is_split && begin.size() < longest) {
    for (int digit = 0; digit <= 9; ++digit) FindUnder(begin.Append(digit), longest, found);
    return;
  }
  FindWithin(begin, longest, found);
}

// One entry has all of these numbers of one length, or none has them.
void Inventory::FindWithin(Digits begin, int longest, Found& found) const {
  bool is_found = false;
  auto look_up = [&](int length) {
    Digits number = begin;
    while (number.size() < length) number = number.Append(0);
    const std::optional<uint32_t> index = numbers_.Find(number);
    if (!index.has_value()) return;
    found.entries.insert(*index);
    is_found = true;
  };
  for (int length = 1; length <= begin.size(); ++length) {
    const Digits start = begin.Prefix(length);
    auto piece = std::lower_bound(pieces_.begin(), pieces_.end(), start,
                                  [](const Piece& a, Digits digits) { return a.begin < digits; });
    for (; piece != pieces_.end() && piece->begin == start; ++piece) {
      const NumberPattern& pattern = entries_[piece->entry].pattern;
      const bool is_prefix = pattern.kind() == NumberPattern::Kind::kPrefix;
      const int size = is_prefix ? longest : pattern.first().size();
      if (size >= begin.size() && size <= longest) look_up(size);
    }
  }
  if (!is_found && !found.missing.has_value()) {
    found.missing =
        begin.size() == longest ? NumberPattern::Exact(begin) : NumberPattern::Prefix(begin);
  }
}

// What the carrier knows against a plan for numbers of `entry`.
std::vector<Inventory::Objection> Inventory::ObjectionsTo(const Entry& entry,
                                                          const NumberPattern& claimed,
                                                          const std::string& holder, int64_t now) {
  std::vector<Objection> objections;
  auto object = [&](Severity severity, absl::string_view code, std::string why) {
    objections.push_back({severity, code, std::move(why)});
  };
  if (!entry.network.empty()) {
    object(Severity::kError, "not-own-network",
           absl::StrCat("is in the network ", Quoted(entry.network), ", not in the carrier's own"));
  }
  const std::string kinds =
      NotGeographic(entry.kind, claimed.Covers(entry.pattern) ? entry.pattern : claimed);
  if (!kinds.empty()) {
    object(
        Severity::kError, "not-geographic",
        absl::StrCat("is not, or not only, of geographic numbers, which alone can be routed by a "
                     "plan: it has ",
                     kinds));
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
  if (entry.cnip == Cnip::kDisplayed) {
    object(Severity::kWarning, "loses-cnip",
           "has its calling name displayed (CNIP), which the activation removes");
  }
  if (entry.cnip == Cnip::kDeclined) {
    object(Severity::kError, "keeps-cnip",
           "has its calling name displayed (CNIP), and its holder has declined that this is "
           "removed: that excludes a plan");
  }
  const ServiceState state = At(entry.service, now).state;
  if (state == ServiceState::kEnded || state == ServiceState::kPorted) {
    object(Severity::kWarning, "not-in-service",
           absl::StrCat("is ", ServiceStateName(state),
                        ": calls pass through, whatever the plan says"));
  }
  return objections;
}

std::vector<Issue> Inventory::CheckClaim(const NumberClaim& claim, int64_t now,
                                         const std::string& path) const {
  const Found found = EntriesOf(claim.numbers);
  std::vector<Issue> issues;
  std::set<absl::string_view> told;
  auto tell = [&](const Objection& objection, const NumberPattern& of) {
    if (!told.insert(objection.code).second) return;
    Issue issue;
    issue.severity = objection.severity;
    issue.code = std::string(objection.code);
    issue.path = path + ".number";
    issue.message = absl::StrCat(of.ToString(), " ", objection.why);
    issues.push_back(std::move(issue));
  };
  if (found.missing.has_value()) {
    const bool is_all = found.entries.empty() || found.missing->Covers(claim.numbers);
    tell({Severity::kError, "not-in-inventory", "is no number of the carrier"},
         is_all ? claim.numbers : *found.missing);
  }
  for (uint32_t index : found.entries) {
    const NumberPattern& pattern = entries_[index].pattern;
    for (const Objection& objection :
         ObjectionsTo(entries_[index], claim.numbers, claim.holder, now)) {
      tell(objection, claim.numbers.Covers(pattern) ? pattern : claim.numbers);
    }
  }
  return issues;
}

std::vector<Issue> Inventory::CheckClaims(const std::vector<NumberClaim>& claims,
                                          int64_t now) const {
  std::vector<Issue> issues;
  for (size_t i = 0; i < claims.size(); ++i) {
    std::vector<Issue> found =
        CheckClaim(claims[i], now, IndexPath("numbers", static_cast<int>(i)));
    std::move(found.begin(), found.end(), std::back_inserter(issues));
  }
  return issues;
}

std::vector<NumberClaim> ClaimsOf(const v1::Plan& plan) {
  std::vector<NumberClaim> claims;
  for (const v1::Number& number : plan.numbers()) {
    const absl::StatusOr<NumberPattern> numbers = NumberPattern::Parse(number.number());
    if (!numbers.ok()) continue;
    claims.push_back({*numbers, number.holder().empty() ? plan.customer() : number.holder()});
  }
  return claims;
}

}  // namespace libroute
