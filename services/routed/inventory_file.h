#ifndef LIBROUTE_SERVICES_ROUTED_INVENTORY_FILE_H_
#define LIBROUTE_SERVICES_ROUTED_INVENTORY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "libroute/engine/engine.h"

namespace libroute {

// Gives `engine` the carrier's inventory that is in a file; what is wrong with it
// goes to the log. An error leaves the engine with the one that it had.
absl::Status LoadInventory(const std::string& path, Engine& engine);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_INVENTORY_FILE_H_
