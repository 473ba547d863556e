#include "services/routectl/channel.h"

#include <string>
#include <utility>

namespace libroute {
namespace {

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(
    const ServerOptions& options) {
  absl::StatusOr<TlsTexts> tls = ReadTls(options);
  if (!tls.ok()) return tls.status();
  if (tls->ca.empty() && tls->certificate.empty()) return grpc::InsecureChannelCredentials();
  return grpc::SslCredentials(
      {std::move(tls->ca), std::move(tls->key), std::move(tls->certificate)});
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const ServerOptions& options) {
  absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> credentials = CredentialsOf(options);
  if (!credentials.ok()) return credentials.status();
  return grpc::CreateChannel(options.address, *credentials);
}

}  // namespace libroute
