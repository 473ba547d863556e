#ifndef LIBROUTE_SERVICES_ROUTECTL_SERVER_OPTIONS_H_
#define LIBROUTE_SERVICES_ROUTECTL_SERVER_OPTIONS_H_

#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "services/routectl/exit_code.h"

namespace libroute {

// How to reach a server.
struct ServerOptions {
  // HOST:PORT or unix:PATH; empty: no server is meant.
  std::string address;
  // Under which name the calls of this program run.
  std::string switch_name = "routectl";
  // PEM files; TLS is used when any of them is given, otherwise plain text.
  std::string tls_ca;
  std::string tls_certificate;
  std::string tls_key;
};

// The texts of the PEM files; empty for one that is not named.
struct TlsTexts {
  std::string ca;
  std::string certificate;
  std::string key;
};

// InvalidArgument when a file cannot be read, or a certificate is named without its key.
absl::StatusOr<TlsTexts> ReadTls(const ServerOptions& server);

// --server, which must be given, and --tls-*.
void AddServerOptions(CLI::App& command, ServerOptions& server);

// What the shell is told of what came of asking a server.
ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace libroute

#endif  // LIBROUTE_SERVICES_ROUTECTL_SERVER_OPTIONS_H_
