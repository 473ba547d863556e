#ifndef LIBROUTE_CARRIER_INVENTORY_H_
#define LIBROUTE_CARRIER_INVENTORY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
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

// Numbers that a plan claims: an entry of its `numbers`.
struct NumberClaim {
  NumberPattern numbers;
  std::string holder;
};

// Of a plan, in order; without those that cannot be read.
std::vector<NumberClaim> ClaimsOf(const v1::Plan& plan);

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

  // The same of a customer, by name. A look-up in a table of those that are not
  // simply active.
  Service CustomerService(absl::string_view customer, int64_t now) const;

  const Screening& screening() const { return screening_; }

  // What is wrong with the numbers that a plan claims, at `now`, unix seconds, by
  // the field paths of the plan: of another network, not geographic, with services
  // that exclude a plan, of another holder, or not in the inventory, all or some of
  // them. Those that are ended or ported are a warning. Cost: numbers of the plan,
  // and for each block the entries within it.
  std::vector<Issue> CheckClaims(const std::vector<NumberClaim>& claims, int64_t now) const;

 private:
  friend class InventoryCompiler;

  // From when on which state, in order; the first from ever.
  using Changes = std::vector<std::pair<int64_t, ServiceState>>;
  static Service At(const Changes& changes, int64_t now);

  enum class Cnip : uint8_t { kNone, kDisplayed, kDeclined };

  struct Entry {
    NumberPattern pattern;
    // Empty: our own.
    std::string network;
    // None: as the numbering plan says.
    std::optional<NumberKind> kind;
    Cnip cnip = Cnip::kNone;
    bool enterprise_office = false;
    bool one_company_number = false;
    std::string holder;
    Changes service;
  };

  // All numbers of an entry that begin so, or that number alone.
  struct Piece {
    Digits begin;
    bool is_exact;
    uint32_t entry;
  };
  // What a block has: entries, by their index, and the first numbers that are in
  // none.
  struct Found {
    std::set<uint32_t> entries;
    std::optional<NumberPattern> missing;
  };

  // Why a plan may not claim a number, or what it should know.
  struct Objection {
    Severity severity;
    absl::string_view code;
    std::string why;
  };

  void MakePieces();
  // The entries that count for numbers of `pattern`.
  Found EntriesOf(const NumberPattern& pattern) const;
  // The same of numbers that begin so and have at most `longest` digits.
  void FindUnder(Digits begin, int longest, Found& found) const;
  void FindWithin(Digits begin, int longest, Found& found) const;
  static std::vector<Objection> ObjectionsTo(const Entry& entry, const NumberPattern& claimed,
                                             const std::string& holder, int64_t now);
  std::vector<Issue> CheckClaim(const NumberClaim& claim, int64_t now,
                                const std::string& path) const;

  std::vector<Entry> entries_;
  NumberTable numbers_;
  // Of all entries, in the order of their digits.
  std::vector<Piece> pieces_;
  std::map<std::string, Changes, std::less<>> customers_;
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
