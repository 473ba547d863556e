#ifndef LIBROUTE_CARRIER_INVENTORY_H_
#define LIBROUTE_CARRIER_INVENTORY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/call/decision.h"
#include "libroute/call/digits.h"
#include "libroute/carrier/screening.h"
#include "libroute/number/number_kind.h"
#include "libroute/number/number_table.h"
#include "libroute/number/pattern.h"
#include "libroute/plan/issue.h"

namespace libroute {

namespace v1 {
class Inventory;
class Plan;
}  // namespace v1

// What may be done with a number now.
struct Service {
  ServiceState state = ServiceState::kActive;
  // Unix seconds: when that changes; Decision::kNoBoundary if it does not.
  int64_t until = Decision::kNoBoundary;
};

// What the carrier knows of its numbers, and its screening: above every plan.
//
//   InventoryResult result = CompileInventory(message, PlanLimits().max_issues);
//   if (result.inventory != nullptr) engine.SetInventory(result.inventory);
//
// Immutable; thread-safe.
class Inventory {
 public:
  // The state of a number at `now`, unix seconds; active for ever if the
  // inventory does not have it. One look-up in a table, then a binary search.
  Service ServiceOf(Digits number, int64_t now) const;

  const Screening& screening() const { return screening_; }

  // What is wrong with the numbers that `plan` claims, by the field paths of the
  // plan: of another network, not geographic, with services that exclude a
  // plan, of another holder, or not in the inventory. Cost: numbers of the
  // plan, times entries of the inventory for each block among them.
  std::vector<Issue> CheckClaims(const v1::Plan& plan) const;

 private:
  friend class InventoryCompiler;

  struct Entry {
    NumberPattern pattern;
    // Empty: our own.
    std::string network;
    // None: as the numbering plan says.
    std::optional<NumberKind> kind;
    bool cnip = false;
    bool enterprise_office = false;
    bool one_company_number = false;
    std::string holder;
    // From when on which state, in order; the first from ever.
    std::vector<std::pair<int64_t, ServiceState>> service;
  };

  // Why a plan may not claim a number, or what it should know.
  struct Objection {
    Severity severity;
    absl::string_view code;
    std::string why;
  };

  // Indices of the entries that have numbers of `pattern`.
  std::vector<uint32_t> EntriesOf(const NumberPattern& pattern) const;
  static std::vector<Objection> ObjectionsTo(const Entry& entry, const NumberPattern& claimed,
                                             const std::string& holder);
  std::vector<Issue> CheckClaim(const NumberPattern& claimed, const std::string& holder,
                                const std::string& path) const;

  std::vector<Entry> entries_;
  NumberTable numbers_;
  Screening screening_;
};

// What came of reading an inventory.
struct InventoryResult {
  // Null if there are errors.
  std::shared_ptr<const Inventory> inventory;
  std::vector<Issue> issues;
};

// Checks `written`. All that is wrong is reported, of very much the first
// `max_issues`, then one issue that counts the rest. Thread-safe.
InventoryResult CompileInventory(const v1::Inventory& written, int max_issues);

}  // namespace libroute

#endif  // LIBROUTE_CARRIER_INVENTORY_H_
