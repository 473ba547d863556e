#ifndef LIBROUTE_ENGINE_TEST_INVENTORY_H_
#define LIBROUTE_ENGINE_TEST_INVENTORY_H_

#include <string>

#include "libroute/engine/test_engine.h"
#include "libroute/readers/inventory_reader.h"
#include "libroute/v1/inventory.pb.h"

// What tests of the carrier's layer share.
namespace libroute {

// 2026-11-24 00:00 in Brussels.
inline const absl::Time kMidnight = absl::FromUnixSeconds(1795474800);

inline v1::Inventory ReadTestInventory(absl::string_view text) {
  const InventoryReading read = ReadInventory(text, "inventory.yaml");
  for (const Issue& issue : read.issues) ADD_FAILURE() << FormatIssue(issue);
  return *read.inventory;
}

inline void MustSet(Engine& engine, absl::string_view text) {
  for (const Issue& issue : engine.SetInventory(ReadTestInventory(text))) {
    if (issue.severity == Severity::kError) ADD_FAILURE() << FormatIssue(issue);
  }
}

inline std::string Asked(const Engine& engine, const Call& call, absl::Time now,
                         Decision& decision) {
  absl::StatusOr<Answer> answer = engine.Route(call, now, decision);
  return answer.ok() ? std::string(ActionName(decision.action)) : answer.status().ToString();
}

}  // namespace libroute

#endif  // LIBROUTE_ENGINE_TEST_INVENTORY_H_
