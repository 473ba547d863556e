#include "services/routectl/server_options.h"

#include <utility>

#include "services/routectl/plan_files.h"

namespace libroute {
namespace {

constexpr size_t kMaxPemBytes = 1 << 20;

absl::Status ReadPem(const std::string& file, std::string& text) {
  if (file.empty()) return absl::OkStatus();
  absl::StatusOr<std::string> read = ReadTextFile(file, kMaxPemBytes);
  if (!read.ok()) return absl::InvalidArgumentError(read.status().message());
  text = *std::move(read);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TlsTexts> ReadTls(const ServerOptions& server) {
  if (server.tls_certificate.empty() != server.tls_key.empty()) {
    return absl::InvalidArgumentError("--tls-cert and --tls-key go together");
  }
  TlsTexts texts;
  absl::Status status = ReadPem(server.tls_ca, texts.ca);
  status.Update(ReadPem(server.tls_certificate, texts.certificate));
  status.Update(ReadPem(server.tls_key, texts.key));
  if (!status.ok()) return status;
  return texts;
}

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
