#ifndef LIBROUTE_CARRIER_INVENTORY_COMPILER_H_
#define LIBROUTE_CARRIER_INVENTORY_COMPILER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libroute/carrier/inventory.h"
#include "libroute/plan/issue.h"
#include "libroute/v1/inventory.pb.h"

namespace libroute {

// Compiles one inventory: the state of that work.
class InventoryCompiler {
 public:
  InventoryCompiler(const v1::Inventory& written, int max_issues)
      : written_(written), issues_(max_issues) {}

  InventoryResult Run();

 private:
  void CompileHeader();
  void CompileEntities();
  void CompileNumbers();
  std::optional<Inventory::Entry> CompileNumber(const v1::InventoryNumber& written,
                                                const std::string& path);
  void CompileCustomers();
  using WrittenChanges = google::protobuf::RepeatedPtrField<v1::ServiceChange>;
  Inventory::Changes CompileService(const WrittenChanges& written, const std::string& path);
  // From when on what is the entity's is ended, if ever.
  void EndWithEntity(const std::string& name, const std::string& path, Inventory::Changes& service);
  std::vector<Barring> CompileBarrings(
      const google::protobuf::RepeatedPtrField<v1::Barring>& written, const std::string& path);
  std::vector<CarrierLimit> CompileLimits();
  // Of a Barring or a CarrierLimit.
  template <typename Written>
  NumberCriteria CompileCriteria(const Written& written, const std::string& path);
  std::optional<NumberKind> ReadKind(int written, const std::string& path);
  std::optional<int64_t> ReadTime(const std::string& text, const std::string& path);
  bool IsName(const std::string& name, const std::string& path);
  void Error(std::string path, absl::string_view code, std::string message);

  const v1::Inventory& written_;
  IssueList issues_;
  std::shared_ptr<Inventory> inventory_;
  absl::TimeZone zone_ = absl::UTCTimeZone();
  // Unix seconds at which an entity leaves; absent: never.
  std::map<std::string, std::optional<int64_t>> entities_;
};

}  // namespace libroute

#endif  // LIBROUTE_CARRIER_INVENTORY_COMPILER_H_
