// Fuzz target: the text of a carrier's inventory. Reading and compiling it ends
// without harm; what is accepted has a state for every number, and says of a
// plan what it has against it.

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "libroute/carrier/inventory.h"
#include "libroute/readers/inventory_reader.h"
#include "libroute/v1/inventory.pb.h"
#include "libroute/v1/plan.pb.h"
#include "tests/fuzz/fuzz_input.h"

namespace libroute {
namespace {

void CheckService(const Inventory& inventory, E164Number number, int64_t now) {
  const Service service = inventory.ServiceOf(number.digits(), now);
  if (service.state == ServiceState::kNone) FuzzFailure("no state", number.ToString());
  if (service.until <= now) FuzzFailure("a state that is over", number.ToString());
  inventory.screening().FindCaller(number);
  inventory.screening().FindDestination(number);
}

void CheckClaims(const Inventory& inventory, const v1::Inventory& written) {
  v1::Plan plan;
  plan.set_customer("acme");
  for (const v1::InventoryNumber& number : written.numbers()) {
    if (plan.numbers_size() == 8) break;
    plan.add_numbers()->set_number(number.number());
  }
  for (const Issue& issue : inventory.CheckClaims(ClaimsOf(plan), 1'795'424'400)) {
    if (issue.code == "not-in-inventory") FuzzFailure("lost a number", issue.message);
  }
}

}  // namespace
}  // namespace libroute

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const libroute::InventoryReading read = libroute::ReadInventory(text, "fuzz");
  if (!read.issues.empty()) return 0;
  const libroute::InventoryResult result = libroute::CompileInventory(*read.inventory, 20);
  if (result.inventory == nullptr) return 0;
  for (int64_t now : {int64_t{0}, int64_t{1'795'424'400}, int64_t{4'000'000'000}}) {
    for (const char* number : {"+3222000100", "+32470000000", "+999123456789012"}) {
      libroute::CheckService(*result.inventory, *libroute::E164Number::Parse(number), now);
    }
  }
  libroute::CheckClaims(*result.inventory, *read.inventory);
  return 0;
}
