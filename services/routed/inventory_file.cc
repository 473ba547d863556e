#include "services/routed/inventory_file.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libroute/plan/limits.h"
#include "libroute/readers/inventory_reader.h"
#include "libroute/v1/inventory.pb.h"
#include "services/routed/plan_files.h"
#include "spdlog/spdlog.h"

namespace libroute {

absl::Status LoadInventory(const std::string& path, Engine& engine) {
  const PlanLimits limits = InventoryLimits();
  absl::StatusOr<std::string> text = ReadFile(path, limits.max_bytes);
  if (!text.ok()) return text.status();
  InventoryReading read = ReadInventory(*text, path, limits);
  std::vector<Issue> issues = std::move(read.issues);
  if (!HasErrors(issues)) {
    std::vector<Issue> found = engine.SetInventory(*read.inventory);
    read.source.Locate(found);
    issues.insert(issues.end(), found.begin(), found.end());
  }
  for (const Issue& issue : issues) {
    const bool is_error = issue.severity == Severity::kError;
    spdlog::log(is_error ? spdlog::level::err : spdlog::level::warn, "{}", FormatIssue(issue));
  }
  if (HasErrors(issues)) {
    return absl::InvalidArgumentError(absl::StrCat("inventory ", path, " is not good"));
  }
  spdlog::info("inventory {}: {} entries", path, read.inventory->numbers_size());
  return absl::OkStatus();
}

}  // namespace libroute
