#ifndef LIBROUTE_SERVICES_ROUTED_SETUP_H_
#define LIBROUTE_SERVICES_ROUTED_SETUP_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libroute/engine/engine.h"
#include "services/config/server_config.h"
#include "services/live/bell.h"
#include "services/record/record_writer.h"
#include "services/routed/options.h"

// What is made of the command line and the configuration before anything
// listens. Everything worth knowing goes to the log.
namespace libroute {

// The configuration file, if any, with what the command line says in its
// place. All that is wrong is logged; InvalidArgument then.
absl::StatusOr<ServerConfig> Configure(const Options& options);

// Unless `is_insecure`: FailedPrecondition when others could reach an address
// that is not encrypted.
absl::Status CheckSecure(const ServerConfig& config, const Options& options);

// What an engine works with that must outlive it; each null if there is none.
struct Neighbours {
  // Knows who serves ported numbers.
  const PortabilityTable* ported = nullptr;
  // Gets the records of calls.
  RecordSink* records = nullptr;
  // Rings for news of contacts.
  Bell* bell = nullptr;
};

// An engine with its keys; no plans yet.
absl::StatusOr<std::unique_ptr<Engine>> MakeEngine(const ServerConfig& config,
                                                   const Neighbours& neighbours);

// What writes records of calls to files; null if none are wanted. Errors of
// RecordFiles::Open.
absl::StatusOr<std::unique_ptr<RecordWriter>> StartRecords(const ServerConfig& config);

// Whether StartRecords could; changes nothing.
absl::Status CheckRecords(const ServerConfig& config);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTED_SETUP_H_
