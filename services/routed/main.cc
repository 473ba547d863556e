// The server: plan files and configuration in, answers about calls out.

#include <memory>
#include <utility>
#include <variant>

#include "services/config/key_file.h"
#include "services/record/record_writer.h"
#include "services/routed/inventory_file.h"
#include "services/routed/log.h"
#include "services/routed/options.h"
#include "services/routed/plan_loader.h"
#include "services/routed/portability_file.h"
#include "services/routed/program.h"
#include "services/routed/rpc_server.h"
#include "services/routed/setup.h"
#include "spdlog/spdlog.h"

namespace libroute {
namespace {

int Fail(const absl::Status& status) {
  spdlog::critical("{}", std::string(status.message()));
  return kExitFailed;
}

int MakeKey(const std::string& path) {
  absl::Status status = MakeKeyFile(path);
  if (!status.ok()) return Fail(status);
  spdlog::info("new key file {}", path);
  return kExitOk;
}

// Whether the plans may be served: none are named, or at least one is good.
bool LoadPlans(const ServerConfig& config, PlanLoader& loader, LoadSummary& summary) {
  if (config.plans.empty()) {
    spdlog::warn("no plans are named: every call passes through (see --plan)");
    return true;
  }
  summary = loader.Load(absl::Now());
  return summary.published > 0;
}

// Nothing is asked any more.
void StopRecords(Engine& engine, RecordWriter& records) {
  engine.CloseRecords(absl::Now());
  records.Stop();
  const RecordWriter::Statistics statistics = records.GetStatistics();
  spdlog::info("{} records of calls written, {} lost", statistics.written, statistics.lost);
}

int Run(const Options& options) {
  if (!options.new_key_file.empty()) return MakeKey(options.new_key_file);
  absl::StatusOr<ServerConfig> config = Configure(options);
  if (!config.ok()) return Fail(config.status());
  absl::Status secure = CheckSecure(*config, options);
  if (!secure.ok()) return Fail(secure);
  std::unique_ptr<PortabilityTable> ported;
  if (!config->portability.empty()) {
    absl::StatusOr<std::unique_ptr<PortabilityTable>> read = LoadPortability(config->portability);
    if (!read.ok()) return Fail(read.status());
    ported = *std::move(read);
  }
  absl::Status can_record = CheckRecords(*config);
  if (!can_record.ok()) return Fail(can_record);
  // Who only looks leaves the files to the server that runs.
  absl::StatusOr<std::unique_ptr<RecordWriter>> records = nullptr;
  if (!options.only_checks) records = StartRecords(*config);
  if (!records.ok()) return Fail(records.status());
  Bell bell;
  absl::StatusOr<std::unique_ptr<Engine>> engine =
      MakeEngine(*config, {ported.get(), records->get(), &bell});
  if (!engine.ok()) return Fail(engine.status());
  if (!config->inventory.empty()) {
    absl::Status inventory = LoadInventory(config->inventory, **engine);
    if (!inventory.ok()) return Fail(inventory);
  }
  PlanLoader loader(**engine, config->plans);
  LoadSummary summary;
  if (!LoadPlans(*config, loader, summary)) {
    return Fail(absl::InvalidArgumentError("not one plan is good"));
  }
  if (options.only_checks) {
    absl::Status tls = RpcServer::CheckTls(config->tls);
    if (!tls.ok()) return Fail(tls);
    return summary.bad + summary.unread == 0 ? kExitOk : kExitFailed;
  }
  Program program(*config, **engine, loader, bell);
  absl::Status opened = program.Open();
  if (!opened.ok()) return Fail(opened);
  program.Run();
  if (*records != nullptr) StopRecords(**engine, **records);
  return kExitOk;
}

}  // namespace
}  // namespace libroute

int main(int argc, char** argv) {
  std::variant<libroute::Options, int> parsed = libroute::ParseCommandLine(argc, argv);
  if (const int* exit_code = std::get_if<int>(&parsed)) return *exit_code;
  libroute::StartLog();
  return libroute::Run(std::get<libroute::Options>(parsed));
}
