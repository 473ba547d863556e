#include "services/routectl/channel.h"

#include <string>
#include <utility>

#include "services/routectl/plan_files.h"

namespace libroute {
namespace {

constexpr size_t kMaxPemBytes = 1 << 20;

// The text of a PEM file; empty if none is named.
absl::StatusOr<std::string> Pem(const std::string& file) {
  if (file.empty()) return std::string();
  absl::StatusOr<std::string> text = ReadTextFile(file, kMaxPemBytes);
  if (!text.ok()) return absl::InvalidArgumentError(text.status().message());
  return text;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(
    const ServerOptions& options) {
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("--tls-cert and --tls-key go together");
  }
  if (options.tls_ca.empty() && options.tls_certificate.empty()) {
    return grpc::InsecureChannelCredentials();
  }
  absl::StatusOr<std::string> ca = Pem(options.tls_ca);
  if (!ca.ok()) return ca.status();
  absl::StatusOr<std::string> certificate = Pem(options.tls_certificate);
  if (!certificate.ok()) return certificate.status();
  absl::StatusOr<std::string> key = Pem(options.tls_key);
  if (!key.ok()) return key.status();
  return grpc::SslCredentials({*std::move(ca), *std::move(key), *std::move(certificate)});
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> credentials = CredentialsOf(options);
  if (!credentials.ok()) return credentials.status();
  return grpc::CreateChannel(options.address, *credentials);
}

}  // namespace libroute
