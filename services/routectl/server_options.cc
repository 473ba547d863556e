#include "services/routectl/server_options.h"

namespace libroute {

void AddServerOptions(CLI::App& command, ServerOptions& server) {
  command.add_option("--server", server.address, "HOST:PORT or unix:PATH")
      ->required()
      ->type_name("ADDRESS");
  command.add_option("--tls-ca", server.tls_ca, "Who issued the server's certificate (PEM)")
      ->type_name("FILE");
  command.add_option("--tls-cert", server.tls_certificate, "Our certificate (PEM)")
      ->type_name("FILE");
  command.add_option("--tls-key", server.tls_key, "Its private key (PEM)")->type_name("FILE");
}

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kOk;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnimplemented:
      return kServer;
    default:
      return kNotFine;
  }
}

}  // namespace libroute
