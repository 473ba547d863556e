#include "libroute/carrier/inventory_compiler.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libroute/number/numbering_plans.h"
#include "libroute/plan/when.h"
#include "libroute/plan/written_limit.h"
#include "libroute/plan/written_name.h"
#include "libroute/schedule/zone.h"

namespace libroute {
namespace {

constexpr int64_t kFromEver = INT64_MIN;

static_assert(static_cast<int>(ServiceState::kPending) == v1::SERVICE_STATE_PENDING);
static_assert(static_cast<int>(v1::CNIP_DECLINED) == 2);
static_assert(static_cast<int>(ServiceState::kPorted) == v1::SERVICE_STATE_PORTED);

}  // namespace

InventoryResult CompileInventory(const v1::Inventory& written, int max_issues) {
  return InventoryCompiler(written, max_issues).Run();
}

InventoryResult InventoryCompiler::Run() {
  inventory_ = std::make_shared<Inventory>();
  CompileHeader();
  CompileEntities();
  CompileNumbers();
  CompileCustomers();
  std::vector<Barring> callers = CompileBarrings(written_.barred_callers(), "barred_callers");
  std::vector<Barring> destinations =
      CompileBarrings(written_.barred_destinations(), "barred_destinations");
  inventory_->screening_ = Screening(std::move(callers), std::move(destinations), CompileLimits());
  InventoryResult result;
  result.issues = std::move(issues_).Take();
  if (!HasErrors(result.issues)) result.inventory = std::move(inventory_);
  return result;
}

void InventoryCompiler::Error(std::string path, absl::string_view code, std::string message) {
  Issue issue;
  issue.code = std::string(code);
  issue.path = std::move(path);
  issue.message = std::move(message);
  issues_.Add(std::move(issue));
}

bool InventoryCompiler::IsName(const std::string& name, const std::string& path) {
  const absl::Status status = CheckWrittenName(name);
  if (!status.ok()) Error(path, NameIssueCode(status), std::string(status.message()));
  return status.ok();
}

void InventoryCompiler::CompileHeader() {
  IsName(written_.network(), "network");
  if (written_.time_zone().empty()) return;
  const absl::StatusOr<absl::TimeZone> zone = LoadZone(written_.time_zone());
  if (zone.ok()) {
    zone_ = *zone;
  } else {
    Error("time_zone", "bad-time-zone", std::string(zone.status().message()));
  }
}

std::optional<int64_t> InventoryCompiler::ReadTime(const std::string& text,
                                                   const std::string& path) {
  const absl::StatusOr<absl::Time> time = ParseWhen(text, zone_);
  if (time.ok()) return absl::ToUnixSeconds(*time);
  Error(path, "bad-time", std::string(time.status().message()));
  return std::nullopt;
}

void InventoryCompiler::CompileEntities() {
  std::map<std::string, const v1::Entity*> sorted;
  for (const auto& [name, entity] : written_.entities()) sorted[name] = &entity;
  for (const auto& [name, entity] : sorted) {
    const std::string path = KeyPath("entities", name);
    IsName(name, path);
    std::optional<int64_t> leaves;
    if (!entity->leaves().empty()) leaves = ReadTime(entity->leaves(), path + ".leaves");
    entities_[name] = leaves;
  }
}

std::optional<NumberKind> InventoryCompiler::ReadKind(int written, const std::string& path) {
  if (written == v1::NUMBER_KIND_UNSPECIFIED) return std::nullopt;
  if (v1::NumberKind_IsValid(written)) return static_cast<NumberKind>(written - 1);
  Error(path, "bad-value", absl::StrCat(written, " is no kind of number"));
  return std::nullopt;
}

Inventory::Changes InventoryCompiler::CompileService(const WrittenChanges& written,
                                                     const std::string& path) {
  Inventory::Changes service;
  if (written.empty()) service.emplace_back(kFromEver, ServiceState::kActive);
  for (int i = 0; i < written.size(); ++i) {
    const v1::ServiceChange& change = written.Get(i);
    const std::string field = IndexPath(path + ".service", i);
    if (change.state() < v1::SERVICE_STATE_PENDING || change.state() > v1::SERVICE_STATE_PORTED) {
      Error(field + ".state", "missing",
            "say which state: pending, active, suspended, ended or ported");
      continue;
    }
    std::optional<int64_t> from = kFromEver;
    if (!change.from().empty()) from = ReadTime(change.from(), field + ".from");
    if (!from.has_value()) continue;
    if (!service.empty() && *from <= service.back().first) {
      Error(field + ".from", "bad-value",
            "this is not later than the change before; write them in the order of their times");
      continue;
    }
    if (service.empty() && *from != kFromEver) {
      service.emplace_back(kFromEver, ServiceState::kPending);
    }
    service.emplace_back(*from, static_cast<ServiceState>(change.state()));
  }
  return service;
}

void InventoryCompiler::CompileCustomers() {
  std::map<std::string, const v1::InventoryCustomer*> sorted;
  for (const auto& [name, customer] : written_.customers()) sorted[name] = &customer;
  for (const auto& [name, customer] : sorted) {
    const std::string path = KeyPath("customers", name);
    IsName(name, path);
    Inventory::Changes service = CompileService(customer->service(), path);
    if (!customer->entity().empty()) EndWithEntity(customer->entity(), path + ".entity", service);
    inventory_->customers_.emplace(name, std::move(service));
  }
}

void InventoryCompiler::EndWithEntity(const std::string& name, const std::string& path,
                                      Inventory::Changes& service) {
  const auto entity = entities_.find(name);
  if (entity == entities_.end()) {
    std::vector<std::string> names;
    for (const auto& [known, leaves] : entities_) names.push_back(known);
    const std::string hint = DidYouMean(name, names);
    Error(path, "unknown-name",
          absl::StrCat("no entity ", Quoted(name),
                       hint.empty() ? "; define it under entities" : hint));
    return;
  }
  if (!entity->second.has_value()) return;
  const int64_t leaves = *entity->second;
  while (!service.empty() && service.back().first >= leaves) service.pop_back();
  service.emplace_back(leaves, ServiceState::kEnded);
}

std::optional<Inventory::Entry> InventoryCompiler::CompileNumber(const v1::InventoryNumber& written,
                                                                 const std::string& path) {
  absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(written.number());
  if (!written.network().empty()) IsName(written.network(), path + ".network");
  if (!written.holder().empty()) IsName(written.holder(), path + ".holder");
  Inventory::Entry entry{pattern.ok() ? *pattern : NumberPattern::Exact(Digits())};
  if (written.network() != written_.network()) entry.network = written.network();
  entry.kind = ReadKind(written.kind(), path + ".kind");
  if (!v1::Cnip_IsValid(written.cnip())) {
    Error(path + ".cnip", "bad-value", "write displayed or declined");
  }
  entry.cnip = static_cast<Inventory::Cnip>(written.cnip());
  entry.enterprise_office = written.enterprise_office();
  entry.one_company_number = written.one_company_number();
  entry.holder = written.holder();
  entry.service = CompileService(written.service(), path);
  if (!written.entity().empty()) EndWithEntity(written.entity(), path + ".entity", entry.service);
  if (!pattern.ok()) {
    Error(path + ".number", "bad-number", std::string(pattern.status().message()));
    return std::nullopt;
  }
  return entry;
}

void InventoryCompiler::CompileNumbers() {
  std::vector<NumberTable::Entry> table;
  std::vector<int> written_at;
  for (int i = 0; i < written_.numbers_size(); ++i) {
    std::optional<Inventory::Entry> entry =
        CompileNumber(written_.numbers(i), IndexPath("numbers", i));
    if (!entry.has_value()) continue;
    table.emplace_back(entry->pattern, static_cast<uint32_t>(inventory_->entries_.size()));
    inventory_->entries_.push_back(*std::move(entry));
    written_at.push_back(i);
  }
  const std::vector<NumberTable::Conflict> conflicts = NumberTable::Conflicts(table);
  for (const NumberTable::Conflict& conflict : conflicts) {
    Error(IndexPath("numbers", written_at[conflict.second]) + ".number", "duplicate-number",
          absl::StrCat(NumberTable::Describe(table, conflict), "; see numbers[",
                       written_at[conflict.first], "]"));
  }
  if (!conflicts.empty()) return;
  absl::StatusOr<NumberTable> built = NumberTable::Build(table);
  if (built.ok()) inventory_->numbers_ = *std::move(built);
  inventory_->MakePieces();
}

template <typename Written>
NumberCriteria InventoryCompiler::CompileCriteria(const Written& written, const std::string& path) {
  if (written.numbers().empty() && written.country().empty() && written.kind().empty()) {
    Error(path, "missing", "say which numbers are meant: numbers, kind or country");
  }
  std::vector<NumberPattern> numbers;
  for (int i = 0; i < written.numbers_size(); ++i) {
    const absl::StatusOr<NumberPattern> pattern = NumberPattern::Parse(written.numbers(i));
    if (pattern.ok()) numbers.push_back(*pattern);
    if (!pattern.ok()) {
      Error(IndexPath(path + ".numbers", i), "bad-number", std::string(pattern.status().message()));
    }
  }
  NumberKindSet kinds;
  for (int i = 0; i < written.kind_size(); ++i) {
    const std::string field = IndexPath(path + ".kind", i);
    const std::optional<NumberKind> kind = ReadKind(written.kind(i), field);
    if (kind.has_value()) kinds.Add(*kind);
    if (written.kind(i) == v1::NUMBER_KIND_UNSPECIFIED) Error(field, "bad-value", "say which kind");
  }
  std::vector<Country> countries;
  for (int i = 0; i < written.country_size(); ++i) {
    const std::optional<Country> country = Country::FromCode(written.country(i));
    if (country.has_value() && NumberingPlans::World().CallingCodeOf(*country) != 0) {
      countries.push_back(*country);
      continue;
    }
    Error(IndexPath(path + ".country", i), "unknown-name",
          absl::StrCat("no country ", Quoted(written.country(i)),
                       " has a numbering plan; write its ISO 3166-1 code, e.g. BE"));
  }
  return NumberCriteria(numbers, kinds, std::move(countries));
}

std::vector<Barring> InventoryCompiler::CompileBarrings(
    const google::protobuf::RepeatedPtrField<v1::Barring>& written, const std::string& path) {
  std::vector<Barring> barrings;
  std::set<std::string> names;
  for (int i = 0; i < written.size(); ++i) {
    const v1::Barring& barring = written.Get(i);
    const std::string field = IndexPath(path, i);
    if (IsName(barring.name(), field + ".name") && !names.insert(barring.name()).second) {
      Error(field + ".name", "duplicate",
            absl::StrCat("an earlier barring is called ", Quoted(barring.name()), ", too"));
    }
    if (!barring.announce().empty()) IsName(barring.announce(), field + ".announce");
    barrings.push_back({barring.name(), CompileCriteria(barring, field), barring.announce()});
  }
  return barrings;
}

std::vector<CarrierLimit> InventoryCompiler::CompileLimits() {
  auto report = [&](std::string where, absl::string_view code, std::string what) {
    Error(std::move(where), code, std::move(what));
  };
  std::vector<CarrierLimit> limits;
  std::set<std::string> names;
  for (int i = 0; i < written_.limits_size(); ++i) {
    const v1::CarrierLimit& written = written_.limits(i);
    const std::string path = IndexPath("limits", i);
    if (IsName(written.name(), path + ".name") && !names.insert(written.name()).second) {
      Error(path + ".name", "duplicate",
            absl::StrCat("an earlier limit is called ", Quoted(written.name()), ", too"));
    }
    NumberCriteria numbers = CompileCriteria(written, path);
    const WrittenLimit limit = ReadLimit(written, path, report);
    limits.push_back({written.name(), std::move(numbers), limit.calls, limit.rate});
  }
  return limits;
}

}  // namespace libroute
