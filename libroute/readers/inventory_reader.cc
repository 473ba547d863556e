#include "libroute/readers/inventory_reader.h"

#include <utility>

#include "libroute/readers/message_reader.h"
#include "libroute/v1/inventory.pb.h"

namespace libroute {

PlanLimits InventoryLimits() {
  PlanLimits limits;
  limits.max_bytes = 256 << 20;
  limits.max_list = 1'000'000;
  // A number has some ten texts.
  limits.max_values = 16'000'000;
  return limits;
}

InventoryReading ReadInventory(absl::string_view text, std::string file_name,
                               const PlanLimits& limits) {
  InventoryReading result;
  result.inventory = std::make_shared<v1::Inventory>();
  MessageReading reading = ReadMessage(text, std::move(file_name), limits, *result.inventory);
  result.source = std::move(reading.source);
  result.issues = std::move(reading.issues);
  return result;
}

}  // namespace libroute
