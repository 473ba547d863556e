#include "services/routed/setup.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/config/key_file.h"
#include "services/routed/plan_files.h"
#include "spdlog/spdlog.h"

namespace libroute {
namespace {

constexpr size_t kMaxConfigBytes = 4 << 20;
constexpr absl::string_view kDefaultAddress = "127.0.0.1:7070";

absl::StatusOr<ServerConfig> ReadConfigFile(const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path, kMaxConfigBytes);
  if (!text.ok()) return text.status();
  ConfigReading reading = ReadConfig(*text, path);
  for (const Issue& issue : reading.issues) spdlog::error("{}", FormatIssue(issue));
  if (!HasErrors(reading.issues)) return std::move(reading.config);
  return absl::InvalidArgumentError(absl::StrCat("configuration ", path, " is not good"));
}

absl::Status SetListen(const std::vector<std::string>& texts, ServerConfig& config) {
  config.listen.clear();
  for (const std::string& text : texts) {
    absl::StatusOr<ListenAddress> address = ListenAddress::Parse(text);
    if (!address.ok()) return address.status();
    config.listen.push_back(*std::move(address));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ServerConfig> Configure(const Options& options) {
  ServerConfig config;
  if (!options.config.empty()) {
    absl::StatusOr<ServerConfig> read = ReadConfigFile(options.config);
    if (!read.ok()) return read.status();
    config = *std::move(read);
  }
  if (!options.listen.empty()) {
    absl::Status status = SetListen(options.listen, config);
    if (!status.ok()) return status;
  }
  if (config.listen.empty()) config.listen.push_back(*ListenAddress::Parse(kDefaultAddress));
  if (!options.plans.empty()) config.plans = options.plans;
  if (!options.inventory.empty()) config.inventory = options.inventory;
  if (!options.key_file.empty()) config.key_file = options.key_file;
  return config;
}

absl::Status CheckSecure(const ServerConfig& config, const Options& options) {
  if (config.tls.has_value() || options.is_insecure) return absl::OkStatus();
  for (const ListenAddress& address : config.listen) {
    if (address.is_local()) continue;
    return absl::FailedPreconditionError(
        absl::StrCat("others can reach ", address.ToString(),
                     " and nothing is encrypted there: configure tls, listen on 127.0.0.1 or a "
                     "Unix socket, or say --insecure"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Engine>> MakeEngine(const ServerConfig& config,
                                                   const Neighbours& neighbours) {
  bool has_keys = !config.key_file.empty();
  absl::StatusOr<SealKeys> keys = has_keys ? ReadKeyFile(config.key_file) : RandomKeys();
  if (!keys.ok()) return keys.status();
  if (has_keys) {
    spdlog::info("{} keys read from {}", keys->keys.size(), config.key_file);
  } else {
    spdlog::warn(
        "no key file: keys are random, and calls do not survive a restart "
        "(routed --make-key FILE makes one)");
  }
  EngineOptions options;
  options.ingresses = config.ingresses;
  options.keys = *std::move(keys);
  options.max_attempts = config.max_attempts;
  options.max_hops = config.max_hops;
  options.max_call_age = config.max_call_age;
  options.claim_lease = config.claim_lease;
  options.has_agents = config.has_agents;
  options.portability = neighbours.ported;
  options.records = neighbours.records;
  if (neighbours.bell != nullptr) {
    options.on_contact_news = [bell = neighbours.bell] { bell->Ring(); };
  }
  return Engine::Create(std::move(options));
}

absl::StatusOr<std::unique_ptr<RecordWriter>> StartRecords(const ServerConfig& config) {
  if (!config.records.has_value()) return nullptr;
  RecordWriterOptions options;
  options.files = {config.records->directory, config.records->max_file, config.records->keep,
                   config.records->daily};
  options.log = [](const std::string& text) { spdlog::error("{}", text); };
  absl::StatusOr<std::unique_ptr<RecordWriter>> writer = RecordWriter::Start(std::move(options));
  if (writer.ok()) spdlog::info("records of calls go to {}", config.records->directory);
  return writer;
}

absl::Status CheckRecords(const ServerConfig& config) {
  return config.records.has_value() ? CheckRecordDirectory(config.records->directory)
                                    : absl::OkStatus();
}

}  // namespace libroute
