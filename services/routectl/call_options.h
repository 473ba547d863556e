#ifndef LIBROUTE_SERVICES_ROUTECTL_CALL_OPTIONS_H_
#define LIBROUTE_SERVICES_ROUTECTL_CALL_OPTIONS_H_

#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libroute/v1/decision.pb.h"
#include "services/routectl/call_origin.h"
#include "services/routectl/dialogue.h"
#include "services/routectl/email_options.h"
#include "services/routectl/route_client.h"
#include "services/routectl/terminal.h"

namespace libroute {

// What is asked about a call, and of whom: of plan files or of a server.
enum class AskMode { kRoute, kExplain };

// The call or e-mail of `route` and `explain`, as written on the command line.
struct CallOptions {
  std::vector<std::string> paths;
  // Asked about instead of a call, if it is.
  AskedEmail email;
  std::string called;
  OriginOptions origin;
  // How numbers are written; ISO 3166 code of a country.
  std::string country;
  // "inbound", "internal", "outbound"; empty: inbound.
  std::string direction;
  std::string line;
  std::string at;
  std::string given_file;
  std::vector<std::string> events;
  std::string reference;
  // How many decisions to make ahead.
  int look_ahead = 0;
  ServerOptions server;
  OutputFormat output = OutputFormat::kText;
};

// Adds the options of `options` to `command`.
void AddCallOptions(CLI::App& command, CallOptions& options);

// That of `options`.
v1::Direction DirectionOf(const CallOptions& options);

// InvalidArgument when options do not go together.
absl::Status CheckCallOptions(const CallOptions& options, AskMode mode);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_CALL_OPTIONS_H_
