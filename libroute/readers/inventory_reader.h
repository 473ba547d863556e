#ifndef LIBROUTE_READERS_INVENTORY_READER_H_
#define LIBROUTE_READERS_INVENTORY_READER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "libroute/plan/issue.h"
#include "libroute/plan/limits.h"

namespace libroute {

namespace v1 {
class Inventory;
}  // namespace v1

// A carrier's inventory as read from a file.
struct InventoryReading {
  // Never null. When there are errors, what could be read.
  std::shared_ptr<v1::Inventory> inventory;
  SourceMap source;
  // All that is wrong with the text, each with its position. That names refer
  // to something and times make sense is not checked here.
  std::vector<Issue> issues;
};

// How large an inventory may be: a million numbers, 256 MB.
PlanLimits InventoryLimits();

// Reads an inventory from YAML or JSON text, as ReadPlan reads a plan. Nodes do
// not nest here, so of `limits` those of texts count. Thread-safe.
InventoryReading ReadInventory(absl::string_view text, std::string file_name,
                               const PlanLimits& limits = InventoryLimits());

}  // namespace libroute

#endif  // LIBROUTE_READERS_INVENTORY_READER_H_
